//! The organs that issued a notice: ORG entities where its header and its signature name them.
//!
//! `decode` knows where the parts of a header are, and so which names are whole, however the tagger cuts them. The day of the signature is a
//! date of the text like any other, which `value` reads; the number of the document is in `documents.meta` (`decode::article::notice` says why).

use super::put::put;
use crate::record::{Document, Entity, Label};
use crate::text::Span;

/// How sure the form of a header is.
const SCORE: f32 = 0.95;

/// Adds the issuers of a document to its entities, which are in order. A person stays one.
pub(super) fn find(document: &Document, entities: &mut Vec<Entity>) {
    let person = |span: &&Span| {
        let from = entities.partition_point(|one| one.span.byte_start < span.byte_start);
        let here = entities.get(from..).unwrap_or_default().iter();
        let mut here = here.take_while(|one| one.span.byte_start == span.byte_start);
        here.any(|one| one.span == **span && one.label == Label::Person)
    };
    let organs = document.issuers.iter().filter(|span| !person(span));
    let organs = organs.filter_map(|span| {
        let behind = |byte| {
            let until = document
                .sentences
                .partition_point(|one| one.span.byte_start <= byte);
            until.checked_sub(1)
        };
        let number = behind(span.byte_start)?;
        let whole = document.sentences.get(number)?.span.byte_end >= span.byte_end;
        whole.then_some(Entity::by_rule(
            u32::try_from(number).ok()?,
            Label::Organisation,
            *span,
            SCORE,
        ))
    });
    let organs = organs.collect();
    put(entities, organs);
}

#[cfg(test)]
mod tests {
    use super::find;
    use crate::lexicon::Lexicon;
    use crate::record::{Body, Entity, Fields, Label, MediaType, Method, Place, Record, Tagged};
    use crate::stage::decode::{Decode, DecodeOptions};
    use crate::stage::segment::fixture::{only, segmented};
    use crate::stage::tag::{Tag, TagMethod, TagOptions};

    fn tagged(text: &str, options: TagOptions) -> Tagged {
        let record = Record {
            place: Place::new("notice.txt", 0),
            media_type: MediaType::Plain,
            body: Body::Text(text.into()),
            charset: None,
            fields: Fields::default(),
        };
        let document = only(&Decode::new(&DecodeOptions::default()).unwrap(), record);
        // No trained model stands between the header and what is expected of it.
        let options = TagOptions {
            method: TagMethod::Lexicon,
            ..options
        };
        let hop = Tag::new(&options, &Lexicon::default_shared());
        only(&hop, segmented(document))
    }

    /// The texts of a label's entities.
    fn named(tagged: &Tagged, label: Label) -> Vec<&str> {
        let text = &tagged.segmented.document.text;
        let own = tagged.entities.iter().filter(|one| one.label == label);
        own.map(|one| one.span.of(text)).collect()
    }

    /// A notice with such a signature.
    fn notice(organ: &str, day: &str) -> String {
        format!(
            "{organ}\n关于做好渡口检查的通知\n\n临水发〔2024〕8号\n\n各渡口管理站：\n\n现就渡口检查通知如下。\n\n{organ}\n{day}\n"
        )
    }

    #[test]
    fn the_issuers_of_a_notice_are_organisations_where_they_stand() {
        let found = tagged(
            &notice("临澜市水务局　青汀港务局", "2024年5月8日"),
            TagOptions::default(),
        );
        let bodies = ["临澜市水务局", "青汀港务局"].repeat(2);
        assert_eq!(named(&found, Label::Organisation), bodies);
        let organs = found
            .entities
            .iter()
            .filter(|one| one.label == Label::Organisation);
        assert!(organs.into_iter().all(|one| one.method == Method::Rule));
        let traditional = notice("臨瀾市水務局", "2024年5月8日")
            .replace("关于", "關於")
            .replace("检查", "檢查");
        let found = tagged(&traditional, TagOptions::default());
        assert_eq!(named(&found, Label::Organisation), ["臨瀾市水務局"; 2]);
    }

    #[test]
    fn a_person_that_is_found_stays_one() {
        let tagged = tagged(
            &notice("临澜市水务局", "2024年5月8日"),
            TagOptions::default(),
        );
        let document = tagged.segmented.document;
        let (title, signature) = (document.issuers[0], document.issuers[1]);
        let mut entities = vec![Entity::by_rule(0, Label::Person, title, 1.0)];
        find(&document, &mut entities);
        let labels: Vec<_> = entities.iter().map(|one| (one.span, one.label)).collect();
        let expected = [(title, Label::Person), (signature, Label::Organisation)];
        assert_eq!(labels, expected);
    }

    #[test]
    fn without_names_the_issuers_are_none_either() {
        let options = TagOptions {
            entities: false,
            ..TagOptions::default()
        };
        let found = tagged(&notice("临澜市水务局", "2024年5月8日"), options);
        assert!(named(&found, Label::Organisation).is_empty());
    }

    #[test]
    fn the_day_of_a_signature_is_a_date_however_it_is_written() {
        for day in [
            "2024年5月8日",
            "二〇二四年五月八日",
            "二○二四年五月八日",
            "2024-05-08",
            "2024.5.8",
            "２０２４年５月８日",
            "2024 年 5 月 8 日",
        ] {
            let found = tagged(&notice("临澜市水务局", day), TagOptions::default());
            assert_eq!(named(&found, Label::Date), [day]);
            let published = found.segmented.document.published;
            let date = found
                .entities
                .iter()
                .find_map(|one| one.quantity.as_ref()?.date_start);
            assert!(date.is_some() && date == published, "{day}");
        }
    }
}
