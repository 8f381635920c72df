//! What a page says of itself: its title and its day.
//!
//! Authors write both in a dozen ways; the most deliberate one wins. The day may also stand in plain sight beside the
//! article, which `day` finds.

use chrono::NaiveDate;
use html5gum::emitters::default::StartTag;

/// Names of `meta` elements that give the day, the surest first.
const DAYS: [&[u8]; 12] = [
    b"article:published_time",
    b"og:release_date",
    b"datepublished",
    b"publishdate",
    b"publish_date",
    b"pubdate",
    b"publish-date",
    b"publish_time",
    b"publishtime",
    b"dc.date",
    b"dc.date.issued",
    b"weibo:article:create_at",
];
/// What separates the title of an article from the name of its site.
const SEPARATORS: [&str; 9] = [" - ", " – ", " — ", "_", " | ", "|", "——", "-", "－"];
/// Bytes of a script that are searched for a day.
const SCRIPT: usize = 64 << 10;

/// What a page says of itself, as it is read.
#[derive(Debug, Default)]
pub(super) struct Head {
    /// What stands in `title`.
    title: String,
    /// What it calls itself where it is shared.
    shared: Option<String>,
    /// The day, and how sure it is: the lower the surer.
    day: Option<(usize, NaiveDate)>,
}

impl Head {
    /// Takes in a `meta` or `time` element.
    pub(super) fn element(&mut self, tag: &StartTag<usize>) {
        let attribute = |name: &[u8]| {
            let value: &[u8] = tag.attributes.get(name)?;
            std::str::from_utf8(value).ok()
        };
        if &**tag.name == b"time" {
            let day = attribute(b"datetime").and_then(day);
            return self.offer(DAYS.len() + 1, day);
        }
        let names = [b"property".as_slice(), b"name", b"itemprop"];
        let name = names.iter().find_map(|name| attribute(name));
        let (Some(name), Some(content)) = (name, attribute(b"content")) else {
            return;
        };
        let name = name.to_ascii_lowercase();
        if name == "og:title" && !content.trim().is_empty() {
            self.shared = Some(collapse(content));
        }
        if let Some(rank) = DAYS.iter().position(|known| *known == name.as_bytes()) {
            self.offer(rank, day(content));
        }
    }

    /// Takes in text that is not shown.
    pub(super) fn hidden_text(&mut self, element: &[u8], text: &[u8]) {
        let Ok(text) = std::str::from_utf8(text) else {
            return;
        };
        if element == b"title" && self.title.is_empty() {
            self.title = collapse(text);
        } else if element == b"script" {
            let text = text.get(..text.floor_char_boundary(SCRIPT)).unwrap_or(text);
            let said = text.split_once("\"datePublished\"");
            self.offer(DAYS.len(), said.and_then(|(_, rest)| day(quoted(rest)?)));
        }
    }

    fn offer(&mut self, rank: usize, day: Option<NaiveDate>) {
        if let Some(day) = day
            && self.day.is_none_or(|(known, _)| rank < known)
        {
            self.day = Some((rank, day));
        }
    }

    /// The day, where markup says it.
    pub(super) fn published(&self) -> Option<NaiveDate> {
        self.day.map(|(_, day)| day)
    }

    /// What the title may be: as it stands, then without what looks like the name of the site.
    pub(super) fn titles(&self) -> Vec<&str> {
        let whole = self.shared.as_deref().into_iter().chain([&*self.title]);
        let mut titles: Vec<&str> = whole.filter(|title| !title.is_empty()).collect();
        for at in 0..titles.len() {
            let parts = SEPARATORS.iter().filter_map(|mark| {
                let (title, _) = titles.get(at)?.split_once(mark)?;
                Some(title.trim()).filter(|title| title.chars().count() >= 4)
            });
            let parts: Vec<&str> = parts.collect();
            titles.extend(parts);
        }
        titles
    }
}

fn collapse(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What stands in the first pair of quotation marks.
fn quoted(text: &str) -> Option<&str> {
    text.split('"').nth(1)
}

/// The first day that `text` names in figures, such as `2031-05-04`, `2031/5/4` or `2031年5月4日`.
pub(super) fn day(text: &str) -> Option<NaiveDate> {
    let mut numbers = Vec::new();
    let mut rest = text;
    while let Some(start) = rest.find(|char: char| char.is_ascii_digit()) {
        let digits = rest.get(start..).unwrap_or_default();
        let end = digits
            .find(|char: char| !char.is_ascii_digit())
            .unwrap_or(digits.len());
        let number = digits.get(..end).and_then(|number| number.parse().ok());
        rest = digits.get(end..).unwrap_or_default();
        numbers.push((end, number, rest));
        let last = numbers.last_chunk::<3>();
        if let Some(
            [
                (4, Some(year), one),
                (1 | 2, Some(month), two),
                (1 | 2, Some(day), _),
            ],
        ) = last
            && joins(one, "年")
            && joins(two, "月")
        {
            let found = i32::try_from(*year)
                .ok()
                .and_then(|year| NaiveDate::from_ymd_opt(year, *month, *day));
            if found.is_some() && (1900..2100).contains(year) {
                return found;
            }
        }
    }
    None
}

/// Whether the text behind a number leads to the next part of a date at once.
fn joins(behind: &str, word: &str) -> bool {
    let mut chars = behind
        .trim_start()
        .strip_prefix(['-', '/', '.'])
        .or_else(|| behind.trim_start().strip_prefix(word))
        .map(str::trim_start)
        .unwrap_or_default()
        .chars();
    chars.next().is_some_and(|char| char.is_ascii_digit())
}
