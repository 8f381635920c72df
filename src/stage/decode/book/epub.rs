//! EPUB: the chapters in reading order, each a page of which all visible text counts.

use std::collections::HashMap;

use super::super::html::Page;
use super::super::paragraph::Paragraph;
use super::extract::{Extract, Refused};
use super::package::Package;
use super::xml::{Step, walk};
use crate::record::RejectCode;

const CONTAINER: &str = "META-INF/container.xml";
const ENCRYPTION: &str = "META-INF/encryption.xml";
/// Ways of hiding fonts from copying; they do not touch the text.
const FONTS: [&str; 2] = [
    "http://www.idpf.org/2008/embedding",
    "http://ns.adobe.com/pdf/enc#RC",
];

/// Reads an EPUB file.
pub(super) fn read(bytes: &[u8]) -> Result<Extract, Refused> {
    let mut package = Package::open(bytes)?;
    if package.has(ENCRYPTION) && is_locked(&package.text(ENCRYPTION)?)? {
        let message = "the book is protected by its seller";
        return Err(Refused::new(RejectCode::Encrypted, message));
    }
    let root = root(&package.text(CONTAINER)?)?;
    let book = Book::read(&package.text(&root)?)?;
    let mut extract = Extract {
        title: book.title,
        published: book.published,
        ..Extract::default()
    };
    let folder = root.rsplit_once('/').map_or("", |(folder, _)| folder);
    for id in &book.spine {
        let Some(href) = book.chapters.get(id) else {
            continue;
        };
        let name = resolve(folder, href);
        // A chapter that is announced and not there takes no text away from the others.
        if package.has(&name) {
            let chapter = package.text(&name)?;
            append(&mut extract, &chapter);
        }
    }
    Ok(extract)
}

fn append(extract: &mut Extract, chapter: &str) {
    let page = Page::read_xml(chapter);
    if page.text.is_empty() {
        return;
    }
    let joint = if extract.text.is_empty() { "" } else { "\n\n" };
    extract.text.push_str(joint);
    let start = extract.text.len();
    extract.text.push_str(&page.text);
    let paragraphs = page.blocks.iter().map(|block| {
        Paragraph::new(
            start + block.bytes.start..start + block.bytes.end,
            block.kind,
        )
    });
    extract
        .paragraphs
        .get_or_insert_default()
        .extend(paragraphs);
}

fn is_locked(xml: &str) -> Result<bool, Refused> {
    let mut locked = false;
    walk(xml, |step| {
        if let Step::Start(element) = step
            && element.name() == "EncryptionMethod"
        {
            let way = element.attribute("Algorithm").unwrap_or_default();
            locked |= !FONTS.contains(&way.as_str());
        }
    })?;
    Ok(locked)
}

/// The path of the book's description.
fn root(xml: &str) -> Result<String, Refused> {
    let mut root = None;
    walk(xml, |step| {
        if let Step::Start(element) = step
            && element.name() == "rootfile"
            && root.is_none()
        {
            root = element.attribute("full-path");
        }
    })?;
    root.ok_or_else(|| Refused::damaged("the book does not say where its description is"))
}

/// A book's description.
#[derive(Default)]
struct Book {
    title: Option<String>,
    published: Option<chrono::NaiveDate>,
    /// Where chapters lie, by their ids.
    chapters: HashMap<String, String>,
    /// The ids of chapters in reading order.
    spine: Vec<String>,
}

impl Book {
    fn read(xml: &str) -> Result<Self, Refused> {
        let mut book = Self::default();
        let mut inside = "";
        let (mut title, mut date) = (String::new(), String::new());
        walk(xml, |step| match step {
            Step::Start(element) => match element.name() {
                "title" if title.is_empty() => inside = "title",
                "date" if date.is_empty() => inside = "date",
                "item" => {
                    let page = element.attribute("media-type").is_some_and(|media| {
                        matches!(media.as_str(), "application/xhtml+xml" | "text/html")
                    });
                    let contents = element
                        .attribute("properties")
                        .is_some_and(|words| words.split(' ').any(|word| word == "nav"));
                    let named = element.attribute("id").zip(element.attribute("href"));
                    if let Some((id, href)) = named.filter(|_| page && !contents) {
                        book.chapters.insert(id, href);
                    }
                }
                "itemref" => book.spine.extend(element.attribute("idref")),
                _ => {}
            },
            Step::End(_) => inside = "",
            Step::Text(text) => match inside {
                "title" => title.push_str(text),
                "date" => date.push_str(text),
                _ => {}
            },
        })?;
        let title = title.trim();
        book.title = (!title.is_empty()).then(|| title.to_owned());
        book.published = date.trim().get(..10).and_then(|day| day.parse().ok());
        Ok(book)
    }
}

/// The name of a part that `href` means, from a part in `folder`.
fn resolve(folder: &str, href: &str) -> String {
    let href = href.split(['#', '?']).next().unwrap_or_default();
    let href = unescape(href);
    let mut parts: Vec<&str> = Vec::new();
    let whole = folder.split('/').filter(|_| !href.starts_with('/'));
    for part in whole.chain(href.split('/')) {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}

/// `%E6%B2%B3` as `河`.
fn unescape(href: &str) -> String {
    let mut bytes = Vec::with_capacity(href.len());
    let mut rest = href.as_bytes();
    while let Some((first, others)) = rest.split_first() {
        let code = others.get(..2).filter(|_| *first == b'%');
        let code = code.and_then(|digits| std::str::from_utf8(digits).ok());
        if let Some(byte) = code.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            bytes.push(byte);
            rest = others.get(2..).unwrap_or_default();
        } else {
            bytes.push(*first);
            rest = others;
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| href.to_owned())
}
