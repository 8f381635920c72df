//! Words: the segmenter law, and jieba's own answers.

use std::sync::Arc;
use std::time::{Duration, Instant};

use proptest::prelude::*;

use super::conformance::conforms;
use super::fixture::{document, jieba, only, prose, segmented};
use super::{
    Engine, JiebaEngine, PIECE_CHARS, Segment, TrainedEngine, Word, WordConvention, check_words,
};
use crate::lexicon::Lexicon;
use crate::model::SegmentationModel;
use crate::record::{Place, Pos, Segmented};
use crate::text::{Span, SpanWalker};

fn words(segmented: &Segmented) -> Vec<&str> {
    let text = &segmented.document.text;
    segmented
        .tokens
        .iter()
        .map(|token| token.span.of(text))
        .collect()
}

fn cut(text: &str) -> Segmented {
    segmented(document(&Place::new("a.txt", 0), text))
}

/// The token law, in the document's coordinates: within each sentence, all but white space is covered.
fn check_tokens(segmented: &Segmented) {
    let text = &segmented.document.text;
    let mut of_text = Vec::new();
    for token in &segmented.tokens {
        let word = token.span.of(text);
        assert_eq!(word, word.trim(), "no white space at the ends of a token");
        of_text.push(Word {
            span: token.span,
            pos: token.pos,
        });
        let sentence = segmented.document.sentences[token.sentence as usize].span;
        assert!(sentence.byte_start <= token.span.byte_start);
        assert!(token.span.byte_end <= sentence.byte_end);
    }
    check_words(text, &of_text).unwrap();
}

#[test]
fn jieba_conforms() {
    conforms(&JiebaEngine::new(Lexicon::default_shared(), true));
    conforms(&JiebaEngine::new(Lexicon::default_shared(), false));
}

fn trained(convention: WordConvention) -> TrainedEngine {
    let lexicon = Lexicon::default_shared();
    TrainedEngine::new(SegmentationModel::embedded(convention.name(), &lexicon))
}

#[test]
fn the_trained_model_conforms() {
    conforms(&trained(WordConvention::Common));
    conforms(&trained(WordConvention::Pku));
    conforms(&trained(WordConvention::Ud));
}

#[test]
fn words_of_the_trained_model_are_in_document_coordinates() {
    let text = "石桥 发布公告。\n  代表团 GDP增长3.5%。";
    let hop = Segment::new(Arc::new(trained(WordConvention::Pku)));
    let segmented = only(&hop, document(&Place::new("a.txt", 0), text));
    check_tokens(&segmented);
    let expected = "石桥 发布 公告 。 代表团 GDP 增长 3.5% 。";
    assert_eq!(words(&segmented).join(" "), expected);
}

#[test]
fn words_are_in_document_coordinates() {
    let segmented = cut("云溪县 发布公告。\n  河长制 GDP增长3.5%。");
    assert_eq!(
        words(&segmented),
        [
            "云溪县",
            "发布公告",
            "。",
            "河长制",
            "GDP",
            "增长",
            "3.5%",
            "。"
        ]
    );
    let sentences: Vec<u32> = segmented
        .tokens
        .iter()
        .map(|token| token.sentence)
        .collect();
    assert_eq!(sentences, [0, 0, 0, 1, 1, 1, 1, 1]);
    check_tokens(&segmented);
}

#[test]
fn traditional_text_is_cut_by_its_simplified_view() {
    let place = Place::new("a.txt", 0);
    let mut traditional = document(&place, "雲溪縣發佈經濟數據。");
    traditional.simplified = Some("云溪县发布经济数据。".to_owned());
    let simplified = cut("云溪县发布经济数据。");
    let traditional = segmented(traditional);
    assert_eq!(traditional.tokens, simplified.tokens);
    assert!(words(&traditional).contains(&"經濟"));
}

#[test]
fn marks_of_half_width_change_no_word_and_no_place() {
    let full = "桥长（约）1,200米：“好”；去看？去！GDP，涨了3.5%。";
    let half = "桥长(约)1,200米:\"好\";去看?去!GDP,涨了3.5%。";
    let (full, half) = (cut(full), cut(half));
    check_tokens(&half);
    assert_eq!(half.tokens.len(), full.tokens.len());
    for (of_half, of_full) in half.tokens.iter().zip(&full.tokens) {
        assert_eq!(of_half.span.chars(), of_full.span.chars());
        assert_eq!(of_half.pos, of_full.pos);
    }
    let marks = [":", "\"", "好", "\"", ";"];
    assert!(words(&half).windows(5).any(|five| five == marks));
}

