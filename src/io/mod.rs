//! Files in, files out.

pub mod sink;
pub mod source;
