//! A document as a page: what every hop made of it, for human eyes.

use std::io::{self, Write};

use cihe::record::{Document, Entity, Label, Reject, Sentence, Tagged, Token};
use cihe::text::Span;

use crate::paint::{Paint, Style, printable};
use crate::summary::counted;

/// Edits shown; a damaged page has thousands, and the first few tell the story.
const EDITS: usize = 20;
/// Characters of an edit shown on either side.
const EDIT_CHARS: usize = 24;

/// Where it is shown, and whether in colours.
pub(crate) struct Page<W> {
    pub(crate) out: W,
    pub(crate) paint: Paint,
}

impl<W: Write> Page<W> {
    /// A document with its edits, sentences, words and names.
    pub(crate) fn document(&mut self, tagged: &Tagged) -> io::Result<()> {
        let document = &tagged.segmented.document;
        self.header(document)?;
        self.edits(document)?;
        let mut paragraph = None;
        for (index, sentence) in document.sentences.iter().enumerate() {
            if paragraph.replace(sentence.paragraph) != Some(sentence.paragraph) {
                let heading = format!("paragraph {}", sentence.paragraph);
                writeln!(self.out, "\n{}", self.paint.of(Style::Heading, heading))?;
            }
            self.sentence(tagged, index, sentence)?;
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
        let quality = &document.quality;
        let figures = format!(
            "{:.2} of the characters are Han, {} breaks repaired, {} suspects",
            quality.han_ratio, quality.repaired_breaks, quality.ocr_suspects
        );
        self.line("quality", &figures)?;
        let bytes = document.source_extent();
        self.line(
            "bytes",
            &format!("{}..{} of the record", bytes.start, bytes.end),
        )
    }

    fn edits(&mut self, document: &Document) -> io::Result<()> {
        for edit in document.edits.iter().take(EDITS) {
            let what = format!(
                "{}/{} at character {}: {:?} became {:?}",
                edit.stage,
                edit.rule,
                edit.char_start,
                shortened(&edit.before),
                shortened(&edit.after)
            );
            self.line("edit", &what)?;
        }
        match document.edits.len().saturating_sub(EDITS) {
            0 => Ok(()),
            more => self.line("edit", &format!("… and {more} more")),
        }
    }

    fn sentence(&mut self, tagged: &Tagged, index: usize, sentence: &Sentence) -> io::Result<()> {
        let document = &tagged.segmented.document;
        let tokens = share(&tagged.segmented.tokens, index, |token| token.sentence);
        let entities = share(&tagged.entities, index, |entity| entity.sentence);
        let kind = format!("{index:>4} {:<7}", sentence.kind.name());
        write!(self.out, "{} ", self.paint.of(Style::Faint, kind))?;
        self.highlighted(document, &sentence.span, entities)?;
        self.tokens(document, tokens)?;
        self.entities(document, entities)
    }

    /// The sentence with its entities in colour.
    fn highlighted(
        &mut self,
        document: &Document,
        span: &Span,
        entities: &[Entity],
    ) -> io::Result<()> {
        let text = &document.text;
        let mut at = span.byte_start.get();
        for entity in entities {
            let (start, end) = (entity.span.byte_start.get(), entity.span.byte_end.get());
            // An entity inside another one is coloured with it.
            if start < at {
                continue;
            }
            let style = style_of(entity.label);
            let before = printable(text.get(at..start).unwrap_or_default());
            write!(
                self.out,
                "{before}{}",
                self.paint.of(style, printable(entity.span.of(text)))
            )?;
            at = end;
        }
        let rest = text.get(at..span.byte_end.get()).unwrap_or_default();
        writeln!(self.out, "{}", printable(rest))
    }

    fn tokens(&mut self, document: &Document, tokens: &[Token]) -> io::Result<()> {
        write!(self.out, "{:12}", "")?;
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
        write!(self.out, "{:12}", "")?;
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

fn shortened(text: &str) -> String {
    let mut chars = text.chars();
    let mut shown: String = chars.by_ref().take(EDIT_CHARS).collect();
    if chars.next().is_some() {
        shown.push('…');
    }
    shown
}
