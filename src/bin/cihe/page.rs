//! A document as a page: what every hop made of it, for human eyes.

use std::io::{self, Write};

use cihe::record::{Document, Entity, Label, Reject, Sentence, SentenceKind, Tagged, Token};
use cihe::stage::duplicates::{Duplicates, Signature};
use cihe::text::Span;
use serde_json::Value;

use crate::page_marks::Marks;
use crate::paint::{Paint, Style, printable};
use crate::summary::counted;

/// Edits shown; a damaged page has thousands, and the first few tell the story.
const EDITS: usize = 20;
/// Characters of an edit shown on either side.
const EDIT_CHARS: usize = 24;
/// Columns before a sentence: its number and its kind.
const MARGIN: usize = 17;

/// Where it is shown, and whether in colours.
pub(crate) struct Page<W> {
    pub(crate) out: W,
    pub(crate) paint: Paint,
}

impl<W: Write> Page<W> {
    /// What the record holds, where that is more than one article.
    pub(crate) fn contents(&mut self, documents: &[Tagged]) -> io::Result<()> {
        if documents.len() < 2 {
            return Ok(());
        }
        let heading = counted(documents.len() as u64, "article");
        writeln!(self.out, "{}", self.paint.of(Style::Heading, heading))?;
        for tagged in documents {
            let document = &tagged.segmented.document;
            let title = document.title.as_deref().unwrap_or("without a title");
            self.line(&document.article.to_string(), title)?;
        }
        writeln!(self.out)
    }

    /// A document with its edits, sentences, words and names.
    pub(crate) fn document(&mut self, tagged: &Tagged) -> io::Result<()> {
        let document = &tagged.segmented.document;
        self.header(document)?;
        self.edits(document)?;
        let mut marks = Marks::of(document);
        if let Some(legend) = marks.legend() {
            self.line("marks", &legend)?;
        }
        let mut paragraph = None;
        for (index, sentence) in document.sentences.iter().enumerate() {
            if paragraph.replace(sentence.paragraph) != Some(sentence.paragraph) {
                let heading = format!("paragraph {}", sentence.paragraph);
                writeln!(self.out, "\n{}", self.paint.of(Style::Heading, heading))?;
            }
            self.sentence(tagged, index, sentence, &mut marks)?;
        }
        for quote in &tagged.quotes {
            let speaker = quote.speaker.as_deref().unwrap_or("somebody");
            writeln!(
                self.out,
                "quote by {speaker}: {}",
                printable(quote.span.of(&document.text))
            )?;
        }
        for enumeration in &tagged.enumerations {
            let members: Vec<&str> = enumeration
                .members
                .iter()
                .map(|one| one.text.as_str())
                .collect();
            let name = printable(enumeration.span.of(&document.text));
            writeln!(
                self.out,
                "enumeration {name}: {}",
                printable(&members.join(", "))
            )?;
        }
        writeln!(self.out)
    }

    fn header(&mut self, document: &Document) -> io::Result<()> {
        let title = format!("{} article {}", document.place, document.article);
        writeln!(self.out, "{}", self.paint.of(Style::Heading, title))?;
        for (name, value) in [
            ("title", &document.title),
            ("collection", &document.collection),
        ] {
            if let Some(value) = value {
                self.line(name, value)?;
            }
        }
        if let Some(day) = document.published {
            self.line("published", &day.to_string())?;
        }
        let meta: Option<Value> = document
            .meta
            .as_deref()
            .and_then(|meta| serde_json::from_str(meta).ok());
        for name in ["byline", "dateline"] {
            if let Some(value) = meta.as_ref().and_then(|meta| meta.get(name)?.as_str()) {
                self.line(name, value)?;
            }
        }
        let read = format!(
            "{}, {}, {}",
            document.media_type.name(),
            document.encoding,
            document.script.code()
        );
        self.line("read as", &read)?;
        let (chars, paragraphs) = (document.chars, document.paragraphs);
        let sentences = document.sentences.len();
        self.line(
            "size",
            &[
                counted(chars.into(), "character"),
                counted(paragraphs.into(), "paragraph"),
                counted(sentences as u64, "sentence"),
            ]
            .join(", "),
        )?;
        self.quality(document)?;
        let bytes = document.source_extent();
        self.line(
            "bytes",
            &format!("{}..{} of the record", bytes.start, bytes.end),
        )
    }

