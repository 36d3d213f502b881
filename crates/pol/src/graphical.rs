//! Findings drawn for a terminal: the text, with arrows under what is meant.

use crate::{Diagnostic, Lang, Rendered, SourceFile};
use miette::{GraphicalReportHandler, GraphicalTheme};

/// How findings are drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Style {
    /// With colours.
    pub colour: bool,
    /// The terminal's width in columns.
    pub width: usize,
}

impl Default for Style {
    /// Plain, for files and tests.
    fn default() -> Self {
        Self {
            colour: false,
            width: 100,
        }
    }
}

/// Draws one finding. Line and column in the header count characters, as editors do; no links.
pub fn draw(diagnostic: &Diagnostic, file: &SourceFile, lang: Lang, style: Style) -> String {
    if is_beyond_drawing(diagnostic, file) {
        return format!("{}\n", crate::plain(diagnostic, file, lang));
    }
    let theme = if style.colour {
        GraphicalTheme::unicode()
    } else {
        GraphicalTheme::unicode_nocolor()
    };
    let handler = GraphicalReportHandler::new_themed(theme)
        .with_links(false)
        .with_width(style.width);
    let rendered = Rendered::new(diagnostic, lang, file);
    let mut text = String::new();
    match handler.render_report(&mut text, &rendered) {
        Ok(()) => in_language(text, diagnostic, lang),
        // Drawing fails only on a place that is not in the text; the sentence is worth more.
        Err(_) => crate::plain(diagnostic, file, lang),
    }
}

/// How long a line may be, in bytes, that is drawn with arrows under it.
const LONGEST_LINE: usize = 2000;

/// True if a line that would be drawn is so long that nobody could read it.
fn is_beyond_drawing(diagnostic: &Diagnostic, file: &SourceFile) -> bool {
    let text = file.text();
    diagnostic.labels.iter().any(|label| {
        let start = (label.span.start as usize).min(text.len());
        let before = text.as_bytes()[..start].iter().rev();
        let after = text.as_bytes()[start..].iter();
        let reach = |bytes: &mut dyn Iterator<Item = &u8>| {
            bytes
                .take(LONGEST_LINE)
                .take_while(|byte| **byte != b'\n')
                .count()
        };
        let line = reach(&mut before.into_iter()) + reach(&mut after.into_iter());
        line >= LONGEST_LINE
    })
}

/// miette writes `help:` in English; the last one is that of the finding, whatever the text says.
fn in_language(drawn: String, diagnostic: &Diagnostic, lang: Lang) -> String {
    match (lang, drawn.rfind("help: ")) {
        (Lang::Zh, Some(at)) if diagnostic.help.is_some() => {
            let (before, after) = drawn.split_at(at);
            format!("{before}办法：{}", &after["help: ".len()..])
        }
        _ => drawn,
    }
}
