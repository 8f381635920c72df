//! Documents and their rows against the records they came from.

use std::collections::HashSet;
use std::ops::Range;
use std::path::Path;

use sha2::{Digest, Sha256};

use super::accounts::accounts;
use super::copies::Copies;
use super::ledger;
use super::originals::Originals;
use super::streams::PieceStream;
use crate::Error;
use crate::config::PipelineSpec;
use crate::lexicon::is_confusable;
use crate::pipeline::report::{Check, VerifyReport};
use crate::pipeline::run::{SPOOL, private};
use crate::pipeline::stored::Rows;
use crate::record::{DocId, Place, hex};
use crate::stage::decode::{OcrSuspects, decode_slice};
use crate::table::{
    DocumentRow, DocumentRows, Piece, RecordBatch, TableId, members, signed_documents,
};

/// The tables whose rows name pieces of text.
const PIECES: [TableId; 5] = [
    TableId::Sentences,
    TableId::Tokens,
    TableId::Entities,
    TableId::Enumerations,
    TableId::Quotes,
];

/// Holds an output against its sources. See the module's head for what is checked.
///
/// `inputs` stand in for the ones the output was made from, where those have moved.
///
/// # Errors
///
/// The folder is no output of cihe, or can't be read. What does not hold is no error but counted in the report.
pub fn verify(output: &Path, inputs: Option<&[String]>) -> Result<VerifyReport, Error> {
    let spec = spec_of(output)?;
    let spool = private(output).join(SPOOL);
    let mut originals = match inputs {
        Some(inputs) => Originals::list(inputs, &spool, &spec.source)?,
        None => Originals::find(&spec.inputs, &spool, &spec.source)?,
    };
    let mut report = VerifyReport::default();
    report
        .checks
        .push(ledger::schemas(output, &spec.sink.tables)?);
    report
        .checks
        .push(ledger::commits(output, &spec.sink.tables)?);
    let mut checks = Checks::new(output, &spec)?;
    let mut documents = Rows::open(output, TableId::Documents)?;
    while let Some(batch) = documents.next_batch()? {
        let Some(rows) = DocumentRows::of(&batch) else {
            checks.documents.count(false, unread);
            continue;
        };
        for row in 0..rows.len() {
            checks.document(&rows.document(row), &mut originals)?;
        }
        match signed_documents(&batch) {
            Some(rows) => {
                for row in rows {
                    checks.copies.add(row.doc_id, row.duplicate_of);
                }
            }
            None => checks.documents.count(false, unread),
        }
    }
    report.checks.extend(checks.finish()?);
    report.checks.extend(accounts(output, &originals)?);
    Ok(report)
}

/// What is said of rows that are no rows of their table. A check that sees nothing would pass.
fn unread() -> String {
    "a column is not there, or of another type".into()
}

/// The pipeline that made the output, as it was written down there.
fn spec_of(output: &Path) -> Result<PipelineSpec, Error> {
    let path = private(output).join("pipeline.json");
    let not_ours = |reason: String| Error::NotOurs {
        path: output.into(),
        reason,
    };
    let text = std::fs::read_to_string(&path)
        .map_err(|error| not_ours(format!("`{}` can't be read: {error}", path.display())))?;
    let mut stored: serde_json::Value = serde_json::from_str(&text)
        .map_err(|error| not_ours(format!("`{}` is damaged: {error}", path.display())))?;
    // Lexicons may have moved since; going back needs none.
    stored["description"]["segment"]["lexicons"] = serde_json::json!([]);
    let mut spec = PipelineSpec::from_plan(&stored["description"])?;
    // All that were ever read, where the run that came first knows of its own alone.
    if let Some(inputs) = stored["inputs"].as_array() {
        let inputs = inputs.iter().filter_map(serde_json::Value::as_str);
        spec.inputs = inputs.map(str::to_owned).collect();
    }
    for input in spec.inputs.iter_mut().filter(|input| *input != "-") {
        *input = output.join(&*input).to_string_lossy().into_owned();
    }
    Ok(spec)
}

/// All checks that go document by document.
struct Checks {
    documents: Check,
    ink: Ink,
    tables: Vec<TableChecks>,
    seen: HashSet<String>,
    copies: Copies,
}

/// The checks of one table of pieces.
struct TableChecks {
    stream: PieceStream,
    chars: Check,
    bytes: Check,
    members: Check,
}

impl Checks {
    fn new(output: &Path, spec: &PipelineSpec) -> Result<Self, Error> {
        let tables = &spec.sink.tables;
        let written = PIECES.into_iter().filter(|table| tables.contains(table));
        let tables = written
            .map(|table| {
                Ok(TableChecks {
                    stream: PieceStream::open(output, table)?,
                    chars: Check::new(format!("{table}: characters lead to the text")),
                    bytes: Check::new(format!("{table}: bytes lead back to the source")),
                    members: Check::new(format!("{table}: members lead to the text")),
                })
            })
            .collect::<Result<_, Error>>()?;
        let documents = Check::new("documents: ids, hashes and counts agree");
        let ink = match spec.decode.ocr_suspects {
            OcrSuspects::Apply => Ink::Mended,
            OcrSuspects::Off | OcrSuspects::Report => Ink::Same,
        };
        Ok(Self {
            documents,
            ink,
            tables,
            seen: HashSet::new(),
            copies: Copies::default(),
        })
    }