    /// The figures that a pipeline can drop it by, and what its copies are known by.
    fn quality(&mut self, document: &Document) -> io::Result<()> {
        let quality = &document.quality;
        let figures = [
            format!("language {}", quality.language.code()),
            format!("{:.2} of the characters are Han", quality.han_ratio),
            format!(
                "{:.2} of the text is boilerplate",
                quality.boilerplate_share
            ),
        ];
        self.line("quality", &figures.join(", "))?;
        let breaks = counted(quality.repaired_breaks.into(), "break");
        let suspects = counted(quality.ocr_suspects.into(), "suspect");
        let damage = format!(
            "{breaks} repaired, {suspects} ({:.2} for every thousand characters)",
            quality.suspects_per_thousand
        );
        self.line("damage", &damage)?;
        if let Some(first) = &document.duplicate_of {
            self.line("copy of", &first.to_string())?;
        }
        match Signature::of(document.view(), Duplicates::Near) {
            Some(signature) => self.line("minhash", &signature.to_string()),
            None => Ok(()),
        }
    }

    fn edits(&mut self, document: &Document) -> io::Result<()> {
        for edit in document.edits.iter().take(EDITS) {
            if edit.rule.stage() == "article" {
                let what = format!(
                    "{}/{} here, {:.2} sure",
                    edit.rule.stage(),
                    edit.rule.name(),
                    edit.confidence
                );
                self.line("edit", &what)?;
                continue;
            }
            let what = format!(
                "{}/{} at character {}: {:?} became {:?}",
                edit.rule.stage(),
                edit.rule.name(),
                edit.char_start,
                shortened(edit.before()),
                shortened(edit.after())
            );
            self.line("edit", &what)?;
        }
        match document.edits.len().saturating_sub(EDITS) {
            0 => Ok(()),
            more => self.line("edit", &format!("… and {more} more")),
        }
    }

    fn sentence(
        &mut self,
        tagged: &Tagged,
        index: usize,
        sentence: &Sentence,
        marks: &mut Marks,
    ) -> io::Result<()> {
        let document = &tagged.segmented.document;
        let tokens = share(&tagged.segmented.tokens, index, |token| token.sentence);
        let entities = share(&tagged.entities, index, |entity| entity.sentence);
        let number = self.paint.of(Style::Faint, format!("{index:>4}"));
        let kind = format!("{:<11}", sentence.kind.name());
        write!(
            self.out,
            "{number} {} ",
            self.paint.of(style_of_kind(sentence.kind), kind)
        )?;
        if let Some(speaker) = &sentence.speaker {
            let speaker = format!("[{}]", printable(speaker));
            write!(self.out, "{} ", self.paint.of(Style::Speech, speaker))?;
        }
        self.highlighted(document, &sentence.span, entities, marks)?;
        self.tokens(document, tokens)?;
        self.entities(document, entities)
    }

    /// The sentence with its entities in colour, and marks where something was taken out.
    fn highlighted(
        &mut self,
        document: &Document,
        span: &Span,
        entities: &[Entity],
        marks: &mut Marks,
    ) -> io::Result<()> {
        let (text, paint) = (&document.text, self.paint);
        let mut at = span.byte_start.get();
        for entity in entities {
            let (start, end) = (entity.span.byte_start.get(), entity.span.byte_end.get());
            // An entity inside another one is coloured with it.
            if start < at {
                continue;
            }
            marks.write(&mut self.out, paint, text, at..start, None)?;
            let style = Some(style_of(entity.label));
            marks.write(&mut self.out, paint, text, start..end, style)?;
            at = end;
        }
        marks.write(&mut self.out, paint, text, at..span.byte_end.get(), None)?;
        writeln!(self.out)
    }

