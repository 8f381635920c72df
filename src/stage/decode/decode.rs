//! The hop itself: a record's bytes to one document, or one for each of its articles.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};
use memchr::memchr;

use std::fmt::Write as _;
use std::ops::Range;

use super::book::{Extract, Refused, extract};
use super::charset::{control_share, declared, detect, mark_of, share};
use super::documents::documents;
use super::held::Held;
use super::options::{Articles, DecodeOptions, OcrSuspects, QualityOptions, Repair};
use super::paragraph::{markdown, plain};
use super::quality::{fault, refuse};
use super::repair::{Cut, Scratch, repair};
use super::shape::{Last, Pending, Shaped, hard_wrap};
use super::suspect::mark;
use super::transcode::{Damage, Decoded, by_label, decode, name};
use crate::lexicon::{Lexicon, Suspects};
use crate::record::{
    Body, Document, Edit, EditRule, Hop, MediaType, RAW_LIMIT, Record, Reject, RejectCode,
};
use crate::stage::{Map, Output};
use crate::text::{Alignment, SourceOffset};

/// Share of control characters above which a record is no text.
const CONTROLS: f64 = 0.02;
/// Bytes up to which a few control characters are forgiven.
const SHORT: usize = 64;
/// Bytes of an undecodable stretch that are spelled out in its edit.
const SPELLED: usize = 256;

/// Why a [`Decode`] can't be made.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum DecodeError {
    /// The charset's label is unknown, or of a charset that is not read.
    #[error("unknown or unsupported charset `{label}`")]
    Encoding {
        /// As it was given.
        label: String,
    },
    /// The share is not between 0 and 1.
    #[error("`max-undecodable` must be between 0 and 1, not {share}")]
    Share {
        /// As it was given.
        share: f64,
    },
}

/// The `decode` hop: charset, main text, layout, paragraphs, sentences, script, and the way back to the bytes.
///
/// ```
/// use cihe::record::{Body, Fields, MediaType, Place, Record};
/// use cihe::stage::decode::{Decode, DecodeOptions};
/// use cihe::stage::{Map, Output};
///
/// let record = Record {
///     place: Place::new("notice.txt", 0),
///     media_type: MediaType::Plain,
///     body: Body::Bytes(b"\xba\xd3\xcb\xae\xd5\xc7\xc1\xcb\xa1\xa3".to_vec()),
///     charset: None,
///     fields: Fields::default(),
/// };
/// let mut out = Output::default();
/// let decode = Decode::new(&DecodeOptions::default())?;
/// decode.map(record, &mut decode.scratch(), &mut out);
/// let document = &out.items[0];
/// assert_eq!((document.text.as_str(), document.encoding), ("河水涨了。", "gb18030"));
/// let source = document.source_of(&document.sentences[0].span);
/// assert_eq!(source.start.get()..source.end.get(), 0..10);
/// # Ok::<(), cihe::stage::decode::DecodeError>(())
/// ```
#[derive(Clone, Debug)]
pub struct Decode {
    encoding: Option<&'static Encoding>,
    max_undecodable: f64,
    repair: Repair,
    articles: Articles,
    ocr_suspects: OcrSuspects,
    /// What finds them, once there is a lexicon.
    suspects: Option<Suspects>,
    quality: QualityOptions,
}

/// A worker's own memory.
#[derive(Debug, Default)]
pub struct DecodeScratch {
    repair: Scratch,
}

impl Decode {
    /// The hop with these options.
    ///
    /// # Errors
    ///
    /// When the charset is not one that is read, or the share is no share.
    pub fn new(options: &DecodeOptions) -> Result<Self, DecodeError> {
        let share = options.max_undecodable;
        if !(0.0..=1.0).contains(&share) {
            return Err(DecodeError::Share { share });
        }
        let encoding = options.encoding.as_deref().map(|label| {
            by_label(label).ok_or_else(|| DecodeError::Encoding {
                label: label.to_owned(),
            })
        });
        Ok(Self {
            encoding: encoding.transpose()?,
            max_undecodable: share,
            repair: options.repair,
            articles: options.articles,
            ocr_suspects: options.ocr_suspects,
            suspects: None,
            quality: options.quality.clone(),
        })
    }

    /// The same with a lexicon: characters that were probably read wrongly are looked for, if the options say so, but not in
    /// a user's words. Without a lexicon there are none.
    #[must_use]
    pub fn with_lexicon(mut self, lexicon: &Lexicon) -> Self {
        self.suspects = (self.ocr_suspects != OcrSuspects::Off).then(|| Suspects::new(lexicon));
        self
    }

