//! Sizes in bytes, as people write them: `4096`, `"256MiB"`, `"64 MB"`.

/// Units by name. Those with an `i` are powers of 1024, the others of 1000, as IEC and SI have it.
const UNITS: [(&str, u64); 10] = [
    ("", 1),
    ("B", 1),
    ("kB", 1_000),
    ("KB", 1_000),
    ("MB", 1_000_000),
    ("GB", 1_000_000_000),
    ("KiB", 1 << 10),
    ("MiB", 1 << 20),
    ("GiB", 1 << 30),
    ("TiB", 1 << 40),
];

/// The bytes that a text names; `None` when it names none, or more than fit.
pub(super) fn parse_size(text: &str) -> Option<u64> {
    let text = text.trim();
    let digits = text
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(text.len());
    let (number, unit) = text.split_at_checked(digits)?;
    let unit = unit.trim_start();
    let (_, factor) = UNITS.into_iter().find(|(name, _)| *name == unit)?;
    number.parse::<u64>().ok()?.checked_mul(factor)
}

/// A size as a person would write it: the largest binary unit that divides it.
///
/// ```
/// use cihe::config::format_size;
/// assert_eq!(format_size(64 << 20), "64MiB");
/// assert_eq!(format_size(1000), "1000B");
/// ```
pub fn format_size(bytes: u64) -> String {
    let (name, factor) = UNITS
        .into_iter()
        .rev()
        .find(|(name, factor)| {
            name.ends_with("iB") && bytes >= *factor && bytes.is_multiple_of(*factor)
        })
        .unwrap_or(("B", 1));
    format!("{}{name}", bytes / factor)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_read_with_and_without_units() {
        for (text, bytes) in [
            ("0", Some(0)),
            ("4096", Some(4096)),
            ("256MiB", Some(256 << 20)),
            ("64 MB", Some(64_000_000)),
            (" 1 GiB ", Some(1 << 30)),
            ("", None),
            ("MiB", None),
            ("-1", None),
            ("1.5GiB", None),
            ("12 parsecs", None),
            ("99999999999999999999", None),
            ("99999999999 TiB", None),
            ("１２MiB", None),
        ] {
            assert_eq!(parse_size(text), bytes, "{text:?}");
        }
    }

    #[test]
    fn a_formatted_size_reads_back() {
        for bytes in [0, 1, 1000, 1024, 1536, 64 << 20, (1 << 40) + 1, u64::MAX] {
            assert_eq!(parse_size(&format_size(bytes)), Some(bytes));
        }
    }
}
