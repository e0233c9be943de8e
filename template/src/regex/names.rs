//! The names of Unicode classes that Go knows.

use super::set::Set;
use crate::go::chars;
use crate::limits::Meter;
use crate::reason::Res;

/// What a look-up costs: the tables are intersected with what Go knows each time.
const LOOKUP_COST: usize = 1_000;

/// The class of a name like `L`, `Lu`, `Uppercase_Letter` or `Greek`, in any case and with or without underscores.
pub(super) fn lookup(meter: &Meter, name: &str) -> Res<Option<Set>> {
    meter.work(LOOKUP_COST)?;
    let name = canonical(name);
    let assigned = || chars::class(r"\p{Any}").map(|ranges| Set::of(&ranges));
    let set = match &*name {
        "Any" => Some(Set::of(&[('\0', char::MAX)])),
        "Assigned" => assigned(),
        "Ascii" => Some(Set::of(&[('\0', '\x7F')])),
        "Cn" | "Unassigned" => assigned().map(|set| set.negated()),
        "C" | "Other" => chars::class(r"[\p{Any}--\p{C}]").map(|ranges| Set::of(&ranges).negated()),
        "Lc" | "Casedletter" => chars::class(r"\p{Lu}\p{Ll}\p{Lt}").map(|ranges| Set::of(&ranges)),
        _ => class_of(&name).map(|ranges| Set::of(&ranges)),
    };
    meter.take(8 * set.as_ref().map_or(0, |set| set.ranges().len()))?;
    Ok(set)
}

fn class_of(name: &str) -> Option<chars::Ranges> {
    if CATEGORIES.split(' ').any(|category| category == name) {
        return chars::class(&format!(r"\p{{gc={name}}}"));
    }
    if let Some((_, category)) = ALIASES.iter().find(|(alias, _)| *alias == name) {
        return chars::class(&format!(r"\p{{gc={category}}}"));
    }
    if SCRIPTS.split_ascii_whitespace().any(|script| script == name) {
        return chars::class(&format!(r"\p{{sc={name}}}"));
    }
    None
}

/// One capital and then small letters, without underscores, hyphens and spaces.
fn canonical(name: &str) -> String {
    let mut canonical = String::new();
    for c in name.chars().filter(|c| !matches!(c, '_' | '-' | ' ')) {
        canonical.push(if canonical.is_empty() { c.to_ascii_uppercase() } else { c.to_ascii_lowercase() });
    }
    canonical
}

const CATEGORIES: &str =
    "L Ll Lm Lo Lt Lu M Mc Me Mn N Nd Nl No P Pc Pd Pe Pf Pi Po Ps S Sc Sk Sm So Z Zl Zp Zs Cc Cf Co Cs";

const ALIASES: [(&str, &str); 39] = [
    ("Closepunctuation", "Pe"),
    ("Cntrl", "Cc"),
    ("Combiningmark", "M"),
    ("Connectorpunctuation", "Pc"),
    ("Control", "Cc"),
    ("Currencysymbol", "Sc"),
    ("Dashpunctuation", "Pd"),
    ("Decimalnumber", "Nd"),
    ("Digit", "Nd"),
    ("Enclosingmark", "Me"),
    ("Finalpunctuation", "Pf"),
    ("Format", "Cf"),
    ("Initialpunctuation", "Pi"),
    ("Letter", "L"),
    ("Letternumber", "Nl"),
    ("Lineseparator", "Zl"),
    ("Lowercaseletter", "Ll"),
    ("Mark", "M"),
    ("Mathsymbol", "Sm"),
    ("Modifierletter", "Lm"),
    ("Modifiersymbol", "Sk"),
    ("Nonspacingmark", "Mn"),
    ("Number", "N"),
    ("Openpunctuation", "Ps"),
    ("Otherletter", "Lo"),
    ("Othernumber", "No"),
    ("Otherpunctuation", "Po"),
    ("Othersymbol", "So"),
    ("Paragraphseparator", "Zp"),
    ("Privateuse", "Co"),
    ("Punct", "P"),
    ("Punctuation", "P"),
    ("Separator", "Z"),
    ("Spaceseparator", "Zs"),
    ("Spacingmark", "Mc"),
    ("Surrogate", "Cs"),
    ("Symbol", "S"),
    ("Titlecaseletter", "Lt"),
    ("Uppercaseletter", "Lu"),
];

/// The scripts whose names are one word. Go looks names up without their underscores and finds no others.
const SCRIPTS: &str = "
    Adlam Ahom Arabic Armenian Avestan Balinese Bamum Batak Bengali Bhaiksuki Bopomofo Brahmi
    Braille Buginese Buhid Carian Chakma Cham Cherokee Chorasmian Common Coptic Cuneiform Cypriot
    Cyrillic Deseret Devanagari Dogra Duployan Elbasan Elymaic Ethiopic Georgian Glagolitic Gothic
    Grantha Greek Gujarati Gurmukhi Han Hangul Hanunoo Hatran Hebrew Hiragana Inherited Javanese
    Kaithi Kannada Katakana Kawi Kharoshthi Khmer Khojki Khudawadi Lao Latin Lepcha Limbu Lisu
    Lycian Lydian Mahajani Makasar Malayalam Mandaic Manichaean Marchen Medefaidrin Miao Modi
    Mongolian Mro Multani Myanmar Nabataean Nandinagari Newa Nko Nushu Ogham Oriya Osage Osmanya
    Palmyrene Phoenician Rejang Runic Samaritan Saurashtra Sharada Shavian Siddham Sinhala Sogdian
    Soyombo Sundanese Syriac Tagalog Tagbanwa Takri Tamil Tangsa Tangut Telugu Thaana Thai Tibetan
    Tifinagh Tirhuta Toto Ugaritic Vai Vithkuqi Wancho Yezidi Yi
";
