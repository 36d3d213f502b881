//! Rust source, laid out as `rustfmt` lays it out.
//!
//! Only the forms that generated crates are made of: items, matches, literals, calls. Promises:
//! `rustfmt --check` finds nothing to change. Refuses: to parse what it is given.

use unicode_width::UnicodeWidthStr;

/// The width of a line.
const LINE: usize = 100;

/// The width of the elements of an array, or of the arguments of a call, on one line.
const ELEMENTS: usize = 60;

/// The width of the fields of a struct literal on one line.
const FIELDS: usize = 18;

/// Words up to this width are packed into lines.
const SHORT: usize = 10;

/// Lines of source, indented.
#[derive(Debug, Default)]
pub(crate) struct Source {
    text: String,
    depth: usize,
}

impl Source {
    /// The text.
    pub fn into_text(self) -> String {
        self.text
    }

    /// One line.
    pub fn line(&mut self, line: impl AsRef<str>) {
        let line = line.as_ref();
        if !line.is_empty() {
            self.text.push_str(&"    ".repeat(self.depth));
            self.text.push_str(line);
        }
        self.text.push('\n');
    }

    /// An empty line.
    pub fn gap(&mut self) {
        self.line("");
    }

    /// A line that opens a block: `impl X {`.
    pub fn open(&mut self, line: impl AsRef<str>) {
        self.line(line);
        self.depth += 1;
    }

    /// A line that closes it: `}`.
    pub fn close(&mut self, line: impl AsRef<str>) {
        self.depth = self.depth.saturating_sub(1);
        self.line(line);
    }

    /// Lines of documentation.
    pub fn docs<S: AsRef<str>>(&mut self, docs: &[S]) {
        for doc in docs {
            let doc = format!("/// {}", doc.as_ref());
            self.line(doc.trim_end());
        }
    }

    /// True if a line fits.
    fn fits(&self, line: &str) -> bool {
        self.depth * 4 + line.width() <= LINE
    }

    /// `before[a, b]after`, as arrays and `vec!` are laid out.
    pub fn array(&mut self, before: &str, elements: &[String], after: &str) {
        let one = elements.join(", ");
        let line = format!("{before}{one}{after}");
        if one.width() <= ELEMENTS && self.fits(&line) {
            return self.line(line);
        }
        self.open(before);
        let plain = |element: &String| element.chars().all(char::is_alphanumeric);
        let short = |element: &String| plain(element) && element.width() <= SHORT;
        if elements.iter().all(short) {
            self.packed(elements, 0);
        } else {
            for element in elements {
                self.line(format!("{element},"));
            }
        }
        self.close(after);
    }

    /// Elements, as many on a line as fit with some places free.
    fn packed(&mut self, elements: &[String], free: usize) {
        let mut line = String::new();
        for element in elements {
            let longer = if line.is_empty() {
                format!("{element},")
            } else {
                format!("{line} {element},")
            };
            if line.is_empty() || self.fits(&format!("{longer}{}", " ".repeat(free))) {
                line = longer;
            } else {
                self.line(std::mem::replace(&mut line, format!("{element},")));
            }
        }
        self.line(line);
    }

    /// `use path::{A, B};`
    pub fn import(&mut self, path: &str, names: &[String]) {
        match names {
            [] => {}
            [one] => self.line(format!("use {path}::{one};")),
            several => self.list(&format!("use {path}::"), several),
        }
    }

    /// `use path::{A, B};`, for several names.
    pub fn list(&mut self, before: &str, names: &[String]) {
        let line = format!("{before}{{{}}};", names.join(", "));
        // `rustfmt` keeps two places free here, and one in each line of a longer list.
        if self.fits(&format!("{line}  ")) {
            return self.line(line);
        }
        self.open(format!("{before}{{"));
        self.packed(names, 1);
        self.close("};");
    }

    /// `fn name(parameters) -> result {`, opened.
    pub fn function(&mut self, before: &str, parameters: &[String], after: &str) {
        let line = format!("{before}({}){after}", parameters.join(", "));
        if self.fits(&line) {
            return self.open(line);
        }
        self.open(format!("{before}("));
        for parameter in parameters {
            self.line(format!("{parameter},"));
        }
        self.close(format!("){after}"));
        self.depth += 1;
    }

    /// `before { a: x, b }after`.
    pub fn literal(&mut self, before: &str, fields: &[String], after: &str) {
        let one = fields.join(", ");
        let line = format!("{before} {{ {one} }}{after}");
        if one.width() <= FIELDS && self.fits(&line) {
            return self.line(line);
        }
        self.open(format!("{before} {{"));
        for field in fields {
            self.line(format!("{field},"));
        }
        self.close(format!("}}{after}"));
    }

    /// `A | B => value,`
    pub fn arm(&mut self, patterns: &[String], value: &str) {
        let line = format!("{} => {value},", patterns.join(" | "));
        if self.fits(&line) {
            return self.line(line);
        }
        let head = format!("{} =>", patterns.join(" | "));
        if patterns.len() == 1 || self.fits(&format!("{head} {{")) {
            self.open(format!("{head} {{"));
            self.line(value);
            return self.close("}");
        }
        let (last, first) = patterns
            .split_last()
            .map_or(("", patterns), |(last, first)| (last.as_str(), first));
        for (at, pattern) in first.iter().enumerate() {
            let bar = if at == 0 { "" } else { "| " };
            self.line(format!("{bar}{pattern}"));
        }
        self.line(format!("| {last} => {value},"));
    }
}

/// A text as a string literal of Rust.
pub fn string(text: &str) -> String {
    let mut literal = String::from("\"");
    for letter in text.chars() {
        match letter {
            '"' | '\\' => literal.extend(['\\', letter]),
            '\n' => literal.push_str("\\n"),
            '\r' => literal.push_str("\\r"),
            '\t' => literal.push_str("\\t"),
            control if control.is_control() => literal.extend(control.escape_unicode()),
            plain => literal.push(plain),
        }
    }
    literal.push('"');
    literal
}
