//! What taggers find: entities, enumerations, quotes.

use std::sync::Arc;

use chrono::NaiveDate;

use super::{Document, Located, Place, Segmented};
use crate::text::Span;

macro_rules! names {
    ($(#[$doc:meta])* $type:ident { $($(#[$vdoc:meta])* $variant:ident = $name:literal),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $type { $($(#[$vdoc])* $variant),* }

        impl $type {
            /// All of them, in order.
            pub const ALL: &[Self] = &[$(Self::$variant),*];

            /// As in the tables.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name),* }
            }
        }
    };
}

names! {
    /// Kinds of entities.
    Label {
        /// A person's name.
        Person = "PER",
        /// An organisation.
        Organisation = "ORG",
        /// A place.
        Location = "LOC",
        /// An office or rank.
        Title = "TITLE",
        /// A day or longer.
        Date = "DATE",
        /// A time of day.
        Time = "TIME",
        /// A length of time.
        Duration = "DURATION",
        /// An amount of money.
        Money = "MONEY",
        /// A share.
        Percent = "PERCENT",
        /// A number of something.
        Quantity = "QUANTITY",
        /// A place in an order.
        Ordinal = "ORDINAL",
        /// A concept of a taxonomy.
        Term = "TERM",
    }
}

impl Label {
    /// Whether it is read off a number or a date, and no name.
    pub const fn is_value(self) -> bool {
        matches!(
            self,
            Self::Date
                | Self::Time
                | Self::Duration
                | Self::Money
                | Self::Percent
                | Self::Quantity
                | Self::Ordinal
        )
    }
}

names! {
    /// How an entity was found.
    Method {
        /// By a grammar.
        Rule = "rule",
        /// By its entry in a dictionary.
        Lexicon = "lexicon",
        /// By a trained model.
        Model = "model",
    }
}

names! {
    /// What supports an enumeration's members.
    Evidence {
        /// A list beside the name.
        Appositive = "appositive",
        /// A list behind a colon.
        Colon = "colon",
        /// Headings that follow.
        Heading = "heading",
        /// 一是…二是….
        Ordinal = "ordinal",
        /// Names in quotation marks.
        Quoted = "quoted",
        /// A taxonomy that the pipeline was given.
        Taxonomy = "taxonomy",
    }
}

/// The value of a number, amount, date or duration.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Quantity {
    /// The number without its qualifier.
    pub value: Option<f64>,
    /// ISO 4217 for money, `%` or 百分点, else the standard simplified name.
    pub unit: Option<String>,
    /// 超过, 近, 约, … as the text has it.
    pub qualifier: Option<String>,
    /// Lower bound, where the text gives or implies one.
    pub low: Option<f64>,
    /// Upper bound.
    pub high: Option<f64>,
    /// First day.
    pub date_start: Option<NaiveDate>,
    /// Last day, inclusive.
    pub date_end: Option<NaiveDate>,
}

/// The name that a short form stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FullName {
    /// The document has it, at this place.
    Stated(Span),
    /// Put together of the short form and of what is known about the document; in simplified characters.
    Inferred(Arc<str>),
}

impl FullName {
    /// In simplified characters.
    pub fn simplified<'n>(&'n self, document: &'n Document) -> &'n str {
        match self {
            Self::Stated(span) => span.of(document.view()),
            Self::Inferred(name) => name,
        }
    }
}

/// A named piece of the text.
#[derive(Clone, Debug, PartialEq)]
pub struct Entity {
    /// The sentence it stands in.
    pub sentence: u32,
    /// Its kind.
    pub label: Label,
    /// Where in the text.
    pub span: Span,
    /// Its value; boxed, since names have none.
    pub quantity: Option<Box<Quantity>>,
    /// Offices that the text gives a person.
    pub titles: Vec<String>,
    /// Of a short form, what it stands for.
    pub full: Option<FullName>,
    /// URI of a taxonomy's concept, the taxonomy's own; or of a place's code.
    pub concept: Option<Arc<str>>,
    /// How it was found.
    pub method: Method,
    /// How sure the method is, 0 to 1.
    pub score: f32,
}

impl Entity {
    /// What a rule has found, and nothing else is known of.
    pub const fn by_rule(sentence: u32, label: Label, span: Span, score: f32) -> Self {
        Self {
            sentence,
            label,
            span,
            quantity: None,
            titles: Vec::new(),
            full: None,
            concept: None,
            method: Method::Rule,
            score,
        }
    }
}

/// A member of an enumeration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// As spelled out (a shared head included).
    pub text: String,
    /// Where its own words stand; a shared head may stand apart from them.
    pub span: Span,
}

/// Numbered shorthand spelled out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Enumeration {
    /// The sentence of its name.
    pub sentence: u32,
    /// Where the name stands.
    pub span: Span,
    /// The count that the name declares; none of a sum with an open term (3+3+X).
    pub declared: Option<i32>,
    /// Its members, in the text's order.
    pub members: Vec<Member>,
    /// Whether the members are as many as declared; of a sum (2+3) also where there is one for each of its terms.
    pub complete: bool,
    /// What supports them; appositive where there are none.
    pub evidence: Evidence,
}

/// Something said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quote {
    /// The sentence in which it begins.
    pub sentence: u32,
    /// Who says it, as named in the text.
    pub speaker: Option<String>,
    /// The verb that marks it.
    pub verb: Option<String>,
    /// Whether the words stand as they were said: in quotation marks, or as a turn of an interview.
    pub direct: bool,
    /// Where in the text.
    pub span: Span,
}

/// A document with all that was found in it.
#[derive(Clone, Debug)]
pub struct Tagged {
    /// The text and its words.
    pub segmented: Segmented,
    /// Ordered by place.
    pub entities: Vec<Entity>,
    /// Ordered by place.
    pub enumerations: Vec<Enumeration>,
    /// Ordered by place.
    pub quotes: Vec<Quote>,
}

impl Located for Tagged {
    fn place(&self) -> &Place {
        self.segmented.place()
    }
}
