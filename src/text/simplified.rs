//! The simplified view of a traditional text: what segmenters and lexicons read, so that they need to know one script.
//!
//! The view is as long as the text, character for character and byte for byte, so that every offset into the one is an
//! offset into the other. `OpenCC`'s `t2s` tables are one to one by character; the few pairs whose forms differ in UTF-8
//! length (characters outside the basic plane) are left as they are.
//!
//! Most text is simplified already, and conversion costs fifty times what looking costs. So the text is classified first
//! (see [`ScriptEvidence`]), and there are three ways:
//!
//! | text | view |
//! |---|---|
//! | has no character that only traditional text uses | none: the text itself. 乾 in 乾隆, 瞭 in 瞭望 and 著 in 著名 are no such characters |
//! | more traditional than simplified | `OpenCC` with its phrases, which know 乾燥 from 乾隆 and 瞭解 from 瞭望 |
//! | simplified with stray traditional characters | those alone that simplified text never uses, one by one |

use std::sync::OnceLock;

use ferrous_opencc::OpenCC;
use ferrous_opencc::config::BuiltinConfig;

use super::script::ScriptEvidence;

/// The characters that have an entry: the unified ideographs of the basic plane.
const FIRST: u32 = 0x3400;
const END: u32 = 0xA000;

/// Which texts use a character.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Usage {
    /// Both, or neither.
    Shared = 0,
    /// Simplified text only.
    Simplified = 1,
    /// Traditional text only.
    Traditional = 2,
}

/// Per character its simplified form and its usage, in flat arrays.
pub(super) struct Forms {
    simplified: Vec<char>,
    usage: Vec<Usage>,
    converter: OpenCC,
}

/// The tables, built at first use (some milliseconds).
pub(super) fn forms() -> &'static Forms {
    static FORMS: OnceLock<Forms> = OnceLock::new();
    FORMS.get_or_init(Forms::build)
}

impl Forms {
    fn build() -> Self {
        let opencc = OpenCC::from_config(BuiltinConfig::T2s).expect("the tables are compiled in");
        // A line each, so that no phrase can match across two of them.
        let mut list = String::new();
        for char in (FIRST..END).filter_map(char::from_u32) {
            list.push(char);
            list.push('\n');
        }
        let converted = opencc.convert(&list);
        let simplified: Vec<char> = converted.chars().filter(|char| *char != '\n').collect();
        assert_eq!(
            simplified.len(),
            (END - FIRST) as usize,
            "t2s is one to one"
        );
        let mut usage = vec![Usage::Shared; simplified.len()];
        for (from, to) in (FIRST..END).filter_map(char::from_u32).zip(&simplified) {
            if from == *to {
                continue;
            }
            if let Some(slot) = index(from).and_then(|at| usage.get_mut(at))
                && !in_gb2312(from)
            {
                *slot = Usage::Traditional;
            }
            if let Some(slot) = index(*to).and_then(|at| usage.get_mut(at))
                && !in_big5(*to)
            {
                *slot = Usage::Simplified;
            }
        }
        Self {
            simplified,
            usage,
            converter: opencc,
        }
    }

    /// Which texts use `char`.
    pub(super) fn usage(&self, char: char) -> Usage {
        let usage = index(char).and_then(|at| self.usage.get(at));
        usage.copied().unwrap_or(Usage::Shared)
    }

    /// The simplified form of `char` by itself.
    fn of(&self, char: char) -> char {
        index(char)
            .and_then(|at| self.simplified.get(at).copied())
            .unwrap_or(char)
    }

    /// The simplified form, where traditional text alone uses `char`.
    fn unambiguous(&self, char: char) -> char {
        if self.usage(char) == Usage::Traditional {
            self.of(char)
        } else {
            char
        }
    }
}

fn index(char: char) -> Option<usize> {
    let code = u32::from(char);
    (FIRST..END)
        .contains(&code)
        .then(|| (code - FIRST) as usize)
}

/// GB 2312 is what simplified text is written with; it holds 乾, 瞭 and 著, too.
fn in_gb2312(char: char) -> bool {
    encodes(encoding_rs::GBK, char, 0xB0..=0xF7, 0xA1)
}

/// Big5 without its later extensions is what traditional text is written with; it holds 后, 里 and 台, too.
fn in_big5(char: char) -> bool {
    encodes(encoding_rs::BIG5, char, 0xA4..=0xF9, 0x40)
}

fn encodes(
    charset: &'static encoding_rs::Encoding,
    char: char,
    lead: std::ops::RangeInclusive<u8>,
    trail: u8,
) -> bool {
    let mut buffer = [0; 4];
    let (bytes, _, failed) = charset.encode(char.encode_utf8(&mut buffer));
    !failed && matches!(*bytes, [a, b] if lead.contains(&a) && b >= trail)
}

