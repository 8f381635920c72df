//! What is known of all documents of a pipeline: its `[context]` table.

use std::sync::Arc;

use crate::text::{is_han, simplify};

/// Characters of a city's name.
const CITY: std::ops::RangeInclusive<usize> = 3..=10;
/// What a publisher is called in its own pages, by the ends of its name.
const OWN: [(&str, &[char]); 9] = [
    ("报社", &['报', '社']),
    ("报", &['报']),
    ("杂志社", &['刊', '社']),
    ("杂志", &['刊']),
    ("刊", &['刊']),
    ("电台", &['台']),
    ("台", &['台']),
    ("社", &['社']),
    ("网", &['网']),
];

/// Where documents come from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ContextOptions {
    /// The city whose 市委 and 市政府 are meant in documents that name no other as the head of such a body, in full and in simplified characters: 临澜市.
    pub city: Option<Arc<str>>,
    /// What 本报 is, in simplified characters.
    pub publisher: Option<Arc<str>>,
}

impl ContextOptions {
    /// The city of that name, in simplified characters; none where it can't be one.
    pub fn city_of(name: &str) -> Option<Arc<str>> {
        let chars = name.chars().count();
        let city = CITY.contains(&chars) && name.chars().all(is_han) && name.ends_with('市');
        city.then(|| name.chars().map(simplify).collect::<String>().into())
    }

    /// The publisher of that name, in simplified characters; none where it is nothing that 本报 or the like stands for.
    pub fn publisher_of(name: &str) -> Option<Arc<str>> {
        let name: String = name.trim().chars().map(simplify).collect();
        (name.chars().count() > 2 && !own(&name).is_empty()).then(|| name.into())
    }
}

/// What a publisher calls itself behind 本.
pub(super) fn own(publisher: &str) -> &'static [char] {
    let kind = OWN.iter().find(|(end, _)| publisher.ends_with(end));
    kind.map_or(&[], |(_, own)| own)
}
