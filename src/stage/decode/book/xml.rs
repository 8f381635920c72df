//! XML as events with names and text, entities resolved.
//!
//! Only the five entities of XML and numbers of characters are known: what a document declares for itself is left out, and so
//! nothing can be blown up by it.

use quick_xml::Reader;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesStart, Event};

use super::extract::Refused;

/// Elements that may be open at once.
const DEEPEST: usize = 1024;

/// What happens in a document, in order.
pub(super) enum Step<'a> {
    /// An element begins.
    Start(&'a Element<'a>),
    /// The element of this name, without prefix, ends.
    End(&'a str),
    /// Text.
    Text(&'a str),
}

/// The start of an element.
pub(super) struct Element<'a>(BytesStart<'a>);

impl Element<'_> {
    /// Its name without prefix.
    pub(super) fn name(&self) -> &str {
        let name = self.0.local_name();
        local(name.into_inner())
    }

    /// The value of an attribute by its name without prefix.
    pub(super) fn attribute(&self, name: &str) -> Option<String> {
        let mut attributes = self.0.attributes();
        attributes.with_checks(false);
        attributes
            .flatten()
            .find(|attribute| local(attribute.key.local_name().into_inner()) == name)
            .and_then(|attribute| {
                let value = attribute.normalized_value(quick_xml::XmlVersion::Implicit1_0);
                value.ok().map(std::borrow::Cow::into_owned)
            })
    }
}

fn local(name: &str) -> &str {
    name
}

/// Walks through `xml`.
pub(super) fn walk(xml: &str, mut step: impl FnMut(Step<'_>)) -> Result<(), Refused> {
    let mut reader = Reader::from_str(xml);
    reader.config_mut().check_end_names = false;
    let mut depth = 0_usize;
    loop {
        let at = reader.buffer_position();
        let event = reader
            .read_event()
            .map_err(|error| Refused::damaged(format!("bad XML near byte {at}: {error}")))?;
        match event {
            Event::Start(start) => {
                depth += 1;
                if depth > DEEPEST {
                    return Err(Refused::damaged("elements are nested too deep"));
                }
                step(Step::Start(&Element(start)));
            }
            Event::Empty(start) => {
                let element = Element(start);
                step(Step::Start(&element));
                step(Step::End(element.name()));
            }
            Event::End(end) => {
                depth = depth.saturating_sub(1);
                step(Step::End(local(end.local_name().into_inner())));
            }
            Event::Text(text) => step(Step::Text(&text.xml10_content())),
            Event::CData(text) => step(Step::Text(&text.xml10_content())),
            Event::GeneralRef(reference) => {
                if let Ok(Some(char)) = reference.resolve_char_ref() {
                    step(Step::Text(char.encode_utf8(&mut [0; 4])));
                } else if let Some(text) = resolve_predefined_entity(&reference.xml10_content()) {
                    step(Step::Text(text));
                }
            }
            Event::Eof => return Ok(()),
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {}
        }
    }
}
