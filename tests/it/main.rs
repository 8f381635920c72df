//! Tests from outside: the real binary on real files, and our own sources. One binary with modules, so that it links
//! once; `cargo test --test it crash` runs one module.

mod again;
mod books;
mod cli;
mod corpus;
mod crash;
mod damage;
mod duplicates;
mod faults;
mod kinds;
mod lexicon;
mod meaning;
mod names;
mod pos;
mod readback;
mod repair;
mod sameness;
mod segmentation;
mod tables;
mod taxonomy;
mod tidy;
mod update;
mod util;
mod verify;
mod width;
