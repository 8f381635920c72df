//! The last step: a shaped text and its articles to documents.
//!
//! One article takes the text as it is. Several are slices of it, which follow each other without a gap: the white space between
//! two belongs to the first. The slice of an alignment counts the record's bytes, as the whole does.

use serde_json::Value;
use sha2::{Digest, Sha256};

use super::article::{Article, Known, read};
use super::options::Articles;
use super::paragraph::{Paragraph, cut};
use super::quality::figures;
use super::shape::{Shaped, range};
use crate::record::{
    DocId, Document, Edit, EditRule, Fields, MediaType, Place, Record, Script, hex,
};
use crate::text::{Alignment, CharOffset, ScriptEvidence, SpanWalker, simplified_view};

/// What all articles of a record have in common.
struct Source {
    place: Place,
    media_type: MediaType,
    encoding: &'static str,
    fields: Fields,
}

/// What an article has of its text.
struct Piece<'p> {
    text: String,
    alignment: Alignment,
    paragraphs: &'p [Paragraph],
    /// Bytes of the whole text at which it begins.
    start: usize,
    /// With their bytes of the whole text.
    edits: Vec<(usize, Edit)>,
    repaired_breaks: u32,
}

/// The documents that `record` becomes: one, or one for each article.
pub(super) fn documents(
    mut shaped: Shaped,
    record: Record,
    encoding: &'static str,
    articles: Articles,
) -> Vec<Document> {
    let plain = record.media_type == MediaType::Plain;
    let known = Known {
        plain,
        splits: plain && articles == Articles::Auto,
        title: record.fields.title.as_deref(),
    };
    let mut found = read(&shaped.text, &mut shaped.paragraphs, known);
    let source = Source {
        place: record.place,
        media_type: record.media_type,
        encoding,
        fields: record.fields,
    };
    let edits = shaped.placed_edits();
    if found.len() > 1 {
        return several(&shaped, &source, found, edits);
    }
    let article = found.pop().unwrap_or_default();
    let article = Article {
        title: source
            .fields
            .title
            .clone()
            .or(shaped.title)
            .or(article.title),
        published: shaped.published.or(article.published),
        ..article
    };
    let piece = Piece {
        text: shaped.text,
        alignment: shaped.alignment,
        paragraphs: &shaped.paragraphs,
        start: 0,
        edits,
        repaired_breaks: shaped.repaired_breaks,
    };
    vec![piece.into_document(&source, 0, article)]
}

/// A document for each of several articles.
fn several(
    shaped: &Shaped,
    source: &Source,
    found: Vec<Article>,
    edits: Vec<(usize, Edit)>,
) -> Vec<Document> {
    let starts: Vec<usize> = found.iter().map(|article| article.start).collect();
    let ends = starts.iter().copied().skip(1).chain([usize::MAX]);
    let mut edits = edits.into_iter().peekable();
    let mut documents = Vec::with_capacity(found.len());
    for ((number, article), end) in (0..).zip(found).zip(ends) {
        let bytes = article.start..end.min(shaped.text.len());
        let alignment = shaped.alignment.slice(&range(&bytes));
        let mut own: Vec<(usize, Edit)> = (number > 0)
            .then(|| split(&alignment, &article))
            .into_iter()
            .collect();
        own.extend(std::iter::from_fn(|| edits.next_if(|(at, _)| *at < end)));
        let breaks = own
            .iter()
            .filter(|(_, edit)| edit.rule.stage() == "layout")
            .count();
        let piece = Piece {
            text: shaped.text.get(bytes).unwrap_or_default().to_owned(),
            alignment,
            paragraphs: shaped
                .paragraphs
                .get(article.paragraphs.clone())
                .unwrap_or_default(),
            start: article.start,
            edits: own,
            repaired_breaks: u32::try_from(breaks).unwrap_or(u32::MAX),
        };
        let article = Article {
            title: article.title.or_else(|| source.fields.title.clone()),
            ..article
        };
        documents.push(piece.into_document(source, number, article));
    }
    documents
}

/// Tells that an article begins, and how sure that is.
fn split(alignment: &Alignment, article: &Article) -> (usize, Edit) {
    let at = alignment.source_range(&range(&(0..0))).start;
    let told = Edit::new(EditRule::Split, "", "", article.confidence, at..at);
    (article.start, told)
}

