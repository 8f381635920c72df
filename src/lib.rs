//! cihe
pub mod config;
pub mod flow;
pub mod io;
pub mod lexicon;
pub mod pipeline;
pub mod record;
pub mod stage;
pub mod table;
pub mod text;
