//! Characters that were probably read wrongly: told as edits, or mended.
//!
//! It runs where the text stands and no document has been made of it, so that title, hash and view are those of the mended text.
//! What is found has three bytes before and after: no offset moves, and the alignment stays as it is. The tables are simplified, so it is
//! the simplified view that is looked at; what is proposed for a traditional text is in its own script.

use super::options::OcrSuspects;
use super::shape::{Pending, Shaped, range};
use crate::lexicon::{Suspect, Suspects};
use crate::record::{Edit, EditRule};
use crate::text::{ScriptEvidence, simplified_view, traditional_form};

/// Characters on either side that say which traditional form a proposal has.
const AROUND: usize = 4;

/// Finds the suspects of a text; the edits tell of them, and where `what` says so the text has the proposals.
pub(super) fn mark(shaped: &mut Shaped, suspects: &Suspects, what: OcrSuspects) {
    if what == OcrSuspects::Off {
        return;
    }
    let evidence = ScriptEvidence::of(&shaped.text);
    let found = match simplified_view(&shaped.text, &evidence) {
        None => suspects.find(&shaped.text),
        Some(view) => {
            let found = suspects.find(&view).into_iter();
            let own =
                found.map(|one| in_script(one, &shaped.text, &view, evidence.is_traditional()));
            own.filter(|one| one.before != one.after).collect()
        }
    };
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
        Pending {
            decoded,
            edit: Edit::new(
                EditRule::OcrSuspect,
                String::from(suspect.before),
                String::from(suspect.after),
                suspect.confidence,
                bytes,
            ),
        }
    });
    let edits = edits.collect();
    if what == OcrSuspects::Apply {
        shaped.text = mended(&shaped.text, &found);
    }
    shaped.take(edits);
}

/// A suspect of the view as one of the text.
fn in_script(found: Suspect, text: &str, view: &str, traditional: bool) -> Suspect {
    let at = |text: &str| text.get(found.byte..).and_then(|rest| rest.chars().next());
    let before = at(text).unwrap_or(found.before);
    let after = traditional.then(|| traditional_of(found, view)).flatten();
    let after = after.filter(|after| after.len_utf8() == before.len_utf8());
    Suspect {
        before,
        after: after.unwrap_or(found.after),
        ..found
    }
}

/// The proposal in the traditional form that it has between its neighbours.
fn traditional_of(found: Suspect, view: &str) -> Option<char> {
    let before = view.get(..found.byte)?;
    let behind = view.get(found.byte + found.before.len_utf8()..)?;
    let start = before.char_indices().rev().take(AROUND).last();
    let before = before.get(start.map_or(found.byte, |(at, _)| at)..)?;
    let mut piece = String::from(before);
    piece.push(found.after);
    piece.extend(behind.chars().take(AROUND));
    traditional_form(&piece)?
        .chars()
        .nth(before.chars().count())
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
