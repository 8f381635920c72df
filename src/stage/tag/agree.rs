//! Words and names that agree: no name begins or ends inside a word.
//!
//! ```text
//! 金玉 | 澜说         as the segmenter cut it, and a name over both: 金玉澜
//! 金玉澜 | 说         as it is afterwards
//! ```
//!
//! Where a name's edge lies in a word, all that the name and the word cover is cut anew, name by name and rest by rest: a person, and another
//! short name, is one word, everything else is cut by the dictionary. What comes out as it was stays as it was; the rest is known by its
//! number ([`Segmented::reconciled`]). It is done last: what looks for entities, quotations and enumerations sees the segmenter's words.

use crate::lexicon::Lexicon;
use crate::record::{Entity, Label, Pos, Segmented, Token};
use crate::text::{ByteOffset, CharOffset, Span};

/// Characters of a place or an organisation that is one word.
const SHORT: u32 = 3;

/// A place in the text where an entity begins or ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Edge {
    byte: ByteOffset,
    char: CharOffset,
}

/// What words are cut anew with.
#[derive(Clone, Debug)]
pub(super) struct Cutting {
    pub(super) lexicon: Lexicon,
    /// Whether jieba's model joins characters to words that the dictionary lacks.
    pub(super) hmm: bool,
}

/// Cuts anew where entities' edges lie in words.
pub(super) fn reconcile(segmented: &mut Segmented, entities: &[Entity], cutting: &Cutting) {
    let edges = edges(entities);
    let regions = regions(&segmented.tokens, entities, &edges);
    if regions.is_empty() {
        return;
    }
    let old = std::mem::take(&mut segmented.tokens);
    let mut tokens = Vec::with_capacity(old.len() + regions.len());
    let mut rest = old.as_slice();
    for region in &regions {
        let before = rest.partition_point(|token| token.span.byte_end <= region.byte_start);
        let (passed, from) = rest.split_at(before);
        tokens.extend_from_slice(passed);
        let covered = from.partition_point(|token| token.span.byte_end <= region.byte_end);
        let (covered, after) = from.split_at(covered);
        rest = after;
        let first = tokens.len();
        cut(
            segmented.document.view(),
            region,
            covered,
            &edges,
            entities,
            cutting,
            &mut tokens,
        );
        for (number, token) in (first..).zip(tokens.iter_mut().skip(first)) {
            match covered.binary_search_by_key(&token.span.byte_start, |old| old.span.byte_start) {
                Ok(at) if covered[at].span == token.span => *token = covered[at],
                _ => segmented.reconciled.extend(u32::try_from(number)),
            }
        }
    }
    tokens.extend_from_slice(rest);
    segmented.tokens = tokens;
}

/// All edges, in order.
fn edges(entities: &[Entity]) -> Vec<Edge> {
    let mut edges = Vec::with_capacity(entities.len() * 2);
    for Entity { span, .. } in entities {
        let ends = [
            (span.byte_start, span.char_start),
            (span.byte_end, span.char_end),
        ];
        edges.extend(ends.map(|(byte, char)| Edge { byte, char }));
    }
    edges.sort_unstable();
    edges.dedup();
    edges
}

/// What is to be cut anew: words that an edge lies in, with the entities whose edge it is. In order, and apart.
fn regions(tokens: &[Token], entities: &[Entity], edges: &[Edge]) -> Vec<Span> {
    let mut spans = Vec::new();
    let mut rest = edges;
    for token in tokens {
        let passed = rest.partition_point(|edge| edge.byte <= token.span.byte_start);
        rest = rest.get(passed..).unwrap_or_default();
        let Some(edge) = rest.first() else { break };
        if edge.byte < token.span.byte_end {
            spans.push(token.span);
        }
    }
    if spans.is_empty() {
        return spans;
    }
    let words = spans.clone();
    let inside = |at: ByteOffset| {
        let word = words.partition_point(|word| word.byte_end <= at);
        words.get(word).is_some_and(|word| word.byte_start < at)
    };
    let cutting = entities.iter().map(|entity| entity.span);
    spans.extend(cutting.filter(|span| inside(span.byte_start) || inside(span.byte_end)));
    spans.sort_unstable_by_key(|span| span.byte_start);
    let mut regions: Vec<Span> = Vec::with_capacity(spans.len());
    for span in spans {
        match regions.last_mut() {
            Some(last) if span.byte_start < last.byte_end => {
                if span.byte_end > last.byte_end {
                    *last = last.to(span);
                }
            }
            _ => regions.push(span),
        }
    }
    regions
}