#[test]
fn an_engine_reads_marks_at_full_width_and_its_words_lie_in_the_text() {
    /// A word a character; numbers tell of marks at full width.
    #[derive(Debug)]
    struct Each;
    impl Engine for Each {
        fn name(&self) -> &'static str {
            "each"
        }
        fn segment(&self, view: &str, words: &mut Vec<Word>) {
            let mut walker = SpanWalker::new(view);
            for (at, char) in view.char_indices() {
                let pos = if "，：“”".contains(char) {
                    "w"
                } else {
                    "n"
                };
                words.push(Word {
                    span: walker.span(at..at + char.len_utf8()),
                    pos: Pos::new(pos).unwrap(),
                });
            }
        }
    }
    conforms(&Each);
    let place = Place::new("a.txt", 0);
    let segmented = only(
        &Segment::new(Arc::new(Each)),
        document(&place, "他说:\"去,去\"。a,b"),
    );
    check_tokens(&segmented);
    let text = &segmented.document.text;
    let marks = segmented.tokens.iter().filter(|token| token.pos.is_a("w"));
    let marks: Vec<_> = marks
        .map(|token| (token.span.byte_start.raw(), token.span.of(text)))
        .collect();
    assert_eq!(marks, [(6, ":"), (7, "\""), (11, ","), (15, "\"")]);
}

#[test]
fn white_space_around_an_engines_words_is_trimmed() {
    /// One word a view, white space and all.
    #[derive(Debug)]
    struct Whole;
    impl Engine for Whole {
        fn name(&self) -> &'static str {
            "whole"
        }
        fn segment(&self, view: &str, words: &mut Vec<Word>) {
            // The middle too, so that words of white space alone occur.
            let mut walker = SpanWalker::new(view);
            let third = view.char_indices().nth(1).map_or(view.len(), |(at, _)| at);
            for range in [0..third, third..view.len()] {
                if !range.is_empty() {
                    let span = walker.span(range);
                    let pos = Pos::UNKNOWN;
                    words.push(Word { span, pos });
                }
            }
        }
    }
    conforms(&Whole);
    let mut spaced = document(&Place::new("a.txt", 0), "　词　\u{2003}河 ");
    spaced.sentences[0].span = Span::whole(&spaced.text);
    let segmented = only(&Segment::new(Arc::new(Whole)), spaced);
    assert_eq!(words(&segmented), ["词　\u{2003}河"]);
    assert_eq!(segmented.tokens[0].span.char_start.raw(), 1);
    check_tokens(&segmented);
}

#[test]
fn a_sentence_over_the_limit_is_cut_as_if_it_were_short_where_it_has_marks() {
    let clause = "云溪县发布数字治理公告，";
    let long = cut(&clause.repeat(1000));
    assert!(long.document.sentences[0].span.char_len() as usize > 2 * PIECE_CHARS);
    let mut expected: Vec<&str> = Vec::new();
    let short = cut(clause);
    for _ in 0..1000 {
        expected.extend(words(&short));
    }
    assert_eq!(words(&long), expected);
    check_tokens(&long);
}

#[test]
fn a_huge_run_without_marks_is_cut_in_linear_time() {
    // jieba itself takes 512 bytes a character where its models see a run as one word; pieces bound that.
    let run = "龘龖鑫焱淼犇骉羴".repeat(100_000);
    let started = Instant::now();
    let segmented = cut(&run);
    check_tokens(&segmented);
    assert!(started.elapsed() < Duration::from_mins(1));
}

#[test]
fn scratch_of_one_document_does_not_show_in_the_next() {
    use crate::stage::{Map, Output};
    let (hop, place) = (jieba(), Place::new("a.txt", 0));
    let mut scratch = hop.scratch();
    let mut out = Output::default();
    for text in ["云溪县发布公告。", "", "北京"] {
        hop.map(document(&place, text), &mut scratch, &mut out);
    }
    assert_eq!(words(&out.items[0]), ["云溪县", "发布公告", "。"]);
    assert!(out.items[1].tokens.is_empty());
    assert_eq!(words(&out.items[2]), ["北京"]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn tokens_are_in_order_and_cover_all_but_white_space(text in prop_oneof![prose(), "\\PC{0,60}", "([河桥好a1 ,:;!?()\"。]){0,40}"]) {
        check_tokens(&cut(&text));
    }
}
