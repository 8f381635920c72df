//! Levels of the administration, of which each has bodies of the same name: 省水务厅, 市政府, 县级水务部门.

/// What names of places of a level end with, and what stands for it before a body.
pub(super) const LEVELS: [char; 8] = ['省', '市', '区', '县', '州', '旗', '镇', '乡'];

/// Whether a word ends with a level, or as levels are spoken of: 县级, 各级.
pub(super) fn ends_with_level(word: &str) -> bool {
    word.ends_with(LEVELS) || word.ends_with('级')
}
