//! Files made here, read as the hop reads them, and damaged in all ways.

mod files;
mod hostile;
#[cfg(feature = "pdf")]
mod layer;
mod reading;
