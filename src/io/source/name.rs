//! The names of sources: paths under an input, the same on every machine.

use std::fmt::Write as _;
use std::path::{Component, Path, PathBuf};

/// Characters that make a part of an input a pattern.
const WILDCARDS: [char; 4] = ['*', '?', '[', '{'];

/// A path with `/` between its parts. Bytes that are no UTF-8 become `%XX`.
pub(super) fn of_path(path: &Path) -> String {
    let mut name = String::new();
    for part in path.components() {
        if !name.is_empty() {
            name.push('/');
        }
        for chunk in part.as_os_str().as_encoded_bytes().utf8_chunks() {
            name.push_str(chunk.valid());
            for byte in chunk.invalid() {
                write!(name, "%{byte:02X}").expect("a string takes any text");
            }
        }
    }
    name
}

/// Whether an input is a pattern.
pub(super) fn is_pattern(input: &str) -> bool {
    input.contains(WILDCARDS)
}

/// The longest folder without wildcards, and the pattern below it.
pub(super) fn split_pattern(input: &str) -> (PathBuf, String) {
    let mut root = PathBuf::new();
    let mut pattern = Vec::new();
    for part in Path::new(input).components() {
        let text = part.as_os_str().to_string_lossy();
        if !pattern.is_empty() || is_pattern(&text) {
            pattern.push(text.into_owned());
        } else if part != Component::CurDir {
            root.push(part);
        }
    }
    if root.as_os_str().is_empty() {
        root.push(".");
    }
    (root, pattern.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_is_split_behind_its_last_plain_folder() {
        for (input, root, pattern) in [
            ("*.txt", ".", "*.txt"),
            ("./a/*.txt", "a", "*.txt"),
            ("/news/2024/**/p?/x.txt", "/news/2024", "**/p?/x.txt"),
            ("news/{a,b}/c.txt", "news", "{a,b}/c.txt"),
        ] {
            let split = split_pattern(input);
            assert_eq!(split, (PathBuf::from(root), pattern.to_owned()), "{input}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn bytes_that_are_no_utf_8_are_percent_encoded() {
        use std::os::unix::ffi::OsStrExt;
        let path = Path::new(std::ffi::OsStr::from_bytes(b"b\xE5\xB9\xB4/\xC4\xEA.txt"));
        assert_eq!(of_path(path), "b年/%C4%EA.txt");
    }
}
