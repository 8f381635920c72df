//! Pipelines of arbitrary text and flags: told what is wrong with them, never a panic, and the same answer twice.

#![no_main]

use cihe::config::parse;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: (&str, Vec<String>)| {
    let (text, overrides) = input;
    let answer = parse("fuzz.toml", text, &overrides);
    if let Err(error) = &answer {
        assert!(!error.to_string().is_empty(), "an error says what it is");
    }
    let again = parse("fuzz.toml", text, &overrides);
    assert_eq!(format!("{answer:?}"), format!("{again:?}"));
});
