//! Which language to speak: as asked, else that of the file the message is about, else the place's.

use clap::ValueEnum;
use pol::Lang;
use std::ffi::OsString;

/// The choice of `--lang`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum Choice {
    /// Chinese.
    Zh,
    /// English.
    En,
    /// The language of the file's keywords, else of the locale.
    #[default]
    Auto,
}

impl Choice {
    /// The language that was asked for.
    pub const fn asked(self) -> Option<Lang> {
        match self {
            Self::Zh => Some(Lang::Zh),
            Self::En => Some(Lang::En),
            Self::Auto => None,
        }
    }
}

/// The language of the locale: Chinese if it is Chinese, else English.
pub fn of_the_place() -> Lang {
    match sys_locale::get_locale() {
        Some(locale) if locale.starts_with("zh") => Lang::Zh,
        _ => Lang::En,
    }
}

/// The language that the arguments ask for, read before they are parsed, since help texts and
/// complaints about arguments are to be in it.
pub fn asked_in(args: &[OsString]) -> Option<Lang> {
    let mut args = args.iter().filter_map(|arg| arg.to_str());
    let mut asked = None;
    while let Some(arg) = args.next() {
        let value = match arg.strip_prefix("--lang") {
            Some("") => args.next().unwrap_or_default(),
            Some(rest) => rest.trim_start_matches('='),
            None => continue,
        };
        asked = Choice::from_str(value, true).ok().and_then(Choice::asked);
    }
    asked
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(args: &[&str]) -> Option<Lang> {
        let args: Vec<OsString> = args.iter().map(OsString::from).collect();
        asked_in(&args)
    }

    #[test]
    fn the_language_is_known_before_parsing() {
        assert_eq!(
            asked(&["pol", "run", "--lang", "zh", "x.pol"]),
            Some(Lang::Zh)
        );
        assert_eq!(asked(&["pol", "--lang=en", "--help"]), Some(Lang::En));
        assert_eq!(asked(&["pol", "--lang", "auto"]), None);
        assert_eq!(asked(&["pol", "check", "--lang"]), None);
    }
}
