//! The rules, one function each. A rule looks at one file and says what is wrong, where, and what to do.

use super::code::{is_word, line_of, says, words};

/// What each layer may name. A layer that is not here is free to name all.
const LAYERS: &[(&str, &[&str])] = &[
    ("text", &[]),
    ("record", &["text"]),
    ("lexicon", &["text", "record"]),
    ("model", &["text", "record", "lexicon"]),
    ("table", &["text", "record"]),
    ("stage", &["text", "record", "lexicon", "model", "table"]),
    ("io", &["text", "record", "lexicon", "table"]),
    (
        "flow",
        &["text", "record", "lexicon", "model", "table", "stage", "io"],
    ),
    (
        "config",
        &[
            "text", "record", "lexicon", "model", "table", "stage", "io", "flow",
        ],
    ),
    (
        "error",
        &[
            "text", "record", "lexicon", "model", "table", "stage", "io", "flow", "config",
        ],
    ),
    (
        "pipeline",
        &[
            "text", "record", "lexicon", "model", "table", "stage", "io", "flow", "config", "error",
        ],
    ),
];

/// Where an outside library may be named: a crate, then the folders and files.
const CRATES: &[(&str, &[&str])] = &[
    ("jieba_rs", &["src/lexicon/"]),
    (
        "daachorse",
        &["src/lexicon/taxonomy/", "src/lexicon/changes.rs"],
    ),
    ("oxrdf", &["src/lexicon/taxonomy/"]),
    ("oxttl", &["src/lexicon/taxonomy/"]),
    ("arrow", &["src/table/", "src/io/"]),
    ("parquet", &["src/table/", "src/io/"]),
    ("deltalake_core", &["src/io/sink/"]),
    ("tokio", &["src/flow/", "src/io/sink/"]),
    ("tokio_stream", &["src/flow/"]),
    ("async_channel", &["src/flow/"]),
    ("clap", &["src/bin/"]),
    ("clap_complete", &["src/bin/"]),
    ("clap_mangen", &["src/bin/"]),
    ("miette", &["src/bin/"]),
    ("indicatif", &["src/bin/"]),
];

/// Lines of a file at most.
const MAX_LINES: usize = 500;

/// Marks of unfinished work; put together here so that this file is clean of them.
const UNFINISHED: &[&str] = &[
    concat!("to", "do!"),
    concat!("unimple", "mented!"),
    concat!("#[", "ignore"),
    concat!("TO", "DO"),
    concat!("FIX", "ME"),
    concat!("XX", "X"),
];

/// One source file.
pub(super) struct File<'a> {
    /// Path from the top of the repository, with `/`.
    pub(super) path: &'a str,
    /// As written.
    pub(super) source: &'a str,
    /// Without comments and literals.
    pub(super) code: &'a [char],
}

/// Something that is not in order.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Problem {
    /// From 1.
    pub(super) line: usize,
    /// What, and the remedy.
    pub(super) message: String,
}

/// All problems of a file.
pub(super) fn check(file: &File<'_>) -> Vec<Problem> {
    [
        layers,
        ancestors,
        crates,
        length,
        module_file,
        opening,
        unfinished,
    ]
    .iter()
    .flat_map(|rule| rule(file))
    .collect()
}

fn problem(line: usize, message: String) -> Problem {
    Problem { line, message }
}

