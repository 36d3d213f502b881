//! Findings as JSON: one object each. Places are given in every way that a reader may count:
//! bytes from the start, line and column from 1 in characters, UTF-16 units from 0 in the line.

use crate::status::Trouble;
use pol::{DataError, Diagnostic, Lang, Severity, SourceFile};
use serde_json::{Value, json};

/// A finding about a policy's text.
pub fn diagnostic(diagnostic: &Diagnostic, file: &SourceFile, lang: Lang) -> Value {
    let labels: Vec<Value> = diagnostic
        .labels
        .iter()
        .map(|label| {
            json!({
                "text": label.text.get(lang),
                "start": place(label.span.start, file),
                "end": place(label.span.end, file),
            })
        })
        .collect();
    json!({
        "code": diagnostic.code.as_str(),
        "severity": severity(diagnostic.severity),
        "message": diagnostic.message.get(lang),
        "help": diagnostic.help.as_ref().map(|help| help.get(lang)),
        "file": file.name(),
        "labels": labels,
    })
}

/// A finding about a register or ledger.
pub fn data_error(error: &DataError, lang: Lang) -> Value {
    let place = &error.place;
    json!({
        "code": error.code.as_str(),
        "severity": "error",
        "message": error.message.get(lang),
        "help": error.help.as_ref().map(|help| help.get(lang)),
        "file": &*place.file,
        "sheet": place.sheet.as_deref(),
        "line": (place.line > 0).then_some(place.line),
        "column": (place.column > 0).then_some(place.column),
        "header": place.header.as_deref(),
        "cell": error.cell,
    })
}

/// Why the tool could not do its job: no code.
pub fn trouble(trouble: &Trouble, lang: Lang) -> Value {
    json!({
        "code": null,
        "severity": "error",
        "message": trouble.message.get(lang),
        "help": trouble.help.as_ref().map(|help| help.get(lang)),
    })
}

fn place(byte: u32, file: &SourceFile) -> Value {
    let people = file.line_column(byte);
    let (_, utf16) = file.line_utf16(byte);
    json!({ "byte": byte, "line": people.line, "column": people.column, "utf16": utf16 })
}

const fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Advice => "advice",
        Severity::Warning => "warning",
        Severity::Error => "error",
    }
}