    /// The charset's part: text, alignment, damage.
    fn read(&self, record: &mut Record) -> Result<Read, Refusal> {
        if let Some(found) = extract(record.media_type, record.body.as_bytes()) {
            return Ok(Read::extracted(found?));
        }
        let mut bytes = match std::mem::replace(&mut record.body, Body::Text(String::new())) {
            Body::Text(text) => return Ok(Read::verbatim(Held::Text(text))),
            Body::Bytes(bytes) => bytes,
        };
        // What nearly all input is needs one look and no copy.
        if self.encoding.is_none_or(|encoding| encoding == UTF_8)
            && mark_of(&bytes, UTF_8) == 0
            && memchr(0, &bytes).is_none()
        {
            match Held::check(bytes) {
                Ok(text) if is_binary(text.as_bytes()) => return Err(Refusal::binary()),
                Ok(text) => return Ok(Read::verbatim(text)),
                Err(other) => bytes = other,
            }
        }
        let (encoding, bom) = if let Some(encoding) = self.encoding {
            (encoding, mark_of(&bytes, encoding))
        } else {
            let said = record.charset.as_deref().and_then(by_label);
            let page = || {
                (record.media_type == MediaType::Html)
                    .then(|| declared(&bytes))
                    .flatten()
            };
            let detected = detect(&bytes, said.or_else(page));
            (detected.encoding, detected.bom)
        };
        let wide = encoding == UTF_16LE || encoding == UTF_16BE;
        if !wide && is_binary(&bytes) {
            return Err(Refusal::binary());
        }
        let decoded = decode(&bytes, encoding, bom);
        if wide && is_binary(decoded.text.as_bytes()) {
            return Err(Refusal::binary());
        }
        let encoding = name(encoding).unwrap_or("utf-8");
        self.check_damage(&decoded, encoding)?;
        Ok(Read {
            encoding,
            bom,
            bytes,
            text: Held::Text(decoded.text),
            alignment: decoded.alignment,
            damage: decoded.damage,
            book: None,
        })
    }

    fn check_damage(&self, decoded: &Decoded, encoding: &str) -> Result<(), Refusal> {
        let Some(first) = decoded.damage.first() else {
            return Ok(());
        };
        let bad = decoded.undecodable();
        let chars = decoded.text.chars().count();
        let found = share(bad, chars);
        if found <= self.max_undecodable {
            return Ok(());
        }
        Err(Refusal {
            code: RejectCode::Undecodable,
            message: format!(
                "{bad} of {chars} characters can't be decoded as {encoding}, the first at byte {}; name the charset in \
                 `decode.encoding` if it is another one, or raise `decode.max-undecodable`",
                first.source.start
            ),
            bytes: Some(first.source.clone()),
        })
    }

    /// From the decoded text to the document's: main text, layout, paragraphs.
    fn shape(
        &self,
        media_type: MediaType,
        text: Held,
        alignment: Alignment,
        scratch: &mut Scratch,
    ) -> Shaped {
        let decoded = text.as_str();
        if media_type == MediaType::Html {
            return Shaped::of_page(decoded, &alignment);
        }
        let lines = matches!(media_type, MediaType::Plain | MediaType::Pdf);
        let repaired = (lines && self.repair == Repair::Auto)
            .then(|| repair(decoded, scratch))
            .flatten();
        let (text, (alignment, last), placed) = if let Some(repaired) = repaired {
            let mut source = alignment.cursor();
            let place = |cut| (Cut::place(cut), hard_wrap(cut, decoded, &mut source));
            let placed = scratch.cuts().iter().map(place).collect();
            let ways = Last::behind(&alignment, repaired.alignment);
            (repaired.text, ways, placed)
        } else {
            let text = match text {
                Held::Text(text) => text,
                Held::Checked(_) => decoded.to_owned(),
            };
            (text, (alignment, Last::None), Vec::new())
        };
        let (paragraphs, title) = if media_type == MediaType::Markdown {
            markdown(&text)
        } else {
            (plain(&text), None)
        };
        Shaped {
            alignment,
            last,
            text,
            paragraphs,
            title,
            published: None,
            edits: Vec::new(),
            repaired_breaks: u32::try_from(placed.len()).unwrap_or(u32::MAX),
            placed,
        }
    }

    fn documents(
        &self,
        mut record: Record,
        scratch: &mut DecodeScratch,
    ) -> Result<Vec<Document>, Reject> {
        let head: Vec<u8> = record
            .body
            .as_bytes()
            .iter()
            .copied()
            .take(RAW_LIMIT)
            .collect();
        let place = record.place.clone();
        let refuse = |refusal: Refusal| {
            let reject =
                Reject::new(place, Hop::Decode, refusal.code, refusal.message).with_raw(&head);
            match refusal.bytes {
                Some(bytes) => reject.at(bytes.start as u64..bytes.end as u64),
                None => reject,
            }
        };
        let read = match self.read(&mut record) {
            Ok(read) => read,
            Err(refusal) => return Err(refuse(refusal)),
        };
        let damage = read.edits();
        let encoding = read.encoding;
        let mut shaped = match read.book {
            Some(book) => Shaped::of_book(book),
            None => self.shape(
                record.media_type,
                read.text,
                read.alignment,
                &mut scratch.repair,
            ),
        };
        if shaped.text.trim().is_empty() {
            return Err(refuse(Refusal::empty(record.media_type)));
        }
        shaped.take(damage);
        // A text whose lines were whole was typed, not scanned; who wants it mended says so.
        let scanned = shaped.repaired_breaks > 0 || self.ocr_suspects == OcrSuspects::Apply;
        if let Some(suspects) = self.suspects.as_ref().filter(|_| scanned) {
            mark(&mut shaped, suspects, self.ocr_suspects);
        }
        Ok(documents(shaped, record, encoding, self.articles))
    }
}

