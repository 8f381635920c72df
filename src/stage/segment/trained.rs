//! The trained model as an engine.

use std::cell::Cell;
use std::sync::Arc;

use super::{Engine, Word};
use crate::model::{SegmentationModel, SegmentationScratch};

/// Words as a corpus of many thousand sentences has them; parts of speech are those that jieba gives to the same words.
#[derive(Clone, Debug)]
pub struct TrainedEngine {
    model: Arc<SegmentationModel>,
}

impl TrainedEngine {
    /// With this model, which all workers share.
    pub fn new(model: Arc<SegmentationModel>) -> Self {
        Self { model }
    }
}

impl Engine for TrainedEngine {
    fn name(&self) -> &'static str {
        "trained"
    }

    fn segment(&self, view: &str, words: &mut Vec<Word>) {
        thread_local! {
            static SCRATCH: Cell<Option<Box<SegmentationScratch>>> = const { Cell::new(None) };
        }
        let mut scratch = SCRATCH.take().unwrap_or_default();
        self.model.cut(view, &mut scratch, |span, pos| {
            words.push(Word { span, pos });
        });
        SCRATCH.set(Some(scratch));
    }
}
