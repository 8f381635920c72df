//! Documents for the tests of the hops behind `decode`, made of plain text.

use std::sync::Arc;

use proptest::prelude::*;

use super::{JiebaEngine, Segment};
use crate::lexicon::Lexicon;
use crate::record::{
    DocId, Document, MediaType, Place, Quality, Script, Segmented, Sentence, SentenceKind, Tagged,
};
use crate::stage::tag::{PosTagger, Tag};
use crate::stage::{Map, Output};
use crate::text::{Alignment, SpanWalker};

/// A document of `text`: each line is a paragraph, a sentence ends with 。 or the line.
pub(crate) fn document(place: &Place, text: &str) -> Document {
    let mut walker = SpanWalker::new(text);
    let mut sentences = Vec::new();
    let mut byte = 0;
    for line in text.split_inclusive(['。', '\n']) {
        let start = byte + line.len() - line.trim_start().len();
        let length = line.trim().len();
        byte += line.len();
        if length > 0 {
            sentences.push(Sentence {
                paragraph: 0,
                kind: SentenceKind::Body,
                span: walker.span(start..start + length),
                speaker: None,
            });
        }
    }
    Document {
        id: DocId::new(place, 0),
        place: place.clone(),
        article: 0,
        title: None,
        published: None,
        collection: None,
        media_type: MediaType::Plain,
        encoding: "utf-8",
        script: Script::Hans,
        text: text.to_owned(),
        simplified: None,
        alignment: Alignment::identity(text.len()),
        chars: u32::try_from(text.chars().count()).unwrap(),
        paragraphs: 1,
        sentences,
        edits: Vec::new(),
        quality: Quality::default(),
        content_sha256: String::new(),
        duplicate_of: None,
        meta: None,
        issuers: Vec::new(),
    }
}

/// The one item that a map makes of `item`.
pub(crate) fn only<M: Map>(map: &M, item: M::In) -> M::Out {
    let mut out = Output::default();
    map.map(item, &mut map.scratch(), &mut out);
    assert_eq!((out.items.len(), out.rejects.len()), (1, 0));
    out.items.remove(0)
}

/// The `segment` hop with jieba's dictionary.
pub(crate) fn jieba() -> Segment {
    Segment::new(Arc::new(JiebaEngine::new(Lexicon::default_shared(), true)))
}

/// The document with its words.
pub(crate) fn segmented(document: Document) -> Segmented {
    only(&jieba(), document)
}

/// The document with its words and entities, by the tagger whose answers no training changes.
pub(crate) fn tagged(document: Document) -> Tagged {
    only(&Tag::with(Arc::new(PosTagger)), segmented(document))
}

const WORDS: &[&str] = &[
    "云溪县",
    "龚秋水",
    "河长",
    "北京",
    "上海",
    "数字",
    "治理",
    "的",
    "在",
    "，",
    "。",
    "\n",
    " ",
    "　",
    "GDP",
    "3.5%",
    "李明",
    "发布",
    "龘鑫",
];

/// Text of sentences about made-up people and places, with marks, spaces and Latin words in between.
pub(crate) fn prose() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(WORDS), 0..40).prop_map(|words| words.concat())
}
