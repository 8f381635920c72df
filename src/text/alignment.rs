//! The way back: which source bytes a piece of text came from.
//!
//! # Shape
//!
//! An alignment is a sorted list of *runs*. Each run covers a stretch of text and a stretch of source, and says how the
//! two correspond inside it:
//!
//! | run | inside it | example |
//! |---|---|---|
//! | verbatim | byte for byte | UTF-8 as it stands; ASCII in any charset |
//! | scaled | every character has `text_width` bytes here and `source_width` there | GBK: 3 and 2; UTF-16: 3 and 2 |
//! | replaced | the whole against the whole, nothing finer | `&amp;` → `&`; a removed line break; U+FFFD for a bad byte |
//!
//! A UTF-8 file is one run, however long; a GBK file has a run for every change between Chinese and ASCII. Per-character
//! tuples would cost 8 bytes a character and a cache miss a look-up; runs cost nothing where nothing happens.
//!
//! Alignments *compose*: source → decoded text, then decoded text → repaired text, gives source → repaired text, so each
//! step of decoding describes only its own change.
//!
//! # Ranges at an edit
//!
//! A text range `a..b` maps to the source from the first byte of the character at `a` to the last byte of the
//! character before `b`. So a deletion inside the range is included and one at its edge is not.

use std::ops::Range;

use super::offset::{ByteOffset, SourceOffset};

/// How text and source correspond inside one run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Verbatim,
    Scaled { text_width: u8, source_width: u8 },
    Replaced,
}

/// A run starts where the last one ended; its end is the start of the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Run {
    text: u32,
    source: u32,
    kind: Kind,
}

/// A map from the bytes of a text to the bytes it was made from. See the module's head for its shape.
///
/// ```
/// use cihe::text::{AlignmentBuilder, ByteOffset, SourceOffset};
/// // "中a国" in GBK: D6 D0 61 B9 FA
/// let mut builder = AlignmentBuilder::default();
/// builder.scaled(1, 3, 2);
/// builder.verbatim(1);
/// builder.scaled(1, 3, 2);
/// let alignment = builder.build();
/// let source = alignment.source_range(&(ByteOffset::new(4)..ByteOffset::new(7)));
/// assert_eq!(source, SourceOffset::new(3)..SourceOffset::new(5));
/// assert_eq!(alignment.text_range(&source), ByteOffset::new(4)..ByteOffset::new(7));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Alignment {
    runs: Vec<Run>,
    text_len: u32,
    source_len: u32,
}

impl Alignment {
    /// A text that is its source, byte for byte.
    pub fn identity(len: usize) -> Self {
        let mut builder = AlignmentBuilder::default();
        builder.verbatim(len);
        builder.build()
    }

    /// Length of the text in bytes.
    pub fn text_len(&self) -> ByteOffset {
        ByteOffset::new(self.text_len)
    }

    /// Length of the source in bytes.
    pub fn source_len(&self) -> SourceOffset {
        SourceOffset::new(self.source_len)
    }

    /// The number of runs: what the alignment costs.
    pub fn runs(&self) -> usize {
        self.runs.len()
    }

    /// The source bytes of a piece of text. For many ranges in ascending order take a [`cursor`](Self::cursor).
    pub fn source_range(&self, text: &Range<ByteOffset>) -> Range<SourceOffset> {
        self.cursor().source_range(text)
    }

    /// The text made from a piece of source: every character that has at least one byte in it.
    pub fn text_range(&self, source: &Range<SourceOffset>) -> Range<ByteOffset> {
        let (from, to) = (source.start.raw(), source.end.raw());
        let start = self
            .runs
            .partition_point(|run| run.source <= from)
            .saturating_sub(1);
        let mut answer: Option<Range<u32>> = None;
        for index in start..self.runs.len() {
            let piece = self.piece(index);
            if piece.source.start >= to && from < to {
                break;
            }
            let Some(text) = piece.text_of(from, to) else {
                continue;
            };
            answer = Some(answer.map_or(text.start, |sofar| sofar.start)..text.end);
        }
        let text = answer.unwrap_or_else(|| {
            let at = self.runs.get(start).map_or(0, |run| run.text);
            at..at
        });
        ByteOffset::new(text.start)..ByteOffset::new(text.end)
    }

