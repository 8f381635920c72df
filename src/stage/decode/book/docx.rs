//! DOCX: the paragraphs of the main part, then of the notes, with what their styles make of them.
//!
//! Deleted text, instructions of fields and the second copy of what newer programs draw otherwise are not shown by any program,
//! and so no text. Headers and footers are not read: they repeat on every page.

use std::collections::HashMap;

use super::extract::{Extract, Refused};
use super::package::Package;
use super::xml::{Element, Step, walk};
use crate::record::SentenceKind;

/// The main part where the package does not say otherwise.
const MAIN: &str = "word/document.xml";
/// Parts that are read behind the main one, where they exist.
const NOTES: [&str; 2] = ["word/footnotes.xml", "word/endnotes.xml"];
const STYLES: &str = "word/styles.xml";
const PROPERTIES: &str = "docProps/core.xml";

/// Reads a DOCX file.
pub(super) fn read(bytes: &[u8]) -> Result<Extract, Refused> {
    let mut package = Package::open(bytes)?;
    let styles = if package.has(STYLES) {
        styles(&package.text(STYLES)?)?
    } else {
        HashMap::new()
    };
    let mut reader = Reader {
        styles,
        ..Reader::default()
    };
    let main = package.text(MAIN)?;
    walk(&main, |step| reader.step(&step))?;
    for note in NOTES
        .iter()
        .filter(|name| package.has(name))
        .copied()
        .collect::<Vec<_>>()
    {
        let note = package.text(note)?;
        walk(&note, |step| reader.step(&step))?;
    }
    reader.end_paragraph();
    let mut extract = reader.extract;
    if extract.title.is_none() && package.has(PROPERTIES) {
        let said = said_title(&package.text(PROPERTIES)?)?;
        // Templates and former documents leave their titles behind; one that the text has too is its own.
        extract.title = said.filter(|title| extract.text.contains(title.as_str()));
    }
    Ok(extract)
}

/// What paragraphs of each style are.
fn styles(xml: &str) -> Result<HashMap<String, SentenceKind>, Refused> {
    let mut styles = HashMap::new();
    let mut id = None;
    walk(xml, |step| {
        if let Step::Start(element) = step {
            match element.name() {
                "style" => id = element.attribute("styleId"),
                "name" => {
                    let name = element.attribute("val").unwrap_or_default();
                    if let (Some(id), Some(kind)) = (id.take(), kind_of(&name)) {
                        styles.insert(id, kind);
                    }
                }
                _ => {}
            }
        }
    })?;
    Ok(styles)
}

/// What the style of this name makes of a paragraph; `None` for running text.
fn kind_of(name: &str) -> Option<SentenceKind> {
    let name = name.to_lowercase();
    let begins = |words: &[&str]| words.iter().any(|word| name.starts_with(word));
    if begins(&["toc heading", "heading", "subtitle", "标题 ", "副标题"]) {
        Some(SentenceKind::Heading)
    } else if name == "title" || name == "标题" {
        Some(SentenceKind::Title)
    } else if begins(&["caption", "题注"]) {
        Some(SentenceKind::Caption)
    } else if begins(&["list", "列表"]) {
        Some(SentenceKind::List)
    } else {
        None
    }
}

fn said_title(xml: &str) -> Result<Option<String>, Refused> {
    let mut title = String::new();
    let mut inside = false;
    walk(xml, |step| match step {
        Step::Start(element) if element.name() == "title" => inside = true,
        Step::End("title") => inside = false,
        Step::Text(text) if inside => title.push_str(text),
        _ => {}
    })?;
    let title = title.trim();
    Ok((!title.is_empty()).then(|| title.to_owned()))
}

#[derive(Default)]
struct Reader {
    extract: Extract,
    styles: HashMap<String, SentenceKind>,
    line: String,
    kind: Option<SentenceKind>,
    /// Inside of an element whose text is shown.
    shown: bool,
    /// How many elements deep in something that is not shown.
    skipped: usize,
}

impl Reader {
    fn step(&mut self, step: &Step<'_>) {
        match step {
            Step::Start(element) if self.skipped > 0 => {
                self.skipped += usize::from(is_skipped(element.name()));
            }
            Step::Start(element) => self.start(element),
            Step::End(name) => self.end(name),
            Step::Text(text) if self.shown && self.skipped == 0 => self.line.push_str(text),
            Step::Text(_) => {}
        }
    }

    fn start(&mut self, element: &Element<'_>) {
        match element.name() {
            name if is_skipped(name) => self.skipped = 1,
            "p" | "br" | "cr" => self.end_line(element.name() == "p"),
            "t" => self.shown = true,
            "tab" => self.line.extend((!self.line.is_empty()).then_some('\t')),
            "noBreakHyphen" => self.line.push('-'),
            "pStyle" => {
                let style = element.attribute("val").unwrap_or_default();
                self.kind = self.styles.get(&style).copied().or(self.kind);
            }
            "numPr" => self.kind = self.kind.or(Some(SentenceKind::List)),
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        if self.skipped > 0 {
            self.skipped -= usize::from(is_skipped(name));
            return;
        }
        match name {
            "p" => self.end_paragraph(),
            "t" => self.shown = false,
            _ => {}
        }
    }

    fn end_line(&mut self, paragraph: bool) {
        let kind = self.kind;
        self.end_paragraph();
        self.kind = kind.filter(|_| !paragraph);
    }

    fn end_paragraph(&mut self) {
        let kind = self.kind.take().unwrap_or_default();
        let line = std::mem::take(&mut self.line);
        // A paragraph's words are one line, whatever white space they were typed with.
        let line = line.replace(['\n', '\r'], " ");
        if kind == SentenceKind::Title && self.extract.title.is_none() {
            let title = line.trim();
            self.extract.title = (!title.is_empty()).then(|| title.to_owned());
        }
        self.extract.paragraph(&line, kind);
    }
}

/// Elements whose text is not shown, or shown a second time.
fn is_skipped(name: &str) -> bool {
    matches!(name, "Fallback" | "del" | "moveFrom" | "rt" | "tabs")
}
