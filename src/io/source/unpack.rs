//! Decompression with limits: a few bytes may not become a disk full.
//!
//! ```text
//! Stored (counts, hashes) -> decompressor -> Guard (counts, refuses) -> buffer -> cutter
//! ```
//!
//! Members and frames that follow each other are one stream, as with the command-line tools. The decompressors' own
//! memory is bounded too: zstd windows at 128 MiB (the library's default), xz dictionaries by [`XZ_MEMORY`].

use std::fmt;
use std::io::{self, BufReader, Read};

use super::SourceOptions;
use super::fault::Fault;
use super::format::Packing;
use super::options::RATIO_FREE_BYTES;
use super::stored::{BLOCK, Stored};
use super::xz::XzReader;
use crate::record::RejectCode;

/// Memory an xz stream may ask for: `xz -9` needs 65 MiB.
const XZ_MEMORY: u64 = 128 << 20;

/// The unpacked bytes of a source, buffered.
pub(super) type Input = BufReader<Guard>;

/// Opens the unpacked bytes of a stored file.
pub(super) fn unpack(stored: &Stored, packing: Packing, options: &SourceOptions) -> Input {
    let bytes = stored.clone();
    let buffered = |bytes| BufReader::with_capacity(BLOCK, bytes);
    let inner: Box<dyn Read + Send> = match packing {
        Packing::Plain => Box::new(bytes),
        Packing::Gzip => Box::new(flate2::bufread::MultiGzDecoder::new(buffered(bytes))),
        Packing::Bzip2 => Box::new(bzip2::bufread::MultiBzDecoder::new(buffered(bytes))),
        Packing::Zstd => match zstd::stream::read::Decoder::with_buffer(buffered(bytes)) {
            Ok(decoder) => Box::new(decoder),
            Err(error) => Box::new(Failing(Some(error))),
        },
        Packing::Xz => match XzReader::try_new(buffered(bytes), XZ_MEMORY) {
            Ok(decoder) => Box::new(decoder),
            Err(error) => Box::new(Failing(Some(error))),
        },
    };
    let guard = Guard {
        inner,
        stored: stored.clone(),
        packing,
        unpacked: 0,
        max_ratio: options.max_ratio,
        max_unpacked: options.max_unpacked_bytes,
        failed: None,
    };
    BufReader::with_capacity(BLOCK, guard)
}

/// A decompressor that could not even be set up.
struct Failing(Option<io::Error>);

impl Read for Failing {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        self.0.take().map_or(Ok(0), Err)
    }
}

/// Watches what comes out of a decompressor, and turns its errors into faults.
pub(super) struct Guard {
    inner: Box<dyn Read + Send>,
    stored: Stored,
    packing: Packing,
    unpacked: u64,
    max_ratio: u64,
    max_unpacked: u64,
    /// A stream that failed goes on failing: what a decompressor does after an error is its own affair.
    failed: Option<Fault>,
}

impl fmt::Debug for Guard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Guard")
            .field("packing", &self.packing)
            .field("unpacked", &self.unpacked)
            .finish_non_exhaustive()
    }
}

impl Read for Guard {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if let Some(fault) = &self.failed {
            return Err(fault.clone().into());
        }
        match self.try_read(buffer) {
            Ok(count) => Ok(count),
            Err(fault) => {
                self.failed = Some(fault.clone());
                Err(fault.into())
            }
        }
    }
}

impl Guard {
    fn try_read(&mut self, buffer: &mut [u8]) -> Result<usize, Fault> {
        let count = loop {
            match self.inner.read(buffer) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(self.fault(error)),
                Ok(count) => break count,
            }
        };
        if count == 0 && self.packing != Packing::Plain && self.stored.count() == 0 {
            let message = format!("the {} file is empty", self.packing.name());
            return Err(Fault::new(RejectCode::Truncated, message));
        }
        self.unpacked += count as u64;
        self.check()?;
        Ok(count)
    }

    fn check(&self) -> Result<(), Fault> {
        if self.unpacked > self.max_unpacked {
            return Err(Fault::new(
                RejectCode::Bomb,
                format!(
                    "holds more than {} bytes; raise `source.max-unpacked-bytes` if it should",
                    self.max_unpacked
                ),
            ));
        }
        if self.packing == Packing::Plain || self.unpacked <= RATIO_FREE_BYTES {
            return Ok(());
        }
        let stored = self.stored.count();
        if self.unpacked / self.max_ratio.max(1) > stored {
            return Err(Fault::new(
                RejectCode::Bomb,
                format!(
                    "unpacks to more than {} times its size ({stored} bytes became {}); raise `source.max-ratio` if it should",
                    self.max_ratio, self.unpacked
                ),
            ));
        }
        Ok(())
    }

    fn fault(&self, error: io::Error) -> Fault {
        let packing = self.packing.name();
        let error = match error.downcast::<Fault>() {
            Ok(fault) => return fault,
            Err(error) => error,
        };
        let reason = error.to_string();
        let needs_memory = error
            .get_ref()
            .and_then(|inner| inner.downcast_ref::<liblzma::stream::Error>())
            .is_some_and(|inner| *inner == liblzma::stream::Error::MemLimit)
            || reason.contains("too much memory");
        if needs_memory {
            let message = format!(
                "the {packing} stream asks for more than 128 MiB of memory; pack it again with a smaller window"
            );
            return Fault::new(RejectCode::Bomb, message);
        }
        if error.kind() == io::ErrorKind::UnexpectedEof {
            let message = format!("the {packing} stream ends too early");
            return Fault::new(RejectCode::Truncated, message);
        }
        let unpacked = self.unpacked;
        let message =
            format!("the {packing} stream is damaged after {unpacked} unpacked bytes: {reason}");
        Fault::new(RejectCode::Damaged, message)
    }
}
