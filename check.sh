#!/usr/bin/env bash
# Everything that must hold before a change is merged: `bash check.sh`.
# Needs Rust (with rustfmt and clippy), a C compiler, make, Python 3.10+ with venv, and the network for crates and wheels.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

step() { printf '\n== %s\n' "$*" >&2; }

step format
cargo fmt --all --check

step lints
cargo clippy --all-targets --locked -- -D warnings

step docs
RUSTDOCFLAGS="-D warnings" cargo doc --lib --no-deps --locked

# Licences, bans and sources. Advisories are left to a scheduled job: their database is fetched from GitHub, and a new
# advisory should not turn an unrelated change red.
step dependencies
tools="${CARGO_TARGET_DIR:-target}/tools"
deny="$tools/bin/cargo-deny"
# A build of its own takes some five CPU minutes, once.
[[ -x "$deny" ]] || cargo install cargo-deny --version 0.20.2 --locked --root "$tools" --target-dir "$tools/build"
rm -rf "$tools/build"
"$deny" --locked check licenses bans sources

# Last, so that their result is the last thing said.
step tests
cargo test --locked