    fn document(&mut self, row: &DocumentRow<'_>, originals: &mut Originals) -> Result<(), Error> {
        let record = originals.record(row.source, row.record);
        let raw = record.map(|record| record.body.as_bytes());
        let mut faults = own_faults(row);
        if raw.is_none() {
            faults.push("its record is not in the sources".into());
        }
        if !self.seen.insert(row.doc_id.to_owned()) {
            faults.push("its id stands twice".into());
        }
        let chars = CharIndex::new(row.text);
        for table in &mut self.tables {
            let rows = table.of_document(row, &chars, raw.unwrap_or_default(), self.ink)?;
            let declared = match table.stream.table {
                TableId::Sentences => row.sentences,
                TableId::Tokens => row.tokens,
                _ => continue,
            };
            if i64::try_from(rows).ok() != Some(i64::from(declared)) {
                faults.push(format!(
                    "it declares {declared} {}, and has {rows}",
                    table.stream.table
                ));
            }
        }
        self.documents.count(faults.is_empty(), || {
            format!(
                "{} ({}#{}): {}",
                row.doc_id,
                row.source,
                row.record,
                faults.join("; ")
            )
        });
        Ok(())
    }

    fn finish(mut self) -> Result<Vec<Check>, Error> {
        let mut checks = vec![self.documents, self.copies.check(&self.seen)];
        for table in &mut self.tables {
            let unclaimed = table.stream.unclaimed()?;
            for _ in 0..unclaimed {
                table.bytes.count(false, || {
                    "a row whose document is not where it should be".into()
                });
            }
        }
        for table in self.tables {
            let is_list = table.stream.table == TableId::Enumerations;
            checks.extend([table.chars, table.bytes]);
            checks.extend(is_list.then_some(table.members));
        }
        Ok(checks)
    }
}

impl TableChecks {
    /// Checks the rows of one document; returns how many there are.
    fn of_document(
        &mut self,
        row: &DocumentRow<'_>,
        chars: &CharIndex<'_>,
        raw: &[u8],
        ink: Ink,
    ) -> Result<u64, Error> {
        let (chars_check, bytes_check) = (&mut self.chars, &mut self.bytes);
        let is_list = self.stream.table == TableId::Enumerations;
        self.stream.of_document(row.doc_id, |piece, (batch, at)| {
            if is_list {
                check_members(row, chars, (batch, at), &mut self.members);
            }
            let slice = chars.slice(&piece.chars);
            chars_check.count(slice == Some(piece.text), || {
                example(row, piece, slice.unwrap_or("nothing"))
            });
            let there =
                bytes(raw, &piece.bytes).map(|raw| decode_slice(raw, row.encoding, row.media_type));
            let holds = there
                .as_deref()
                .is_some_and(|there| ink.agrees(there, piece.text));
            bytes_check.count(holds, || {
                example(row, piece, there.as_deref().unwrap_or("nothing"))
            });
        })
    }
}

/// Each member begins with its own words; what follows it shares with others, and the text has it elsewhere.
fn check_members(
    document: &DocumentRow<'_>,
    chars: &CharIndex<'_>,
    (batch, row): (&RecordBatch, usize),
    check: &mut Check,
) {
    let Some(members) = members(batch, row) else {
        check.count(false, unread);
        return;
    };
    for member in members {
        let own = chars.slice(&member.chars).filter(|own| !own.is_empty());
        let shared = own.and_then(|own| member.text.strip_prefix(own));
        let holds = shared.is_some_and(|shared| document.text.contains(shared));
        check.count(holds, || {
            format!(
                "{}#{} chars {:?}: a member says {:?}, there stands {:?}",
                document.source,
                document.record,
                member.chars,
                member.text,
                own.unwrap_or("nothing")
            )
        });
    }
}

fn example(row: &DocumentRow<'_>, piece: &Piece<'_>, found: &str) -> String {
    format!(
        "{}#{} chars {:?} bytes {:?}: the row says {:?}, there stands {:?}",
        row.source, row.record, piece.chars, piece.bytes, piece.text, found
    )
}

/// What is wrong with a document's row by itself.
fn own_faults(row: &DocumentRow<'_>) -> Vec<String> {
    let mut faults = Vec::new();
    if DocId::new(&Place::new(row.source, row.record), row.article).to_string() != row.doc_id {
        faults.push("its id is not that of its place".into());
    }
    if hex(&Sha256::digest(row.text.as_bytes())) != row.content_sha256 {
        faults.push("its hash is not that of its text".into());
    }
    let chars = row.text.chars().count();
    if i32::try_from(chars) != Ok(row.chars) {
        faults.push(format!(
            "it declares {} characters, and has {chars}",
            row.chars
        ));
    }
    faults
}