/// Cuts a region edge by edge.
fn cut(
    view: &str,
    region: &Span,
    covered: &[Token],
    edges: &[Edge],
    entities: &[Entity],
    cutting: &Cutting,
    tokens: &mut Vec<Token>,
) {
    let Some(sentence) = covered.first().map(|token| token.sentence) else {
        return;
    };
    let from = edges.partition_point(|edge| edge.byte <= region.byte_start);
    let inner = edges.iter().skip(from).copied();
    let inner = inner.take_while(|edge| edge.byte < region.byte_end);
    let last = Edge {
        byte: region.byte_end,
        char: region.char_end,
    };
    let (mut byte_start, mut char_start) = (region.byte_start, region.char_start);
    for Edge { byte, char } in inner.chain([last]) {
        let piece = Span {
            byte_start,
            byte_end: byte,
            char_start,
            char_end: char,
        };
        (byte_start, char_start) = (byte, char);
        match name(view, &piece, entities) {
            Some(pos) => tokens.push(Token {
                span: piece,
                sentence,
                pos,
            }),
            None => words(view, &piece, sentence, cutting, tokens),
        }
    }
}

/// The part of speech of a piece that is one name and one word.
fn name(view: &str, piece: &Span, entities: &[Entity]) -> Option<Pos> {
    let first = entities.partition_point(|entity| entity.span.byte_start < piece.byte_start);
    let own = entities.iter().skip(first);
    let mut own = own.take_while(|entity| entity.span.byte_start == piece.byte_start);
    let entity = own.find(|entity| {
        let one = entity.label == Label::Person || piece.char_len() <= SHORT;
        entity.span == *piece && one && !piece.of(view).contains(char::is_whitespace)
    })?;
    Pos::new(match entity.label {
        Label::Person => "nr",
        Label::Location => "ns",
        Label::Organisation => "nt",
        _ => return None,
    })
}

