//! Copies: each names a document that is there, and none itself.
//!
//! That the two are alike is not asked again: a copy of a copy names the first of all, which it need not be like.

use std::collections::HashSet;

use crate::pipeline::report::Check;

/// The documents that are copies, each with the one that it names.
#[derive(Debug, Default)]
pub(super) struct Copies(Vec<[String; 2]>);

impl Copies {
    /// Takes note of a document.
    pub(super) fn add(&mut self, doc_id: &str, duplicate_of: Option<&str>) {
        if let Some(first) = duplicate_of {
            self.0.push([doc_id, first].map(str::to_owned));
        }
    }

    /// Holds what was named against all documents that there are.
    pub(super) fn check(&self, documents: &HashSet<String>) -> Check {
        let mut check = Check::new("documents: copies name the first of them");
        let copies: HashSet<&str> = self.0.iter().map(|[copy, _]| copy.as_str()).collect();
        for [copy, first] in &self.0 {
            let fault = if copy == first {
                "is a copy of itself"
            } else if !documents.contains(first) {
                "is a copy of a document that is not there"
            } else if copies.contains(first.as_str()) {
                "is a copy of a copy"
            } else {
                ""
            };
            check.count(fault.is_empty(), || format!("{copy}: {fault} ({first})"));
        }
        check
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_names_another_document_that_is_there_and_no_copy() {
        let documents = ["a", "b", "c", "d"].map(str::to_owned).into();
        let mut copies = Copies::default();
        for (copy, first) in [("a", None), ("b", Some("a")), ("c", Some("a"))] {
            copies.add(copy, first);
        }
        let check = copies.check(&documents);
        assert_eq!((check.checked, check.bad), (2, 0));
        for (first, said) in [
            ("d", "d: is a copy of itself (d)"),
            ("e", "d: is a copy of a document that is not there (e)"),
            ("c", "d: is a copy of a copy (c)"),
        ] {
            let mut copies = Copies(copies.0.clone());
            copies.add("d", Some(first));
            assert_eq!(copies.check(&documents).examples, [said]);
        }
    }
}
