//! Files that are there whole or not at all, also after a power cut.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::SinkError;

/// Makes what a folder lists survive a power cut.
pub(super) fn sync_folder(path: &Path) -> Result<(), SinkError> {
    File::open(path)
        .and_then(|folder| folder.sync_all())
        .map_err(SinkError::io("sync", path))
}

/// Makes a file's content survive a power cut.
pub(super) fn sync_file(path: &Path) -> Result<(), SinkError> {
    File::open(path)
        .and_then(|file| file.sync_all())
        .map_err(SinkError::io("sync", path))
}

/// Makes a folder where there is none.
pub(super) fn make_folder(path: &Path) -> Result<(), SinkError> {
    fs::create_dir_all(path).map_err(SinkError::io("make the folder", path))
}

/// Writes a file under a temporary name, syncs it and gives it its name; what was there is replaced.
pub(super) fn write_atomically(path: &Path, content: &[u8]) -> Result<(), SinkError> {
    let temporary = temporary_name(path);
    File::create(&temporary)
        .and_then(|mut file| {
            file.write_all(content)?;
            file.sync_all()
        })
        .map_err(SinkError::io("write", &temporary))?;
    rename(&temporary, path)
}

/// Renames and syncs the folder that the new name is in.
pub(super) fn rename(from: &Path, to: &Path) -> Result<(), SinkError> {
    fs::rename(from, to).map_err(SinkError::io("move a file to", to))?;
    to.parent().map_or(Ok(()), sync_folder)
}

/// Removes a file; that there is none is fine.
pub(super) fn remove(path: &Path) -> Result<(), SinkError> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            Err(SinkError::io("remove", path)(error))
        }
        _ => Ok(()),
    }
}

/// The files in a folder, sorted by name; none where there is no folder.
pub(super) fn list(folder: &Path) -> Result<Vec<PathBuf>, SinkError> {
    let refused = SinkError::io("list", folder);
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(refused(error)),
    };
    let mut paths = entries
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<io::Result<Vec<_>>>()
        .map_err(refused)?;
    paths.sort();
    Ok(paths)
}

/// The content of a file; `None` where there is none.
pub(super) fn read(path: &Path) -> Result<Option<Vec<u8>>, SinkError> {
    match fs::read(path) {
        Ok(content) => Ok(Some(content)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(SinkError::io("read", path)(error)),
    }
}

fn temporary_name(path: &Path) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".tmp");
    path.with_file_name(name)
}
