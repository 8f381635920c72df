//! The pipelines that are compiled in.

/// Name and text of each built-in pipeline; the first is the one that runs when none is named.
pub fn builtin() -> &'static [(&'static str, &'static str)] {
    &[
        ("default", include_str!("../../pipelines/default.toml")),
        (
            "tokens-only",
            include_str!("../../pipelines/tokens-only.toml"),
        ),
        ("full", include_str!("../../pipelines/full.toml")),
        ("shanghai", include_str!("../../pipelines/shanghai.toml")),
    ]
}
