//! Schemes to Turtle: a draft to be edited by hand.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{self, Write};

use oxrdf::vocab::rdf;
use oxrdf::{IriParseError, Literal, LiteralRef, NamedNode, NamedNodeRef, TermRef, TripleRef};
use oxttl::TurtleSerializer;
use oxttl::turtle::WriterTurtleSerializer;

use crate::text::{is_han, traditional_form};

/// A name with what it stands for, and where that is said.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scheme {
    /// The name in simplified script.
    pub name: String,
    /// Which of several meanings of the name, from 0.
    pub variant: usize,
    /// Members in simplified script, in the texts' order.
    pub members: Vec<String>,
    /// In how many documents.
    pub documents: usize,
    /// Some of the passages.
    pub passages: Vec<Passage>,
}

/// Where something is said.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Passage {
    /// The document's id.
    pub doc_id: String,
    /// Its source, as in the tables.
    pub source: String,
    /// Its title.
    pub title: Option<String>,
    /// The sentence.
    pub text: String,
}

const SKOS: &str = "http://www.w3.org/2004/02/skos/core#";
const PROV: &str = "http://www.w3.org/ns/prov#";
const DCTERMS: &str = "http://purl.org/dc/terms/";

/// Writes schemes as SKOS: a concept for each name and each member, which is the narrower one; a member with the name of a scheme is that
/// scheme. Passages are notes, and their documents what a concept was derived from (PROV-O). `base` is what all IRIs begin with.
///
/// # Errors
///
/// A `base` that begins no IRI (`InvalidInput`), and what the writer says.
pub fn write_schemes(to: impl Write, base: &str, schemes: &[Scheme]) -> io::Result<()> {
    let mut serializer = TurtleSerializer::new();
    for (prefix, iri) in [
        ("", base),
        ("skos", SKOS),
        ("prov", PROV),
        ("dcterms", DCTERMS),
    ] {
        serializer = serializer.with_prefix(prefix, iri).map_err(not_an_iri)?;
    }
    let mut turtle = Turtle {
        to: serializer.for_writer(to),
        base,
        scheme: NamedNode::new(format!("{base}scheme")).map_err(not_an_iri)?,
    };
    turtle.write(schemes)?;
    turtle.to.finish()?.flush()
}

fn not_an_iri(error: IriParseError) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidInput, error)
}

struct Turtle<'b, W: Write> {
    to: WriterTurtleSerializer<W>,
    base: &'b str,
    scheme: NamedNode,
}

