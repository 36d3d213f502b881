//! The two spellings of one language.

use crate::{FormatError, Lang};
use pol_syntax::ast::Spelling;

/// Writes a policy's text in the standard form, in a spelling or its own. Names and comments stay.
///
/// # Errors
/// The text cannot be read whole, or its printed form would say something else: it is refused
/// rather than changed.
///
/// ```
/// let text = "township finding >= 3 in year -> yellow\n";
/// let chinese = pol::format(text, Some(pol::Lang::Zh)).unwrap();
/// assert_eq!(pol::format(&chinese, Some(pol::Lang::En)).unwrap(), pol::format(text, None).unwrap());
/// ```
pub fn format(text: &str, spelling: Option<Lang>) -> Result<String, FormatError> {
    let spelling = spelling.map(|spelling| match spelling {
        Lang::En => Spelling::English,
        Lang::Zh => Spelling::Chinese,
    });
    pol_syntax::format(text, spelling)
}

/// The language of most keywords of a text, in which its author should be spoken to.
pub fn language_of(text: &str) -> Lang {
    of_spelling(pol_syntax::parse(text).file.spelling)
}

pub(crate) const fn of_spelling(spelling: Spelling) -> Lang {
    match spelling {
        Spelling::English => Lang::En,
        Spelling::Chinese => Lang::Zh,
    }
}