/// The layer of a file: the folder under `src`, or the file there.
fn layer(path: &str) -> Option<(&'static str, &'static [&'static str])> {
    let name = path.strip_prefix("src/")?.split('/').next()?;
    let name = name.strip_suffix(".rs").unwrap_or(name);
    LAYERS.iter().copied().find(|(layer, _)| *layer == name)
}

/// `crate::X` may name no later layer.
fn layers(file: &File<'_>) -> Vec<Problem> {
    let Some((own, earlier)) = layer(file.path) else {
        return Vec::new();
    };
    words(file.code)
        .filter(|(at, word)| word == "crate" && says(file.code, at + word.len(), "::"))
        .flat_map(|(at, word)| named_behind(file.code, at + word.len() + 2))
        .filter_map(|(at, name)| refused(file, own, earlier, at, &name))
        .collect()
}

/// `super::super::X` may not get round the rule above.
fn ancestors(file: &File<'_>) -> Vec<Problem> {
    let Some((own, earlier)) = layer(file.path) else {
        return Vec::new();
    };
    let depth = depth(file.path);
    words(file.code)
        .filter(|(_, word)| word == "super")
        .filter_map(|(at, _)| behind_supers(file.code, at, depth))
        .flat_map(|at| named_behind(file.code, at))
        .filter_map(|(at, name)| refused(file, own, earlier, at, &name))
        .collect()
}

/// How many modules lie between the root and what stands in this file.
fn depth(path: &str) -> usize {
    let parts = path.trim_start_matches("src/").split('/');
    parts.filter(|part| *part != "mod.rs").count()
}

/// The position behind a chain of `super::` that is long enough to reach the root.
fn behind_supers(code: &[char], mut at: usize, depth: usize) -> Option<usize> {
    let mut count = 0;
    while says(code, at, "super::") {
        at += "super::".len();
        count += 1;
    }
    (count >= depth).then_some(at)
}

fn refused(file: &File<'_>, own: &str, earlier: &[&str], at: usize, name: &str) -> Option<Problem> {
    let is_layer = LAYERS.iter().any(|(layer, _)| *layer == name);
    let allowed = !is_layer || name == own || earlier.contains(&name);
    let remedy = "move what both need to an earlier layer, or pass it in";
    (!allowed).then(|| {
        let message = format!("layer `{own}` names `{name}`, which comes later; {remedy}");
        problem(line_of(file.code, at), message)
    })
}

/// The first names of the paths that begin at `at`: one, or those of a `{…}` group.
fn named_behind(code: &[char], at: usize) -> Vec<(usize, String)> {
    let rest = code.get(at..).unwrap_or_default();
    if rest.first() != Some(&'{') {
        return words(rest)
            .take(1)
            .map(|(i, word)| (at + i, word))
            .collect();
    }
    let (mut depth, mut fresh, mut found) = (0_usize, false, Vec::new());
    for (i, &c) in rest.iter().enumerate() {
        match c {
            '{' => (depth, fresh) = (depth + 1, depth == 0),
            '}' if depth == 1 => break,
            '}' => depth -= 1,
            ',' if depth == 1 => fresh = true,
            c if fresh && is_word(c) => {
                fresh = false;
                found.extend(words(&rest[i..]).take(1).map(|(_, word)| (at + i, word)));
            }
            _ => {}
        }
    }
    found
}

/// Outside libraries are named in their module only. A file of tests may look at results with what it likes.
fn crates(file: &File<'_>) -> Vec<Problem> {
    let is_test = file.path.contains("/tests/") || file.path.ends_with("tests.rs");
    if is_test || !file.path.starts_with("src/") {
        return Vec::new();
    }
    words(file.code)
        .filter(|(at, word)| is_path_root(file.code, *at, word))
        .filter_map(|(at, word)| {
            let (name, homes) = CRATES.iter().find(|(name, _)| *name == word)?;
            let at_home = homes.iter().any(|home| file.path.starts_with(home));
            let homes = homes.join(" and ");
            let message = format!("`{name}` is named outside {homes}; wrap what is needed there");
            (!at_home).then(|| problem(line_of(file.code, at), message))
        })
        .collect()
}

/// Whether a word begins a path (`word::…`) or is imported as a whole (`use word;`).
fn is_path_root(code: &[char], at: usize, word: &str) -> bool {
    let before: String = code
        .get(..at)
        .unwrap_or_default()
        .iter()
        .rev()
        .take(24)
        .collect();
    let before: String = before.chars().rev().collect();
    let before = before.trim_end();
    let inner = before
        .strip_suffix("::")
        .is_some_and(|path| path.ends_with(|c| is_word(c) || c == '>'));
    let used = before.ends_with("use") || before.ends_with("extern crate");
    !inner && (says(code, at + word.chars().count(), "::") || used)
}

/// Files stay short enough to be read in one go.
fn length(file: &File<'_>) -> Vec<Problem> {
    let lines = file.source.lines().count();
    let message = format!("{lines} lines, at most {MAX_LINES}; split it by what its parts do");
    if lines > MAX_LINES {
        vec![problem(MAX_LINES + 1, message)]
    } else {
        Vec::new()
    }
}

/// `mod.rs` holds docs, attributes, `mod` and `use`, and no logic. That of a `tests` folder may hold what its tests share.
fn module_file(file: &File<'_>) -> Vec<Problem> {
    let is_module = file.path.starts_with("src/") && file.path.ends_with("/mod.rs");
    if !is_module || file.path.ends_with("/tests/mod.rs") {
        return Vec::new();
    }
    statements(file.code)
        .into_iter()
        .find(|(_, statement)| !is_declaration(statement))
        .into_iter()
        .map(|(at, statement)| {
            let head: String = statement
                .chars()
                .take_while(|c| *c != '\n')
                .take(40)
                .collect();
            let message = format!("`{head}` in a mod.rs; move it to a file named for what it does");
            problem(line_of(file.code, at), message)
        })
        .collect()
}

/// The code between semicolons, without attributes, with the position of its first character.
fn statements(code: &[char]) -> Vec<(usize, String)> {
    let (mut found, mut current, mut start) = (Vec::new(), String::new(), 0);
    let mut at = 0;
    while let Some(&c) = code.get(at) {
        if says(code, at, "#[") || says(code, at, "#![") {
            at = behind_brackets(code, at);
            continue;
        }
        if current.is_empty() {
            start = at;
        }
        if c == ';' {
            found.push((start, std::mem::take(&mut current)));
        } else if !(current.is_empty() && c.is_whitespace()) {
            current.push(c);
        }
        at += 1;
    }
    found.push((start, current.trim_end().to_owned()));
    found.retain(|(_, statement)| !statement.is_empty());
    found
}

fn behind_brackets(code: &[char], mut at: usize) -> usize {
    let mut depth = 0_usize;
    while let Some(&c) = code.get(at) {
        at += 1;
        match c {
            '[' => depth += 1,
            ']' if depth == 1 => break,
            ']' => depth -= 1,
            _ => {}
        }
    }
    at
}

fn is_declaration(statement: &str) -> bool {
    let mut words = statement.split_whitespace();
    let mut word = words.next();
    if word.is_some_and(|word| word.starts_with("pub")) {
        word = words.find(|word| !word.ends_with(')'));
    }
    match word {
        Some("mod") => words.count() == 1,
        Some("use") => true,
        _ => false,
    }
}

/// Every file says first why it exists.
fn opening(file: &File<'_>) -> Vec<Problem> {
    let ours = ["src/", "tests/"]
        .iter()
        .any(|root| file.path.starts_with(root));
    if !ours || file.source.starts_with("//!") {
        return Vec::new();
    }
    let message = "does not open with `//!`; say why the module exists and its place on the path";
    vec![problem(1, message.to_owned())]
}

/// No unfinished work, no test that is switched off. Comments count.
fn unfinished(file: &File<'_>) -> Vec<Problem> {
    file.source
        .lines()
        .zip(1..)
        .flat_map(|(text, line)| {
            UNFINISHED
                .iter()
                .filter(move |mark| contains_word(text, mark))
                .map(move |mark| problem(line, format!("`{mark}`; finish it, or leave it out")))
        })
        .collect()
}

/// Whether `mark` stands in the line by itself, not as part of a longer word.
fn contains_word(text: &str, mark: &str) -> bool {
    text.match_indices(mark).any(|(at, _)| {
        let before = text.get(..at).and_then(|s| s.chars().next_back());
        let after = text.get(at + mark.len()..).and_then(|s| s.chars().next());
        let open_ended = !mark.ends_with(is_word);
        !before.is_some_and(is_word) && (open_ended || !after.is_some_and(is_word))
    })
}