impl Piece<'_> {
    fn into_document(self, source: &Source, number: i32, article: Article) -> Document {
        let evidence = ScriptEvidence::of(&self.text);
        let start = self.start;
        let (mut byte, mut char) = (0, CharOffset::ZERO);
        let place = |(at, edit): (usize, Edit)| {
            let piece = self.text.get(byte..at - start).unwrap_or_default();
            (byte, char) = (
                at - start,
                char + CharOffset::of(piece.chars().count()).raw(),
            );
            edit.at(char)
        };
        let edits: Vec<Edit> = self.edits.into_iter().map(place).collect();
        let sentences = cut(&self.text, self.paragraphs, start);
        let breaks = self.repaired_breaks;
        let origin = origin(&article);
        let mut walker = SpanWalker::new(&self.text);
        let organs = article.notice.iter().flat_map(|notice| &notice.organs);
        let issuers = organs.map(|at| walker.span(at.start - start..at.end - start));
        let issuers = issuers.collect();
        let quality = figures(&self.text, &evidence, &sentences, &edits, breaks);
        Document {
            id: DocId::new(&source.place, number),
            place: source.place.clone(),
            article: number,
            title: article.title,
            published: source.fields.published.or(article.published),
            collection: source.fields.collection.clone(),
            media_type: source.media_type,
            encoding: source.encoding,
            script: script(&evidence),
            simplified: simplified_view(&self.text, &evidence),
            alignment: self.alignment,
            chars: evidence.chars,
            paragraphs: u32::try_from(self.paragraphs.len()).unwrap_or(u32::MAX),
            sentences,
            edits,
            quality,
            content_sha256: hash(&self.text),
            duplicate_of: None,
            meta: meta(source.fields.meta.as_deref(), origin),
            issuers,
            text: self.text,
        }
    }
}

/// What the text says of where it comes from, by the names that it has in `meta`.
fn origin(article: &Article) -> Vec<(&'static str, Value)> {
    let notice = article.notice.as_ref();
    let texts = [
        ("byline", article.byline.as_ref()),
        ("dateline", article.dateline.as_ref()),
        ("issuer", notice.and_then(|notice| notice.issuer.as_ref())),
        ("number", notice.and_then(|notice| notice.number.as_ref())),
        (
            "addressee",
            notice.and_then(|notice| notice.addressee.as_ref()),
        ),
    ];
    let texts = texts
        .into_iter()
        .filter_map(|(name, text)| Some((name, Value::from(text?.as_str()))));
    let attachments = notice.map(|notice| &notice.attachments);
    let attachments = attachments.filter(|names| !names.is_empty());
    let attachments = attachments.map(|names| ("attachments", Value::from(names.as_slice())));
    texts.chain(attachments).collect()
}

/// The record's own fields, with what the text says of its origin. A field that is there stays as it is.
fn meta(own: Option<&str>, found: Vec<(&'static str, Value)>) -> Option<String> {
    if found.is_empty() {
        return own.map(str::to_owned);
    }
    let known = own.map(serde_json::from_str::<serde_json::Map<String, Value>>);
    let known = match known {
        // What is no object can't be added to.
        Some(Err(_)) => return own.map(str::to_owned),
        Some(Ok(fields)) => fields,
        None => serde_json::Map::new(),
    };
    // The fields stand as the record wrote them: digits are not to be read and written again.
    let body = own
        .and_then(|own| own.trim_end().strip_suffix('}'))
        .unwrap_or("{")
        .trim_end();
    let mut merged = body.to_owned();
    for (name, value) in found {
        if known.contains_key(name) {
            continue;
        }
        if !merged.ends_with('{') {
            merged.push(',');
        }
        merged.push_str(&Value::from(name).to_string());
        merged.push(':');
        merged.push_str(&value.to_string());
    }
    merged.push('}');
    Some(merged)
}

fn script(evidence: &ScriptEvidence) -> Script {
    if evidence.is_traditional() {
        Script::Hant
    } else if evidence.is_simplified() {
        Script::Hans
    } else {
        Script::Zyyy
    }
}

fn hash(text: &str) -> String {
    hex(&Sha256::digest(text.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::{Value, meta};

    #[test]
    fn what_the_text_says_is_added_to_the_fields_and_replaces_none() {
        let byline = || ("byline", Value::from("沈知远"));
        let dateline = |text: &str| ("dateline", Value::from(text));
        let check = |own: Option<&str>, found, expected: Option<&str>| {
            assert_eq!(meta(own, found).as_deref(), expected);
        };
        check(None, vec![], None);
        check(None, vec![byline()], Some(r#"{"byline":"沈知远"}"#));
        check(
            Some(r#"{"id":1.50}"#),
            vec![byline(), dateline("本报讯")],
            Some(r#"{"id":1.50,"byline":"沈知远","dateline":"本报讯"}"#),
        );
        check(
            Some(r#"{"byline":null}"#),
            vec![byline()],
            Some(r#"{"byline":null}"#),
        );
        check(
            Some("{}"),
            vec![dateline("本\"报")],
            Some(r#"{"dateline":"本\"报"}"#),
        );
        check(Some("[]"), vec![byline()], Some("[]"));
    }
}
