//! The whole path.
