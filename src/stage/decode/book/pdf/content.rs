//! The instructions of a page: where which codes are shown.
//!
//! Only what moves or shows text is followed. Forms are entered as far as a few levels, since some programs write whole pages
//! as one; every instruction counts against a limit, so that forms that show each other end.

use std::rc::Rc;

use hayro_syntax::content::TypedIter;
use hayro_syntax::content::ops::TypedInstruction as Op;
use hayro_syntax::object::{Array, Dict, Number, Object, ObjectIdentifier, Stream};
use hayro_syntax::page::{Page, Resources};
use rustc_hash::FxHashMap;

use super::super::extract::Refused;
use super::font::Font;
use super::lines::{Lines, Piece};
use super::read::{is_small, too_much};

/// How deep forms show each other at most.
const FORMS: usize = 8;
/// Instructions that are followed in a file.
const STEPS: usize = 50_000_000;
/// Instructions that reading a font counts for: its tables are long.
const FONT: usize = 10_000;
/// Saved states that may be open at once.
const STATES: usize = 512;

/// `a b c d e f`, as the format writes transformations.
type Matrix = [f64; 6];
const IDENTITY: Matrix = [1.0, 0.0, 0.0, 1.0, 0.0, 0.0];

/// First `one`, then `next`.
fn then(one: &Matrix, next: &Matrix) -> Matrix {
    let along = |x: f64, y: f64, unit: f64| x * next[0] + y * next[2] + unit * next[4];
    let across = |x: f64, y: f64, unit: f64| x * next[1] + y * next[3] + unit * next[5];
    let [right, up, left, down, x, y] = *one;
    [
        along(right, up, 0.0),
        across(right, up, 0.0),
        along(left, down, 0.0),
        across(left, down, 0.0),
        along(x, y, 1.0),
        across(x, y, 1.0),
    ]
}

fn shift(x: f64, y: f64) -> Matrix {
    [1.0, 0.0, 0.0, 1.0, x, y]
}

fn matrix(numbers: [&Number; 6]) -> Matrix {
    numbers.map(Number::as_f64)
}

/// What text is shown with.
#[derive(Clone)]
struct State {
    page: Matrix,
    font: Option<Rc<Font>>,
    size: f64,
    between: f64,
    words: f64,
    scale: f64,
    leading: f64,
    rise: f64,
}

impl Default for State {
    fn default() -> Self {
        Self {
            page: IDENTITY,
            font: None,
            size: 1.0,
            between: 0.0,
            words: 0.0,
            scale: 1.0,
            leading: 0.0,
            rise: 0.0,
        }
    }
}

/// What is known of a file while its pages are read.
#[derive(Default)]
pub(super) struct Content {
    fonts: FxHashMap<ObjectIdentifier, Rc<Font>>,
    steps: usize,
    /// Characters that a table explains, and codes that none does.
    pub(super) known: usize,
    pub(super) unknown: usize,
}

impl Content {
    /// The text of a page.
    pub(super) fn page(&mut self, page: &Page<'_>) -> Result<String, Refused> {
        let mut lines = Lines::default();
        let mut run = Run {
            content: self,
            lines: &mut lines,
            state: State::default(),
            saved: Vec::new(),
            text: IDENTITY,
            line: IDENTITY,
            depth: 0,
        };
        run.follow(page.typed_operations(), page.resources())?;
        Ok(lines.finish())
    }
}

struct Run<'r> {
    content: &'r mut Content,
    lines: &'r mut Lines,
    state: State,
    saved: Vec<State>,
    /// Where the next character goes, and where the line began.
    text: Matrix,
    line: Matrix,
    depth: usize,
}

