//! Reads xz streams. The library's own reader forgets what it has unpacked when damage follows it in the same buffer; here
//! the damage waits for the next call.

use std::fmt;
use std::io::{self, BufRead, Read};

use liblzma::stream::{Action, CONCATENATED, Status, Stream};

/// Unpacks xz streams that follow each other.
pub(super) struct XzReader<R> {
    input: R,
    stream: Stream,
    failed: Option<io::Error>,
}

impl<R> XzReader<R> {
    /// A reader that asks for at most `memory` bytes.
    pub(super) fn try_new(input: R, memory: u64) -> io::Result<Self> {
        Ok(Self {
            input,
            stream: Stream::new_stream_decoder(memory, CONCATENATED)?,
            failed: None,
        })
    }
}

impl<R> fmt::Debug for XzReader<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("XzReader").finish_non_exhaustive()
    }
}

impl<R: BufRead> Read for XzReader<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if let Some(error) = self.failed.take() {
            return Err(error);
        }
        if buffer.is_empty() {
            return Ok(0);
        }
        loop {
            let bytes = self.input.fill_buf()?;
            let is_end = bytes.is_empty();
            let action = if is_end { Action::Finish } else { Action::Run };
            let before = (self.stream.total_in(), self.stream.total_out());
            let result = self.stream.process(bytes, buffer, action);
            let consumed = distance(before.0, self.stream.total_in());
            let written = distance(before.1, self.stream.total_out());
            self.input.consume(consumed);
            match result {
                Err(error) if written > 0 => {
                    self.failed = Some(error.into());
                    return Ok(written);
                }
                Err(error) => return Err(error.into()),
                Ok(Status::StreamEnd) => return Ok(written),
                Ok(_) if written > 0 => return Ok(written),
                Ok(_) if is_end => return Err(io::ErrorKind::UnexpectedEof.into()),
                Ok(_) if consumed == 0 => return Err(io::ErrorKind::InvalidData.into()),
                Ok(_) => {}
            }
        }
    }
}

fn distance(from: u64, to: u64) -> usize {
    usize::try_from(to - from).expect("no more than the buffers' lengths, which are of this type")
}