    /// A reader for ranges that come in roughly ascending order; each look-up then costs a step or two.
    pub fn cursor(&self) -> AlignmentCursor<'_> {
        AlignmentCursor {
            alignment: self,
            run: 0,
        }
    }

    /// The alignment of `outer`'s text to this one's source, where `outer`'s source is this one's text.
    ///
    /// # Panics
    ///
    /// When the lengths do not fit: the two do not describe consecutive steps.
    #[must_use]
    pub fn compose(&self, outer: &Alignment) -> Self {
        assert_eq!(
            self.text_len, outer.source_len,
            "alignments of consecutive steps meet in one text"
        );
        if self.is_identity() {
            return outer.clone();
        }
        if outer.is_identity() {
            return self.clone();
        }
        let mut builder = AlignmentBuilder::default();
        let mut inner = 0;
        for index in 0..outer.runs.len() {
            let piece = outer.piece(index);
            inner = self.compose_piece(&piece, inner, &mut builder);
        }
        let rest = self.source_len - builder.source;
        builder.replaced(0, rest as usize);
        builder.build()
    }

    /// Appends what `outer` says of one stretch of the middle text; returns the inner run to go on from.
    fn compose_piece(&self, outer: &Piece, from: usize, out: &mut AlignmentBuilder) -> usize {
        let mut cursor = AlignmentCursor {
            alignment: self,
            run: from,
        };
        if outer.kind == Kind::Replaced {
            let source = cursor.raw_range(outer.source.start, outer.source.end);
            out.delete_to(source.start);
            out.replaced(
                size(&outer.text),
                source.end.saturating_sub(out.source) as usize,
            );
            return cursor.run;
        }
        let mut at = outer.source.start;
        while at < outer.source.end {
            cursor.seek(at);
            let inner = self.piece(cursor.run);
            let end = inner.text.end.min(outer.source.end);
            let source = cursor.raw_range(at, end);
            out.delete_to(source.start);
            let text = outer.kind.text_len(end - at);
            match outer.kind.after(inner.kind) {
                Kind::Verbatim => out.verbatim(text as usize),
                Kind::Scaled {
                    text_width,
                    source_width,
                } => {
                    out.scaled(
                        (text / u32::from(text_width)) as usize,
                        text_width,
                        source_width,
                    );
                }
                Kind::Replaced => {
                    out.replaced(
                        text as usize,
                        source.end.saturating_sub(out.source) as usize,
                    );
                }
            }
            at = end;
        }
        cursor.run
    }

    /// The alignment of a piece of this text to the same source: offsets into the piece begin at 0, those into the source stay
    /// what they are. What was deleted at its edges belongs to no piece.
    ///
    /// ```
    /// use cihe::text::{Alignment, ByteOffset, SourceOffset};
    /// let piece = Alignment::identity(9).slice(&(ByteOffset::new(3)..ByteOffset::new(9)));
    /// let source = piece.source_range(&(ByteOffset::new(0)..ByteOffset::new(3)));
    /// assert_eq!(source, SourceOffset::new(3)..SourceOffset::new(6));
    /// ```
    ///
    /// # Panics
    ///
    /// When the piece ends behind the text.
    #[must_use]
    pub fn slice(&self, text: &Range<ByteOffset>) -> Self {
        let (from, to) = (text.start.raw(), text.end.raw());
        assert!(
            from <= to && to <= self.text_len,
            "a piece lies in its text"
        );
        let mut cursor = self.cursor();
        if from == to {
            let at = cursor.raw_range(from, from).start;
            return Self {
                runs: Vec::new(),
                text_len: 0,
                source_len: at,
            };
        }
        let source = cursor.raw_range(from, to);
        let mut runs: Vec<Run> = self.runs[cursor.run..]
            .iter()
            .take_while(|run| run.text < to)
            .map(|run| Run {
                text: run.text.saturating_sub(from),
                ..*run
            })
            .collect();
        if let Some(first) = runs.first_mut() {
            first.source = source.start;
        }
        Self {
            runs,
            text_len: to - from,
            source_len: source.end,
        }
    }

    /// Whether every byte of the text is the source's at the same place.
    pub fn is_identity(&self) -> bool {
        self.text_len == self.source_len
            && matches!(
                self.runs.as_slice(),
                [] | [Run {
                    kind: Kind::Verbatim,
                    ..
                }]
            )
    }

    fn piece(&self, index: usize) -> Piece {
        let run = self.runs[index];
        let (text_end, source_end) = self
            .runs
            .get(index + 1)
            .map_or((self.text_len, self.source_len), |next| {
                (next.text, next.source)
            });
        Piece {
            text: run.text..text_end,
            source: run.source..source_end,
            kind: run.kind,
        }
    }
}

