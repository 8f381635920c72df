//! Running the real binary, with a limit on its time, and looking at what it said.

use std::ffi::OsStr;
use std::fs::File;
use std::io::{Read, Seek};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// Exit codes of the binary, as its help states them.
pub(crate) mod exit {
    pub(crate) const CLEAN: i32 = 0;
    pub(crate) const REJECTS: i32 = 1;
    pub(crate) const FAILED: i32 = 2;
    pub(crate) const INTERRUPTED: i32 = 130;
}

/// Time for an ordinary run. Tests build without optimisation, and machines are shared.
pub(crate) const LIMIT: Duration =
    Duration::from_secs(if cfg!(debug_assertions) { 300 } else { 60 });

/// What a finished process left behind.
#[derive(Debug)]
pub(crate) struct Outcome {
    /// `None` where a signal ended it.
    pub(crate) code: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
    pub(crate) elapsed: Duration,
}

impl Outcome {
    /// Fails with all that was said unless the exit code is `code`.
    #[track_caller]
    pub(crate) fn expect_code(&self, code: i32) -> &Self {
        assert_eq!(
            self.code,
            Some(code),
            "exit code after {:?}\n--- stdout\n{}\n--- stderr\n{}",
            self.elapsed,
            self.stdout,
            self.stderr
        );
        self
    }

    /// Fails unless standard error says each of `words`, whatever their case.
    #[track_caller]
    pub(crate) fn expect_stderr(&self, words: &[&str]) -> &Self {
        let said = self.said().to_lowercase();
        for word in words {
            assert!(
                said.contains(&word.to_lowercase()),
                "no `{word}` in:\n{}",
                self.stderr
            );
        }
        self
    }

    /// Standard error as one line: messages for people are broken and framed.
    pub(crate) fn said(&self) -> String {
        flat(&self.stderr)
    }

    /// Fails where the program panicked, whatever its exit code.
    #[track_caller]
    pub(crate) fn expect_no_panic(&self) -> &Self {
        let panicked =
            self.stderr.contains("panicked at") || self.stderr.contains("RUST_BACKTRACE");
        assert!(!panicked, "a panic:\n{}", self.stderr);
        self
    }
}

/// A message without its line breaks and its frame.
pub(crate) fn flat(message: &str) -> String {
    let is_gap = |c: char| c.is_whitespace() || ('\u{2500}'..='\u{257f}').contains(&c);
    let words: Vec<&str> = message
        .split(is_gap)
        .filter(|word| !word.is_empty())
        .collect();
    words.join(" ")
}

/// The binary with an environment of its own, so that nobody's settings change a test.
pub(crate) fn cihe() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cihe"));
    plain(&mut command);
    command
}

/// `cihe run` on an input, into an output.
pub(crate) fn cihe_run(input: &Path, output: &Path) -> Command {
    let mut command = cihe();
    command
        .arg("run")
        .arg("--input")
        .arg(input)
        .arg("--output")
        .arg(output);
    command
}

/// A bash script whose `$1`, `$2`, … are `arguments`; the binary is `$CIHE`.
pub(crate) fn bash(script: &str, arguments: &[&OsStr]) -> Command {
    let mut command = Command::new("bash");
    command.arg("-c").arg(script).arg("bash").args(arguments);
    command.env("CIHE", env!("CARGO_BIN_EXE_cihe"));
    plain(&mut command);
    command
}

fn plain(command: &mut Command) {
    for name in [
        "RUST_LOG",
        "RUST_BACKTRACE",
        "CLICOLOR_FORCE",
        "FORCE_COLOR",
    ] {
        command.env_remove(name);
    }
    command.env("NO_COLOR", "1").stdin(Stdio::null());
}

/// Runs to the end, or fails after `limit`.
#[track_caller]
pub(crate) fn outcome(command: &mut Command, limit: Duration) -> Outcome {
    let mut running = Running::start(command);
    let status = running.wait(limit);
    if status.is_none() {
        running.kill();
        let outcome = running.finish(None);
        panic!(
            "still running after {limit:?}: {command:?}\n{}",
            outcome.stderr
        );
    }
    running.finish(status)
}

