//! A file that is one record.

use std::io::{self, Read};

use super::cut::{Cut, Cutter, Piece};
use super::fault::Fault;
use super::unpack::Input;
use crate::record::{Body, Fields, MediaType, RejectCode};

/// Reads the whole of a source, if it is within the limit.
#[derive(Debug)]
pub(super) struct WholeCutter {
    input: Input,
    media_type: MediaType,
    limit: u64,
    /// Stored size: what to reserve, as a first guess.
    size: u64,
    read: bool,
}

impl WholeCutter {
    pub(super) fn new(input: Input, media_type: MediaType, limit: u64, size: u64) -> Self {
        Self {
            input,
            media_type,
            limit,
            size,
            read: false,
        }
    }

    fn read(&mut self) -> Result<Vec<u8>, Fault> {
        let expected = self.size.min(self.limit).saturating_add(1);
        let mut bytes = Vec::with_capacity(usize::try_from(expected).unwrap_or(0));
        let most = self.limit.saturating_add(1);
        (&mut self.input)
            .take(most)
            .read_to_end(&mut bytes)
            .map_err(Fault::of_io)?;
        if bytes.len() as u64 > self.limit {
            return Err(too_large("the file", self.limit).with_raw(&bytes));
        }
        Ok(bytes)
    }

    /// Finds out how the source ends without keeping it.
    fn pass(&mut self) -> Result<(), Fault> {
        let most = self.limit.saturating_add(1);
        let count =
            io::copy(&mut (&mut self.input).take(most), &mut io::sink()).map_err(Fault::of_io)?;
        if count > self.limit {
            return Err(too_large("the file", self.limit));
        }
        Ok(())
    }
}

/// A record over the limit, of whatever layout.
pub(super) fn too_large(what: &str, limit: u64) -> Fault {
    let message =
        format!("{what} is over {limit} bytes; raise `source.max-record-bytes` to read it");
    Fault::new(RejectCode::TooLarge, message)
}

impl Cutter for WholeCutter {
    fn position(&self) -> i64 {
        i64::from(self.read)
    }

    fn cut(&mut self, from: i64) -> Cut {
        if self.read {
            return Cut::End;
        }
        if from > 0 {
            let passed = self.pass();
            if let Err(fault) = passed {
                return Cut::Fatal(fault);
            }
            self.read = true;
            return Cut::End;
        }
        match self.read() {
            Ok(bytes) => {
                self.read = true;
                // A file that was named for what it is not is what it says itself.
                let media_type = MediaType::of_magic(&bytes).unwrap_or(self.media_type);
                Cut::Item(
                    0,
                    Ok(Piece {
                        media_type,
                        body: Body::Bytes(bytes),
                        charset: None,
                        fields: Fields::default(),
                    }),
                )
            }
            Err(fault) => Cut::Fatal(fault),
        }
    }
}
