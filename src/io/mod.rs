//! Files in, files out.

mod members;
pub mod sink;
pub mod source;

pub use members::{MemberRow, members};
