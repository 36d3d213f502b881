//! How names of a policy become names in Rust.
//!
//! 1. A name is divided into words: each Chinese character is one, in pinyin without tones (`ü` is
//!    `v`); anything else is divided at `_`, and where a small letter is followed by a capital.
//! 2. Types and variants join their words as `UpperCamelCase`, fields and modules as `snake_case`.
//! 3. A name of more than [`LONGEST`] letters ends after the last word that fits.
//! 4. A field that is a keyword of Rust is written `r#type`; where Rust does not allow that (`self`,
//!    `super`, `crate`), and for the variant `Self`, an underscore or a number follows.
//! 5. A type whose name is taken, by an earlier declaration or by the crate itself, is followed by
//!    what it is: `RuleSubject`, `RegisterEntry`.
//! 6. What is still taken is numbered in the order of declaration: `YiLei`, `YiLei2`.
//!
//! The same policy gives the same names. Two spellings of one policy have different names, and
//! otherwise the same crate.

use heck::{ToSnakeCase, ToUpperCamelCase};
use pinyin::ToPinyin;
use std::collections::BTreeSet;

/// The most letters of a name, as far as whole words go.
pub(crate) const LONGEST: usize = 40;

/// Keywords of Rust that a raw name may be.
const KEYWORDS: &[&str] = &[
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn",
    "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let",
    "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return",
    "static", "struct", "trait", "true", "try", "type", "typeof", "unsafe", "unsized", "use",
    "virtual", "where", "while", "yield",
];

/// Keywords that no name may be.
const NEVER: &[&str] = &["crate", "self", "super"];

/// The name of a type or a variant.
pub(crate) fn camel(name: &str) -> String {
    let joined = words(name).join("_").to_upper_camel_case();
    begun(joined, "N")
}

/// The name of a module or a crate.
pub(crate) fn snake(name: &str) -> String {
    begun(words(name).join("_"), "n")
}

/// The name of a package: a keyword is followed by what it is.
pub(crate) fn package(name: &str) -> String {
    let name = snake(name);
    if KEYWORDS.contains(&&*name) || NEVER.contains(&&*name) {
        format!("{name}-policy")
    } else {
        name.replace('_', "-")
    }
}

/// A name that begins with a letter; nothing but `_` has no words.
fn begun(name: String, first: &str) -> String {
    match name.chars().next() {
        None => format!("{first}ameless"),
        Some(digit) if digit.is_numeric() => format!("{first}{name}"),
        Some(_) => name,
    }
}

/// The words of a name, as many as fit.
fn words(name: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut other = String::new();
    for letter in name.chars() {
        match letter.to_pinyin() {
            Some(sound) => {
                divide(&mut other, &mut words);
                words.push(sound.plain().replace('ü', "v").replace('ê', "e"));
            }
            None => other.push(letter),
        }
    }
    divide(&mut other, &mut words);
    let mut letters = 0;
    let mut fitting = Vec::new();
    for word in words {
        letters += word.chars().count();
        if letters > LONGEST && !fitting.is_empty() {
            break;
        }
        fitting.push(word);
    }
    fitting
}

fn divide(other: &mut String, words: &mut Vec<String>) {
    let divided = std::mem::take(other).to_snake_case();
    words.extend(
        divided
            .split('_')
            .filter(|word| !word.is_empty())
            .map(str::to_owned),
    );
}

/// Names that must differ from each other.
#[derive(Debug, Default)]
pub(crate) struct Scope {
    taken: BTreeSet<String>,
}

impl Scope {
    /// A scope in which some names are taken.
    pub fn with(taken: &[&str]) -> Self {
        Self {
            taken: taken.iter().map(|name| (*name).to_owned()).collect(),
        }
    }

    /// Takes further names.
    pub fn take(&mut self, names: &[&str]) {
        self.taken
            .extend(names.iter().map(|name| (*name).to_owned()));
    }

    /// The name of a type; where it is taken, followed by what it is.
    pub fn ty(&mut self, name: &str, sort: &str) -> String {
        let wanted = camel(name);
        if self.taken.contains(&wanted) || wanted == "Self" {
            self.numbered(&format!("{wanted}{sort}"), "")
        } else {
            self.numbered(&wanted, "")
        }
    }

    /// The name of a variant.
    pub fn variant(&mut self, name: &str) -> String {
        let wanted = camel(name);
        if wanted == "Self" {
            self.taken.insert(wanted.clone());
        }
        self.numbered(&wanted, "")
    }

    /// The name of a field.
    pub fn field(&mut self, name: &str) -> String {
        let wanted = snake(name);
        let wanted = if NEVER.contains(&&*wanted) {
            format!("{wanted}_")
        } else {
            wanted
        };
        let free = self.numbered(&wanted, "_");
        if KEYWORDS.contains(&&*free) {
            format!("r#{free}")
        } else {
            free
        }
    }

    fn numbered(&mut self, wanted: &str, between: &str) -> String {
        let mut free = wanted.to_owned();
        let mut number = 2;
        while !self.taken.insert(free.clone()) {
            free = format!("{wanted}{between}{number}");
            number += 1;
        }
        free
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn english_names_stay() {
        assert_eq!(camel("first_card_township"), "FirstCardTownship");
        assert_eq!(snake("found_by_county"), "found_by_county");
    }

    #[test]
    fn chinese_names_are_read_aloud() {
        assert_eq!(camel("首次黄牌"), "ShouCiHuangPai");
        assert_eq!(snake("户数"), "hu_shu");
        assert_eq!(snake("妇女"), "fu_nv");
        assert_eq!(camel("危房C级"), "WeiFangCJi");
        assert_eq!(snake("人均GDP增长"), "ren_jun_gdp_zeng_zhang");
    }

    #[test]
    fn long_names_end_with_a_whole_word() {
        let name = snake("与已录入事项属于同一事实并且已经由县级通报");
        assert_eq!(
            name,
            "yu_yi_lu_ru_shi_xiang_shu_yu_tong_yi_shi_shi_bing_qie"
        );
        assert!(camel("与已录入事项属于同一事实并且已经由县级通报").len() <= LONGEST);
    }

    #[test]
    fn keywords_are_raw_or_followed_by_an_underscore() {
        let mut fields = Scope::default();
        assert_eq!(fields.field("type"), "r#type");
        assert_eq!(fields.field("self"), "self_");
        assert_eq!(Scope::default().variant("self"), "Self2");
    }

    #[test]
    fn what_sounds_alike_is_numbered() {
        let mut values = Scope::default();
        assert_eq!(values.variant("一类"), "YiLei");
        assert_eq!(values.variant("异类"), "YiLei2");
        assert_eq!(values.variant("遗泪"), "YiLei3");
        let mut fields = Scope::default();
        assert_eq!(fields.field("type"), "r#type");
        assert_eq!(fields.field("Type"), "type_2");
    }

    #[test]
    fn a_taken_type_says_what_it_is() {
        let mut types = Scope::with(&["Register"]);
        assert_eq!(types.ty("register", "Entry"), "RegisterEntry");
        assert_eq!(types.ty("complaint", "Subject"), "Complaint");
        assert_eq!(types.ty("complaint", "Entry"), "ComplaintEntry");
        assert_eq!(types.ty("投诉", "Subject"), "TouSu");
    }

    #[test]
    fn a_package_is_no_keyword() {
        assert_eq!(package("xx_county"), "xx-county");
        assert_eq!(package("match"), "match-policy");
    }

    #[test]
    fn a_name_begins_with_a_letter() {
        assert_eq!(camel("_1"), "N1");
        assert_eq!(snake("_"), "nameless");
    }
}