impl Run<'_> {
    fn follow(&mut self, mut ops: TypedIter<'_>, resources: &Resources<'_>) -> Result<(), Refused> {
        while let Some(op) = ops.next() {
            self.content.steps += 1;
            if self.content.steps > STEPS {
                return Err(too_much());
            }
            match op {
                Op::SaveState(_) if self.saved.len() < STATES => {
                    self.saved.push(self.state.clone());
                }
                Op::RestoreState(_) => self.state = self.saved.pop().unwrap_or_default(),
                Op::Transform(m) => {
                    let by = matrix([&m.0, &m.1, &m.2, &m.3, &m.4, &m.5]);
                    self.state.page = then(&by, &self.state.page);
                }
                Op::XObject(name) => {
                    if let Some(form) = resources.get_x_object(name.0) {
                        self.form(&form, resources)?;
                    }
                }
                Op::TextFont(font) => {
                    self.state.size = font.1.as_f64();
                    self.state.font = resources.get_font(font.0).map(|dict| self.font(&dict));
                }
                Op::CharacterSpacing(by) => self.state.between = by.0.as_f64(),
                Op::WordSpacing(by) => self.state.words = by.0.as_f64(),
                Op::HorizontalScaling(by) => self.state.scale = by.0.as_f64() / 100.0,
                Op::TextLeading(by) => self.state.leading = by.0.as_f64(),
                Op::TextRise(by) => self.state.rise = by.0.as_f64(),
                other => self.text(&other),
            }
        }
        Ok(())
    }

    /// The instructions that place and show text.
    fn text(&mut self, op: &Op<'_, '_>) {
        match op {
            Op::BeginText(_) => (self.text, self.line) = (IDENTITY, IDENTITY),
            Op::SetTextMatrix(m) => {
                self.line = matrix([&m.0, &m.1, &m.2, &m.3, &m.4, &m.5]);
                self.text = self.line;
            }
            Op::NextLine(by) => self.next_line(by.0.as_f64(), by.1.as_f64()),
            Op::NextLineAndSetLeading(by) => {
                self.state.leading = -by.1.as_f64();
                self.next_line(by.0.as_f64(), by.1.as_f64());
            }
            Op::NextLineUsingLeading(_) => self.next_line(0.0, -self.state.leading),
            Op::ShowText(string) => self.show(string.0.as_bytes()),
            Op::NextLineAndShowText(string) => {
                self.next_line(0.0, -self.state.leading);
                self.show(string.0.as_bytes());
            }
            Op::ShowTextWithParameters(all) => {
                self.state.words = all.0.as_f64();
                self.state.between = all.1.as_f64();
                self.next_line(0.0, -self.state.leading);
                self.show(all.2.as_bytes());
            }
            Op::ShowTexts(array) => self.show_all(array.0),
            _ => {}
        }
    }

    fn next_line(&mut self, x: f64, y: f64) {
        self.line = then(&shift(x, y), &self.line);
        self.text = self.line;
    }

    fn font(&mut self, dict: &Dict<'_>) -> Rc<Font> {
        let id = dict.obj_id();
        let known = id.and_then(|id| self.content.fonts.get(&id));
        if let Some(known) = known {
            return Rc::clone(known);
        }
        self.content.steps += FONT;
        let font = Rc::new(Font::read(dict));
        if let Some(id) = id {
            self.content.fonts.insert(id, Rc::clone(&font));
        }
        font
    }

    fn form(&mut self, form: &Stream<'_>, outer: &Resources<'_>) -> Result<(), Refused> {
        let dict = form.dict();
        let shows = dict
            .get::<hayro_syntax::object::Name<'_>>(b"Subtype")
            .is_some_and(|name| &*name == b"Form");
        // A form that shows itself ends here; none that is meant to be read is as deep.
        if !shows || self.depth >= FORMS {
            return Ok(());
        }
        if !is_small(form) {
            return Err(too_much());
        }
        let Ok(data) = form.decoded_data() else {
            return Err(Refused::damaged("a form of a page can't be unpacked"));
        };
        // Unpacking takes time too: a form counts for its size.
        self.content.steps += data.len() / 16;
        let own = dict.get::<Dict<'_>>(b"Resources").map(Resources::new);
        let outside = (self.state.clone(), std::mem::take(&mut self.saved));
        if let Some(array) = dict.get::<Array<'_>>(b"Matrix") {
            let numbers: Vec<f64> = array.iter::<Number>().map(|n| n.as_f64()).take(6).collect();
            if let Ok(by) = Matrix::try_from(numbers) {
                self.state.page = then(&by, &self.state.page);
            }
        }
        self.depth += 1;
        let followed = self.follow(TypedIter::new(&data), own.as_ref().unwrap_or(outer));
        self.depth -= 1;
        (self.state, self.saved) = outside;
        followed
    }

    fn show_all(&mut self, array: &Array<'_>) {
        for object in array.iter::<Object<'_>>() {
            if let Object::String(string) = &object {
                self.show(string.as_bytes());
            } else if let Some(number) = object.into_number() {
                let by = -number.as_f64() / 1000.0 * self.state.size;
                self.advance(by);
            }
        }
    }

    fn advance(&mut self, by: f64) {
        let vertical = self.state.font.as_ref().is_some_and(|font| font.vertical);
        let step = if vertical {
            shift(0.0, by)
        } else {
            shift(by * self.state.scale, 0.0)
        };
        self.text = then(&step, &self.text);
    }

    fn show(&mut self, bytes: &[u8]) {
        let Some(font) = self.state.font.clone() else {
            return;
        };
        let start = self.place();
        let mut text = String::new();
        let mut rest = bytes;
        while !rest.is_empty() {
            let glyph = font.glyph(rest);
            rest = rest.get(glyph.bytes.max(1)..).unwrap_or_default();
            let widened = if glyph.space { self.state.words } else { 0.0 };
            let along = glyph.width / 1000.0 * self.state.size;
            let by = if font.vertical {
                self.state.between + widened - self.state.size
            } else {
                along + self.state.between + widened
            };
            self.advance(by);
            // A character may stand for a long text, and an instruction may show many.
            self.content.steps += 1 + glyph.text.as_ref().map_or(0, String::len) / 4;
            if self.content.steps > STEPS {
                return;
            }
            if let Some(shown) = glyph.text {
                self.content.known += 1;
                text.extend(shown.chars().filter(|char| !char.is_control()));
            } else {
                self.content.unknown += 1;
                text.push(char::REPLACEMENT_CHARACTER);
            }
        }
        self.piece(text, start, self.place(), font.vertical);
    }

    /// Where the next character stands on the page, and the directions there.
    fn place(&self) -> Matrix {
        let at = then(&self.text, &self.state.page);
        then(&shift(0.0, self.state.rise), &at)
    }

    fn piece(&mut self, text: String, start: Matrix, end: Matrix, vertical: bool) {
        let [a, b, c, d, x0, y0] = start;
        let (ux, uy) = if vertical { (-c, -d) } else { (a, b) };
        let length = ux.hypot(uy);
        let size = (c.hypot(d) * self.state.size).abs();
        if text.is_empty() || !(length > 0.0 && size > 0.0 && size.is_finite()) {
            return;
        }
        let (ux, uy) = (ux / length, uy / length);
        let along = |x: f64, y: f64| x * ux + y * uy;
        let turn = if ux.abs() >= uy.abs() {
            if ux > 0.0 { 0 } else { 2 }
        } else if uy > 0.0 {
            1
        } else {
            3
        };
        self.lines.push(&Piece {
            text,
            along: (along(x0, y0), along(end[4], end[5])),
            // Lines go down, or to the left where they are written downwards: a quarter of a turn to the right.
            across: x0 * uy - y0 * ux,
            size,
            turn,
        });
    }
}