    fn tokens(&mut self, document: &Document, tokens: &[Token]) -> io::Result<()> {
        write!(self.out, "{:MARGIN$}", "")?;
        for token in tokens {
            let pos = self.paint.of(Style::Faint, format!("/{}", token.pos));
            write!(
                self.out,
                " {}{pos}",
                printable(token.span.of(&document.text))
            )?;
        }
        writeln!(self.out)
    }

    fn entities(&mut self, document: &Document, entities: &[Entity]) -> io::Result<()> {
        if entities.is_empty() {
            return Ok(());
        }
        write!(self.out, "{:MARGIN$}", "")?;
        for entity in entities {
            let named = format!(
                "{}:{}",
                entity.label.name(),
                printable(entity.span.of(&document.text))
            );
            write!(
                self.out,
                " {}",
                self.paint.of(style_of(entity.label), named)
            )?;
            let facts = facts(document, entity);
            if !facts.is_empty() {
                let facts = format!("={}", printable(&facts));
                write!(self.out, "{}", self.paint.of(Style::Faint, facts))?;
            }
        }
        writeln!(self.out)
    }

    /// What was turned away, and why.
    pub(crate) fn reject(&mut self, reject: &Reject) -> io::Result<()> {
        let what = format!(
            "turned away by {}: {} ({})",
            reject.hop, reject.message, reject.code
        );
        writeln!(
            self.out,
            "{} {}",
            reject.place,
            self.paint.of(Style::Bad, what)
        )
    }

    fn line(&mut self, name: &str, value: &str) -> io::Result<()> {
        let name = self.paint.of(Style::Faint, format!("{name:>10}"));
        writeln!(self.out, "{name}  {}", printable(value))
    }
}

/// What is known of an entity besides its name: what it is short for, its value or days, its offices, its concept.
fn facts(document: &Document, entity: &Entity) -> String {
    let full = entity.full.as_ref();
    let mut facts: Vec<String> = full
        .map(|full| full.simplified(document).to_owned())
        .into_iter()
        .collect();
    if let Some(quantity) = &entity.quantity {
        let number = match (quantity.value, quantity.low, quantity.high) {
            (Some(value), _, _) => Some(value.to_string()),
            (None, Some(low), Some(high)) => Some(format!("{low}..{high}")),
            (None, Some(one), None) | (None, None, Some(one)) => Some(one.to_string()),
            (None, None, None) => None,
        };
        facts.extend(number.map(|number| number + quantity.unit.as_deref().unwrap_or_default()));
        facts.extend(match (quantity.date_start, quantity.date_end) {
            (Some(start), Some(end)) if start != end => Some(format!("{start}..{end}")),
            (start, end) => start.or(end).map(|day| day.to_string()),
        });
    }
    facts.extend(entity.titles.iter().cloned());
    facts.extend(entity.concept.as_deref().map(str::to_owned));
    facts.join(",")
}

/// A sentence's share of a list that is in the order of the text.
fn share<T>(items: &[T], index: usize, sentence: impl Fn(&T) -> u32) -> &[T] {
    let number = |item: &T| usize::try_from(sentence(item)).unwrap_or(usize::MAX);
    let start = items.partition_point(|item| number(item) < index);
    let end = items.partition_point(|item| number(item) <= index);
    items.get(start..end).unwrap_or_default()
}

const fn style_of(label: Label) -> Style {
    match label {
        Label::Person => Style::Person,
        Label::Location => Style::Place,
        Label::Organisation => Style::Organisation,
        _ => Style::Other,
    }
}

const fn style_of_kind(kind: SentenceKind) -> Style {
    match kind {
        SentenceKind::Title => Style::Title,
        SentenceKind::Heading => Style::Part,
        SentenceKind::Body => Style::Faint,
        SentenceKind::Caption => Style::Caption,
        SentenceKind::Byline => Style::Writer,
        SentenceKind::Speech => Style::Speech,
        SentenceKind::List => Style::Item,
        SentenceKind::Boilerplate => Style::Outside,
    }
}

fn shortened(text: &str) -> String {
    let mut chars = text.chars();
    let mut shown: String = chars.by_ref().take(EDIT_CHARS).collect();
    if chars.next().is_some() {
        shown.push('…');
    }
    shown
}
