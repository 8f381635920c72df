//! Names that are told by a rule, among those that a tagger found.

use crate::record::{Entity, Label, Method};

/// Entities that are looked at for those that overlap one: names hardly ever stand within each other.
const NEAR: usize = 8;

/// Puts names, which are in order and do not overlap, among entities that are in order. A name that is there already takes the label
/// and the full name of the new one; what lies inside a new one goes; a new one that lies inside another, or crosses it, is left out.
/// Offices and concepts stand beside names, and are not looked at.
pub(in crate::stage::tag) fn put(entities: &mut Vec<Entity>, names: Vec<Entity>) {
    if names.is_empty() {
        return;
    }
    let mut beaten = vec![false; entities.len()];
    let mut more = Vec::new();
    for name in names {
        let (start, end) = (name.span.byte_start, name.span.byte_end);
        let until = entities.partition_point(|one| one.span.byte_start < end);
        let from = until.saturating_sub(NEAR);
        let near = from..until;
        let counts = |one: &Entity| match one.label {
            Label::Title => false,
            Label::Term => name.label == Label::Term,
            _ => true,
        };
        let over: Vec<usize> = near
            .filter(|at| {
                entities
                    .get(*at)
                    .is_some_and(|one| counts(one) && one.span.byte_end > start)
            })
            .collect();
        let same = over
            .iter()
            .copied()
            .find(|at| entities[*at].span == name.span);
        if let Some(at) = same {
            take(&mut entities[at], name);
            continue;
        }
        let inside = |at: &usize| {
            let span = entities[*at].span;
            start <= span.byte_start && span.byte_end <= end
        };
        if over.iter().all(inside) {
            for at in over {
                beaten[at] = true;
            }
            more.push(name);
        }
    }
    let mut beaten = beaten.into_iter();
    entities.retain(|_| !beaten.next().unwrap_or_default());
    entities.append(&mut more);
}

/// Gives an entity what a rule knows of it.
fn take(entity: &mut Entity, name: Entity) {
    if entity.label != name.label {
        entity.label = name.label;
        entity.quantity = None;
        entity.titles.clear();
        entity.method = Method::Rule;
        entity.score = name.score;
    }
    entity.concept = name.concept.or(entity.concept.take());
    entity.full = name.full.or(entity.full.take());
}
