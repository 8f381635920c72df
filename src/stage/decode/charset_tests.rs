//! Detection on short texts, long texts, and texts in no Chinese charset.

use encoding_rs::{BIG5, EUC_KR, Encoding, GB18030, SHIFT_JIS, UTF_8, UTF_16BE, WINDOWS_1252};

use super::charset::{declared, detect};

fn check(text: &str, encoding: &'static Encoding) {
    let (bytes, _, failed) = encoding.encode(text);
    assert!(!failed, "{text} can be written in {}", encoding.name());
    assert_eq!(detect(&bytes, None).encoding, encoding, "{text}");
}

#[test]
fn short_chinese_texts_are_told_apart() {
    check("鄉民慶祝新橋落成通車", BIG5);
    check("圖書館週末開放", BIG5);
    check("颱風接近，學校停課一天。", BIG5);
    check("乡民庆祝新桥落成通车", GB18030);
    check("台风接近，学校停课一天。", GB18030);
    check("林河镇", GB18030);
}

#[test]
fn traditional_text_in_gb18030_and_long_texts_are_recognised() {
    check("鄉民慶祝新橋落成通車，圖書館週末開放。", GB18030);
    check(
        &"Open hours 9:00-21:00, 图书馆开放时间。\n".repeat(5000),
        GB18030,
    );
    check(
        &"ASCII only at first.\n"
            .repeat(4000)
            .chars()
            .chain("圖書館的開放時間，大家來看書。".repeat(3000).chars())
            .collect::<String>(),
        BIG5,
    );
}

#[test]
fn other_languages_keep_their_charsets() {
    check(
        "Le café est fermé à cause de la grève générale, désolé.",
        WINDOWS_1252,
    );
    check(
        "この図書館は毎日開いています。ぜひ来てください。",
        SHIFT_JIS,
    );
    check("도서관은 매일 문을 엽니다. 많이 찾아 주세요.", EUC_KR);
}

#[test]
fn utf16_is_recognised_without_a_mark() {
    let bytes = |text: &str| {
        text.encode_utf16()
            .flat_map(u16::to_be_bytes)
            .collect::<Vec<_>>()
    };
    assert_eq!(detect(&bytes("图书馆开放。\n"), None).encoding, UTF_16BE);
    assert_eq!(detect(&bytes("plain words"), None).encoding, UTF_16BE);
    assert_eq!(detect(&bytes("图书馆的开放时间"), None).encoding, UTF_16BE);
}

#[test]
fn damaged_utf8_is_utf8() {
    let mut bytes = "林河镇的图书馆周末开放，欢迎大家。".as_bytes().to_vec();
    bytes[10] = 0x20;
    bytes.pop();
    assert_eq!(detect(&bytes, Some(GB18030)).encoding, UTF_8);
}

#[test]
fn a_wrong_hint_loses_against_the_text() {
    let (bytes, _, _) = BIG5.encode("鄉民慶祝新橋落成通車");
    for hint in [GB18030, UTF_8, WINDOWS_1252, SHIFT_JIS] {
        assert_eq!(detect(&bytes, Some(hint)).encoding, BIG5, "{}", hint.name());
    }
}

#[test]
fn a_page_says_its_charset() {
    let says = |head: &str| declared(head.as_bytes()).map(Encoding::name);
    assert_eq!(says("<meta charset='GB2312'>"), Some("gb18030"));
    assert_eq!(
        says("<META content=\"text/html; charset=big5\">"),
        Some("Big5")
    );
    assert_eq!(
        says("<?xml version='1.0' encoding=\"utf-8\"?>"),
        Some("UTF-8")
    );
    assert_eq!(says("<meta charset="), None);
}

#[test]
fn a_few_big5_characters_are_not_korean() {
    check("輕輕唱著：", BIG5);
    check("接著說：", BIG5);
}
