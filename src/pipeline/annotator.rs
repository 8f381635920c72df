//! The path without files, channels and threads: the synchronous core that every front door calls.

use std::sync::Arc;

use super::vocabulary::Vocabulary;
use crate::Error;
use crate::config::PipelineSpec;
use crate::lexicon::{Lexicon, Taxonomy};
use crate::model::SegmentationModel;
use crate::record::{Record, Reject, Tagged};
use crate::stage::decode::Decode;
use crate::stage::segment::{
    Engine, EngineKind, JiebaEngine, Segment, SegmentOptions, TrainedEngine,
};
use crate::stage::tag::Tag;
use crate::stage::{Map, Output};
use crate::table::{Rows, TableBatch, TableId};

/// Records in, documents with all their annotations out; or rows.
///
/// Shared and immutable: one serves any number of threads.
///
/// ```
/// use cihe::config;
/// use cihe::pipeline::Annotator;
/// use cihe::record::{Body, Fields, MediaType, Place, Record};
///
/// let annotator = Annotator::new(&config::load("default", &[])?)?;
/// let record = Record {
///     place: Place::new("note.txt", 0),
///     media_type: MediaType::Plain,
///     body: Body::Text("词河把文档变成表格。".into()),
///     charset: None,
///     fields: Fields::default(),
/// };
/// let (documents, rejects) = annotator.annotate(record);
/// assert!(rejects.is_empty());
/// let segmented = &documents[0].segmented;
/// let last = segmented.tokens.last().unwrap();
/// assert_eq!(last.span.of(&segmented.document.text), "。");
/// # Ok::<(), cihe::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Annotator {
    /// The first of the map hops.
    pub(super) decode: Arc<Decode>,
    /// The second.
    pub(super) segment: Arc<Segment>,
    /// The third.
    pub(super) tag: Arc<Tag>,
    pub(super) lexicon: Lexicon,
    /// Of the concepts that are looked for.
    pub(super) taxonomy: Option<Taxonomy>,
    tables: Vec<TableId>,
}

impl Annotator {
    /// The hops of a pipeline. Loads the dictionary, which takes about a tenth of a second.
    ///
    /// # Errors
    ///
    /// A lexicon or taxonomy that can't be read, an encoding nobody knows.
    pub fn new(spec: &PipelineSpec) -> Result<Self, Error> {
        Self::with(spec, Vocabulary::load(spec)?)
    }

    /// The same with other words and concepts than the pipeline's own.
    pub(super) fn with(spec: &PipelineSpec, vocabulary: Vocabulary) -> Result<Self, Error> {
        let Vocabulary {
            lexicon, taxonomy, ..
        } = vocabulary;
        let mut tag = Tag::new(&spec.tag, &lexicon)
            .with_context(spec.context.clone())
            .with_hmm(spec.segment.hmm);
        if let Some(taxonomy) = &taxonomy {
            tag = tag.with_taxonomy(taxonomy.clone());
        }
        Ok(Self {
            decode: Arc::new(Decode::new(&spec.decode)?.with_lexicon(&lexicon)),
            segment: Arc::new(Segment::new(engine(&spec.segment, &lexicon))),
            tag: Arc::new(tag),
            lexicon,
            taxonomy,
            tables: spec.sink.tables.clone(),
        })
    }

    /// SHA-256 of the words that segmentation rests on.
    pub fn lexicon_fingerprint(&self) -> &str {
        self.lexicon.fingerprint()
    }

    /// SHA-256 of the taxonomies; nothing without any.
    pub fn taxonomy_fingerprint(&self) -> &str {
        let taxonomy = self.taxonomy.as_ref();
        taxonomy.map_or("", Taxonomy::fingerprint)
    }

    /// One record through decode, segment and tag.
    pub fn annotate(&self, record: Record) -> (Vec<Tagged>, Vec<Reject>) {
        let mut rejects = Vec::new();
        let documents = through(&*self.decode, vec![record], &mut rejects);
        let segmented = through(&*self.segment, documents, &mut rejects);
        let tagged = through(&*self.tag, segmented, &mut rejects);
        (tagged, rejects)
    }

    /// Records to rows of the pipeline's tables, beside what was turned away.
    pub fn tabulate(&self, records: impl IntoIterator<Item = Record>) -> (TableBatch, Vec<Reject>) {
        let mut rows = Rows::new(&self.tables);
        let mut rejects = Vec::new();
        for record in records {
            let (documents, refused) = self.annotate(record);
            rejects.extend(refused);
            for document in &documents {
                rows.append(document, 0);
            }
        }
        (rows.finish().as_stored(), rejects)
    }
}

/// The segmenter that the options ask for.
fn engine(options: &SegmentOptions, lexicon: &Lexicon) -> Arc<dyn Engine> {
    match options.engine {
        EngineKind::Jieba => Arc::new(JiebaEngine::new(lexicon.clone(), options.hmm)),
        EngineKind::Trained => {
            let convention = options.convention.name();
            let model = SegmentationModel::embedded(convention, lexicon);
            Arc::new(TrainedEngine::new(model))
        }
    }
}

/// Items through a hop, as one batch.
pub(super) fn through<M: Map>(
    stage: &M,
    items: Vec<M::In>,
    rejects: &mut Vec<Reject>,
) -> Vec<M::Out> {
    let mut scratch = stage.scratch();
    let mut out = Output::default();
    for item in items {
        stage.map(item, &mut scratch, &mut out);
    }
    rejects.append(&mut out.rejects);
    out.items
}
