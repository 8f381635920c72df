//! The sample corpus, shipped inside the binary, so that the first run needs no file at all.

use std::fs;
use std::path::Path;

use crate::Error;

macro_rules! samples {
    ($($name:literal),* $(,)?) => {
        /// Names and bytes of the sample documents.
        const SAMPLES: &[(&str, &[u8])] =
            &[$(($name, include_bytes!(concat!("../../samples/", $name)))),*];
    };
}

samples! {
    "encodings/bridge-gbk.txt",
    "encodings/observatory-utf16.txt",
    "encodings/tea-big5.txt",
    "essays/灯塔.txt.bz2",
    "guides/观星指南.md",
    "interviews/ferry-captain.txt",
    "news/briefs.jsonl.gz",
    "news/letters.csv",
    "newspaper/临澜日报-0312-二版.txt",
    "newspaper/临澜日报-0312-头版.txt",
    "notices/临政办发-2024-17.txt",
    "ocr/market-page.txt",
    "reports/2024年政府工作报告.txt",
    "reports/港口发展规划.txt.xz",
    "web/library-gbk.html",
    "web/night-market.html",
}

/// Writes the samples into `folder`, where they are not there yet.
///
/// # Errors
///
/// The folder can't be written.
pub(super) fn unpack(folder: &Path) -> Result<(), Error> {
    let failed = |source| Error::io(folder, source);
    fs::create_dir_all(folder).map_err(failed)?;
    for (name, bytes) in SAMPLES {
        let path = folder.join(name);
        // A file that is there keeps its time of change, by which a later run knows it.
        if fs::read(&path).is_ok_and(|there| there == *bytes) {
            continue;
        }
        path.parent()
            .map_or(Ok(()), fs::create_dir_all)
            .map_err(failed)?;
        fs::write(&path, bytes).map_err(failed)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_of_the_sample_folder_is_shipped() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples");
        let mut there: Vec<String> = walkdir::WalkDir::new(&root)
            .into_iter()
            .map(|entry| entry.unwrap())
            .filter(|entry| entry.file_type().is_file())
            .map(|entry| {
                entry
                    .path()
                    .strip_prefix(&root)
                    .unwrap()
                    .to_string_lossy()
                    .into_owned()
            })
            .collect();
        there.sort();
        let mut shipped: Vec<&str> = SAMPLES.iter().map(|(name, _)| *name).collect();
        shipped.sort_unstable();
        assert_eq!(shipped, there);
    }
}
