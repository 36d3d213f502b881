//! One module of a generated crate: its items, and what they name of elsewhere.

use crate::layout::Source;
use std::cmp::Ordering;
use std::collections::BTreeSet;

/// A module.
#[derive(Debug)]
pub(crate) struct Module {
    pub name: &'static str,
    /// What it holds, in a sentence.
    pub about: &'static str,
    pub items: Source,
    /// What the items name: types of this crate, and of the crate that it runs on.
    used: BTreeSet<String>,
}

/// A module, finished.
#[derive(Debug)]
pub(crate) struct Written {
    pub name: &'static str,
    pub about: &'static str,
    /// Imports and items.
    pub text: String,
}

/// What generated code may name of `pol_runtime`.
const RUNTIME: &[&str] = &[
    "Arc",
    "Carried",
    "Date",
    "Declared",
    "Duration",
    "Entries",
    "Event",
    "Field",
    "Id",
    "Kind",
    "Ladder",
    "Nowhere",
    "Number",
    "Of",
    "Parts",
    "Policy",
    "Program",
    "Proposed",
    "Read",
    "Said",
    "StandsOn",
    "Statuses",
    "Subjects",
    "Symbol",
    "Value",
    "Values",
    "Whole",
    "Withdrawal",
    "body",
    "carry",
    "id",
    "read",
    "variant",
];

/// What it may name of `pol_runtime::model`.
const MODEL: &[&str] = &[
    "EntryBody",
    "EnumIx",
    "EventIx",
    "KindIx",
    "LadderIx",
    "MemberIx",
];

impl Module {
    pub fn new(name: &'static str, about: &'static str) -> Self {
        Self {
            name,
            about,
            items: Source::default(),
            used: BTreeSet::new(),
        }
    }

    /// The items name what stands in this piece of code.
    pub fn uses(&mut self, code: &str) {
        let words = code.split(|letter: char| !(letter.is_alphanumeric() || letter == '_'));
        self.used.extend(words.map(str::to_owned));
    }

    /// Adds the imports; `own` are the types that the crate declares, wherever.
    pub fn written(self, own: &BTreeSet<String>) -> Written {
        let text = self.items.into_text();
        let items = text.trim_start();
        let among = |known: &dyn Fn(&str) -> bool| {
            let used = self.used.iter().filter(|name| known(name));
            let mut found: Vec<String> = used
                .filter(|name| !declares(items, name))
                .cloned()
                .collect();
            found.sort_by(|a, b| by_version(a, b));
            found
        };
        let mut source = Source::default();
        source.import("super", &among(&|name| own.contains(name)));
        source.import("pol_runtime::model", &among(&|name| MODEL.contains(&name)));
        let runtime = among(&|name| RUNTIME.contains(&name) && !own.contains(name));
        source.import("pol_runtime", &runtime);
        let imports = source.into_text();
        let between = if imports.is_empty() { "" } else { "\n" };
        Written {
            name: self.name,
            about: self.about,
            text: format!("{imports}{between}{items}"),
        }
    }
}

/// True if the items declare a type of this name.
fn declares(items: &str, name: &str) -> bool {
    items.lines().any(|line| {
        let rest = line
            .strip_prefix("pub struct ")
            .or_else(|| line.strip_prefix("pub enum "))
            .or_else(|| line.strip_prefix("pub type "));
        rest.and_then(|rest| rest.strip_prefix(name))
            .is_some_and(|rest| {
                !rest.starts_with(|letter: char| letter.is_alphanumeric() || letter == '_')
            })
    })
}

/// The order in which `rustfmt` puts names: numbers within them count as numbers.
pub(crate) fn by_version(a: &str, b: &str) -> Ordering {
    let (mut left, mut right) = (a.chars().peekable(), b.chars().peekable());
    loop {
        let (Some(one), Some(other)) = (left.peek().copied(), right.peek().copied()) else {
            return a.len().cmp(&b.len());
        };
        let order = if one.is_ascii_digit() && other.is_ascii_digit() {
            number(&mut left).cmp(&number(&mut right))
        } else {
            left.next();
            right.next();
            one.cmp(&other)
        };
        if order.is_ne() {
            return order;
        }
    }
}

fn number(letters: &mut std::iter::Peekable<std::str::Chars<'_>>) -> u64 {
    let mut number: u64 = 0;
    while let Some(digit) = letters.next_if(char::is_ascii_digit) {
        number = number.saturating_mul(10) + u64::from(digit.to_digit(10).unwrap_or(0));
    }
    number
}
