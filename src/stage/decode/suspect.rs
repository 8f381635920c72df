//! Characters that were probably read wrongly: told as edits, or mended.
//!
//! It runs where the text stands and no document has been made of it, so that title, hash and view are those of the mended text.
//! What is found has three bytes before and after: no offset moves, and the alignment stays as it is. A text in traditional script is
//! not looked at, for the tables are simplified; nor is one without Han characters.

use super::options::OcrSuspects;
use super::shape::{Pending, Shaped, edit, range};
use crate::lexicon::{Suspect, Suspects};
use crate::record::Edit;
use crate::text::ScriptEvidence;

/// Finds the suspects of a text; the edits tell of them, and where `what` says so the text has the proposals.
pub(super) fn mark(shaped: &mut Shaped, suspects: &Suspects, what: OcrSuspects) {
    if what == OcrSuspects::Off || ScriptEvidence::of(&shaped.text).is_traditional() {
        return;
    }
    let found = suspects.find(&shaped.text);
    if found.is_empty() {
        return;
    }
    let mut source = shaped.alignment.cursor();
    let mut decoded = shaped.last().map(|last| last.cursor());
    let edits = found.iter().map(|suspect| {
        let at = suspect.byte..suspect.byte + suspect.before.len_utf8();
        let bytes = source.source_range(&range(&at));
        let decoded = decoded.as_mut().map_or(at.clone(), |last| {
            let bytes = last.source_range(&range(&at));
            bytes.start.get()..bytes.end.get()
        });
        let bytes = bytes.start.get()..bytes.end.get();
        Pending {
            decoded,
            edit: edit(
                Edit::OCR,
                Edit::OCR_SUSPECT,
                String::from(suspect.before).into(),
                String::from(suspect.after).into(),
                suspect.confidence,
                &bytes,
            ),
        }
    });
    let edits = edits.collect();
    if what == OcrSuspects::Apply {
        shaped.text = mended(&shaped.text, &found);
    }
    shaped.take(edits);
}

/// The text with the proposals in it.
fn mended(text: &str, found: &[Suspect]) -> String {
    let mut mended = String::with_capacity(text.len());
    let mut from = 0;
    for suspect in found {
        mended.push_str(text.get(from..suspect.byte).unwrap_or_default());
        mended.push(suspect.after);
        from = suspect.byte + suspect.before.len_utf8();
    }
    mended.push_str(text.get(from..).unwrap_or_default());
    mended
}
