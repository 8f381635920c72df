//! Parts of speech as the pipeline wants them: by the model, and of the set that is asked for.
//!
//! Last of all, when words are as they stay: what looks for names, offices, quotations and shorthand reads the dictionary's tags, for which its
//! rules were made, so that no entity depends on what is chosen here.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::{PosMethod, TagOptions};
use crate::lexicon::Lexicon;
use crate::model::{TagModel, TagScratch, Tagset, universal};
use crate::record::{Entity, Label, Method, Pos, Segmented, Token};

/// Words that the model is given at once: its memory is in proportion to them, and what has more is no sentence.
const PIECE: usize = 2_048;
/// Characters of the shortest name that is believed to be one whatever stands around it: 中 and 美 are tagged as abbreviations.
const NAME: u32 = 2;

/// What is done about parts of speech.
#[derive(Clone, Debug)]
pub(super) struct Speech {
    model: Option<Arc<TagModel>>,
    lexicon: Lexicon,
    /// The tags that the user's words have, which nobody knows better.
    given: FxHashMap<Box<str>, Pos>,
    tagset: Tagset,
}

impl Speech {
    /// As the options say; `None` where the dictionary's tags stay as they are.
    pub(super) fn new(options: &TagOptions, lexicon: &Lexicon) -> Option<Self> {
        let by_model = options.pos == PosMethod::Model;
        let entries = lexicon.entries().iter().filter(|_| by_model);
        let given = entries.filter_map(|entry| Some((entry.word.as_str().into(), entry.tag?)));
        (by_model || options.tagset != Tagset::Ictclas).then(|| Self {
            model: by_model.then(TagModel::embedded),
            lexicon: lexicon.clone(),
            given: given.collect(),
            tagset: options.tagset,
        })
    }

    /// Gives words their tags.
    pub(super) fn tag(
        &self,
        segmented: &mut Segmented,
        entities: &[Entity],
        scratch: &mut TagScratch,
    ) {
        let view = segmented.document.view();
        let mut names = entities;
        let sentences = segmented
            .tokens
            .chunk_by_mut(|one, next| one.sentence == next.sentence);
        for sentence in sentences {
            if let Some(model) = &self.model {
                for piece in sentence.chunks_mut(PIECE) {
                    self.choose(model, view, piece, &mut names, scratch);
                }
            }
            if self.tagset == Tagset::Universal {
                translate(view, sentence);
            }
        }
    }

    fn choose(
        &self,
        model: &TagModel,
        view: &str,
        tokens: &mut [Token],
        names: &mut &[Entity],
        scratch: &mut TagScratch,
    ) {
        scratch.clear();
        for token in tokens.iter() {
            let word = token.span.of(view);
            let known = self.given(word).or_else(|| name(token, names));
            let known = known.or_else(|| mark(token, word));
            scratch.push(model, &self.lexicon, word, token.pos, known);
        }
        for (token, tag) in tokens.iter_mut().zip(model.tag(scratch)) {
            // Of a user's own set the model knows the nearest.
            token.pos = self.given(token.span.of(view)).unwrap_or(tag);
        }
    }

    fn given(&self, word: &str) -> Option<Pos> {
        if self.given.is_empty() {
            return None;
        }
        self.given.get(word).copied()
    }
}

/// The tag of a word that is a name; `names` are those that do not end before it, and are in order.
fn name(token: &Token, names: &mut &[Entity]) -> Option<Pos> {
    let passed = names.partition_point(|one| one.span.byte_start < token.span.byte_start);
    *names = names.get(passed..).unwrap_or_default();
    let here = names
        .iter()
        .take_while(|one| one.span.byte_start == token.span.byte_start);
    let mut own = here.filter(|one| one.span == token.span && one.method != Method::Rule);
    let tag = own.find_map(|one| match one.label {
        Label::Person => Some("nr"),
        Label::Location => Some("ns"),
        Label::Organisation => Some("nt"),
        _ => None,
    });
    tag.filter(|_| token.span.char_len() >= NAME)
        .and_then(Pos::new)
}

/// The tag of a mark that the dictionary does not have: the model met few of them, and takes a picture for a number.
fn mark(token: &Token, word: &str) -> Option<Pos> {
    let is_mark = token.pos == Pos::UNKNOWN && !word.contains(char::is_alphanumeric);
    is_mark.then_some(Pos::UNKNOWN)
}

/// Tags of ICTCLAS to universal ones, for a sentence.
fn translate(view: &str, tokens: &mut [Token]) {
    let mut before = None;
    let mut rest = tokens;
    while let [token, after @ ..] = rest {
        let next = after.first().map(|next| next.pos);
        token.pos = universal(token.span.of(view), token.pos, before, next);
        before = Some(token.pos);
        rest = after;
    }
}

#[cfg(test)]
mod tests {
    use super::super::Tag;
    use super::*;
    use crate::model::{ICTCLAS, UNIVERSAL};
    use crate::record::{Place, Tagged};
    use crate::stage::segment::fixture::{document, only, segmented};
    use crate::stage::segment::{JiebaEngine, Segment};

    fn options(pos: PosMethod, tagset: Tagset) -> TagOptions {
        TagOptions {
            pos,
            tagset,
            ..TagOptions::default()
        }
    }

