//! A small document for the tests of tables and sink, with something in every table.

use chrono::NaiveDate;

use crate::record::{
    DocId, Document, Edit, EditRule, Entity, Enumeration, Evidence, Label, MediaType, Member,
    Method, Place, Pos, Quality, Quantity, Quote, Script, Segmented, Sentence, SentenceKind,
    Tagged, Token,
};
use crate::text::{Alignment, AlignmentBuilder, CharOffset, SourceOffset, Span, SpanWalker};

/// 河鎮 stands for a traditional text; in Big5 each of its characters has two bytes.
const TEXT: &str = "河鎮二號橋";
const SIMPLIFIED: &str = "河镇二号桥";

fn alignment() -> Alignment {
    let mut builder = AlignmentBuilder::default();
    builder.scaled(5, 3, 2);
    builder.build()
}

fn span(chars: std::ops::Range<usize>) -> Span {
    SpanWalker::new(TEXT).span(chars.start * 3..chars.end * 3)
}

fn document(source: &str) -> Document {
    let place = Place::new(source, 7);
    let bytes = SourceOffset::new(4)..SourceOffset::new(5);
    let edit = Edit::new(EditRule::HardWrap, "\n", "", 0.5, bytes).at(CharOffset::new(2));
    Document {
        id: DocId::new(&place, 0),
        place,
        article: 0,
        title: None,
        published: NaiveDate::from_ymd_opt(1970, 1, 2),
        collection: Some("河镇报".into()),
        media_type: MediaType::Plain,
        encoding: "big5",
        script: Script::Hant,
        text: TEXT.into(),
        simplified: Some(SIMPLIFIED.into()),
        alignment: alignment(),
        chars: 5,
        paragraphs: 1,
        sentences: vec![Sentence {
            paragraph: 0,
            kind: SentenceKind::Body,
            span: span(0..5),
            speaker: None,
        }],
        edits: vec![edit],
        quality: Quality::default(),
        content_sha256: "00".repeat(32),
        duplicate_of: None,
        meta: None,
        issuers: Vec::new(),
    }
}

/// A document of three words, with an entity of each kind, an enumeration, a quotation and an edit.
pub(crate) fn tagged(source: &str) -> Tagged {
    let token = |chars, pos| Token {
        span: span(chars),
        sentence: 0,
        pos: Pos::new(pos).unwrap(),
    };
    Tagged {
        segmented: Segmented {
            document: document(source),
            tokens: vec![token(0..2, "ns"), token(2..4, "m"), token(4..5, "n")],
            reconciled: vec![2],
        },
        entities: vec![
            Entity {
                sentence: 0,
                label: Label::Location,
                span: span(0..2),
                quantity: None,
                titles: vec![],
                full: None,
                concept: None,
                method: Method::Lexicon,
                score: 1.0,
            },
            Entity {
                sentence: 0,
                label: Label::Ordinal,
                span: span(2..4),
                quantity: Some(Box::new(Quantity {
                    value: Some(2.0),
                    ..Quantity::default()
                })),
                titles: vec!["桥长".into(), "工程师".into()],
                full: None,
                concept: None,
                method: Method::Rule,
                score: 1.0,
            },
        ],
        enumerations: vec![Enumeration {
            sentence: 0,
            span: span(2..5),
            declared: Some(2),
            members: vec![Member {
                text: "橋".into(),
                span: span(4..5),
            }],
            complete: false,
            evidence: Evidence::Colon,
        }],
        quotes: vec![Quote {
            sentence: 0,
            speaker: None,
            verb: None,
            direct: true,
            span: span(0..5),
        }],
    }
}
