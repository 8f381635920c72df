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

/// The paths that have this name: it as it stands, and where it has `%XX`, with those bytes.
pub(super) fn paths_of(name: &str) -> Vec<PathBuf> {
    let mut paths = vec![PathBuf::from(name)];
    #[cfg(unix)]
    if name.contains('%') {
        use std::os::unix::ffi::OsStringExt;
        let bytes = with_bytes(name);
        if bytes != name.as_bytes() {
            paths.push(std::ffi::OsString::from_vec(bytes).into());
        }
    }
    paths
}

/// The bytes of a name, in which `%XX` stands for a byte that is no ASCII.
#[cfg(unix)]
fn with_bytes(name: &str) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(name.len());
    let mut rest = name.as_bytes();
    while let Some((first, behind)) = rest.split_first() {
        let code = behind
            .get(..2)
            .and_then(|code| std::str::from_utf8(code).ok());
        let byte = code.and_then(|code| u8::from_str_radix(code, 16).ok());
        if let Some(byte) = byte.filter(|byte| *first == b'%' && !byte.is_ascii()) {
            bytes.push(byte);
            rest = behind.get(2..).unwrap_or_default();
        } else {
            bytes.push(*first);
            rest = behind;
        }
    }
    bytes
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
        assert_eq!(paths_of("b年/%C4%EA.txt")[1], path);
        assert_eq!(paths_of("100%.%41.txt"), [PathBuf::from("100%.%41.txt")]);
    }
}