/// One run with both its ends.
struct Piece {
    text: Range<u32>,
    source: Range<u32>,
    kind: Kind,
}

impl Piece {
    /// The text of what `from..to` of the source has in this piece; `None` where that is nothing.
    fn text_of(&self, from: u32, to: u32) -> Option<Range<u32>> {
        let (from, to) = (from.max(self.source.start), to.min(self.source.end));
        if from >= to || self.text.is_empty() {
            return None;
        }
        let (from, to) = (from - self.source.start, to - self.source.start);
        Some(match self.kind {
            Kind::Verbatim => self.text.start + from..self.text.start + to,
            Kind::Scaled {
                text_width,
                source_width,
            } => {
                let (text, source) = (u32::from(text_width), u32::from(source_width));
                self.text.start + from / source * text..self.text.start + to.div_ceil(source) * text
            }
            Kind::Replaced => self.text.clone(),
        })
    }
}

impl Kind {
    /// How many bytes of text `source` bytes become.
    fn text_len(self, source: u32) -> u32 {
        match self {
            Self::Scaled {
                text_width,
                source_width,
            } => source / u32::from(source_width) * u32::from(text_width),
            Self::Verbatim | Self::Replaced => source,
        }
    }

    /// How text and source correspond where this step stands on `inner`.
    fn after(self, inner: Self) -> Self {
        match (self, inner) {
            (Self::Verbatim, kind) | (kind, Self::Verbatim) => kind,
            (
                Self::Scaled {
                    text_width,
                    source_width: middle,
                },
                Self::Scaled {
                    text_width: inner_width,
                    source_width,
                },
            ) if middle == inner_width => Self::Scaled {
                text_width,
                source_width,
            },
            _ => Self::Replaced,
        }
    }
}

fn size(range: &Range<u32>) -> usize {
    (range.end - range.start) as usize
}

/// Looks ranges up in ascending order, a step or two each; other orders work and cost a binary search.
#[derive(Clone, Debug)]
pub struct AlignmentCursor<'a> {
    alignment: &'a Alignment,
    run: usize,
}