impl<W: Write> Turtle<'_, W> {
    fn write(&mut self, schemes: &[Scheme]) -> io::Result<()> {
        let scheme = self.scheme.clone();
        self.triple(&scheme, rdf::TYPE, &skos("ConceptScheme"))?;
        let iris: Vec<NamedNode> = schemes
            .iter()
            .map(|scheme| self.concept(&scheme.name, scheme.variant))
            .collect::<io::Result<_>>()?;
        // What stands above each name; 上海 among the members of 上海 says nothing.
        let mut above: BTreeMap<&str, Vec<&NamedNode>> = BTreeMap::new();
        for (scheme, iri) in schemes.iter().zip(&iris) {
            for member in scheme
                .members
                .iter()
                .filter(|member| **member != scheme.name)
            {
                let broader = above.entry(member.as_str()).or_default();
                if !broader.contains(&iri) {
                    broader.push(iri);
                }
            }
        }
        for (one, iri) in schemes.iter().zip(&iris) {
            self.labels(iri, &one.name)?;
            for broader in above.remove(one.name.as_str()).unwrap_or_default() {
                self.triple(iri, skos("broader").as_ref(), broader)?;
            }
            self.evidence(iri, one)?;
        }
        for (member, broader) in &above {
            let iri = self.concept(member, 0)?;
            self.labels(&iri, member)?;
            for broader in broader {
                self.triple(&iri, skos("broader").as_ref(), broader)?;
            }
        }
        self.documents(schemes)
    }

    fn labels(&mut self, iri: &NamedNode, name: &str) -> io::Result<()> {
        let scheme = self.scheme.clone();
        self.triple(iri, rdf::TYPE, &skos("Concept"))?;
        self.triple(iri, skos("inScheme").as_ref(), &scheme)?;
        self.text(iri, &skos("prefLabel"), name, "zh-Hans")?;
        let traditional =
            traditional_form(name).filter(|form| form != name && name.contains(is_han));
        if let Some(form) = traditional {
            self.text(iri, &skos("prefLabel"), &form, "zh-Hant")?;
        }
        Ok(())
    }

    fn evidence(&mut self, iri: &NamedNode, scheme: &Scheme) -> io::Result<()> {
        let note = format!(
            "{} members; stated in {} document(s)",
            scheme.members.len(),
            scheme.documents
        );
        self.text(iri, &skos("editorialNote"), &note, "en")?;
        for passage in &scheme.passages {
            self.text(iri, &skos("note"), &passage.text, "zh")?;
        }
        let mut documents: Vec<&str> = scheme
            .passages
            .iter()
            .map(|one| one.doc_id.as_str())
            .collect();
        documents.dedup();
        for document in documents {
            let document = document_iri(document);
            self.triple(iri, prov("wasDerivedFrom").as_ref(), &document)?;
        }
        Ok(())
    }

    /// The documents that were named, each once.
    fn documents(&mut self, schemes: &[Scheme]) -> io::Result<()> {
        let passages = schemes.iter().flat_map(|scheme| &scheme.passages);
        let documents: BTreeMap<&str, &Passage> =
            passages.map(|one| (one.doc_id.as_str(), one)).collect();
        for (id, passage) in documents {
            let iri = document_iri(id);
            self.triple(&iri, rdf::TYPE, &prov("Entity"))?;
            self.literal(
                &iri,
                &dcterms("identifier"),
                Literal::new_simple_literal(id).as_ref(),
            )?;
            self.literal(
                &iri,
                &dcterms("source"),
                Literal::new_simple_literal(&passage.source).as_ref(),
            )?;
            if let Some(title) = &passage.title {
                self.text(&iri, &dcterms("title"), title, "zh")?;
            }
        }
        Ok(())
    }

    fn text(
        &mut self,
        subject: &NamedNode,
        predicate: &NamedNode,
        text: &str,
        language: &str,
    ) -> io::Result<()> {
        let literal = Literal::new_language_tagged_literal_unchecked(text, language);
        self.literal(subject, predicate, literal.as_ref())
    }

    fn literal(
        &mut self,
        subject: &NamedNode,
        predicate: &NamedNode,
        object: LiteralRef<'_>,
    ) -> io::Result<()> {
        self.to
            .serialize_triple(TripleRef::new(subject, predicate, object))
    }

    fn triple(
        &mut self,
        subject: &NamedNode,
        predicate: NamedNodeRef<'_>,
        object: &NamedNode,
    ) -> io::Result<()> {
        self.to
            .serialize_triple(TripleRef::new(subject, predicate, TermRef::from(object)))
    }

    /// The IRI of what is called so.
    fn concept(&self, name: &str, variant: usize) -> io::Result<NamedNode> {
        let mut iri = self.base.to_owned();
        for char in name.chars() {
            if char.is_alphanumeric() || "-_.+()".contains(char) {
                iri.push(char);
            } else {
                let mut bytes = [0; 4];
                for byte in char.encode_utf8(&mut bytes).bytes() {
                    write!(iri, "%{byte:02X}").expect("a string takes any text");
                }
            }
        }
        if variant > 0 {
            write!(iri, "-{}", variant + 1).expect("a string takes any text");
        }
        NamedNode::new(iri).map_err(not_an_iri)
    }
}

fn document_iri(id: &str) -> NamedNode {
    NamedNode::new_unchecked(format!("urn:cihe:document:{id}"))
}

fn skos(term: &str) -> NamedNode {
    NamedNode::new_unchecked(format!("{SKOS}{term}"))
}

fn prov(term: &str) -> NamedNode {
    NamedNode::new_unchecked(format!("{PROV}{term}"))
}

fn dcterms(term: &str) -> NamedNode {
    NamedNode::new_unchecked(format!("{DCTERMS}{term}"))
}
