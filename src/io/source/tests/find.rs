//! Sources found again by their names.

use std::path::PathBuf;

use super::*;
use crate::io::source::Finder;

fn found(folder: &Folder, inputs: &[&str], name: &str) -> Vec<PathBuf> {
    let inputs: Vec<String> = inputs.iter().map(|input| folder.input(input)).collect();
    let finder = Finder::new(&inputs, &folder.spool(), &folder.options);
    let found = finder.find(name);
    assert!(found.iter().all(|file| *file.name == *name));
    found.into_iter().map(|file| file.path).collect()
}

#[test]
fn every_listed_source_is_found_by_its_name() {
    let folder = Folder::new();
    for name in ["a/b.txt", "a/100%.txt", "a/%41.txt", "c.jsonl.gz"] {
        folder.put(name, "石桥村");
    }
    #[cfg(unix)]
    {
        use std::os::unix::ffi::OsStringExt;
        let name = std::ffi::OsString::from_vec(b"\xC4\xEA.txt".to_vec());
        // Some file systems have no such names.
        drop(fs::write(folder.path("a").join(name), "石桥村"));
    }
    for inputs in [&["."][..], &["a"], &["*/*.txt"], &["c.jsonl.gz", "a"]] {
        for listed in folder.list(inputs) {
            let Listed::File(file) = listed else {
                panic!("{listed:?} is refused");
            };
            let paths = found(&folder, inputs, &file.name);
            let [path] = paths.as_slice() else {
                panic!("{}: {paths:?}", file.name);
            };
            assert_eq!(
                fs::canonicalize(path).unwrap(),
                fs::canonicalize(&file.path).unwrap()
            );
        }
    }
}

#[test]
fn of_inputs_that_are_gone_or_hold_the_same_name_all_that_is_there_is_found() {
    let folder = Folder::new();
    folder.put("a/b.txt", "石桥村");
    folder.put("c/b.txt", "落霞桥");
    assert_eq!(found(&folder, &["gone", "a", "c"], "b.txt").len(), 2);
    assert!(found(&folder, &["a", "c"], "d.txt").is_empty());
    assert!(found(&folder, &["a/b.txt"], "c/b.txt").is_empty());
}