    fn tagged(options: &TagOptions, text: &str) -> Tagged {
        let hop = Tag::new(options, &Lexicon::default_shared());
        only(&hop, segmented(document(&Place::new("a.txt", 0), text)))
    }

    fn words(tagged: &Tagged) -> String {
        let text = &tagged.segmented.document.text;
        let tokens = tagged.segmented.tokens.iter();
        let words = tokens.map(|token| format!("{}/{}", token.span.of(text), token.pos));
        words.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn a_word_has_the_tag_that_it_has_here() {
        let by_model = options(PosMethod::Model, Tagset::Ictclas);
        let found = words(&tagged(
            &by_model,
            "我们计划在三年内建好码头。这个计划很好。今天外面在下雨。",
        ));
        for part in ["计划/v", "计划/n", "在/d", "。/x"] {
            assert!(found.contains(part), "{found}");
        }
        let universal = options(PosMethod::Model, Tagset::Universal);
        let found = words(&tagged(
            &universal,
            "这座灯塔是渔民修的，他们会在三月来看它。",
        ));
        for part in [
            "这座/DET",
            "是/AUX",
            "的/SCONJ",
            "，/PUNCT",
            "他们/PRON",
            "会/AUX",
            "在/ADP",
        ] {
            assert!(found.contains(part), "{found}");
        }
    }

    #[test]
    fn names_are_names_also_where_words_were_cut_anew() {
        let by_model = options(PosMethod::Model, Tagset::Ictclas);
        let tagged = tagged(&by_model, "临澜市副市长沈知远说，沅浦区的路好走了。");
        let text = &tagged.segmented.document.text;
        let mut names = 0;
        for token in &tagged.segmented.tokens {
            let own = tagged.entities.iter().filter(|one| one.span == token.span);
            for entity in own.filter(|one| one.method != Method::Rule) {
                let expected = match entity.label {
                    Label::Person => "nr",
                    Label::Location => "ns",
                    Label::Organisation => "nt",
                    _ => continue,
                };
                assert_eq!(token.pos.as_str(), expected, "{}", token.span.of(text));
                names += 1;
            }
        }
        assert!(names > 0, "{}", words(&tagged));
    }

    #[test]
    fn what_the_user_says_of_a_word_stands() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("words.tsv");
        std::fs::write(&path, "补网\t900\tcraft\n灯塔下\t900\n").unwrap();
        let lexicon = Lexicon::load(&[path]).unwrap();
        let by_model = options(PosMethod::Model, Tagset::Ictclas);
        let segment = Segment::new(Arc::new(JiebaEngine::new(lexicon.clone(), true)));
        let document = document(&Place::new("a.txt", 0), "他在灯塔下补网。");
        let found = words(&only(
            &Tag::new(&by_model, &lexicon),
            only(&segment, document),
        ));
        assert!(found.contains("补网/craft"), "{found}");
        // Of a word without a tag the model says what it is.
        assert!(!found.contains("灯塔下/x"), "{found}");
    }

    #[test]
    fn marks_and_pictures_stay_marks() {
        let by_model = options(PosMethod::Model, Tagset::Ictclas);
        let tagged = tagged(&by_model, "渔民很高兴😀，#今天 21°，灯塔★亮了3次🎉。");
        let text = &tagged.segmented.document.text;
        let mut marks = String::new();
        for token in &tagged.segmented.tokens {
            let word = token.span.of(text);
            if !word.contains(char::is_alphanumeric) {
                assert_eq!(token.pos, Pos::UNKNOWN, "{word}");
                marks.push_str(word);
            }
        }
        for mark in ['😀', '#', '°', '★', '🎉'] {
            assert!(marks.contains(mark), "{marks}");
        }
        let found = words(&tagged);
        assert!(found.contains("3/m"), "{found}");
    }

    #[test]
    fn other_tags_change_nothing_else() {
        let text =
            "临澜市计划投资3.5亿元。沈知远说：“两园一带今年建成。”青汀港和望澜园是两大园区。";
        let plain = tagged(&TagOptions::default(), text);
        for pos in [PosMethod::Lexicon, PosMethod::Model] {
            for tagset in [Tagset::Ictclas, Tagset::Universal] {
                let other = tagged(&options(pos, tagset), text);
                assert_eq!(other.entities, plain.entities);
                assert_eq!(other.enumerations, plain.enumerations);
                assert_eq!(other.quotes, plain.quotes);
                for (one, plain) in other.segmented.tokens.iter().zip(&plain.segmented.tokens) {
                    assert_eq!(one.span, plain.span);
                    let allowed = match (tagset, pos) {
                        (Tagset::Universal, _) => UNIVERSAL.contains(&one.pos.as_str()),
                        (_, PosMethod::Model) => ICTCLAS.contains(&one.pos.as_str()),
                        _ => one.pos == plain.pos,
                    };
                    assert!(allowed, "{}", one.pos);
                }
            }
        }
    }

    #[test]
    fn a_sentence_without_an_end_is_read_in_pieces() {
        let by_model = options(PosMethod::Model, Tagset::Ictclas);
        let long = tagged(&by_model, &"外面在下雨，".repeat(PIECE));
        assert!(long.segmented.tokens.len() > 3 * PIECE);
        let right = long
            .segmented
            .tokens
            .iter()
            .filter(|token| token.pos.as_str() == "d");
        assert!(right.count() > PIECE - 100);
    }
}