/// The dictionary's words of a piece.
fn words(view: &str, piece: &Span, sentence: u32, cutting: &Cutting, tokens: &mut Vec<Token>) {
    let text = piece.of(view);
    let narrow = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    for hit in cutting.lexicon.tag(text, cutting.hmm) {
        let word = text.get(hit.byte_start..hit.byte_end);
        if word.is_none_or(|word| word.trim().is_empty()) {
            continue;
        }
        let span = Span {
            byte_start: piece.byte_start + narrow(hit.byte_start),
            byte_end: piece.byte_start + narrow(hit.byte_end),
            char_start: piece.char_start + narrow(hit.char_start),
            char_end: piece.char_start + narrow(hit.char_end),
        };
        tokens.push(Token {
            span,
            sentence,
            pos: hit.pos,
        });
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::record::Place;
    use crate::stage::segment::fixture::{document, segmented};
    use crate::text::SpanWalker;

    fn cutting() -> Cutting {
        Cutting {
            lexicon: Lexicon::default_shared(),
            hmm: true,
        }
    }

    fn entity(text: &str, label: Label, bytes: std::ops::Range<usize>) -> Entity {
        Entity::by_rule(0, label, SpanWalker::new(text).span(bytes), 1.0)
    }

    /// `words` with a name in brackets that may begin and end anywhere; what they are afterwards, `*` before those that are new.
    fn check(words: &str, name: &str, label: Label, expected: &str) {
        let text: String = words.chars().filter(|ch| *ch != '|').collect();
        let document = document(&Place::new("a.txt", 0), &text);
        let mut walker = SpanWalker::new(&text);
        let mut byte = 0;
        let tokens = words.split('|').map(|word| {
            let span = walker.span(byte..byte + word.len());
            byte += word.len();
            Token {
                span,
                sentence: 0,
                pos: Pos::new("n").unwrap(),
            }
        });
        let mut segmented = Segmented {
            tokens: tokens.collect(),
            document,
            reconciled: Vec::new(),
        };
        let start = text.find(name).unwrap();
        let entities = [entity(&text, label, start..start + name.len())];
        reconcile(&mut segmented, &entities, &cutting());
        let numbers = 0_u32..;
        let found = segmented.tokens.iter().zip(numbers).map(|(token, number)| {
            let new = segmented.reconciled.contains(&number);
            let mark = if new { "*" } else { "" };
            format!("{mark}{}/{}", token.span.of(&text), token.pos)
        });
        assert_eq!(found.collect::<Vec<_>>().join(" "), expected);
    }

    #[test]
    fn a_person_is_one_word() {
        check(
            "金玉|澜说|。",
            "金玉澜",
            Label::Person,
            "*金玉澜/nr *说/v 。/n",
        );
        check(
            "由金|玉澜|说",
            "金玉澜",
            Label::Person,
            "*由/p *金玉澜/nr 说/n",
        );
    }

    #[test]
    fn an_organisation_is_cut_by_the_dictionary() {
        check(
            "在霁澜|教育|局长|家",
            "霁澜教育局",
            Label::Organisation,
            "*在/p *霁/vg *澜/ns *教育局/n *长/a 家/n",
        );
    }

    #[test]
    fn where_edges_are_those_of_words_nothing_changes() {
        check("金|玉澜|说", "金玉澜", Label::Person, "金/n 玉澜/n 说/n");
        check(
            "在|教育|局|家",
            "教育局",
            Label::Organisation,
            "在/n 教育/n 局/n 家/n",
        );
    }

    #[test]
    fn a_word_that_comes_out_as_it_was_stays_as_it_was() {
        check(
            "中国|科学|院士",
            "中国科学院",
            Label::Organisation,
            "*中国科学院/nt *士/n",
        );
        check(
            "大家|的|学校|长",
            "家的学",
            Label::Term,
            "*大/a *家/q 的/n *学/n *校/ng 长/n",
        );
    }

    proptest! {
        #[test]
        fn words_and_names_agree_and_no_character_is_lost(
            text in "[金玉澜的中国科学院教育局长在说。 a1]{1,24}",
            places in prop::collection::vec((0..24_usize, 1..8_usize, 0..4_usize), 0..4),
        ) {
            let mut segmented = segmented(document(&Place::new("a.txt", 0), &text));
            let ends: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
            let labels = [Label::Person, Label::Location, Label::Organisation, Label::Term];
            let mut entities: Vec<Entity> = places
                .into_iter()
                .filter_map(|(start, length, label)| {
                    let bytes = *ends.get(start)?..*ends.get(start + length)?;
                    let sound = text.get(bytes.clone())?;
                    // In one sentence, and no white space at its ends, as taggers promise.
                    (sound.trim() == sound && !sound.contains('。')).then(|| entity(&text, labels[label], bytes))
                })
                .collect();
            entities.sort_by_key(|entity| (entity.span.byte_start, std::cmp::Reverse(entity.span.byte_end)));
            let ink = |segmented: &Segmented| -> String {
                segmented.tokens.iter().map(|token| token.span.of(&text)).collect()
            };
            let before = ink(&segmented);
            reconcile(&mut segmented, &entities, &cutting());
            prop_assert_eq!(ink(&segmented), before);
            for pair in segmented.tokens.windows(2) {
                prop_assert!(pair[0].span.byte_end <= pair[1].span.byte_start);
                prop_assert!(pair[0].sentence <= pair[1].sentence);
            }
            for token in &segmented.tokens {
                let mut walker = SpanWalker::new(&text);
                let bytes = token.span.byte_start.get()..token.span.byte_end.get();
                prop_assert_eq!(walker.span(bytes), token.span);
                for edge in edges(&entities) {
                    prop_assert!(edge.byte <= token.span.byte_start || edge.byte >= token.span.byte_end);
                }
            }
            for number in &segmented.reconciled {
                prop_assert!((*number as usize) < segmented.tokens.len());
            }
        }
    }
}
