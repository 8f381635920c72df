//! What is both a value and part of a name, or the other way round.
//!
//! | they | who stays |
//! |---|---|
//! | the value lies inside a longer name (五四运动, 六合大厦) | the name |
//! | the name lies inside the value, or is the same piece | the value: it has digits to show for it |
//! | they overlap, and the value is a number without a unit | the name |
//! | they overlap otherwise (6日本报: 6日 and 日本) | the value |

use crate::record::{Entity, Label};

/// Adds values to names; both come in the order of the text. Names and values that lose are taken out.
pub(in crate::stage::tag) fn reconcile(names: &mut Vec<Entity>, mut values: Vec<Entity>) {
    if values.is_empty() {
        return;
    }
    let mut beaten = vec![false; names.len()];
    let mut first = 0;
    values.retain(|value| {
        let (start, end) = (value.span.byte_start, value.span.byte_end);
        while names
            .get(first)
            .is_some_and(|name| name.span.byte_end <= start)
        {
            first += 1;
        }
        let rest = names.iter().enumerate().skip(first);
        let over: Vec<usize> = rest
            .take_while(|(_, name)| name.span.byte_start < end)
            .filter(|(_, name)| name.span.byte_end > start)
            .map(|(at, _)| at)
            .collect();
        let stays = over.iter().all(|at| !name_stays(&names[*at], value));
        for at in over.into_iter().filter(|_| stays) {
            beaten[at] = true;
        }
        stays
    });
    let mut beaten = beaten.into_iter();
    names.retain(|_| !beaten.next().unwrap_or_default());
    names.append(&mut values);
}

/// Whether a name that overlaps a value stays in its place.
fn name_stays(name: &Entity, value: &Entity) -> bool {
    let (name_span, span) = (name.span, value.span);
    let covers = name_span.byte_start <= span.byte_start && span.byte_end <= name_span.byte_end;
    let inside = span.byte_start <= name_span.byte_start && name_span.byte_end <= span.byte_end;
    if covers || inside {
        return covers && !inside;
    }
    value.label == Label::Quantity
        && value
            .quantity
            .as_ref()
            .is_none_or(|quantity| quantity.unit.is_none())
}
