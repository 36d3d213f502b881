//! Enumerations of what a policy declares.

use crate::Generator;
use crate::layout::string;
use crate::module::Module;
use pol::hir::Named;

/// What is listed: for each variant the declared thing, and its documentation.
pub(crate) struct Listed<'a> {
    pub name: &'a str,
    pub docs: Vec<String>,
    pub variants: &'a [String],
    pub named: Vec<&'a Named>,
    pub described: Vec<Vec<String>>,
    /// True if the order of declaration is an order by rank.
    pub ordered: bool,
    /// True if the first is the default.
    pub defaults: bool,
}

impl Generator<'_> {
    /// The documentation of variants.
    pub(crate) fn described<'n>(
        &self,
        variants: &[String],
        named: impl Iterator<Item = &'n Named>,
    ) -> Vec<Vec<String>> {
        let both = variants.iter().zip(named);
        both.map(|(variant, named)| self.docs.of(named, variant))
            .collect()
    }
}

impl Listed<'_> {
    /// The enumeration, and its names.
    pub fn write(&self, module: &mut Module) {
        self.item(module);
        self.declared(module);
    }

    fn item(&self, module: &mut Module) {
        let items = &mut module.items;
        items.gap();
        items.docs(&self.docs);
        let default = if self.defaults { " Default," } else { "" };
        let order = if self.ordered {
            " PartialOrd, Ord,"
        } else {
            ""
        };
        items.line(format!(
            "#[derive(Debug, Clone, Copy,{default} PartialEq, Eq,{order} Hash)]"
        ));
        if self.variants.is_empty() {
            return items.line(format!("pub enum {} {{}}", self.name));
        }
        items.line("#[repr(u16)]");
        items.open(format!("pub enum {} {{", self.name));
        for (at, variant) in self.variants.iter().enumerate() {
            if let Some(docs) = self.described.get(at) {
                items.docs(docs);
            }
            if at == 0 && self.defaults {
                items.line("#[default]");
            }
            items.line(format!("{variant},"));
        }
        items.close("}");
    }

    fn declared(&self, module: &mut Module) {
        module.uses("Declared");
        let items = &mut module.items;
        items.gap();
        items.open(format!("impl Declared for {} {{", self.name));
        let all: Vec<String> = self
            .variants
            .iter()
            .map(|it| format!("Self::{it}"))
            .collect();
        items.array("const ALL: &'static [Self] = &[", &all, "];");
        items.gap();
        items.open("fn place(self) -> u16 {");
        items.line(if all.is_empty() {
            "match self {}"
        } else {
            "self as u16"
        });
        items.close("}");
        let names: Vec<&str> = self.named.iter().map(|named| &*named.name).collect();
        let shown: Vec<&str> = self.named.iter().map(|named| named.display()).collect();
        items.gap();
        words(module, "fn name(self)", &all, &names);
        if names != shown {
            module.items.gap();
            words(module, "fn display(self)", &all, &shown);
        }
        module.items.close("}");
    }
}

/// A function from each variant to a word; variants with one word share an arm.
pub(crate) fn words(module: &mut Module, function: &str, all: &[String], words: &[&str]) {
    let items = &mut module.items;
    if all.len() > 90 {
        items.line("#[expect(clippy::too_many_lines, reason = \"one line for each\")]");
    }
    items.open(format!("{function} -> &'static str {{"));
    if let ([_], [word]) = (all, words) {
        items.line(string(word));
    } else if all.is_empty() {
        let itself = if function.contains('&') {
            "*self"
        } else {
            "self"
        };
        items.line(format!("match {itself} {{}}"));
    } else {
        items.open("match self {");
        let mut told: Vec<&str> = Vec::new();
        for word in words {
            if told.contains(word) {
                continue;
            }
            told.push(word);
            let alike = all.iter().zip(words).filter(|(_, other)| *other == word);
            let patterns: Vec<String> = alike.map(|(variant, _)| variant.clone()).collect();
            items.arm(&patterns, &string(word));
        }
        items.close("}");
    }
    items.close("}");
}
