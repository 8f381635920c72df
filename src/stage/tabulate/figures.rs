//! Figures of single documents.

use crate::record::DocId;

/// What `metrics` says of one document.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DocumentFigures {
    /// Which one.
    pub id: DocId,
    /// Characters of its text.
    pub chars: u32,
    /// Words.
    pub tokens: u32,
    /// Distinct words, in their simplified form.
    pub types: u32,
    /// Sentences.
    pub sentences: u32,
    /// Characters of its sentences, which leave out the white space between them.
    pub sentence_chars: u32,
    /// Han characters among all that are not white space, 0 to 1.
    pub han_ratio: f32,
}

impl DocumentFigures {
    /// Characters a sentence; 0 without sentences.
    pub fn mean_sentence_length(&self) -> f64 {
        f64::from(self.sentence_chars) / f64::from(self.sentences.max(1))
    }

    /// The figures by the names they have in `metrics`, in the order of their rows.
    pub fn named(&self) -> [(&'static str, f64); 5] {
        [
            ("chars", f64::from(self.chars)),
            ("tokens", f64::from(self.tokens)),
            ("types", f64::from(self.types)),
            ("mean-sentence-length", self.mean_sentence_length()),
            ("han-ratio", f64::from(self.han_ratio)),
        ]
    }
}
