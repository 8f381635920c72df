//! Values, by a table of expressions; and what holds for any text.

use chrono::NaiveDate;
use proptest::prelude::*;

use super::{ValueScratch, Values, reconcile};
use crate::record::{Document, Entity, Label, Method, Place};
use crate::stage::segment::fixture::document;
use crate::text::{ScriptEvidence, SpanWalker, simplified_view};

/// A line for each text: text, value's words, label, value, unit, qualifier, low, high, first and last day; the last columns may be
/// left out. Texts whose second column is `-` have no value.
static CASES: &str = include_str!("cases.tsv");

/// A Wednesday.
fn published() -> NaiveDate {
    NaiveDate::from_ymd_opt(2024, 5, 15).unwrap()
}

fn read(text: &str, published: Option<NaiveDate>) -> Document {
    let mut document = document(&Place::new("a.txt", 0), text);
    document.simplified = simplified_view(text, &ScriptEvidence::of(text));
    document.published = published;
    document
}

fn find(document: &Document) -> Vec<Entity> {
    let mut found = Vec::new();
    Values::new().find(document, &mut ValueScratch::default(), &mut found);
    found
}

/// The columns of a value, as a line of the table has them.
fn told(document: &Document, value: &Entity) -> String {
    let quantity = value.quantity.clone().unwrap_or_default();
    let number = |value: Option<f64>| value.map(|value| value.to_string()).unwrap_or_default();
    let day = |day: Option<NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
    [
        value.span.of(&document.text).to_owned(),
        value.label.name().to_owned(),
        number(quantity.value),
        quantity.unit.unwrap_or_default(),
        quantity.qualifier.unwrap_or_default(),
        number(quantity.low),
        number(quantity.high),
        day(quantity.date_start),
        day(quantity.date_end),
    ]
    .join("\t")
    .trim_end()
    .to_owned()
}

fn told_all(text: &str, published: Option<NaiveDate>) -> String {
    let document = read(text, published);
    let values: Vec<String> = find(&document)
        .iter()
        .map(|value| told(&document, value))
        .collect();
    if values.is_empty() {
        "-".to_owned()
    } else {
        values.join(" || ")
    }
}

