//! The whole path against the bare loop, in one run: `cargo bench --bench end_to_end -- [INPUT] [THREADS] [PIPELINE]`.
//!
//! The bare loop is what a script would do: the text already decoded and in memory, `THREADS` threads calling
//! `Jieba::tag` line by line, nothing written. cihe reads the stored bytes, unpacks, decodes, finds sentences, tags, builds
//! columns, and leaves committed tables. The ratio of the two speeds is what is reported, since the speeds themselves are
//! those of one machine on one day. It is unfair to cihe on purpose: everything beside tagging is its cost. Both sides run in turn,
//! and the median of each counts: the best of a few would favour the shorter, which meets a quiet moment more often. Both have the C
//! library's allocator: the program's is there for its memory, and is no quicker.

#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a bench has nobody else to tell"
)]

use std::hint::black_box;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use cihe::config;
use cihe::flow::{Meters, Stop};
use cihe::io::source::{self, Listed, SourceOptions};
use cihe::pipeline::{Annotator, Control, run};
use cihe::stage::{Map, Output, decode::Decode};
use jieba_rs::Jieba;

/// How often each side runs, in turn; the median of each counts.
const ROUNDS: usize = 7;

fn main() {
    // `cargo bench` adds `--bench`, `cargo test` runs benches with `--test`: then a small round on the samples is enough.
    let args: Vec<String> = std::env::args()
        .skip(1)
        .filter(|arg| !arg.starts_with("--"))
        .collect();
    let input = args.first().map_or(
        concat!(env!("CARGO_MANIFEST_DIR"), "/samples"),
        String::as_str,
    );
    let threads = args.get(1).and_then(|arg| arg.parse().ok()).unwrap_or(2);
    let pipeline = args.get(2).map_or("tokens-only", String::as_str);

    let texts = decoded(input, pipeline);
    let bytes: usize = texts.iter().map(String::len).sum();
    let megabytes = f64::from(u32::try_from(bytes).expect("a bench reads less than 4 GB")) / 1e6;
    let lines: Vec<&str> = texts.iter().flat_map(|text| text.lines()).collect();
    let jieba = Jieba::new();
    black_box(jieba.tag("预热", true));

    let trial = std::env::args().any(|arg| arg == "--test");
    let (mut bare, mut whole) = (Vec::new(), Vec::new());
    for round in 1..=if trial { 1 } else { ROUNDS } {
        let (one, other) = (
            bare_loop(&jieba, &lines, threads),
            whole_path(input, pipeline, threads),
        );
        eprintln!("round {round}: bare {one:.2?}, cihe {other:.2?}");
        bare.push(one);
        whole.push(other);
    }
    let (bare, whole) = (median(bare), median(whole));
    let speed = |time: Duration| megabytes / time.as_secs_f64();
    println!("{input}: {megabytes:.1} MB of text, {threads} threads, pipeline {pipeline}");
    println!("bare Jieba::tag loop  {:8.2} MB/s", speed(bare));
    println!("cihe, files to tables {:8.2} MB/s", speed(whole));
    println!(
        "ratio                 {:8.3}",
        bare.as_secs_f64() / whole.as_secs_f64()
    );
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}

/// The decoded text of every record of `input`.
fn decoded(input: &str, pipeline: &str) -> Vec<String> {
    let spec = config::load(pipeline, &[]).expect("a built-in pipeline");
    let decode = Decode::new(&spec.decode).expect("a built-in pipeline");
    let mut out = Output::default();
    let spool = std::env::temp_dir();
    let options = SourceOptions::default();
    let mut scratch = decode.scratch();
    for listed in source::list(&[input.to_owned()], &spool, &options).expect("the input exists") {
        let Listed::File(file) = listed else { continue };
        let reader = file.open(&options).expect("the input is readable");
        reader
            .flatten()
            .for_each(|record| decode.map(record, &mut scratch, &mut out));
    }
    out.items
        .into_iter()
        .map(|document| document.text)
        .collect()
}

fn bare_loop(jieba: &Jieba, lines: &[&str], threads: usize) -> Duration {
    let start = Instant::now();
    let next = AtomicUsize::new(0);
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                while let Some(line) = lines.get(next.fetch_add(1, Ordering::Relaxed)) {
                    black_box(jieba.tag(line, true));
                }
            });
        }
    });
    start.elapsed()
}

fn whole_path(input: &str, pipeline: &str, threads: usize) -> Duration {
    let output = std::env::temp_dir().join(format!("cihe-bench-{}", std::process::id()));
    remove(&output);
    let mut spec =
        config::load(pipeline, &[format!("run.workers={threads}")]).expect("a built-in pipeline");
    spec.inputs = vec![input.to_owned()];
    spec.output.clone_from(&output);
    // The bare loop has its dictionary loaded as well.
    drop(Annotator::new(&spec).expect("a built-in pipeline"));
    let control = Control {
        meters: Meters::new(),
        stop: Stop::new(),
        on_second_interrupt: None,
    };
    let start = Instant::now();
    let report = run(
        &spec,
        &Control {
            meters: Arc::clone(&control.meters),
            ..control
        },
    )
    .expect("the run ends well");
    let elapsed = start.elapsed();
    assert!(
        report.tokens > 0,
        "a run that writes nothing measures nothing"
    );
    for hop in &report.hops {
        eprintln!("  {hop:?}");
    }
    remove(&output);
    elapsed
}

fn remove(folder: &Path) {
    if folder.exists() {
        std::fs::remove_dir_all(folder).expect("our own folder");
    }
}
