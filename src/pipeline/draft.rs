//! From the documents' own numbers to a scheme that machines read: the draft of a taxonomy.
//!
//! ```text
//! enumerations -> names, each with its lists of members -> meanings -> passages (sentences), sources (documents) -> Turtle
//! ```
//!
//! Several documents state one scheme, and not all of them in full. Lists that share at least half of their members are one meaning of a
//! name, and the fullest that most documents have stands for it; a name with another list (两个转型 of another city) is another
//! concept of the same label. Rows without members say nothing of a scheme and are left out, and so are lists of persons (15位委员).
//!
//! The tables are read one after the other, a batch at a time; what is kept grows with the number of schemes and of the
//! documents that state them. Copies of a document count.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::io::Write;
use std::path::Path;

use super::stored::Rows;
use crate::Error;
use crate::lexicon::{Passage, Scheme, write_schemes};
use crate::table::{StatedRow, TableId, passages, stated, titled_documents};
use crate::text::{ScriptEvidence, simplified_view};

/// Passages that are kept of a list of members.
const PASSAGES: usize = 3;
/// Different lists that are kept of a name.
const LISTS: usize = 32;

/// What is drafted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DraftOptions {
    /// What the IRIs begin with.
    pub base: String,
    /// In how many documents a scheme must be stated.
    pub min_documents: usize,
}

impl Default for DraftOptions {
    fn default() -> Self {
        Self {
            base: "urn:cihe:taxonomy:draft:".into(),
            min_documents: 1,
        }
    }
}

/// One list of members of a name.
#[derive(Debug, Default)]
struct Stated {
    members: Vec<String>,
    complete: bool,
    /// The documents that have it.
    documents: HashSet<String>,
    /// Document and sentence.
    said: Vec<(String, i32)>,
}

/// Drafts a taxonomy of the enumerations in `output`, a folder of tables, as Turtle. Answers how many schemes it has.
///
/// # Errors
///
/// Tables that can't be read, `to` that can't be written, a base that begins no IRI.
pub fn draft(output: &Path, options: &DraftOptions, to: impl Write) -> Result<usize, Error> {
    let mut schemes = Vec::new();
    let mut said = Vec::new();
    for (name, lists) in read_stated(output)? {
        let meanings = meanings(lists).into_iter();
        let enough = meanings.filter(|one| one.documents.len() >= options.min_documents);
        for (variant, one) in enough.enumerate() {
            schemes.push(Scheme {
                name: name.clone(),
                variant,
                members: one.members,
                documents: one.documents.len(),
                passages: Vec::new(),
            });
            said.push(one.said);
        }
    }
    let told = Told::read(output, said.iter().flatten())?;
    for (scheme, said) in schemes.iter_mut().zip(said) {
        scheme.passages = said.into_iter().map(|place| told.passage(place)).collect();
    }
    write_schemes(to, &options.base, &schemes)
        .map_err(|source| Error::io("the taxonomy", source))?;
    Ok(schemes.len())
}

/// The lists of members of each name.
fn read_stated(output: &Path) -> Result<BTreeMap<String, Vec<Stated>>, Error> {
    let mut names: BTreeMap<String, Vec<Stated>> = BTreeMap::new();
    let mut rows = Rows::open(output, TableId::Enumerations)?;
    while let Some(batch) = rows.next_batch()? {
        for row in stated(&batch).into_iter().flatten() {
            let name = row
                .normal
                .unwrap_or(row.name)
                .trim_matches(is_mark)
                .to_owned();
            if !name.is_empty() && !row.members.is_empty() && !counts_people(&name) {
                take(names.entry(name).or_default(), &row);
            }
        }
    }
    Ok(names)
}