#[test]
fn every_expression_of_the_table_reads_as_it_says() {
    let mut count = 0;
    let mut wrong = Vec::new();
    let lines = CASES
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'));
    for line in lines {
        let (text, expected) = line.split_once('\t').unwrap();
        count += 1;
        let found = told_all(text, Some(published()));
        if found != expected {
            wrong.push(format!("{text}\n  expected {expected}\n  found    {found}"));
        }
    }
    assert!(
        wrong.is_empty(),
        "{} of {count}:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
    assert!(count >= 300, "{count} expressions");
}

#[test]
fn dates_that_need_a_day_of_publication_are_open_without_one() {
    for text in [
        "昨天",
        "去年",
        "今年以来",
        "4月23日",
        "23日",
        "本周",
        "上半年",
        "本月5日",
        "5月1日至7日",
    ] {
        let document = read(text, None);
        let found = find(&document);
        assert_eq!(found.len(), 1, "{text}");
        let quantity = found[0].quantity.as_ref().unwrap();
        assert_eq!(
            (found[0].label, quantity.date_start, quantity.date_end),
            (Label::Date, None, None),
            "{text}"
        );
    }
}

#[test]
fn dates_that_name_their_year_need_no_day_of_publication() {
    assert_eq!(
        told_all("2023年7月1日", None),
        "2023年7月1日\tDATE\t\t\t\t\t\t2023-07-01\t2023-07-01"
    );
}

#[test]
fn a_day_takes_the_month_that_its_sentence_has_named() {
    let found = told_all("2021年3月5日开工，8日停工", None);
    assert!(
        found.ends_with("8日\tDATE\t\t\t\t\t\t2021-03-08\t2021-03-08"),
        "{found}"
    );
}

/// An entity over a piece of the text.
fn entity(text: &str, piece: &str, label: Label) -> Entity {
    let start = text.find(piece).unwrap();
    Entity {
        sentence: 0,
        label,
        span: SpanWalker::new(text).span(start..start + piece.len()),
        quantity: None,
        titles: Vec::new(),
        full: None,
        concept: None,
        method: Method::Model,
        score: 0.9,
    }
}

/// What stays of the values of a text and a name in it.
fn settled(text: &str, name: &str) -> Vec<String> {
    let document = read(text, None);
    let mut names = vec![entity(text, name, Label::Organisation)];
    reconcile(&mut names, find(&document));
    names
        .iter()
        .map(|entity| entity.span.of(text).to_owned())
        .collect()
}

#[test]
fn a_value_inside_a_name_is_the_name_s() {
    assert_eq!(settled("在五台山上", "五台山"), ["五台山"]);
    assert_eq!(settled("三家村小学开学", "三家村小学"), ["三家村小学"]);
}

#[test]
fn a_name_inside_a_value_goes() {
    assert_eq!(settled("约20亿美元", "美"), ["约20亿美元"]);
    assert_eq!(settled("约20亿美元", "约20亿美元"), ["约20亿美元"]);
}

#[test]
fn of_a_value_and_a_name_that_overlap_the_one_with_a_unit_stays() {
    assert_eq!(settled("6日本报讯", "日本"), ["6日"]);
    assert_eq!(settled("收购5万达成公司", "万达成公司"), ["万达成公司"]);
}

#[test]
fn names_beside_values_stay() {
    assert_eq!(settled("云溪镇有30户", "云溪镇"), ["云溪镇", "30户"]);
}

#[test]
fn numbers_without_an_end_are_no_values_and_take_no_time() {
    let start = std::time::Instant::now();
    for unit in [
        "9",
        "亿",
        "9亿",
        "一",
        "百",
        "零",
        "两三",
        "年",
        "第",
        "1-",
        "3至",
        "“",
        "、",
        "1,",
        "1.",
        "百分之",
        "9年",
        "上",
        "-",
        "1:",
        "a",
        "《9",
        "约",
        "一九",
        "9月",
        "一个",
        "一万",
        "十五",
        "百万",
        "三成",
        "999,",
        "万",
        "十",
        "(",
        "今",
        "周一",
        "千",
        "O",
        "二O",
        "零时",
    ] {
        let text = unit.repeat(30_000 / unit.len());
        find(&read(&text, Some(published())));
    }
    // A megabyte in all, in a build without optimisation on a busy machine; what is not linear takes minutes.
    assert!(start.elapsed().as_secs() < 30, "{:?}", start.elapsed());
}

#[test]
fn powers_without_an_end_make_no_number_that_is_not_finite() {
    for power in ["千", "百", "万", "亿", "百千", "千万", "万亿", "百万亿"] {
        for unit in ["", "元", "公里", "%"] {
            let text = format!("共1{}{unit}。", power.repeat(400));
            check_spans(&text).unwrap();
        }
    }
}

#[test]
fn which_century_is_the_last_is_open_without_a_day_of_publication() {
    for text in ["上世纪", "本世纪", "上世纪80年代"] {
        assert_eq!(told_all(text, None), format!("{text}\tDATE"));
    }
    let late = NaiveDate::from_ymd_opt(1998, 3, 2);
    assert_eq!(
        told_all("本世纪", late),
        "本世纪\tDATE\t\t\t\t\t\t1901-01-01\t2000-12-31"
    );
    assert_eq!(
        told_all("上世纪80年代", late),
        "上世纪80年代\tDATE\t\t\t\t\t\t1880-01-01\t1889-12-31"
    );
}

/// A whole number below ten thousand in characters.
fn section(number: u64) -> String {
    let digits = ["零", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let mut out = String::new();
    let mut gap = false;
    for (step, word) in [(1000, "千"), (100, "百"), (10, "十"), (1, "")] {
        let digit = number / step % 10;
        if digit == 0 {
            gap = !out.is_empty();
            continue;
        }
        if gap {
            out.push('零');
        }
        gap = false;
        out.push_str(digits[usize::try_from(digit).unwrap()]);
        out.push_str(word);
    }
    out
}

/// A whole number in characters.
fn chinese(number: u64) -> String {
    let mut out = String::new();
    for (step, word) in [(100_000_000, "亿"), (10_000, "万"), (1, "")] {
        let part = number / step % 10_000;
        if part == 0 {
            continue;
        }
        if !out.is_empty() && part < 1000 {
            out.push('零');
        }
        out.push_str(&section(part));
        out.push_str(word);
    }
    out
}

proptest! {
    #[test]
    fn a_whole_number_in_characters_reads_as_itself(number in 11u64..999_999_999_999) {
        let text = format!("共{}公斤。", chinese(number));
        let found = find(&read(&text, None));
        prop_assert_eq!(found.len(), 1, "{}", text);
        let value = found[0].quantity.as_ref().and_then(|quantity| quantity.value);
        prop_assert_eq!(value, Some(number.to_string().parse().unwrap()), "{}", text);
    }

    #[test]
    fn a_decimal_reads_as_the_nearest_number(whole in 0u32..1_000_000, fraction in "[0-9]{1,4}") {
        let text = format!("共{whole}.{fraction}公斤。");
        let found = find(&read(&text, None));
        prop_assert_eq!(found.len(), 1, "{}", text);
        let value = found[0].quantity.as_ref().and_then(|quantity| quantity.value);
        prop_assert_eq!(value, format!("{whole}.{fraction}").parse().ok(), "{}", text);
    }

    #[test]
    fn a_decimal_of_万亿_is_exact(whole in 1u32..10_000, fraction in 0u32..100) {
        let text = format!("达{whole}.{fraction:02}万亿元。");
        let found = find(&read(&text, None));
        let value = found[0].quantity.as_ref().and_then(|quantity| quantity.value);
        prop_assert_eq!(value, format!("{whole}.{fraction:02}e12").parse().ok(), "{}", text);
    }

    #[test]
    fn every_day_reads_as_itself(days in 0i64..80_000) {
        let day = NaiveDate::from_ymd_opt(1900, 1, 1).unwrap() + chrono::TimeDelta::days(days);
        let text = day.format("在%Y年%-m月%-d日。").to_string();
        let found = find(&read(&text, None));
        prop_assert_eq!(found.len(), 1);
        let quantity = found[0].quantity.as_ref().unwrap();
        prop_assert_eq!((quantity.date_start, quantity.date_end), (Some(day), Some(day)));
    }

    #[test]
    fn spans_lie_in_their_sentence_in_order_and_bounds_are_in_order(
        text in "([0-9一二三十百千万亿两零半几多余年月日时分点个元%第前上下去今近约超过至到—.,:/《》“”\"。 a人以成之]|百分之|亿元|公里|以上|星期|世纪|年代|农历|美元|O|夜里|晚上|中午|五|零时){0,40}"
    ) {
        check_spans(&text)?;
    }

    #[test]
    fn any_text_is_read(text in any::<String>()) {
        check_spans(&text)?;
    }
}

fn check_spans(text: &str) -> Result<(), TestCaseError> {
    let document = read(text, Some(published()));
    let mut last = 0;
    for value in find(&document) {
        let sentence = &document.sentences[value.sentence as usize];
        let (start, end) = (value.span.char_start.raw(), value.span.char_end.raw());
        prop_assert!(start < end && last <= start, "{}", text);
        prop_assert!(
            sentence.span.char_start.raw() <= start && end <= sentence.span.char_end.raw()
        );
        let piece: String = text
            .chars()
            .skip(start as usize)
            .take((end - start) as usize)
            .collect();
        prop_assert_eq!(value.span.of(text), piece);
        let quantity = value.quantity.unwrap();
        for number in [quantity.value, quantity.low, quantity.high] {
            prop_assert!(number.is_none_or(f64::is_finite), "{}", text);
        }
        if let (Some(low), Some(high)) = (quantity.low, quantity.high) {
            prop_assert!(low <= high, "{}", text);
        }
        if let (Some(first), Some(final_day)) = (quantity.date_start, quantity.date_end) {
            prop_assert!(first <= final_day, "{}", text);
        }
        last = end;
    }
    Ok(())
}
