//! Alignments against a model that keeps a source range for every character.

use proptest::prelude::*;

use std::ops::Range;

use super::{Alignment, AlignmentBuilder, ByteOffset, SourceOffset};

/// One step of an edit script over characters of three bytes.
#[derive(Clone, Debug)]
enum Step {
    Keep(usize),
    Delete(usize),
    Insert(usize),
    Replace(usize, usize),
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![
        (1usize..5).prop_map(Step::Keep),
        (1usize..4).prop_map(Step::Delete),
        (1usize..3).prop_map(Step::Insert),
        (1usize..4, 1usize..4).prop_map(|(text, source)| Step::Replace(text, source)),
    ];
    proptest::collection::vec(step, 0..12)
}

/// The alignment of `steps` over a source of `width`-byte characters, and per text character its source range.
fn apply(steps: &[Step], width: u8) -> (Alignment, Vec<Range<usize>>) {
    let mut builder = AlignmentBuilder::default();
    let mut model = Vec::new();
    let wide = usize::from(width);
    for step in steps {
        let at = builder.source_len();
        match *step {
            Step::Keep(n) => {
                builder.scaled(n, 3, width);
                model.extend((0..n).map(|i| at + i * wide..at + (i + 1) * wide));
            }
            Step::Delete(n) => builder.replaced(0, n * wide),
            Step::Insert(n) => {
                for _ in 0..n {
                    builder.replaced(3, 0);
                    model.push(at..at);
                }
            }
            Step::Replace(text, source) => {
                builder.replaced(text * 3, source * wide);
                model.extend((0..text).map(|_| at..at + source * wide));
            }
        }
    }
    (builder.build(), model)
}

fn range(chars: Range<usize>) -> Range<ByteOffset> {
    ByteOffset::of(chars.start * 3)..ByteOffset::of(chars.end * 3)
}

proptest! {
    #[test]
    fn ranges_agree_with_the_model(steps in steps(), width in 1u8..5) {
        let (alignment, model) = apply(&steps, width);
        for start in 0..model.len() {
            for end in start + 1..=model.len() {
                let source = alignment.source_range(&range(start..end));
                let expected = model[start].start..model[end - 1].end;
                prop_assert_eq!(source.start.get()..source.end.get(), expected);
            }
        }
    }

    #[test]
    fn a_slice_answers_as_the_whole_does(steps in steps(), width in 1u8..5, cut in 0usize..8, len in 1usize..20) {
        let (alignment, model) = apply(&steps, width);
        let end = (cut + len).min(model.len());
        prop_assume!(cut < end);
        let slice = alignment.slice(&range(cut..end));
        prop_assert_eq!(slice.text_len().get(), (end - cut) * 3);
        for start in cut..end {
            for stop in start + 1..=end {
                let whole = alignment.source_range(&range(start..stop));
                let piece = slice.source_range(&range(start - cut..stop - cut));
                prop_assert_eq!(piece, whole);
            }
        }
    }

    #[test]
    fn a_kept_range_comes_back(steps in steps(), width in 1u8..5) {
        let (alignment, model) = apply(&steps, width);
        for (at, source) in model.iter().enumerate().filter(|(_, source)| !source.is_empty()) {
            let there = SourceOffset::of(source.start)..SourceOffset::of(source.end);
            let back = alignment.text_range(&there);
            prop_assert!(back.start <= range(at..at + 1).start && back.end >= range(at..at + 1).end);
        }
    }

    #[test]
    fn composing_is_looking_up_twice(first in steps(), second in steps(), width in 1u8..5) {
        let (inner, inner_model) = apply(&first, width);
        let (outer, outer_model) = apply(&second, 3);
        let middle = outer.source_len().get();
        let len = inner.text_len().get();
        // The second script must end where the first one's text does.
        prop_assume!(middle <= len);
        let mut builder = AlignmentBuilder::default();
        for step in &second {
            match *step {
                Step::Keep(n) => builder.verbatim(n * 3),
                Step::Delete(n) => builder.replaced(0, n * 3),
                Step::Insert(n) => (0..n).for_each(|_| builder.replaced(3, 0)),
                Step::Replace(text, source) => builder.replaced(text * 3, source * 3),
            }
        }
        builder.verbatim(len - middle);
        let both = inner.compose(&builder.build());
        prop_assert_eq!(both.source_len(), inner.source_len());
        let kept = (middle / 3..len / 3).map(|i| i * 3..i * 3 + 3);
        for (at, mid) in outer_model.into_iter().chain(kept).enumerate() {
            if mid.is_empty() {
                continue;
            }
            let expected = inner_model[mid.start / 3].start..inner_model[mid.end / 3 - 1].end;
            let source = both.source_range(&range(at..at + 1));
            let (start, end) = (source.start.get(), source.end.get());
            // A replacement that a later step cuts gives all of its source to its first part.
            prop_assert!(start >= expected.start && end <= expected.end.max(start));
        }
    }
}

#[test]
fn a_deletion_at_the_edge_is_left_out_and_one_inside_is_kept() {
    // text  甲乙丙, source 甲\n乙\n丙
    let mut builder = AlignmentBuilder::default();
    builder.verbatim(3);
    builder.replaced(0, 1);
    builder.verbatim(3);
    builder.replaced(0, 1);
    builder.verbatim(3);
    let alignment = builder.build();
    let source = |chars| {
        let range = alignment.source_range(&range(chars));
        range.start.get()..range.end.get()
    };
    assert_eq!(source(0..1), 0..3);
    assert_eq!(source(1..2), 4..7);
    assert_eq!(source(0..2), 0..7);
    assert_eq!(source(1..3), 4..11);
}

#[test]
fn a_utf8_text_is_one_run_however_long() {
    let alignment = Alignment::identity(10_000);
    assert_eq!(alignment.runs(), 1);
    assert_eq!(alignment.compose(&Alignment::identity(10_000)), alignment);
}
