//! What the cases share.

mod forms;
mod mistakes;
mod nasty;
mod trees;
mod xinfeng;

use pol_syntax::ast::File;
use pol_syntax::{Lang, Parsed, SourceFile, parse};

/// A text that has no mistakes.
fn read(text: &str) -> File {
    let parsed = parse(text);
    assert!(parsed.diagnostics.is_empty(), "{}", report(text, &parsed));
    parsed.file
}

/// Every message as `line:column CODE message`.
fn report(text: &str, parsed: &Parsed) -> String {
    let file = SourceFile::new("case.pol", text);
    let lines = parsed.diagnostics.iter().map(|diagnostic| {
        let at = file.line_column(diagnostic.span().start);
        let lang = if text.is_ascii() { Lang::En } else { Lang::Zh };
        let message = diagnostic.message.get(lang);
        format!("{}:{} {} {message}", at.line, at.column, diagnostic.code)
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// A tree without its places, its names and its display names: what both spellings of one policy must share.
fn shape(file: &File) -> String {
    let mut out = String::new();
    let debug = format!("{:?}", (&file.declarations, &file.one_liners));
    let mut chars = debug.chars().peekable();
    while let Some(c) = chars.next() {
        if c == '"' {
            while let Some(inside) = chars.next() {
                match inside {
                    '\\' => drop(chars.next()),
                    '"' => break,
                    _ => {}
                }
            }
            out.push_str("\"\"");
        } else {
            out.push(c);
        }
    }
    without_spans(&out)
        .replace("label: Some(Node { value: \"\",  })", "label")
        .replace("label: None", "label")
}

fn without_spans(debug: &str) -> String {
    let mut parts = debug.split("span: Span {");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        out += part.split_once('}').map_or(part, |(_, rest)| rest);
    }
    out
}
