//! Small numbers as shorthand has them: 两, 三, 十二, 15.

use crate::text::han_digit;

/// The largest number that is still a count of things someone can name.
const MOST: u32 = 60;

/// Whether a number may begin with the character.
pub(in crate::stage::tag) fn is_digit(char: char) -> bool {
    char.is_ascii_digit() || unit(char).is_some() || char == '十'
}

/// Whether a number that stands beside the character is another one than it looks alone: 百, 千, 数, 几, 第, a decimal point.
pub(super) fn is_part(char: char) -> bool {
    is_digit(char)
        || matches!(
            char,
            '百' | '千'
                | '万'
                | '亿'
                | '几'
                | '数'
                | '余'
                | '多'
                | '〇'
                | '零'
                | '.'
                | '．'
                | '％'
                | '%'
                | '/'
        )
}

fn unit(char: char) -> Option<u32> {
    if char == '两' {
        Some(2)
    } else {
        han_digit(char)
    }
}

/// The number at the head of `text`, and its bytes. 十五五, 九五 and 一百 are none: they are names of plans, or too large.
pub(in crate::stage::tag) fn leading(text: &str) -> Option<(u32, usize)> {
    let (number, len) = if text.starts_with(|char: char| char.is_ascii_digit()) {
        arabic(text)?
    } else {
        chinese(text)?
    };
    let rest = text.get(len..)?;
    let alone = !rest.starts_with(is_part);
    (alone && (1..=MOST).contains(&number)).then_some((number, len))
}

fn arabic(text: &str) -> Option<(u32, usize)> {
    let len = text.bytes().take_while(u8::is_ascii_digit).count();
    let digits = text.get(..len).filter(|digits| digits.len() <= 2)?;
    Some((digits.parse().ok()?, len))
}

fn chinese(text: &str) -> Option<(u32, usize)> {
    const LEN: usize = '十'.len_utf8();
    let mut chars = text.chars();
    let first = chars.next()?;
    if first == '十' {
        let ones = chars.next().filter(|char| *char != '两').and_then(unit);
        return Some(ones.map_or((10, LEN), |ones| (10 + ones, 2 * LEN)));
    }
    let value = unit(first)?;
    if chars.next() != Some('十') || first == '两' || value == 1 {
        return Some((value, LEN));
    }
    let ones = chars.next().filter(|char| *char != '两').and_then(unit);
    Some(ones.map_or((10 * value, 2 * LEN), |ones| (10 * value + ones, 3 * LEN)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_numbers_are_read_in_both_scripts() {
        let value = |text| leading(text).map(|(value, _)| value);
        assert_eq!(value("两业"), Some(2));
        assert_eq!(value("十大"), Some(10));
        assert_eq!(value("十五位"), Some(15));
        assert_eq!(value("二十四节"), Some(24));
        assert_eq!(value("15位"), Some(15));
        assert_eq!(leading("二十四节"), Some((24, 9)));
    }

    #[test]
    fn plans_dates_and_large_numbers_are_none() {
        for text in [
            "十五五",
            "九五",
            "八一",
            "一百年",
            "三千",
            "3.5",
            "1200",
            "四十多",
            "0",
        ] {
            assert_eq!(leading(text), None, "{text}");
        }
    }
}
