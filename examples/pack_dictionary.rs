//! Makes the embedded dictionary of jieba's list of words:
//! `cargo run --release --example pack_dictionary -- dict.txt src/lexicon/data/dictionary.zst`.

use std::error::Error;
use std::fs;

fn main() -> Result<(), Box<dyn Error>> {
    let mut paths = std::env::args_os().skip(1);
    let (Some(from), Some(to), None) = (paths.next(), paths.next(), paths.next()) else {
        return Err("expected two paths: the list of words, and the file to write".into());
    };
    let list = fs::read_to_string(from)?;
    fs::write(to, cihe::lexicon::pack(&list)?)?;
    Ok(())
}
