//! Our own sources are tidy: layers, libraries, sizes, openings.
//!
//! What a reviewer would have to look for again and again is looked for here. Each message names file, line and
//! remedy. The rules are tried on small strings too, since a checker that cannot fail checks nothing.

mod code;
mod rules;
mod tests;

use std::path::Path;

use rules::File;

/// Folders that hold our sources.
const ROOTS: &[&str] = &["src", "tests", "benches", "fuzz", "examples"];

#[test]
fn our_sources_are_tidy() {
    let top = Path::new(env!("CARGO_MANIFEST_DIR"));
    let files = sources(top);
    assert!(
        files.len() > 40,
        "only {} files found: is the walk broken?",
        files.len()
    );
    let problems: Vec<String> = files
        .iter()
        .flat_map(|(path, source)| problems_in(path, source))
        .collect();
    assert!(
        problems.is_empty(),
        "{} problems:\n{}",
        problems.len(),
        problems.join("\n")
    );
}

#[test]
fn no_document_waits_for_a_figure() {
    let top = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut problems = Vec::new();
    for entry in std::fs::read_dir(top).expect("the top can be read") {
        let path = entry.expect("the top can be read").path();
        if path.extension().is_some_and(|ending| ending == "md") {
            let text = std::fs::read_to_string(&path).expect("our documents are UTF-8");
            problems.extend(
                marks_in(&text).map(|line| format!("{}:{line}: fill in the @@", path.display())),
            );
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

#[test]
fn a_mark_is_found_in_its_line() {
    let text = format!("one\n{0}{0}SPEED{0}{0} MB/s\nuser@host", '@');
    assert_eq!(marks_in(&text).collect::<Vec<_>>(), [2]);
}

/// The lines that hold a mark for something to be filled in.
fn marks_in(text: &str) -> impl Iterator<Item = usize> {
    let lines = (1..).zip(text.lines());
    lines.filter_map(|(number, line)| line.contains("@@").then_some(number))
}

/// The problems of one file, as lines to be shown.
fn problems_in(path: &str, source: &str) -> Vec<String> {
    let code = code::code_of(source);
    let file = File {
        path,
        source,
        code: &code,
    };
    rules::check(&file)
        .into_iter()
        .map(|problem| format!("{path}:{}: {}", problem.line, problem.message))
        .collect()
}

/// All Rust files under [`ROOTS`], by path from the top, in order.
fn sources(top: &Path) -> Vec<(String, String)> {
    let is_ours = |entry: &walkdir::DirEntry| {
        let name = entry.file_name().to_str().unwrap_or_default();
        entry.depth() == 0 || !(name.starts_with('.') || name == "target")
    };
    ROOTS
        .iter()
        .map(|root| top.join(root))
        .filter(|root| root.is_dir())
        .flat_map(|root| {
            let walk = walkdir::WalkDir::new(root).sort_by_file_name();
            walk.into_iter().filter_entry(is_ours)
        })
        .map(|entry| entry.expect("our own folders can be read").into_path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "rs"))
        .map(|path| {
            let source = std::fs::read_to_string(&path).expect("our own sources are UTF-8");
            let name = path
                .strip_prefix(top)
                .expect("the walk stays below the top");
            (
                name.to_str().expect("our names are ASCII").to_owned(),
                source,
            )
        })
        .collect()
}
