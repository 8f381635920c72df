//! Each hop by itself, in bytes a second: `cargo bench --bench hops`.
//!
//! Inputs are the shipped samples, repeated; ids are `hop/case`. Each case checks its answer, so that a fast wrong result
//! fails. The dictionary is loaded before the clock starts.

use std::sync::{Arc, OnceLock};

use cihe::io::source::{self, Listed, SourceOptions};
use cihe::lexicon::Lexicon;
use cihe::model::SegmentationModel;
use cihe::record::{
    BatchHead, Body, Document, Fields, MediaType, Place, Record, Segmented, Tagged,
};
use cihe::stage::aggregate::AggregateOptions;
use cihe::stage::decode::{Decode, DecodeOptions};
use cihe::stage::segment::{JiebaEngine, Segment, TrainedEngine};
use cihe::stage::tabulate::Tabulate;
use cihe::stage::tag::{Tag, TagMethod, TagOptions};
use cihe::stage::{Map, Output};
use cihe::table::TableId;
use divan::Bencher;
use divan::counter::BytesCount;

/// As the program has it.
#[cfg(all(feature = "jemalloc", any(target_os = "linux", target_os = "macos")))]
#[global_allocator]
static ALLOCATOR: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

fn main() {
    segment();
    divan::main();
}

/// About this many bytes of text a case.
const BYTES: usize = 1 << 20;

const PROSE: &str = "江洲市昨天公布了新一轮城市更新计划。市长林远舟说，三年内将改造旧住房四百二十万平方米，惠及居民六万余户。\
                     “先把账算清楚，再把事办好。”他表示，资金由财政、企业和居民共同承担。";

fn prose() -> String {
    let paragraph = format!("{PROSE}\n");
    paragraph.repeat(BYTES / paragraph.len())
}

fn page() -> String {
    let paragraph = format!("<p>{PROSE}</p>\n");
    let body = paragraph.repeat(200);
    format!(
        "<html><head><title>城市更新</title></head><body><div id=\"main\">{body}</div></body></html>"
    )
}

fn record(media_type: MediaType, body: Vec<u8>) -> Record {
    Record {
        place: Place::new("bench", 0),
        media_type,
        body: Body::Bytes(body),
        charset: None,
        fields: Fields::default(),
    }
}

fn through<M: Map>(stage: &M, item: M::In) -> Vec<M::Out> {
    let mut out = Output::default();
    stage.map(item, &mut stage.scratch(), &mut out);
    assert!(out.rejects.is_empty(), "{:?}", out.rejects);
    out.items
}

fn bench<M: Map>(bencher: Bencher<'_, '_>, bytes: usize, stage: &M, input: impl Fn() -> M::In) {
    let mut scratch = stage.scratch();
    bencher
        .counter(BytesCount::new(bytes))
        .with_inputs(input)
        .bench_local_values(|item| {
            let mut out = Output::default();
            stage.map(item, &mut scratch, &mut out);
            assert!(out.rejects.is_empty());
            out.items
        });
}

fn decode() -> Decode {
    Decode::new(&DecodeOptions::default()).expect("the defaults are sound")
}

fn segment() -> &'static Segment {
    static SEGMENT: OnceLock<Segment> = OnceLock::new();
    SEGMENT
        .get_or_init(|| Segment::new(Arc::new(JiebaEngine::new(Lexicon::default_shared(), true))))
}

fn document() -> Document {
    through(&decode(), record(MediaType::Plain, prose().into_bytes())).remove(0)
}

fn segmented() -> Segmented {
    through(segment(), document()).remove(0)
}

fn tagged() -> Tagged {
    let lexicon = Lexicon::default_shared();
    through(&Tag::new(&TagOptions::default(), &lexicon), segmented()).remove(0)
}

#[divan::bench]
fn source_jsonl(bencher: Bencher<'_, '_>) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("news.jsonl");
    let line = format!("{{\"id\":1,\"text\":\"{}\"}}\n", PROSE.repeat(10));
    let lines = BYTES / line.len();
    std::fs::write(&path, line.repeat(lines)).expect("a temporary file");
    let options = SourceOptions::default();
    let input = path.to_string_lossy().into_owned();
    bencher
        .counter(BytesCount::new(line.len() * lines))
        .bench_local(|| {
            let mut listing = source::list(std::slice::from_ref(&input), folder.path(), &options)
                .expect("it is there");
            let Some(Listed::File(file)) = listing.next() else {
                panic!("one file was written")
            };
            let read = file
                .open(&options)
                .expect("it is readable")
                .flatten()
                .count();
            assert_eq!(read, lines);
        });
}

