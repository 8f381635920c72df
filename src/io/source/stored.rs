//! The bytes as they lie in the file: counted and hashed while they are read.
//!
//! The handle is shared: the decompressors above own one end, and the reader keeps the other to ask how much was read
//! (for the ratio) and, at the end, to read and hash what they left. It is locked once a buffer, not once a byte.

use std::fs::File;
use std::io::{self, Read};
use std::sync::{Arc, Mutex, MutexGuard};

use sha2::{Digest, Sha256};

use super::fault::Fault;
use crate::record::hex;

/// Bytes asked of the system at a time.
pub(super) const BLOCK: usize = 128 << 10;

/// A shared, hashing file handle.
#[derive(Clone, Debug)]
pub(super) struct Stored(Arc<Mutex<Tally>>);

struct Tally {
    file: File,
    hash: Sha256,
    read: u64,
}

impl std::fmt::Debug for Tally {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Tally")
            .field("file", &self.file)
            .field("read", &self.read)
            .finish_non_exhaustive()
    }
}

impl Stored {
    pub(super) fn new(file: File) -> Self {
        Self(Arc::new(Mutex::new(Tally {
            file,
            hash: Sha256::new(),
            read: 0,
        })))
    }

    /// Bytes read so far.
    pub(super) fn count(&self) -> u64 {
        self.lock().read
    }

    /// Reads what is left; SHA-256 of the whole in hex.
    pub(super) fn finish(mut self) -> (String, Option<Fault>) {
        let rest = io::copy(
            &mut io::BufReader::with_capacity(BLOCK, &mut self),
            &mut io::sink(),
        );
        let digest = self.lock().hash.clone().finalize();
        (hex(&digest), rest.err().map(Fault::of_io))
    }

    fn lock(&self) -> MutexGuard<'_, Tally> {
        // Nothing that can panic runs under the lock, so the tally of a poisoned one is sound.
        self.0
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

impl Read for Stored {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let mut tally = self.lock();
        let count = loop {
            match tally.file.read(buffer) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                // Wrapped here, so that no decompressor takes the disk's failure for damage in the data.
                Err(error) => return Err(Fault::of_io(error).into()),
                Ok(count) => break count,
            }
        };
        tally.hash.update(buffer.get(..count).unwrap_or_default());
        tally.read += count as u64;
        Ok(count)
    }
}

/// SHA-256 of a whole file, in hex.
pub(super) fn hash_of(path: &std::path::Path) -> io::Result<String> {
    match Stored::new(File::open(path)?).finish() {
        (hash, None) => Ok(hash),
        (_, Some(fault)) => Err(fault.into()),
    }
}
