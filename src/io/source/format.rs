//! What a file's name says of its content: the packing around it and the layout inside.
//!
//! Of a file that is one record the first bytes say more than its name, where they name a type at all: `whole` asks them.

use std::path::Path;

use super::SourceOptions;
use crate::record::MediaType;

/// The compression around a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Packing {
    Plain,
    Gzip,
    Zstd,
    Bzip2,
    Xz,
}

impl Packing {
    /// As in messages.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::Gzip => "gzip",
            Self::Zstd => "zstd",
            Self::Bzip2 => "bzip2",
            Self::Xz => "xz",
        }
    }

    fn of_ending(ending: &str) -> Option<Self> {
        Some(match ending {
            "gz" => Self::Gzip,
            "zst" => Self::Zstd,
            "bz2" => Self::Bzip2,
            "xz" => Self::Xz,
            _ => return None,
        })
    }
}

/// How records lie in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Layout {
    /// The file is one record.
    Whole(MediaType),
    /// A JSON object a line.
    Jsonl,
    /// A header, then a record a row.
    Csv,
    /// A record a row.
    Parquet,
    /// A record a response.
    Warc,
}

impl Layout {
    fn of_ending(ending: &str) -> Option<Self> {
        Some(match ending {
            "txt" => Self::Whole(MediaType::Plain),
            "md" => Self::Whole(MediaType::Markdown),
            "html" | "htm" | "shtml" | "xhtml" => Self::Whole(MediaType::Html),
            "pdf" => Self::Whole(MediaType::Pdf),
            "docx" => Self::Whole(MediaType::Docx),
            "epub" => Self::Whole(MediaType::Epub),
            "jsonl" | "ndjson" => Self::Jsonl,
            "csv" => Self::Csv,
            "parquet" => Self::Parquet,
            "warc" => Self::Warc,
            _ => return None,
        })
    }
}

/// Packing and layout.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Format {
    pub(super) packing: Packing,
    pub(super) layout: Layout,
}

/// Archives hold many files, each with a name of its own; guessing at them as text would help nobody.
const ARCHIVES: [&str; 7] = ["tar", "tgz", "tbz2", "txz", "zip", "7z", "rar"];

impl Format {
    /// The format of a file by the endings of its name, in any case.
    ///
    /// # Errors
    ///
    /// Why the file is not read, with the remedy.
    pub(super) fn of(path: &Path, options: &SourceOptions) -> Result<Self, String> {
        let (stem, ending) = split(path);
        let (packing, ending) = match ending.as_deref().and_then(Packing::of_ending) {
            Some(packing) => (packing, split(&stem).1),
            None => (Packing::Plain, ending),
        };
        let known = ending.as_deref().and_then(Layout::of_ending);
        if let Some(layout) = known {
            return Ok(Self { packing, layout });
        }
        let ending = ending.unwrap_or_default();
        if ARCHIVES.contains(&ending.as_str()) {
            return Err(format!(
                "`.{ending}` is an archive of files, which is not read; unpack it into a folder"
            ));
        }
        let layout = options.unknown.map(Layout::Whole).ok_or_else(|| {
            let what = if ending.is_empty() {
                "a name without an ending".to_owned()
            } else {
                format!("the ending `.{ending}`")
            };
            format!(
                "{what} does not say what the file holds; rename it, or set `source.unknown` to `text`, `html` or `markdown`"
            )
        })?;
        Ok(Self { packing, layout })
    }
}

/// The path without its last ending, and that ending in lower case.
fn split(path: &Path) -> (std::path::PathBuf, Option<String>) {
    let ending = path
        .extension()
        .and_then(|ending| ending.to_str())
        .map(str::to_ascii_lowercase);
    (path.with_extension(""), ending)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(name: &str, packing: Packing, layout: Layout) {
        let format = Format::of(Path::new(name), &SourceOptions::default());
        assert_eq!(format, Ok(Format { packing, layout }), "{name}");
    }

    #[test]
    fn endings_name_packing_and_layout_in_any_case() {
        check("a.txt", Packing::Plain, Layout::Whole(MediaType::Plain));
        check("a.b.MD", Packing::Plain, Layout::Whole(MediaType::Markdown));
        check("a.HTM.Gz", Packing::Gzip, Layout::Whole(MediaType::Html));
        check("a.PDF", Packing::Plain, Layout::Whole(MediaType::Pdf));
        check("a.docx.gz", Packing::Gzip, Layout::Whole(MediaType::Docx));
        check("书.epub", Packing::Plain, Layout::Whole(MediaType::Epub));
        check("a.jsonl.zst", Packing::Zstd, Layout::Jsonl);
        check("a.ndjson.bz2", Packing::Bzip2, Layout::Jsonl);
        check("a.csv.xz", Packing::Xz, Layout::Csv);
        check("年报.parquet", Packing::Plain, Layout::Parquet);
        check("a.warc.gz", Packing::Gzip, Layout::Warc);
    }

    #[test]
    fn an_unknown_ending_is_refused_with_the_remedy_unless_the_options_say_what_it_is() {
        let plain = SourceOptions::default();
        let text = SourceOptions {
            unknown: Some(MediaType::Plain),
            ..SourceOptions::default()
        };
        for name in ["a", "a.dat", "a.gz", "a.dat.xz"] {
            let refused = Format::of(Path::new(name), &plain).unwrap_err();
            assert!(refused.contains("source.unknown"), "{refused}");
            let format = Format::of(Path::new(name), &text).unwrap();
            assert_eq!(format.layout, Layout::Whole(MediaType::Plain));
        }
        assert_eq!(
            Format::of(Path::new("a.gz"), &text).unwrap().packing,
            Packing::Gzip
        );
    }

    #[test]
    fn archives_are_refused_even_where_unknown_files_are_text() {
        let text = SourceOptions {
            unknown: Some(MediaType::Plain),
            ..SourceOptions::default()
        };
        for name in ["a.tar.gz", "a.tgz", "a.zip"] {
            let refused = Format::of(Path::new(name), &text).unwrap_err();
            assert!(refused.contains("unpack"), "{refused}");
        }
    }
}
