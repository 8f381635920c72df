//! `entities`: one row a named piece of text, ordered by place.

use arrow::array::RecordBatch;

use super::declare::{columns, days, int, place_columns};
use crate::record::{Entity, Quantity, Tagged};

columns! {
    Entities {
        doc_id: Text required, Dictionary, Page, "the document";
        sentence: Int32 required, Delta, Unknown, "the sentence it stands in, from 0";
        entity: Int32 required, Delta, Unknown, "number of the entity in its document, from 0";
        label: Text required, Dictionary, Page, "PER, ORG, LOC, TITLE, DATE, TIME, DURATION, MONEY, PERCENT, QUANTITY, ORDINAL or TERM";
        text: Text required, Dictionary, Unknown, "as the text has it";
        normal: Text optional, Dictionary, Unknown, "the simplified form, where it differs; of a short form the full name, where the document or the pipeline's context says it";
        value: Float64 optional, Plain, Chunk, "the number without its qualifier";
        unit: Text optional, Dictionary, Chunk, "ISO 4217 for money, % or 百分点, else the standard simplified name";
        qualifier: Text optional, Dictionary, Chunk, "超过, 近, 约, … as the text has it";
        low: Float64 optional, Plain, Chunk, "lower bound, where the text gives or implies one";
        high: Float64 optional, Plain, Chunk, "upper bound, where the text gives or implies one";
        date_start: Date optional, Dictionary, Chunk, "first day";
        date_end: Date optional, Dictionary, Chunk, "last day, inclusive";
        titles: Texts optional, Dictionary, Unknown, "offices that the text gives a person";
        concept: Text optional, Dictionary, Unknown, "URI of a taxonomy's concept, or of a place's code (urn:cn:gbt2260:310101, urn:iso:std:iso:3166:-1:FR)";
        method: Text required, Dictionary, Chunk, "rule, lexicon or model";
        score: Float32 required, Dictionary, Chunk, "how sure the method is, 0 to 1";
        char_start: Int32 required, Delta, Unknown, "first code point in documents.text";
        char_end: Int32 required, Delta, Unknown, "one past the last code point";
        byte_start: Int64 required, Delta, Unknown, "first byte in the source record";
        byte_end: Int64 required, Delta, Unknown, "one past the last byte";
    }
}

/// Builds rows of `entities`.
#[derive(Debug)]
pub(super) struct EntityRows(Columns);

impl EntityRows {
    pub(super) fn new() -> Self {
        Self(Columns::new())
    }

    pub(super) fn append(&mut self, doc_id: &str, tagged: &Tagged) {
        let document = &tagged.segmented.document;
        let mut source = document.alignment.cursor();
        for (number, entity) in tagged.entities.iter().enumerate() {
            let to = &mut self.0;
            to.doc_id.append_value(doc_id);
            to.sentence.append_value(int(entity.sentence));
            to.entity.append_value(int(number));
            to.label.append_value(entity.label.name());
            to.text.append_value(entity.span.of(&document.text));
            let full = entity.full.as_ref().map(|full| full.simplified(document));
            to.normal
                .append_option(full.or_else(|| document.normal_of(&entity.span)));
            to.concept.append_option(entity.concept.as_deref());
            to.method.append_value(entity.method.name());
            to.score.append_value(entity.score);
            let bytes = source.source_range(&entity.span.bytes());
            place_columns!(to).append(&entity.span, &bytes);
            self.append_value(entity.quantity.as_deref());
            self.append_titles(entity);
        }
    }

    fn append_value(&mut self, quantity: Option<&Quantity>) {
        let to = &mut self.0;
        to.value.append_option(quantity.and_then(|q| q.value));
        to.unit
            .append_option(quantity.and_then(|q| q.unit.as_deref()));
        to.qualifier
            .append_option(quantity.and_then(|q| q.qualifier.as_deref()));
        to.low.append_option(quantity.and_then(|q| q.low));
        to.high.append_option(quantity.and_then(|q| q.high));
        to.date_start
            .append_option(quantity.and_then(|q| q.date_start).map(days));
        to.date_end
            .append_option(quantity.and_then(|q| q.date_end).map(days));
    }

    /// No titles is no list, not an empty one: most entities are not persons.
    fn append_titles(&mut self, entity: &Entity) {
        let titles = &mut self.0.titles;
        for title in &entity.titles {
            titles.values().append_value(title);
        }
        titles.append(!entity.titles.is_empty());
    }

    pub(super) fn finish(&mut self) -> RecordBatch {
        self.0.finish()
    }
}
