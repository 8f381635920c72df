//! Bytes that must be kept aside: standard input, which cannot be read twice, and packed Parquet, which is read from its
//! end.

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use sha2::{Digest, Sha256};

use super::SourceOptions;
use super::fault::Fault;
use super::stored::BLOCK;
use crate::record::hex;
use crate::record::{MediaType, RejectCode};

/// Hex characters of the hash in a spooled file's name.
const HASH: usize = 16;

/// A file that is removed when it is let go.
#[derive(Debug)]
pub(super) struct Scratch {
    path: PathBuf,
}

impl Scratch {
    /// Unpacks a whole stream to a file in `folder`, and opens that.
    pub(super) fn unpack(mut input: impl Read, folder: &Path) -> Result<(Self, File), Fault> {
        let failed = |error: io::Error| {
            Fault::new(
                RejectCode::Unreadable,
                format!("cannot be unpacked to `{}`: {error}", folder.display()),
            )
        };
        fs::create_dir_all(folder).map_err(failed)?;
        let scratch = Self {
            path: fresh(folder, "unpacked"),
        };
        let mut file = File::create(&scratch.path).map_err(failed)?;
        let mut buffer = vec![0; BLOCK];
        loop {
            let count = match input.read(&mut buffer) {
                Ok(count) => count,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(Fault::of_io(error)),
            };
            let bytes = buffer.get(..count).unwrap_or_default();
            if bytes.is_empty() {
                break;
            }
            file.write_all(bytes).map_err(failed)?;
        }
        let file = File::open(&scratch.path).map_err(failed)?;
        Ok((scratch, file))
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        if let Err(error) = fs::remove_file(&self.path) {
            tracing::debug!(path = %self.path.display(), %error, "a scratch file is left");
        }
    }
}

/// A name that no other file of this process has.
fn fresh(folder: &Path, purpose: &str) -> PathBuf {
    static COUNT: AtomicU64 = AtomicU64::new(0);
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    folder.join(format!("{purpose}-{}-{count}.part", std::process::id()))
}

/// Writes a stream to `folder/stdin-<hash>.<ending>`: the same bytes get the same name, whenever they come.
pub(super) fn keep(
    mut input: impl Read,
    folder: &Path,
    options: &SourceOptions,
) -> io::Result<PathBuf> {
    fs::create_dir_all(folder)?;
    let scratch = Scratch {
        path: fresh(folder, "stdin"),
    };
    let mut file = File::create(&scratch.path)?;
    let mut hash = Sha256::new();
    let mut buffer = vec![0; BLOCK];
    loop {
        let count = match input.read(&mut buffer) {
            Ok(count) => count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        let bytes = buffer.get(..count).unwrap_or_default();
        if bytes.is_empty() {
            break;
        }
        hash.update(bytes);
        file.write_all(bytes)?;
    }
    file.sync_all()?;
    let ending = match options.unknown {
        None | Some(MediaType::Plain) => "txt",
        Some(MediaType::Markdown) => "md",
        Some(MediaType::Html) => "html",
        Some(MediaType::Pdf) => "pdf",
        Some(MediaType::Docx) => "docx",
        Some(MediaType::Epub) => "epub",
    };
    let digest = hex(&hash.finalize());
    let name = digest.get(..HASH).unwrap_or(&digest);
    let path = folder.join(format!("stdin-{name}.{ending}"));
    let length = file.metadata()?.len();
    if fs::metadata(&path).is_ok_and(|there| there.len() == length) {
        // The same bytes were kept before. That file keeps its time of change, by which a plan knows it.
        return Ok(path);
    }
    fs::rename(&scratch.path, &path)?;
    File::open(folder)?.sync_all()?;
    // Nothing is left to remove.
    std::mem::forget(scratch);
    Ok(path)
}
