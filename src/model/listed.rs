//! What the lists of names say of a single word, for those who ask what a name is made of.

use super::label::Kind;
use super::lists::lists_of;

/// What the lists know of a word: in which of them it stands, a bit for each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Listed(u32);

/// Which lists of the file are of divisions, places and countries, of organisations' heads, of known places and of known organisations, as
/// bits; a word that CC-CEDICT has for a name of no kind may be either.
const PLACES_OF: u32 = 1 << 2 | 1 << 3 | 1 << 4;
const COUNTRIES_OF: u32 = 1 << 4;
const HEADS_OF: u32 = 1 << 5;
const KNOWN_PLACES: u32 = PLACES_OF | 1 << 8 | 1 << 10 | 1 << 12 | 1 << 15;
/// The lists of what a program takes for a name by itself.
const TAUGHT: u32 = 1 << 14 | 1 << 15 | 1 << 16;
const KNOWN_ORGANISATIONS: u32 = 1 << 9 | 1 << 10 | 1 << 13 | 1 << 16;

impl Listed {
    /// Looks up a word.
    pub fn of(word: &[char]) -> Self {
        Self(lists_of(word))
    }

    /// Whether it is a division of China, or a country or large city.
    pub const fn is_division(self) -> bool {
        self.0 & PLACES_OF != 0
    }

    /// Whether it is a country, or a large city of one.
    pub const fn is_country(self) -> bool {
        self.0 & COUNTRIES_OF != 0
    }

    /// Whether organisations' names end with it.
    pub const fn is_head(self) -> bool {
        self.0 & HEADS_OF != 0
    }

    /// Whether it is known for a name of this kind.
    pub const fn is_known(self, kind: Kind) -> bool {
        self.0 & lists(kind) != 0
    }

    /// Whether it is known for one by a list that people made or that was read in texts.
    pub const fn is_found(self, kind: Kind) -> bool {
        self.0 & lists(kind) & !TAUGHT != 0
    }
}

/// The lists of names of a kind.
const fn lists(kind: Kind) -> u32 {
    match kind {
        Kind::Person => 0,
        Kind::Location => KNOWN_PLACES,
        Kind::Organisation => KNOWN_ORGANISATIONS,
    }
}

#[cfg(test)]
mod tests {
    use super::super::lists::NAMES;
    use super::*;

    #[test]
    fn lists_are_in_the_order_that_their_bits_tell_of() {
        let text = String::from_utf8(zstd::decode_all(NAMES).unwrap()).unwrap();
        let names = |bits: u32| -> Vec<&str> {
            let lists = text.lines().enumerate();
            let lists = lists.filter(|(list, _)| bits >> list & 1 == 1);
            lists
                .filter_map(|(_, line)| Some(line.split_once('\t')?.0))
                .collect()
        };
        assert_eq!(names(PLACES_OF), ["division", "place", "abroad"]);
        assert_eq!(names(COUNTRIES_OF), ["abroad"]);
        assert_eq!(names(HEADS_OF), ["head"]);
        assert_eq!(
            names(TAUGHT),
            ["taught-person", "taught-place", "taught-organisation"]
        );
        assert_eq!(
            names(KNOWN_PLACES & !PLACES_OF),
            ["known-place", "known", "read-place", "taught-place"]
        );
        assert_eq!(
            names(KNOWN_ORGANISATIONS),
            [
                "known-organisation",
                "known",
                "read-organisation",
                "taught-organisation"
            ]
        );
    }

    #[test]
    fn a_word_knows_its_lists() {
        let listed = |word: &str| Listed::of(&word.chars().collect::<Vec<_>>());
        assert!(listed("上海").is_division() && listed("上海市").is_division());
        assert!(listed("上海").is_known(Kind::Location));
        assert!(listed("挪威").is_country() && !listed("上海市").is_country());
        assert!(listed("欧盟").is_found(Kind::Organisation));
        let taught = listed("先锋队");
        assert!(taught.is_known(Kind::Organisation) && !taught.is_found(Kind::Organisation));
        assert!(listed("公司").is_head() && listed("局").is_head());
        assert!(listed("欧盟").is_known(Kind::Organisation));
        assert_eq!(listed("云溪澜"), Listed::default());
        assert_eq!(listed(""), Listed::default());
    }
}
