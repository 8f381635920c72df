//! Names that are told by a rule, among those that a tagger found.

use crate::record::{Entity, Label, Method};

/// Names that are looked at for those that overlap one: they hardly ever stand within each other.
const NEAR: usize = 8;
/// Entities that are looked at for these: there may be many concepts in one place.
const FAR: usize = 256;

/// Puts names, which are in order and do not overlap, among entities that are in order. A name that is there already takes the label
/// and the full name of the new one; what lies inside a new one goes; a new one that lies inside another, or crosses it, is left out.
/// Offices and concepts stand beside names, and are not looked at. All are in order afterwards.
pub(super) fn put(entities: &mut Vec<Entity>, names: Vec<Entity>) {
    if names.is_empty() {
        return;
    }
    let mut beaten = vec![false; entities.len()];
    let mut more = Vec::new();
    for name in names {
        let (start, end) = (name.span.byte_start, name.span.byte_end);
        let until = entities.partition_point(|one| one.span.byte_start < end);
        let near = (until.saturating_sub(FAR)..until).rev();
        let counts = |one: &Entity| match one.label {
            Label::Title => false,
            Label::Term => name.label == Label::Term,
            _ => true,
        };
        let over: Vec<usize> = near
            .filter(|at| entities.get(*at).is_some_and(counts))
            .take(NEAR)
            .filter(|at| entities[*at].span.byte_end > start)
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
    entities.sort_by_key(|one| one.span.byte_start);
}

/// Gives an entity what a rule knows of it.
fn take(entity: &mut Entity, name: Entity) {
    if entity.label != name.label {
        entity.label = name.label;
        entity.quantity = None;
        entity.concept = None;
        entity.titles.clear();
        entity.method = Method::Rule;
        entity.score = name.score;
    }
    entity.concept = name.concept.or(entity.concept.take());
    entity.full = name.full.or(entity.full.take());
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::SpanWalker;

    #[test]
    fn a_name_meets_its_like_behind_many_concepts_and_all_are_in_order() {
        let text = "临澜市水务管理局开会。本报讯";
        let at = |part: &str| {
            let start = text.find(part).unwrap();
            SpanWalker::new(text).span(start..start + part.len())
        };
        let one = |label, part| Entity::by_rule(0, label, at(part), 1.0);
        let mut entities = vec![one(Label::Organisation, "临澜市水务管理局")];
        entities.extend((0..20).map(|_| one(Label::Term, "水务")));
        entities.push(one(Label::Organisation, "本报"));
        let names = vec![one(Label::Organisation, "临澜市水务管理局")];
        put(&mut entities, names);
        assert_eq!(entities.len(), 22);
        put(&mut entities, vec![one(Label::Person, "开会")]);
        assert!(entities.is_sorted_by_key(|one| one.span.byte_start));
        put(&mut entities, vec![one(Label::Organisation, "本报")]);
        assert_eq!(entities.len(), 23);
    }
}