fn take(lists: &mut Vec<Stated>, row: &StatedRow<'_>) {
    let members: Vec<String> = row
        .members
        .iter()
        .map(|member| simplified(member))
        .collect();
    let known = lists.iter().position(|list| list.members == members);
    let at = match known {
        Some(at) => at,
        None if lists.len() < LISTS => {
            lists.push(Stated {
                members,
                complete: row.complete,
                ..Stated::default()
            });
            lists.len() - 1
        }
        None => return,
    };
    let list = &mut lists[at];
    if list.documents.insert(row.doc_id.to_owned()) && list.said.len() < PASSAGES {
        list.said.push((row.doc_id.to_owned(), row.sentence));
    }
}

/// Of the lists of one name those that mean something of their own, the best first. What is like a better one counts for that.
fn meanings(mut lists: Vec<Stated>) -> Vec<Stated> {
    lists.sort_by(|one, other| {
        let key = |list: &Stated| (list.complete, list.documents.len(), list.members.len());
        key(other)
            .cmp(&key(one))
            .then_with(|| one.members.cmp(&other.members))
    });
    let mut kept: Vec<Stated> = Vec::new();
    for list in lists {
        if let Some(known) = kept
            .iter_mut()
            .find(|known| are_alike(&known.members, &list.members))
        {
            known.documents.extend(list.documents);
        } else {
            kept.push(list);
        }
    }
    kept
}

/// Whether half of the shorter list is in the other.
fn are_alike(one: &[String], other: &[String]) -> bool {
    let shared = one.iter().filter(|member| other.contains(member)).count();
    2 * shared >= one.len().min(other.len())
}

/// What is said at some places, and of which documents they are.
struct Told {
    sentences: HashMap<(String, i32), String>,
    /// Source and title of each document.
    documents: HashMap<String, (String, Option<String>)>,
}

impl Told {
    /// Reads the sentences at `places`, each a document and a number, and their documents' rows.
    fn read<'p>(
        output: &Path,
        places: impl Iterator<Item = &'p (String, i32)>,
    ) -> Result<Self, Error> {
        let places: HashSet<(&str, i32)> = places.map(|(id, at)| (id.as_str(), *at)).collect();
        let mut sentences = HashMap::new();
        let mut rows = Rows::open(output, TableId::Sentences)?;
        while let Some(batch) = rows.next_batch()? {
            for (id, at, text) in passages(&batch).into_iter().flatten() {
                if places.contains(&(id, at)) {
                    sentences.insert((id.to_owned(), at), text.to_owned());
                }
            }
        }
        let wanted: HashSet<&str> = places.iter().map(|(id, _)| *id).collect();
        let mut documents = HashMap::new();
        let mut rows = Rows::open(output, TableId::Documents)?;
        while let Some(batch) = rows.next_batch()? {
            for (id, source, title) in titled_documents(&batch).into_iter().flatten() {
                if wanted.contains(id) {
                    documents.insert(id.to_owned(), (source.to_owned(), title.map(str::to_owned)));
                }
            }
        }
        Ok(Self {
            sentences,
            documents,
        })
    }

    fn passage(&self, place: (String, i32)) -> Passage {
        let (source, title) = self.documents.get(&place.0).cloned().unwrap_or_default();
        Passage {
            source,
            title,
            text: self.sentences.get(&place).cloned().unwrap_or_default(),
            doc_id: place.0,
        }
    }
}

fn simplified(text: &str) -> String {
    let text = text.trim_matches(is_mark);
    simplified_view(text, &ScriptEvidence::of(text)).unwrap_or_else(|| text.to_owned())
}

/// Whether a name counts people, who are no concepts: 15位委员, 三名船长, 二人.
fn counts_people(name: &str) -> bool {
    let number = |char: char| char.is_ascii_digit() || "一二三四五六七八九十两".contains(char);
    let behind = name.trim_start_matches(number);
    behind.len() < name.len() && behind.starts_with(['位', '名', '人'])
}

/// Quotation marks around a name are no part of it.
fn is_mark(char: char) -> bool {
    char.is_whitespace() || "“”\"「」『』‘’'《》".contains(char)
}
