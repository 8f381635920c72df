//! Places that have a code: China's administrative divisions (GB/T 2260) and countries (ISO 3166-1).
//!
//! ```text
//! data/divisions.zst, data/countries.tsv -> names -> the places that may be called so
//! ```
//!
//! A name may be that of several places: four cities have a 鼓楼区. Which one a text means is for its reader to find out; here it is said only who
//! is within whom. A short form that a province or a whole city shares with a part of itself, or a province with any place, is that of the larger
//! one: 吉林 is the province, 长沙 the city and not the county that lies beside it.

use std::sync::{Arc, OnceLock};

use rustc_hash::FxHashMap;

/// `code⇥name⇥short forms`, in the order of codes; `data/README.md` says where it comes from.
static DIVISIONS: &[u8] = include_bytes!("data/divisions.zst");
/// `code⇥names`.
static COUNTRIES: &str = include_str!("data/countries.tsv");

/// What a country's code stands behind.
const COUNTRY: &str = "urn:iso:std:iso:3166:-1:";
/// What a division's code stands behind.
const DIVISION: &str = "urn:cn:gbt2260:";
/// Digits of a division's code, two for each level.
const DIGITS: usize = 6;

/// A place in the gazetteer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place(u16);

/// Places with codes, and what they are called.
#[derive(Debug)]
pub struct Gazetteer {
    /// Their URIs.
    uris: Vec<Arc<str>>,
    /// The place that each is part of.
    parents: Vec<Option<Place>>,
    /// What they are called officially.
    official: Vec<Box<str>>,
    names: FxHashMap<Box<str>, Vec<Place>>,
}

impl Gazetteer {
    /// Characters of a name, at most, with all that it is part of.
    pub const LONGEST: usize = 48;

    /// The embedded one; loaded once in a process, when first asked for.
    ///
    /// # Panics
    ///
    /// Never: the embedded file is sound.
    pub fn shared() -> &'static Self {
        static SHARED: OnceLock<Gazetteer> = OnceLock::new();
        SHARED.get_or_init(|| {
            let text = zstd::decode_all(DIVISIONS).ok().map(String::from_utf8);
            let text = text.and_then(Result::ok);
            Self::parse(
                &text.expect("the embedded divisions are sound, as a test shows"),
                COUNTRIES,
            )
        })
    }

    fn parse(divisions: &str, countries: &str) -> Self {
        let mut gazetteer = Self {
            uris: Vec::new(),
            parents: Vec::new(),
            official: Vec::new(),
            names: FxHashMap::default(),
        };
        for line in countries.lines() {
            let mut fields = line.split('\t');
            let code = fields.next().unwrap_or_default();
            let name = fields.clone().next().unwrap_or_default();
            let country = gazetteer.add(format!("{COUNTRY}{code}"), name, None);
            for name in fields {
                gazetteer.call(name, country);
            }
        }
        let country = gazetteer.of("中国").first().copied();
        let mut codes: FxHashMap<&str, Place> = FxHashMap::default();
        for line in divisions.lines() {
            let (code, rest) = line.split_once('\t').unwrap_or_default();
            let (name, short) = rest.split_once('\t').unwrap_or((rest, ""));
            // The province's digits, or the city's; a county right below its province has those of no city.
            let above = [DIGITS - 2, DIGITS - 4].map(|digits| code.get(..digits));
            let mut above = above.into_iter().flatten().map(trimmed);
            let own = trimmed(code);
            let parent = above.find_map(|above| codes.get(above).filter(|_| above != own));
            let parent = parent.copied().or(country);
            let division = gazetteer.add(format!("{DIVISION}{code}"), name, parent);
            codes.insert(own, division);
            gazetteer.call(name, division);
            for short in short.split(' ').filter(|short| !short.is_empty()) {
                gazetteer.call_short(short, division, own.len() == 2);
                // Nobody names the peoples of 恩施州, and 海南 alone is the province.
                if name.ends_with("自治州") {
                    gazetteer.call(&format!("{short}州"), division);
                }
            }
        }
        gazetteer
    }

    fn add(&mut self, uri: String, name: &str, parent: Option<Place>) -> Place {
        let place = Place(u16::try_from(self.uris.len()).unwrap_or(u16::MAX));
        self.uris.push(uri.into());
        self.parents.push(parent);
        self.official.push(name.into());
        place
    }

    fn call(&mut self, name: &str, place: Place) {
        let places = self.names.entry(name.into()).or_default();
        if !places.contains(&place) {
            places.push(place);
        }
    }

    /// Divisions come in the order of their codes, so that the larger one is there already.
    fn call_short(&mut self, name: &str, place: Place, is_province: bool) {
        let taken = self.of(name).iter().any(|other| {
            let province = self.is_province(*other);
            province || self.is_within(place, *other)
        });
        if is_province {
            self.names.remove(name);
        }
        if is_province || !taken {
            self.call(name, place);
        }
    }

    fn is_province(&self, place: Place) -> bool {
        let parent = self.parent(place);
        parent.is_some_and(|parent| self.parent(parent).is_none())
    }

    /// The places that may be called `name`, which is simplified; none where no place is.
    pub fn of(&self, name: &str) -> &[Place] {
        self.names.get(name).map_or(&[], Vec::as_slice)
    }

    /// The URI that stands for a place.
    pub fn uri(&self, place: Place) -> Option<&Arc<str>> {
        self.uris.get(usize::from(place.0))
    }

    /// The place that `place` is a part of; none of a country.
    pub fn parent(&self, place: Place) -> Option<Place> {
        self.parents.get(usize::from(place.0)).copied().flatten()
    }

    /// The official name of a place; of a country the first of those in use.
    pub fn name(&self, place: Place) -> &str {
        let name = self.official.get(usize::from(place.0));
        name.map_or("", |name| name)
    }

    /// Whether a place is a county, a district or a city of that level, the smallest that there are.
    pub fn is_county(&self, place: Place) -> bool {
        let code = self.uri(place).and_then(|uri| uri.strip_prefix(DIVISION));
        code.is_some_and(|code| !code.ends_with("00"))
    }

    /// Whether `place` is a part of `other`, be it a part of a part.
    pub fn is_within(&self, place: Place, other: Place) -> bool {
        let mut above = std::iter::successors(self.parent(place), |place| self.parent(*place));
        above.any(|above| above == other)
    }

    /// The places that may be meant by a name or by several that follow each other, the larger one first: 江苏省南京市鼓楼区.
    pub fn read(&self, text: &str) -> Vec<Place> {
        let mut found = self.of(text).to_vec();
        if !found.is_empty() || text.chars().count() > Self::LONGEST {
            return found;
        }
        // A single character is no part of a longer name.
        for (at, _) in text.char_indices().skip(2) {
            let Some((first, rest)) = text.split_at_checked(at) else {
                continue;
            };
            let larger = self.of(first);
            if !larger.is_empty() {
                let within = |place: &Place| larger.iter().any(|one| self.is_within(*place, *one));
                found.extend(self.read(rest).into_iter().filter(within));
            }
        }
        found.sort_unstable();
        found.dedup();
        found
    }
}