#[divan::bench]
fn decode_plain_utf8(bencher: Bencher<'_, '_>) {
    let bytes = prose().into_bytes();
    bench(bencher, bytes.len(), &decode(), || {
        record(MediaType::Plain, bytes.clone())
    });
}

/// A paragraph of the prose with each line broken at eighteen characters, as a newspaper's column.
fn wrapped() -> String {
    format!("\u{3000}\u{3000}{}\n", broken("\n"))
}

/// The same with spaces where lines ended.
fn spaced() -> String {
    format!("{}\n", broken(" "))
}

fn broken(at: &str) -> String {
    let paragraph: Vec<char> = PROSE.chars().collect();
    let lines: Vec<String> = paragraph.chunks(18).map(String::from_iter).collect();
    lines.join(at)
}

/// Decodes documents of some `size` bytes, as many as make up the usual number of bytes.
fn bench_plain(bencher: Bencher<'_, '_>, paragraph: &str, size: usize) {
    let stage = decode();
    let mut scratch = stage.scratch();
    let body = paragraph.repeat(size / paragraph.len()).into_bytes();
    let count = BYTES / size;
    bencher
        .counter(BytesCount::new(body.len() * count))
        .with_inputs(|| vec![body.clone(); count])
        .bench_local_values(|bodies| {
            let mut out = Output::default();
            for body in bodies {
                stage.map(record(MediaType::Plain, body), &mut scratch, &mut out);
            }
            assert!(out.rejects.is_empty());
            out.items
        });
}

/// The bytes of a page, and of a book.
const SIZES: [usize; 2] = [1 << 14, BYTES];

#[divan::bench(args = SIZES)]
fn decode_plain_wrapped(bencher: Bencher<'_, '_>, size: usize) {
    bench_plain(bencher, &wrapped(), size);
}

#[divan::bench(args = SIZES)]
fn decode_plain_spaced(bencher: Bencher<'_, '_>, size: usize) {
    bench_plain(bencher, &spaced(), size);
}

#[divan::bench]
fn decode_plain_gbk(bencher: Bencher<'_, '_>) {
    let text = prose();
    let (bytes, _, unmapped) = encoding_rs::GB18030.encode(&text);
    assert!(!unmapped);
    bench(bencher, bytes.len(), &decode(), || {
        record(MediaType::Plain, bytes.to_vec())
    });
}

#[divan::bench]
fn decode_html(bencher: Bencher<'_, '_>) {
    let bytes = page().into_bytes();
    bench(bencher, bytes.len(), &decode(), || {
        record(MediaType::Html, bytes.clone())
    });
}

#[divan::bench]
fn segment_jieba(bencher: Bencher<'_, '_>) {
    let document = document();
    bench(bencher, document.text.len(), segment(), || document.clone());
}

#[divan::bench]
fn segment_trained(bencher: Bencher<'_, '_>) {
    let model = SegmentationModel::embedded("pku", &Lexicon::default_shared());
    let trained = Segment::new(Arc::new(TrainedEngine::new(model)));
    let document = document();
    bench(bencher, document.text.len(), &trained, || document.clone());
}

#[divan::bench(args = [TagMethod::Lexicon, TagMethod::Model])]
fn tag(bencher: Bencher<'_, '_>, method: TagMethod) {
    let segmented = segmented();
    let bytes = segmented.document.text.len();
    let options = TagOptions {
        method,
        ..TagOptions::default()
    };
    let tag = Tag::new(&options, &Lexicon::default_shared());
    bench(bencher, bytes, &tag, || segmented.clone());
}

#[divan::bench]
fn tabulate_all(bencher: Bencher<'_, '_>) {
    let tagged = tagged();
    let bytes = tagged.segmented.document.text.len();
    let tabulate = Tabulate::new(&TableId::ALL, &AggregateOptions::default());
    let mut scratch = tabulate.scratch();
    let head = BatchHead {
        sequence: 0,
        epoch: 0,
        weight: 0,
        closes: None,
    };
    bencher
        .counter(BytesCount::new(bytes))
        .with_inputs(|| tagged.clone())
        .bench_local_values(|item| {
            let mut out = Output::default();
            tabulate.map(item, &mut scratch, &mut out);
            tabulate.close(&head, &mut scratch, &mut out);
            assert_eq!(out.items.len(), 1);
            out.items
        });
}
