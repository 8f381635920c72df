//! A column chunk as a list of pages, for the library to copy into the file.

use std::io::{self, Read};

use bytes::{Buf, Bytes};
use parquet::errors::Result;
use parquet::file::reader::{ChunkReader, Length};

/// The pages in their order.
pub(super) struct Pages(pub(super) Vec<Bytes>);

/// What is left to read of them, the next page last.
pub(super) struct Rest(Vec<Bytes>);

impl Length for Pages {
    fn len(&self) -> u64 {
        self.0.iter().map(|page| page.len() as u64).sum()
    }
}

impl ChunkReader for Pages {
    type T = Rest;

    fn get_read(&self, start: u64) -> Result<Rest> {
        let mut rest = Rest(self.0.iter().rev().cloned().collect());
        io::copy(&mut rest.by_ref().take(start), &mut io::sink())?;
        Ok(rest)
    }

    fn get_bytes(&self, start: u64, length: usize) -> Result<Bytes> {
        let mut bytes = vec![0; length];
        self.get_read(start)?.read_exact(&mut bytes)?;
        Ok(bytes.into())
    }
}

impl Read for Rest {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        while let Some(page) = self.0.last_mut() {
            if page.has_remaining() {
                let count = page.len().min(to.len());
                page.copy_to_slice(&mut to[..count]);
                return Ok(count);
            }
            self.0.pop();
        }
        Ok(0)
    }
}