/// A process whose output goes to files: a full pipe never holds it up.
pub(crate) struct Running {
    child: Child,
    stdout: File,
    stderr: File,
    started: Instant,
}

impl Running {
    pub(crate) fn start(command: &mut Command) -> Self {
        let file = || tempfile::tempfile().expect("the system has room for a temporary file");
        let (stdout, stderr) = (file(), file());
        let clone = |file: &File| Stdio::from(file.try_clone().expect("a handle can be cloned"));
        let child = command
            .stdout(clone(&stdout))
            .stderr(clone(&stderr))
            .spawn();
        Self {
            child: child.unwrap_or_else(|e| panic!("cannot start {command:?}: {e}")),
            stdout,
            stderr,
            started: Instant::now(),
        }
    }

    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }

    /// How it ended; `None` where it still runs after `limit`.
    pub(crate) fn wait(&mut self, limit: Duration) -> Option<ExitStatus> {
        let end = Instant::now() + limit;
        loop {
            if let Some(status) = self
                .child
                .try_wait()
                .expect("we may wait for our own child")
            {
                return Some(status);
            }
            let left = end.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return None;
            }
            thread::sleep(left.min(Duration::from_millis(2)));
        }
    }

    /// SIGKILL: no handler, no flush, no farewell.
    pub(crate) fn kill(&mut self) {
        self.child.kill().expect("our own child can be killed");
        self.child.wait().expect("our own child can be waited for");
    }

    pub(crate) fn finish(mut self, status: Option<ExitStatus>) -> Outcome {
        Outcome {
            code: status.and_then(|status| status.code()),
            stdout: text_of(&mut self.stdout),
            stderr: text_of(&mut self.stderr),
            elapsed: self.started.elapsed(),
        }
    }
}

fn text_of(file: &mut File) -> String {
    let mut bytes = Vec::new();
    file.rewind().expect("a temporary file can be rewound");
    file.read_to_end(&mut bytes)
        .expect("a temporary file can be read");
    String::from_utf8(bytes).expect("the program writes UTF-8")
}

/// A file of the repository.
pub(crate) fn ours(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// A fresh folder that goes when it is dropped.
pub(crate) fn folder() -> tempfile::TempDir {
    tempfile::Builder::new()
        .prefix("cihe-")
        .tempdir()
        .expect("the system has room for a temporary folder")
}

/// Writes a file, and the folders above it.
pub(crate) fn write(path: &Path, content: impl AsRef<[u8]>) {
    let parent = path.parent().expect("a file stands in a folder");
    std::fs::create_dir_all(parent).expect("a temporary folder takes folders");
    std::fs::write(path, content).expect("a temporary folder takes files");
}

/// All paths below a folder, in order; empty where there is no such folder.
pub(crate) fn paths_below(root: &Path) -> Vec<PathBuf> {
    walkdir::WalkDir::new(root)
        .min_depth(1)
        .sort_by_file_name()
        .into_iter()
        .filter_map(|entry| Some(entry.ok()?.into_path()))
        .collect()
}

/// A small generator of numbers that are the same everywhere, every time (`SplitMix64`).
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `end`, which is above 0.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        let end = u64::try_from(end).expect("usize is no wider than 64 bits");
        usize::try_from(self.next() % end).expect("below a usize")
    }

    pub(crate) fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.below(from.len())]
    }

    pub(crate) fn byte(&mut self) -> u8 {
        self.next().to_le_bytes()[0]
    }

    /// A number from 0 up to but not including 1.
    pub(crate) fn share(&mut self) -> f64 {
        let bits = u32::try_from(self.next() >> 32).expect("32 bits are left");
        f64::from(bits) / (f64::from(u32::MAX) + 1.0)
    }
}