/// A code without the zeros of levels that it does not go down to.
fn trimmed(code: &str) -> &str {
    let mut code = code;
    while let Some(shorter) = code.strip_suffix("00") {
        code = shorter;
    }
    code
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let gazetteer = Gazetteer::shared();
        let found: Vec<&str> = gazetteer
            .read(text)
            .into_iter()
            .filter_map(|place| gazetteer.uri(place))
            .map(|uri| uri.strip_prefix(DIVISION).unwrap_or(uri))
            .collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn official_names_and_short_forms_have_a_code() {
        check("上海市", &["310000"]);
        check("上海", &["310000"]);
        check("沪", &["310000"]);
        check("黄浦区", &["310101"]);
        check("黄浦", &["310101"]);
        check("浦东新区", &["310115"]);
        check("苏州", &["320500"]);
        check("延边", &["222400"]);
        check("双江", &["530925"]);
        check("香港", &["810000"]);
        check("中国", &["urn:iso:std:iso:3166:-1:CN"]);
        check("法兰西共和国", &["urn:iso:std:iso:3166:-1:FR"]);
    }

    #[test]
    fn the_larger_one_has_the_short_form() {
        check("吉林", &["220000"]);
        check("吉林市", &["220200"]);
        check("长沙", &["430100"]);
        check("长沙县", &["430121"]);
        check("海南", &["460000"]);
        check("海南州", &["632500"]);
        check("湖北恩施州", &["422800"]);
    }

    #[test]
    fn several_places_may_have_one_name() {
        assert!(Gazetteer::shared().of("鼓楼区").len() > 2);
        assert!(Gazetteer::shared().of("朝阳").len() > 1);
    }

    #[test]
    fn a_larger_place_before_it_says_which_is_meant() {
        check("江苏省南京市鼓楼区", &["320106"]);
        check("福州鼓楼区", &["350102"]);
        check("中国上海市黄浦区", &["310101"]);
        check("湖北省仙桃市", &["429004"]);
        check("上海市鼓楼区", &[]);
        check("黄浦区上海市", &[]);
    }

    #[test]
    fn what_is_no_division_has_no_code() {
        for text in [
            "",
            "和平",
            "市辖区",
            "云溪新城",
            "上海路",
            "中非",
            "沪黄浦区",
        ] {
            check(text, &[]);
        }
    }

    #[test]
    fn each_division_is_in_the_country_and_none_in_itself() {
        let gazetteer = Gazetteer::shared();
        let country = gazetteer.of("中国")[0];
        let mut divisions = 0;
        for (at, uri) in (0..).zip(&gazetteer.uris) {
            let place = Place(at);
            assert!(!gazetteer.is_within(place, place), "{uri}");
            if uri.starts_with(DIVISION) {
                divisions += 1;
                assert!(gazetteer.is_within(place, country), "{uri}");
                let code = uri.strip_prefix(DIVISION).unwrap();
                assert!(code.len() == DIGITS && code.bytes().all(|byte| byte.is_ascii_digit()));
            }
        }
        assert!(divisions > 3_000, "{divisions}");
    }
}
