//! The taxonomies that are compiled in.

/// Name and text of each.
pub fn shipped_taxonomies() -> &'static [(&'static str, &'static str)] {
    &[("shanghai", include_str!("../../../pipelines/shanghai.ttl"))]
}
