//! A source that was found, and how it is opened.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::SourceOptions;
use super::csv::CsvCutter;
use super::cut::{Cutter, Failed};
use super::fault::Fault;
use super::format::{Format, Layout, Packing};
use super::jsonl::JsonlCutter;
use super::parquet::ParquetCutter;
use super::reader::Reader;
use super::spool::Scratch;
use super::stored::Stored;
use super::unpack::unpack;
use super::walk::SPECIAL;
use super::warc::WarcCutter;
use super::whole::WholeCutter;
use crate::record::{Place, Reject, RejectCode};

/// A source: a file with a name that is the same on every machine.
#[derive(Clone, Debug)]
pub struct SourceFile {
    /// Its path under the input, with `/` between the parts.
    pub name: Arc<str>,
    /// Where it lies.
    pub path: PathBuf,
    /// Its size in bytes as stored, when it was listed.
    pub size: u64,
    /// Its time of change in microseconds since 1970, where the system knows one.
    pub modified: Option<i64>,
    format: Format,
    /// Where a packed Parquet file is unpacked to.
    spool: Arc<Path>,
}

impl SourceFile {
    pub(super) fn new(
        name: Arc<str>,
        path: PathBuf,
        (size, modified): (u64, Option<i64>),
        format: Format,
        spool: Arc<Path>,
    ) -> Self {
        Self {
            name,
            path,
            size,
            modified,
            format,
            spool,
        }
    }

    /// Opens the source at its first record.
    ///
    /// # Errors
    ///
    /// When the file cannot be opened; record 0 then stands for the whole source.
    pub fn open(&self, options: &SourceOptions) -> Result<Reader, Reject> {
        self.try_open(options)
            .map_err(|fault| fault.into_reject(Place::new(Arc::clone(&self.name), 0)))
    }

    fn try_open(&self, options: &SourceOptions) -> Result<Reader, Fault> {
        // Asked first: to open a pipe is to wait for its writer.
        let metadata = fs::metadata(&self.path).map_err(Fault::of_io)?;
        if !metadata.is_file() {
            return Err(Fault::new(RejectCode::Special, SPECIAL));
        }
        let open = || File::open(&self.path).map_err(Fault::of_io);
        let stored = Stored::new(open()?);
        let input = unpack(&stored, self.format.packing, options);
        let shared = Arc::new(options.clone());
        let mut scratch = None;
        let cutter: Box<dyn Cutter> = match self.format.layout {
            Layout::Whole(media_type) => {
                let limit = options.max_record_bytes;
                Box::new(WholeCutter::new(input, media_type, limit, metadata.len()))
            }
            Layout::Jsonl => Box::new(JsonlCutter::new(input, shared)),
            Layout::Csv => Box::new(CsvCutter::new(input, shared)),
            Layout::Warc => Box::new(WarcCutter::new(input, shared)),
            Layout::Parquet if self.format.packing == Packing::Plain => {
                Box::new(ParquetCutter::new(open()?, shared))
            }
            Layout::Parquet => match Scratch::unpack(input, &self.spool) {
                Ok((kept, file)) => {
                    scratch = Some(kept);
                    Box::new(ParquetCutter::new(file, shared))
                }
                Err(fault) => Box::new(Failed(Some(fault))),
            },
        };
        Ok(Reader::new(Arc::clone(&self.name), stored, cutter, scratch))
    }
}

impl SourceFile {
    /// SHA-256 of the stored bytes, in hex, as in [`SourceEnd`](super::SourceEnd).
    ///
    /// # Errors
    ///
    /// The file can't be read.
    pub fn sha256(&self) -> io::Result<String> {
        super::stored::hash_of(&self.path)
    }
}

/// The source that an earlier run made of its standard input, by the name it had then, if it is still in `spool`.
pub fn spooled(name: &str, spool: &Path, options: &SourceOptions) -> Option<SourceFile> {
    if !name.starts_with("stdin-") || name.contains(['/', '\\']) {
        return None;
    }
    let path = spool.join(name);
    let metadata = fs::symlink_metadata(&path)
        .ok()
        .filter(fs::Metadata::is_file)?;
    let format = Format::of(&path, options).ok()?;
    let facts = super::list::facts(&metadata);
    Some(SourceFile::new(
        name.into(),
        path,
        facts,
        format,
        Arc::from(spool),
    ))
}
