//! `enumerations`: one row a numbered shorthand (三大攻坚战) with what it stands for.

use arrow::array::{Int32Builder, RecordBatch, StringBuilder};

use super::declare::{MembersBuilder, columns, int, place_columns};
use crate::record::{Member, Tagged};

columns! {
    Enumerations {
        doc_id: Text required, Dictionary, Page, "the document";
        enumeration: Int32 required, Delta, Unknown, "number of the enumeration in its document, from 0";
        name: Text required, Dictionary, Page, "the shorthand as the text has it";
        normal: Text optional, Dictionary, Unknown, "its simplified form, where that differs";
        declared: Int32 optional, Dictionary, Chunk, "the count that the name declares; none of a sum with an open term (3+3+X)";
        members: Members required, Plain, Unknown, "what it stands for: text is the member spelled out, the place that of its own words, which a head it shares with others may stand apart from";
        complete: Boolean required, Plain, Chunk, "whether the members are as many as declared; of a sum (2+3) also where there is one for each of its terms";
        evidence: Text required, Dictionary, Chunk, "appositive, colon, heading, ordinal, quoted or taxonomy; appositive where there are no members";
        sentence: Int32 required, Delta, Unknown, "the sentence of its name, from 0";
        char_start: Int32 required, Delta, Unknown, "first code point of the name in documents.text";
        char_end: Int32 required, Delta, Unknown, "one past the last code point of the name";
        byte_start: Int64 required, Delta, Unknown, "first byte of the name in the source record";
        byte_end: Int64 required, Delta, Unknown, "one past the last byte of the name";
    }
}

/// Builds rows of `enumerations`.
#[derive(Debug)]
pub(super) struct EnumerationRows(Columns);

impl EnumerationRows {
    pub(super) fn new() -> Self {
        Self(Columns::new())
    }

    pub(super) fn append(&mut self, doc_id: &str, tagged: &Tagged) {
        let to = &mut self.0;
        let document = &tagged.segmented.document;
        let mut source = document.alignment.cursor();
        for (number, enumeration) in tagged.enumerations.iter().enumerate() {
            to.doc_id.append_value(doc_id);
            to.enumeration.append_value(int(number));
            to.name.append_value(enumeration.span.of(&document.text));
            to.normal
                .append_option(document.normal_of(&enumeration.span));
            to.declared.append_option(enumeration.declared);
            append_members(&mut to.members, &enumeration.members);
            to.complete.append_value(enumeration.complete);
            to.evidence.append_value(enumeration.evidence.name());
            to.sentence.append_value(int(enumeration.sentence));
            let bytes = source.source_range(&enumeration.span.bytes());
            place_columns!(to).append(&enumeration.span, &bytes);
        }
    }

    pub(super) fn finish(&mut self) -> RecordBatch {
        self.0.finish()
    }
}

fn append_members(to: &mut MembersBuilder, members: &[Member]) {
    const DECLARED: &str = "members have these fields in this order";
    let rows = to.values();
    for member in members {
        rows.field_builder::<StringBuilder>(0)
            .expect(DECLARED)
            .append_value(&member.text);
        rows.field_builder::<Int32Builder>(1)
            .expect(DECLARED)
            .append_value(member.span.char_start.to_i32());
        rows.field_builder::<Int32Builder>(2)
            .expect(DECLARED)
            .append_value(member.span.char_end.to_i32());
        rows.append(true);
    }
    to.append(true);
}
