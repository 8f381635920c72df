//! What was found for a name.

use std::ops::Range;

use super::list;
use super::page::Page;
use crate::record::{Evidence, Member};

/// A member as it stands in the view.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Part {
    /// Its own words.
    pub(super) range: Range<usize>,
    /// A head that it shares with the last one.
    pub(super) head: Option<Range<usize>>,
}

/// Members and what supports them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Found {
    /// In the order of the text.
    pub(super) parts: Vec<Part>,
    /// What supports them.
    pub(super) evidence: Evidence,
}

impl Found {
    /// Members that share nothing. Quotation marks around a whole member are no part of it.
    pub(super) fn new(page: &Page, items: &[Range<usize>], evidence: Evidence) -> Self {
        let quoted = items.iter().all(|item| list::is_quoted(page.piece(item)));
        let part = |item: &Range<usize>| Part {
            range: list::unquoted(page, item),
            head: None,
        };
        Self {
            parts: items.iter().map(part).collect(),
            evidence: if quoted && evidence == Evidence::Appositive {
                Evidence::Quoted
            } else {
                evidence
            },
        }
    }

    /// The members as records.
    pub(super) fn members(&self, page: &Page) -> Vec<Member> {
        let member = |part: &Part| {
            let head = part.head.as_ref().map_or("", |head| page.own(head));
            Member {
                text: [page.own(&part.range), head].concat(),
                span: page.span(&part.range),
            }
        };
        self.parts.iter().map(member).collect()
    }
}
