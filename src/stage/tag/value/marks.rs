//! What a sentence has in quotation marks and in 《》: names, mostly, and the numbers in them are theirs.

/// Characters between quotation marks at most for what may be a name.
const SHORT: usize = 12;
/// Characters of a title at most; what is longer has lost its mark.
const TITLE: usize = 80;

/// A pair of marks, by its characters.
#[derive(Clone, Copy, Debug)]
struct Pair {
    open: usize,
    close: usize,
    title: bool,
    /// Has a comma or full stop in it: no name.
    phrase: bool,
}

/// The pairs of a sentence, in order of their closing marks.
#[derive(Clone, Debug, Default)]
pub(super) struct Marks {
    pairs: Vec<Pair>,
    quote: Option<usize>,
    title: Option<usize>,
    plain: Option<usize>,
    single: Option<usize>,
    /// The last comma or full stop.
    stop: usize,
}

impl Marks {
    /// Forgets the last sentence.
    pub(super) fn clear(&mut self) {
        self.pairs.clear();
        (self.quote, self.title, self.plain, self.single) = (None, None, None, None);
        self.stop = 0;
    }

    /// Whether [`Self::step`] does anything with a character.
    pub(super) fn is_mark(char: char) -> bool {
        let quotes = matches!(
            char,
            '“' | '‘' | '「' | '『' | '”' | '’' | '」' | '』' | '\'' | '"'
        );
        let stops = matches!(char, '，' | '。' | '；' | '！' | '？' | ',' | ';');
        quotes || stops || matches!(char, '《' | '》')
    }

    /// Takes the next character.
    pub(super) fn step(&mut self, at: usize, char: char) {
        match char {
            '“' | '‘' | '「' | '『' => self.quote = Some(at),
            '”' | '’' | '」' | '』' => {
                let open = self.quote.take();
                self.close(open, at, false);
            }
            '《' => self.title = Some(at),
            '》' => {
                let open = self.title.take();
                self.close(open, at, true);
            }
            '"' => self.toggle(at, |marks| &mut marks.plain),
            '\'' => self.toggle(at, |marks| &mut marks.single),
            '，' | '。' | '；' | '！' | '？' | ',' | ';' => self.stop = at,
            _ => {}
        }
    }

    /// A mark that opens and closes alike.
    fn toggle(&mut self, at: usize, open: impl Fn(&mut Self) -> &mut Option<usize>) {
        match open(self).take() {
            Some(start) => self.close(Some(start), at, false),
            None => *open(self) = Some(at),
        }
    }

    fn close(&mut self, open: Option<usize>, close: usize, title: bool) {
        let Some(open) = open else { return };
        let length = close - open;
        if length > 1 && length <= if title { TITLE } else { SHORT + 1 } {
            self.pairs.push(Pair {
                open,
                close,
                title,
                phrase: self.stop > open,
            });
        }
    }

    /// Whether `at` is in a title.
    pub(super) fn in_title(&self, at: usize) -> bool {
        self.around(at).any(|pair| pair.title)
    }

    /// Whether the piece is part of a short name in quotation marks, not the whole of it.
    pub(super) fn in_name(&self, start: usize, end: usize) -> bool {
        self.around(start).any(|pair| {
            let whole = pair.open + 1 == start && pair.close == end;
            !pair.title && !pair.phrase && !whole
        })
    }

    /// Whether quotation marks stand right around the piece.
    pub(super) fn quoted(&self, start: usize, end: usize) -> bool {
        self.around(start)
            .any(|pair| !pair.title && pair.open + 1 == start && pair.close == end)
    }

    /// The pairs around `at`: at most one of each kind, and they close soon behind it.
    fn around(&self, at: usize) -> impl Iterator<Item = &Pair> {
        let first = self.pairs.partition_point(|pair| pair.close <= at);
        let after = self.pairs.get(first..).unwrap_or_default();
        after.iter().take(3).filter(move |pair| pair.open < at)
    }
}
