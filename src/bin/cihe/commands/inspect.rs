//! `cihe inspect`: one document through every hop, for human eyes.

use std::io::{self, Write};

use cihe::config;
use cihe::pipeline::{self, Annotator};
use cihe::record::{Document, Entity, Label, Reject, Sentence, Tagged, Token};
use cihe::text::Span;
use clap::Args;

use crate::exit::{self, Exit};
use crate::failure::Failure;
use crate::paint::{Paint, Style, printable};
use crate::terminal::Terminal;

/// Edits shown; a damaged page has thousands, and the first few tell the story.
const EDITS: usize = 20;
/// Characters of an edit shown on either side.
const EDIT_CHARS: usize = 24;

const LONG_ABOUT: &str = "\
Show what every hop makes of one document: how its bytes were read, what was repaired, its paragraphs and sentences, \
their words with parts of speech, and what was found in them. Nothing is written.";

const EXAMPLES: &str = "\
Examples:
  cihe inspect page.html
  cihe inspect news.jsonl.gz --record 41
  cihe inspect scan.txt --pipeline my.toml | less -R

";

/// Show one document through every hop
#[derive(Args, Debug)]
#[command(long_about = LONG_ABOUT, after_help = format!("{EXAMPLES}{}", exit::TABLE))]
pub(crate) struct InspectArgs {
    /// The file to look at
    file: String,
    /// TOML file, or the name of a built-in pipeline
    #[arg(short, long, default_value = "default")]
    pipeline: String,
    /// Set a key of the pipeline; may be given several times
    #[arg(short, long, value_name = "KEY=VALUE")]
    set: Vec<String>,
    /// Which record of the file: a line of JSONL, a row of CSV or Parquet; from 0
    #[arg(short, long, value_name = "N", default_value_t = 0, value_parser = clap::value_parser!(i64).range(0..))]
    record: i64,
}

/// Shows the document.
pub(crate) fn inspect(args: &InspectArgs, terminal: &Terminal) -> Result<Exit, Failure> {
    let spec = config::load(&args.pipeline, &args.set)?;
    let record = pipeline::read_one(&args.file, args.record, &spec)?;
    let (documents, rejects) = Annotator::new(&spec)?.annotate(record);
    let mut page = Page {
        out: io::stdout().lock(),
        paint: terminal.paint,
    };
    for tagged in &documents {
        page.document(tagged)?;
    }
    for reject in &rejects {
        page.reject(reject)?;
    }
    page.out.flush()?;
    Ok(if rejects.is_empty() {
        Exit::Clean
    } else {
        Exit::Rejects
    })
}

/// Where it is shown, and whether in colours.
struct Page<W> {
    out: W,
    paint: Paint,
}

impl<W: Write> Page<W> {
    fn document(&mut self, tagged: &Tagged) -> io::Result<()> {
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
        self.line("id", &document.id.to_string())?;
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
            &format!("{chars} characters, {paragraphs} paragraphs, {sentences} sentences"),
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

    fn reject(&mut self, reject: &Reject) -> io::Result<()> {
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

#[cfg(test)]
mod tests {
    use cihe::record::{
        DocId, Edit, MediaType, Method, Place, Pos, Quality, Script, Segmented, SentenceKind,
    };
    use cihe::text::{Alignment, CharOffset, SourceOffset, SpanWalker};
    use expect_test::expect;

    use super::*;

    /// A document of one sentence, its words cut where `words` has spaces, the first word a person.
    fn tagged(words: &str) -> Tagged {
        let text = words.replace(' ', "");
        let mut walker = SpanWalker::new(&text);
        let mut start = 0;
        let tokens: Vec<Token> = words
            .split(' ')
            .map(|word| {
                let span = walker.span(start..start + word.len());
                start += word.len();
                let pos = Pos::new("n").unwrap();
                Token {
                    span,
                    sentence: 0,
                    pos,
                }
            })
            .collect();
        let entity = Entity {
            sentence: 0,
            label: Label::Person,
            span: tokens[0].span,
            quantity: None,
            titles: Vec::new(),
            concept: None,
            method: Method::Lexicon,
            score: 1.0,
        };
        let document = document(text);
        Tagged {
            segmented: Segmented { document, tokens },
            entities: vec![entity],
            enumerations: Vec::new(),
            quotes: Vec::new(),
        }
    }

    fn document(text: String) -> Document {
        let span = Span::whole(&text);
        let place = Place::new("news/a.txt", 0);
        let sentence = Sentence {
            paragraph: 0,
            kind: SentenceKind::Body,
            span,
            speaker: None,
        };
        let edit = Edit {
            stage: "layout",
            rule: "hard-wrap",
            before: "\n".into(),
            after: String::new(),
            confidence: 1.0,
            char_start: CharOffset::new(2),
            byte_start: SourceOffset::new(6),
            byte_end: SourceOffset::new(7),
        };
        Document {
            id: DocId::new(&place, 0),
            place,
            article: 0,
            title: Some("新桥".into()),
            published: None,
            collection: None,
            media_type: MediaType::Plain,
            encoding: "utf-8",
            script: Script::Hans,
            alignment: Alignment::identity(text.len()),
            chars: span.char_len(),
            paragraphs: 1,
            sentences: vec![sentence],
            edits: vec![edit],
            quality: Quality {
                han_ratio: 1.0,
                repaired_breaks: 1,
                ocr_suspects: 0,
            },
            content_sha256: String::new(),
            duplicate_of: None,
            meta: None,
            simplified: None,
            text,
        }
    }

    fn shown(on: bool) -> String {
        let mut page = Page {
            out: Vec::new(),
            paint: Paint { on },
        };
        page.document(&tagged("温春树 看 桥")).unwrap();
        String::from_utf8(page.out).unwrap()
    }

    #[test]
    fn a_document_is_shown_hop_by_hop() {
        expect![[r#"
            news/a.txt#0 article 0
                    id  ce2452a0e9151c5f8fb1151dcce95b46
                 title  新桥
               read as  text/plain, utf-8, Hans
                  size  5 characters, 1 paragraphs, 1 sentences
               quality  1.00 of the characters are Han, 1 breaks repaired, 0 suspects
                 bytes  0..15 of the record
                  edit  layout/hard-wrap at character 2: "\n" became ""

            paragraph 0
               0 body    温春树看桥
                         温春树/n 看/n 桥/n
                         PER:温春树

        "#]]
        .assert_eq(&shown(false));
    }

    #[test]
    fn names_are_coloured_inside_their_sentence() {
        assert!(shown(true).contains("\u{1b}[1;35m温春树\u{1b}[0m看桥\n"));
    }
}
