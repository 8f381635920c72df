//! What is listed, under which name and in which order.

use std::fs;

use super::Folder;
use crate::io::source::list::list_with;
use crate::io::source::{Listed, spooled};
use crate::record::{MediaType, RejectCode};

fn show(listed: &[Listed]) -> Vec<String> {
    listed
        .iter()
        .map(|listed| match listed {
            Listed::File(file) => file.name.to_string(),
            Listed::Refused(refused) => {
                format!("{} ! {}", refused.reject.place.source, refused.reject.code)
            }
        })
        .collect()
}

#[test]
fn a_folder_is_listed_by_the_parts_of_its_paths_byte_by_byte() {
    let folder = Folder::new();
    for name in [
        "b.txt",
        "a.txt",
        "a/z.txt",
        "a/b/c.txt",
        "B.txt",
        "年.txt",
        "a-b/x.txt",
    ] {
        folder.put(name, "");
    }
    let order = [
        "B.txt",
        "a/b/c.txt",
        "a/z.txt",
        "a-b/x.txt",
        "a.txt",
        "b.txt",
        "年.txt",
    ];
    assert_eq!(show(&folder.list(&[""])), order);
}

#[test]
fn inputs_come_as_given_and_a_file_has_its_own_name() {
    let folder = Folder::new();
    folder.put("x/b.txt", "");
    folder.put("y/a.txt", "");
    assert_eq!(show(&folder.list(&["y", "x/b.txt"])), ["a.txt", "b.txt"]);
    assert_eq!(show(&folder.list(&["x/b.txt", "y"])), ["b.txt", "a.txt"]);
}

#[test]
fn a_pattern_names_sources_below_its_plain_part() {
    let folder = Folder::new();
    for name in [
        "n/2023/a.txt",
        "n/2024/a.txt",
        "n/2024/b.md",
        "n/2024/deep/c.txt",
    ] {
        folder.put(name, "");
    }
    assert_eq!(
        show(&folder.list(&["n/*/*.txt"])),
        ["2023/a.txt", "2024/a.txt"]
    );
    let deep = ["2023/a.txt", "2024/a.txt", "2024/deep/c.txt"];
    assert_eq!(show(&folder.list(&["n/**/*.txt"])), deep);
    let all = ["2024/a.txt", "2024/b.md", "2024/deep/c.txt"];
    assert_eq!(show(&folder.list(&["n/*4"])), all, "a folder that matches");
    assert_eq!(
        show(&folder.list(&["n/*/a.txt", "n/*3/*"])),
        ["2023/a.txt", "2024/a.txt"]
    );
}

#[test]
fn hidden_names_and_outputs_of_cihe_are_passed_over() {
    let folder = Folder::new();
    for name in [
        ".git/a.txt",
        ".b.txt",
        "_delta_log/0.txt",
        "out/_cihe/c.txt",
        "out/tokens/d.parquet",
        "e.txt",
    ] {
        folder.put(name, "");
    }
    assert_eq!(show(&folder.list(&[""])), ["e.txt"]);
    assert_eq!(
        show(&folder.list(&[".b.txt"])),
        [".b.txt"],
        "a file that is named is read"
    );
}

#[cfg(unix)]
#[test]
fn links_special_files_and_unknown_endings_are_refused_with_facts() {
    let folder = Folder::new();
    folder.put("a.txt", "春汛");
    folder.put("b.dat", "1234");
    folder.put("c.zip", "");
    std::os::unix::fs::symlink(folder.path("a.txt"), folder.path("d.txt")).unwrap();
    std::os::unix::fs::symlink(folder.path(""), folder.path("e")).unwrap();
    let _socket = std::os::unix::net::UnixListener::bind(folder.path("f.txt")).unwrap();
    let listed = folder.list(&[""]);
    let shown = [
        "a.txt",
        "b.dat ! unsupported",
        "c.zip ! unsupported",
        "d.txt ! link",
        "e ! link",
        "f.txt ! special",
    ];
    assert_eq!(show(&listed), shown);
    let Listed::Refused(refused) = &listed[1] else {
        panic!("shown above as refused")
    };
    assert_eq!(refused.size, 4);
    assert!(refused.modified.unwrap() > 1_600_000_000_000_000);
    assert_eq!(
        show(&folder.list(&["d.txt"])),
        ["d.txt"],
        "a link that is named is followed"
    );
}

#[test]
fn unknown_endings_are_read_as_the_options_say() {
    let mut folder = Folder::new();
    folder.put("a.dat", "春汛");
    folder.options.unknown = Some(MediaType::Html);
    assert_eq!(folder.read("a.dat").record(0).media_type, MediaType::Html);
}

#[test]
fn all_problems_with_the_inputs_are_told_at_once() {
    let folder = Folder::new();
    for name in ["a/b/c.txt", "x/n.txt", "y/n.txt"] {
        folder.put(name, "");
    }
    let inputs = [
        "a", "gone.txt", "a/b", "*.md", "s3://b/k", "x/n.txt", "y/n.txt", "a/[z-a]",
    ];
    let problems = folder.problems(&inputs);
    expect_test::expect![[r"
        input `gone.txt` does not exist
        no file matches input `*.md`
        input `s3://b/k` is a URL, which is not read; fetch it first
        input `a/[z-a]` is no pattern: invalid range; 'z' > 'a'
        inputs `a` and `a/b` hold the same files; give one of them
        inputs `x/n.txt` and `y/n.txt` both give the source name `n.txt`; give a folder above both, or rename one"]]
    .assert_eq(&problems);
}

#[test]
fn a_second_file_of_one_name_is_refused_under_its_own_path() {
    let folder = Folder::new();
    folder.put("x/n.txt", "");
    folder.put("y/n.txt", "");
    let listed = folder.list(&["x", "y"]);
    let Listed::Refused(refused) = &listed[1] else {
        panic!("{listed:?}")
    };
    assert_eq!(refused.reject.code, RejectCode::Unsupported);
    assert!(refused.reject.place.source.ends_with("y/n.txt"));
    assert!(refused.reject.message.contains("give a folder above both"));
}

#[test]
fn standard_input_is_kept_under_its_hash_and_found_again() {
    let folder = Folder::new();
    let listing = || {
        let input = "春汛".as_bytes();
        let listing = list_with(&["-".to_owned()], input, &folder.spool(), &folder.options);
        listing.unwrap().collect::<Vec<_>>()
    };
    let (first, second) = (listing(), listing());
    assert_eq!(show(&first), show(&second));
    let name = show(&first).remove(0);
    assert!(
        name.starts_with("stdin-") && name.contains(".txt"),
        "{name}"
    );
    assert_eq!(fs::read_dir(folder.spool()).unwrap().count(), 1);
    let again = spooled(&name, &folder.spool(), &folder.options).unwrap();
    let mut reader = again.open(&folder.options).unwrap();
    assert_eq!(
        reader.next().unwrap().unwrap().body.as_bytes(),
        "春汛".as_bytes()
    );
    assert!(spooled("stdin-0.txt", &folder.spool(), &folder.options).is_none());
    assert!(spooled("stdin-/../../x.txt", &folder.spool(), &folder.options).is_none());
}