impl AlignmentCursor<'_> {
    /// The source bytes of a piece of text.
    pub fn source_range(&mut self, text: &Range<ByteOffset>) -> Range<SourceOffset> {
        let range = self.raw_range(text.start.raw(), text.end.raw());
        SourceOffset::new(range.start)..SourceOffset::new(range.end)
    }

    fn raw_range(&mut self, start: u32, end: u32) -> Range<u32> {
        if self.alignment.runs.is_empty() {
            return 0..0;
        }
        self.seek(start);
        let first = self.run;
        let from = self.bound(first, start, false);
        if end <= start {
            return from..from;
        }
        let runs = &self.alignment.runs;
        let mut last = first;
        while last + 1 < runs.len() && runs[last + 1].text < end {
            last += 1;
        }
        from..self.bound(last, end, true).max(from)
    }

    /// Stands on the last run that begins at or before `text`.
    fn seek(&mut self, text: u32) {
        let runs = &self.alignment.runs;
        if runs[self.run].text > text {
            self.run = runs
                .partition_point(|run| run.text <= text)
                .saturating_sub(1);
        }
        while self.run + 1 < runs.len() && runs[self.run + 1].text <= text {
            self.run += 1;
        }
    }

    /// The source position of the character boundary `text` in run `index`, seen from before it or from behind it.
    fn bound(&self, index: usize, text: u32, is_end: bool) -> u32 {
        let piece = self.alignment.piece(index);
        let inside = text.min(piece.text.end).saturating_sub(piece.text.start);
        match piece.kind {
            Kind::Verbatim => piece.source.start + inside,
            Kind::Scaled {
                text_width,
                source_width,
            } => piece.source.start + inside / u32::from(text_width) * u32::from(source_width),
            // Behind the text's end nothing is left of a trailing deletion.
            Kind::Replaced if is_end || text >= piece.text.end && piece.text.is_empty() => {
                piece.source.end
            }
            Kind::Replaced => piece.source.start,
        }
    }
}

/// Builds an [`Alignment`] from left to right, one piece after another.
#[derive(Debug, Default)]
pub struct AlignmentBuilder {
    runs: Vec<Run>,
    text: u32,
    source: u32,
}

impl AlignmentBuilder {
    /// A builder with room for so many runs.
    pub fn with_capacity(runs: usize) -> Self {
        Self {
            runs: Vec::with_capacity(runs),
            ..Self::default()
        }
    }

    /// `len` bytes that are the same here and there.
    pub fn verbatim(&mut self, len: usize) {
        self.push(Kind::Verbatim, len, len);
    }

    /// `chars` characters of `text_width` bytes each, from `source_width` bytes each.
    pub fn scaled(&mut self, chars: usize, text_width: u8, source_width: u8) {
        if text_width == source_width {
            return self.verbatim(chars * usize::from(text_width));
        }
        let kind = Kind::Scaled {
            text_width,
            source_width,
        };
        self.push(
            kind,
            chars * usize::from(text_width),
            chars * usize::from(source_width),
        );
    }

    /// `text` bytes that stand for `source` bytes as a whole. A deletion has no text, an insertion no source.
    pub fn replaced(&mut self, text: usize, source: usize) {
        self.push(Kind::Replaced, text, source);
    }

    /// Bytes of text so far.
    pub fn text_len(&self) -> usize {
        self.text as usize
    }

    /// Bytes of source so far.
    pub fn source_len(&self) -> usize {
        self.source as usize
    }

    /// The finished alignment.
    pub fn build(mut self) -> Alignment {
        self.runs.shrink_to_fit();
        Alignment {
            runs: self.runs,
            text_len: self.text,
            source_len: self.source,
        }
    }

    /// A deletion up to `source`, if that is ahead.
    fn delete_to(&mut self, source: u32) {
        if source > self.source {
            self.replaced(0, (source - self.source) as usize);
        }
    }

    fn push(&mut self, kind: Kind, text: usize, source: usize) {
        if text == 0 && source == 0 {
            return;
        }
        let deletes = kind == Kind::Replaced && text == 0;
        let merges = self.runs.last().is_some_and(|last| {
            last.kind == kind && (kind != Kind::Replaced || deletes && last.text == self.text)
        });
        if !merges {
            self.runs.push(Run {
                text: self.text,
                source: self.source,
                kind,
            });
        }
        self.text += ByteOffset::of(text).raw();
        self.source += SourceOffset::of(source).raw();
    }
}
