//! Documents for the tests, in both scripts, and their rows as text.

use crate::record::{Document, Enumeration, Place, Script, Tagged};
use crate::stage::segment::fixture::{document, tagged};
use crate::stage::tag::Shorthand;
use crate::text::{ScriptEvidence, simplified_view, traditional_form};

/// The document in its own script, with a simplified view where that differs.
pub(super) fn written(text: &str) -> Document {
    let mut document = document(&Place::new("a.txt", 0), text);
    document.simplified = simplified_view(text, &ScriptEvidence::of(text));
    if document.simplified.is_some() {
        document.script = Script::Hant;
    }
    document
}

/// The rows of a document.
pub(super) fn found(document: Document) -> (Tagged, Vec<Enumeration>) {
    let tagged = tagged(document);
    let mut rows = Vec::new();
    Shorthand::new().find(&tagged.segmented, &tagged.entities, &mut rows);
    (tagged, rows)
}

/// A row: name, declared count, members, and `…` where they are not all.
pub(super) fn told(text: &str, row: &Enumeration) -> String {
    let members: Vec<&str> = row.members.iter().map(|it| it.text.as_str()).collect();
    let declared = row.declared.map(|it| it.to_string()).unwrap_or_default();
    let rest = if row.complete || members.is_empty() {
        ""
    } else {
        "…"
    };
    format!(
        "{} {declared} {}{rest}",
        row.span.of(text),
        members.join("|")
    )
    .trim_end()
    .to_owned()
}

/// All rows of a text.
pub(super) fn rows(text: &str) -> Vec<String> {
    let (tagged, rows) = found(written(text));
    let text = &tagged.segmented.document.text;
    rows.iter().map(|row| told(text, row)).collect()
}

/// The text in traditional characters, where each has one.
pub(super) fn traditional(text: &str) -> Option<String> {
    traditional_form(text)
}