/// The simplified form of one character by itself.
///
/// ```
/// assert_eq!(cihe::text::simplify('國'), '国');
/// assert_eq!(cihe::text::simplify('国'), '国');
/// ```
pub fn simplify(char: char) -> char {
    forms().of(char)
}

/// A piece of simplified text in traditional characters, as many as it has; `None` where no such form is known.
///
/// Which of several forms a character has is for its neighbours to say.
///
/// ```
/// use cihe::text::traditional_form;
/// assert_eq!(traditional_form("头发").as_deref(), Some("頭髮"));
/// assert_eq!(traditional_form("发现").as_deref(), Some("發現"));
/// ```
pub fn traditional_form(piece: &str) -> Option<String> {
    static CONVERTER: OnceLock<Option<OpenCC>> = OnceLock::new();
    let converter = CONVERTER.get_or_init(|| OpenCC::from_config(BuiltinConfig::S2t).ok());
    let form = converter.as_ref()?.convert(piece);
    (form.chars().count() == piece.chars().count()).then_some(form)
}

/// The simplified view of `text`; `None` where that is the text itself.
///
/// ```
/// use cihe::text::{ScriptEvidence, simplified_view};
/// let view = |text| simplified_view(text, &ScriptEvidence::of(text));
/// assert_eq!(view("乾隆年間，瞭望遠方").as_deref(), Some("乾隆年间，瞭望远方"));
/// assert_eq!(view("乾隆年间，著名的瞭望塔"), None);
/// ```
pub fn simplified_view(text: &str, evidence: &ScriptEvidence) -> Option<String> {
    if evidence.traditional == 0 {
        return None;
    }
    let forms = forms();
    let view = if evidence.traditional > evidence.simplified {
        phrase_by_phrase(text, forms)
    } else {
        same_width(text, text.chars().map(|char| forms.unambiguous(char)))
    };
    (view != text).then_some(view)
}

fn phrase_by_phrase(text: &str, forms: &Forms) -> String {
    let converted = forms.converter.convert(text);
    if converted.chars().count() == text.chars().count() {
        same_width(text, converted.chars())
    } else {
        // No entry of the tables changes the number of characters; should one ever do, its phrase is not worth the offsets.
        same_width(text, text.chars().map(|char| forms.of(char)))
    }
}

/// `forms` in place of the characters of `text`, wherever they have the same number of bytes.
fn same_width(text: &str, forms: impl Iterator<Item = char>) -> String {
    let mut view = String::with_capacity(text.len());
    for (char, form) in text.chars().zip(forms) {
        let fits = char.len_utf8() == form.len_utf8();
        view.push(if fits { form } else { char });
    }
    view
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(text: &str, expected: &str) {
        let view = simplified_view(text, &ScriptEvidence::of(text));
        assert_eq!(view.as_deref().unwrap_or(text), expected);
    }

    #[test]
    fn traditional_text_is_converted_with_its_phrases() {
        check("臺灣的圖書館開館時間", "台湾的图书馆开馆时间");
        check("乾隆皇帝不喜歡乾燥的氣候", "乾隆皇帝不喜欢干燥的气候");
        check("他瞭解瞭望塔的歷史", "他了解瞭望塔的历史");
        check("這位著名學者", "这位著名学者");
    }

    #[test]
    fn simplified_text_keeps_what_it_may_use_itself() {
        check("乾隆年间的著名瞭望塔", "乾隆年间的著名瞭望塔");
        check("皇后在后面", "皇后在后面");
    }

    #[test]
    fn stray_traditional_characters_are_converted_one_by_one() {
        check("这里的國家图书馆和乾隆碑", "这里的国家图书馆和乾隆碑");
    }

    #[test]
    fn what_has_no_traditional_character_has_no_view() {
        for text in ["", "plain text", "中文和人口", "《乾隆》"] {
            assert_eq!(simplified_view(text, &ScriptEvidence::of(text)), None);
        }
    }

    proptest! {
        #[test]
        fn the_view_is_as_long_as_the_text_at_every_character(
            text in "([㐀-\u{9fff}]|[𠀀-𪛖]|[國後乾臺著瞭這說]|[a-z ，。\n]){0,40}"
        ) {
            if let Some(view) = simplified_view(&text, &ScriptEvidence::of(&text)) {
                let cuts = |text: &str| text.char_indices().map(|(at, _)| at).collect::<Vec<_>>();
                prop_assert_eq!(view.len(), text.len());
                prop_assert_eq!(cuts(&view), cuts(&text));
            }
        }
    }
}
