//! Tests from outside: the real binary, and our own sources. One binary with modules, so that it links once.

mod tidy;