fn bytes<'r>(raw: &'r [u8], range: &Range<i64>) -> Option<&'r [u8]> {
    raw.get(usize::try_from(range.start).ok()?..usize::try_from(range.end).ok()?)
}

/// What a row's text may have that its source has not, white space aside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Ink {
    /// Nothing.
    Same,
    /// Characters in the place of others that are easily taken for them: the pipeline mends what was read wrongly.
    Mended,
}

impl Ink {
    /// Whether `text` is what stands `there`. Of two characters that were mended together one may look like no other.
    fn agrees(self, there: &str, text: &str) -> bool {
        fn ink(text: &str) -> impl Iterator<Item = char> {
            text.chars().filter(|char| !char.is_whitespace())
        }
        let (mut there, mut text) = (ink(there), ink(text));
        let mut last = Mend::None;
        loop {
            let mend = match (there.next(), text.next()) {
                (Some(one), Some(other)) if one == other => Mend::None,
                (Some(one), Some(other)) if self == Self::Mended => {
                    if is_confusable(one, other) {
                        Mend::Alike
                    } else {
                        Mend::Other
                    }
                }
                (None, None) => return last != Mend::Other,
                _ => return false,
            };
            last = match (last, mend) {
                // Its neighbour vouches for it, once.
                (Mend::Other, Mend::Alike) | (Mend::Alike, Mend::Other) => Mend::Both,
                (Mend::Other, _) | (Mend::Both, Mend::Other) => return false,
                (_, mend) => mend,
            };
        }
    }
}

/// What was done to a character.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mend {
    None,
    /// It was taken for one that looks like it.
    Alike,
    /// It was replaced by one that does not.
    Other,
    /// It and the one before it were mended together.
    Both,
}

/// Finds the byte of a code point: one mark for every [`STRIDE`](Self::STRIDE) characters.
struct CharIndex<'t> {
    text: &'t str,
    marks: Vec<usize>,
}

impl<'t> CharIndex<'t> {
    const STRIDE: usize = 64;

    fn new(text: &'t str) -> Self {
        let boundaries = text
            .char_indices()
            .map(|(byte, _)| byte)
            .chain([text.len()]);
        let marks = boundaries.step_by(Self::STRIDE).collect();
        Self { text, marks }
    }

    fn slice(&self, chars: &Range<i32>) -> Option<&'t str> {
        let start = self.byte(usize::try_from(chars.start).ok()?)?;
        let end = self.byte(usize::try_from(chars.end).ok()?)?;
        self.text.get(start..end)
    }

    fn byte(&self, char: usize) -> Option<usize> {
        let mark = *self.marks.get(char / Self::STRIDE)?;
        let rest = self.text.get(mark..)?;
        let mut starts = rest
            .char_indices()
            .map(|(byte, _)| byte)
            .chain([rest.len()]);
        starts.nth(char % Self::STRIDE).map(|byte| mark + byte)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_index_answers_every_boundary() {
        for len in [0, 1, 63, 64, 65, 128, 200] {
            let text: String = "词a".chars().cycle().take(len).collect();
            let index = CharIndex::new(&text);
            let bytes: Vec<usize> = text
                .char_indices()
                .map(|(byte, _)| byte)
                .chain([text.len()])
                .collect();
            let found: Vec<Option<usize>> = (0..=len).map(|char| index.byte(char)).collect();
            assert_eq!(
                found,
                bytes.into_iter().map(Some).collect::<Vec<_>>(),
                "length {len}"
            );
            assert_eq!(index.byte(len + 1), None, "length {len}");
        }
    }

    #[test]
    fn of_two_characters_that_were_mended_together_one_looks_like_what_was_read() {
        assert!(Ink::Mended.agrees("一项仟条。", "一项任务。"));
        assert!(
            !Ink::Mended.agrees("一项任条。", "一项任务。"),
            "no neighbour was mended"
        );
        assert!(
            !Ink::Mended.agrees("一项仟条件。", "一项任务书。"),
            "one vouches for one"
        );
        assert!(!Ink::Mended.agrees("任条", "任务"), "nor at the end");
        assert!(!Ink::Same.agrees("一项仟条。", "一项任务。"));
    }

    #[test]
    fn white_space_does_not_count() {
        assert!(Ink::Same.agrees("陈冰\n峡", "陈冰峡"));
        assert!(!Ink::Same.agrees("陈冰峡", "陈冰"));
    }

    #[test]
    fn a_mended_character_counts_where_the_pipeline_mends() {
        assert!(!Ink::Same.agrees("图书棺", "图书馆"));
        assert!(Ink::Mended.agrees("图书\n棺", "图书馆"));
        assert!(!Ink::Mended.agrees("图书河", "图书馆"));
        assert!(!Ink::Mended.agrees("图书", "图书馆"));
    }
}