impl Map for Decode {
    type In = Record;
    type Out = Document;
    type Scratch = DecodeScratch;
    const HOP: Hop = Hop::Decode;

    fn scratch(&self) -> Self::Scratch {
        DecodeScratch::default()
    }

    fn map(&self, record: Record, scratch: &mut DecodeScratch, out: &mut Output<Document>) {
        match self.documents(record, scratch) {
            Ok(documents) => {
                for document in documents {
                    match fault(&document, &self.quality) {
                        Some(fault) => out.rejects.push(refuse(&document, fault)),
                        None => out.items.push(document),
                    }
                }
            }
            Err(reject) => out.rejects.push(reject),
        }
    }
}

/// Why a record is turned away.
struct Refusal {
    code: RejectCode,
    message: String,
    bytes: Option<Range<usize>>,
}

impl From<Refused> for Refusal {
    fn from(refused: Refused) -> Self {
        Self {
            code: refused.code,
            message: refused.message,
            bytes: None,
        }
    }
}

impl Refusal {
    fn binary() -> Self {
        Self {
            code: RejectCode::Binary,
            message: "control characters all over: this is no text".into(),
            bytes: None,
        }
    }

    fn empty(media_type: MediaType) -> Self {
        let message = match media_type {
            MediaType::Html => "the page has no visible text",
            _ => "nothing but white space",
        };
        Self {
            code: RejectCode::Empty,
            message: message.into(),
            bytes: None,
        }
    }
}

/// A single control character in a short text is a slip.
fn is_binary(bytes: &[u8]) -> bool {
    let share = control_share(bytes);
    share > CONTROLS && (bytes.len() > SHORT || share > 0.5)
}

/// A body as text.
struct Read {
    encoding: &'static str,
    bom: usize,
    /// The source, where it is not the text itself: edits spell out what stood in it.
    bytes: Vec<u8>,
    text: Held,
    /// From the text to the source.
    alignment: Alignment,
    /// Places that no charset explains.
    damage: Vec<Damage>,
    /// A text that came with its paragraphs; then `text` is empty.
    book: Option<Extract>,
}

impl Read {
    /// The text of a file that held it in a container. What came without paragraphs is read as any text in lines.
    fn extracted(book: Extract) -> Self {
        if book.paragraphs.is_none() {
            return Self::verbatim(Held::Text(book.text));
        }
        Self {
            book: Some(book),
            ..Self::verbatim(Held::Text(String::new()))
        }
    }

    fn verbatim(text: Held) -> Self {
        Self {
            encoding: "utf-8",
            bom: 0,
            bytes: Vec::new(),
            alignment: Alignment::identity(text.as_bytes().len()),
            text,
            damage: Vec::new(),
            book: None,
        }
    }

    fn edits(&self) -> Vec<Pending> {
        let source =
            |bytes: &Range<usize>| SourceOffset::of(bytes.start)..SourceOffset::of(bytes.end);
        let text = match &self.text {
            Held::Text(text) => text,
            // Bytes that were found to be UTF-8 have no damage.
            Held::Checked(_) => "",
        };
        let bom = (self.bom > 0).then(|| Pending {
            decoded: 0..0,
            edit: Edit::new(EditRule::Bom, "\u{FEFF}", "", 1.0, source(&(0..self.bom))),
        });
        let damage = self.damage.iter().map(|damage| Pending {
            decoded: damage.text.clone(),
            edit: Edit::new(
                EditRule::Undecodable,
                spell(self.bytes.get(damage.source.clone()).unwrap_or_default()),
                text.get(damage.text.clone()).unwrap_or_default(),
                1.0,
                source(&damage.source),
            ),
        });
        bom.into_iter().chain(damage).collect()
    }
}

/// Bytes as `\xff`; of a long stretch the beginning, the edit's range tells the rest.
fn spell(bytes: &[u8]) -> String {
    let mut spelled = String::with_capacity(bytes.len().min(SPELLED) * 4 + 3);
    for byte in bytes.iter().take(SPELLED) {
        // Writing to a string can't fail.
        write!(spelled, "\\x{byte:02x}").expect("a string takes all");
    }
    if bytes.len() > SPELLED {
        spelled.push('…');
    }
    spelled
}
