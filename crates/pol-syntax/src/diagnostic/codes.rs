//! The registry of codes. A code is never reused; each has a page in both languages, and a case in
//! the tests that produces it.
//!
//! `POL01xx` reading the text, `POL02xx` names, `POL03xx` types and units, `POL04xx` what the
//! policy says as a whole, `POL05xx` registers and ledgers, `POL06xx` runs.

/// A stable code, such as `POL0103`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Code(&'static str);

impl Code {
    /// The code as it is printed.
    pub const fn as_str(self) -> &'static str {
        self.0
    }

    /// The page that explains the code: one Markdown text, Chinese and English.
    pub fn page(self) -> &'static str {
        CODES
            .iter()
            .find(|(code, _)| *code == self)
            .map_or("", |(_, page)| page)
    }

    /// The code that an author typed, in any case, with or without `POL`.
    pub fn find(typed: &str) -> Option<Self> {
        let typed = typed.trim().to_ascii_uppercase();
        let digits = typed.strip_prefix("POL").unwrap_or(&typed);
        CODES
            .iter()
            .map(|(code, _)| *code)
            .find(|code| &code.0[3..] == digits)
    }
}

impl std::fmt::Display for Code {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.0)
    }
}

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $code:literal;)*) => {
        impl Code {
            $($(#[$doc])* pub const $name: Self = Self($code);)*
        }

        /// Every code with its page, in order.
        pub const CODES: &[(Code, &str)] = &[
            $((Code::$name, include_str!(concat!("../../../../docs/codes/", $code, ".md"))),)*
        ];
    };
}

codes! {
    /// The text is too large, too deep, or not text.
    LIMIT = "POL0101";
    /// Something else was expected here.
    UNEXPECTED = "POL0102";
}
