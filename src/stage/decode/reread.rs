//! The other way round: what a slice of a source says, for whoever checks the tables against their sources.
//!
//! With the way forward it shares the charset's name, the decoder's tables, the HTML tokenizer, and the list of elements whose
//! content is hidden, which is a convention and no computation. It has no alignment, no detection, no selection of a page's main
//! text. So when the two agree, the offsets are right.

use encoding_rs::{Encoding, UTF_16BE, UTF_16LE};
use html5gum::{State, Token, Tokenizer};

use crate::record::MediaType;

/// The text that a slice of source bytes stands for, given the document's `encoding` and `media_type` as they stand in the
/// tables. White space aside it equals the text of the row that the slice belongs to. An unknown charset is read as UTF-8.
///
/// ```
/// use cihe::stage::decode::decode_slice;
/// assert_eq!(decode_slice(b"\xba\xd3", "gb18030", "text/plain"), "河");
/// assert_eq!(decode_slice(b"a<b>&lt;</b><!-- no --><script>x</script>c", "utf-8", "text/html"), "a<c");
/// ```
pub fn decode_slice(bytes: &[u8], encoding: &str, media_type: &str) -> String {
    let encoding = Encoding::for_label(encoding.as_bytes()).unwrap_or(encoding_rs::UTF_8);
    let text = if encoding == UTF_16LE {
        utf16(bytes, u16::from_le_bytes)
    } else if encoding == UTF_16BE {
        utf16(bytes, u16::from_be_bytes)
    } else {
        // What follows decides how many errors a damaged character counts for; in a slice that must not be its end.
        let mut ended = bytes.to_vec();
        ended.push(b'\n');
        let (text, _) = encoding.decode_without_bom_handling(&ended);
        text.strip_suffix('\n').unwrap_or(&text).to_owned()
    };
    if media_type == MediaType::Html.name() {
        visible(&text)
    } else {
        text
    }
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> String {
    let (pairs, odd) = bytes.as_chunks::<2>();
    let chars = char::decode_utf16(pairs.iter().map(|pair| unit(*pair)));
    let mut text: String = chars
        .map(|char| char.unwrap_or(char::REPLACEMENT_CHARACTER))
        .collect();
    text.extend((!odd.is_empty()).then_some(char::REPLACEMENT_CHARACTER));
    text
}

/// What a reader of the page sees of this piece of it.
fn visible(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    let mut hidden: Option<(Vec<u8>, u32)> = None;
    let mut tokens = Tokenizer::new(html);
    while let Some(Ok(token)) = tokens.next() {
        match token {
            Token::StartTag(tag) => {
                let name: &[u8] = &tag.name;
                if let Some(state) = raw_state(name) {
                    tokens.set_state(state);
                }
                match &mut hidden {
                    Some((outer, depth)) if *outer == name && !tag.self_closing => *depth += 1,
                    None if hides(name, tag.self_closing) => hidden = Some((name.to_vec(), 1)),
                    _ => {}
                }
            }
            Token::EndTag(tag) => {
                if let Some((outer, depth)) = &mut hidden
                    && *outer == **tag.name
                {
                    *depth -= 1;
                    if *depth == 0 {
                        hidden = None;
                    }
                }
            }
            Token::String(piece) if hidden.is_none() => {
                text.extend(std::str::from_utf8(&piece));
            }
            _ => {}
        }
    }
    text
}

/// Whether the start tag of `name` begins an element whose content is no text of the page. Only the foreign ones can close
/// themselves.
pub(super) fn hides(name: &[u8], self_closing: bool) -> bool {
    const HIDDEN: [&[u8]; 17] = [
        b"audio",
        b"canvas",
        b"datalist",
        b"iframe",
        b"math",
        b"noembed",
        b"noframes",
        b"noscript",
        b"script",
        b"select",
        b"style",
        b"svg",
        b"template",
        b"textarea",
        b"title",
        b"video",
        b"xmp",
    ];
    HIDDEN.contains(&name) && !(self_closing && matches!(name, b"svg" | b"math"))
}

/// How the tokenizer reads on behind the start tag of `name`, where that differs from the ordinary.
pub(super) fn raw_state(name: &[u8]) -> Option<State> {
    Some(match name {
        b"script" => State::ScriptData,
        b"title" | b"textarea" => State::RcData,
        b"style" | b"xmp" | b"iframe" | b"noembed" | b"noframes" => State::RawText,
        _ => return None,
    })
}
