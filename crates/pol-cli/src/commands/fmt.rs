//! `pol fmt`: the standard form, in either spelling, with every comment kept.

use crate::args::{Fmt, Spelling};
use crate::report::{Reporter, Sink};
use crate::status::{Status, Trouble};
use crate::{files, output};
use pol::{FormatError, Lang, SourceFile};
use similar::TextDiff;
use std::path::Path;

/// Formats every file. A text that could not be read, or whose printed form would say something
/// else, is left as it is; the others are formatted all the same.
pub fn run(args: &Fmt, reporter: &Reporter) -> Result<Status, Trouble> {
    let mut status = Status::Clean;
    let mut left = None;
    for path in &args.files {
        match one(path, args, reporter) {
            Ok(one) => status = status.and(one),
            Err(trouble) => {
                if let Some(earlier) = left.replace(trouble) {
                    reporter.trouble(&earlier);
                }
            }
        }
    }
    left.map_or(Ok(status), Err)
}

fn one(path: &Path, args: &Fmt, reporter: &Reporter) -> Result<Status, Trouble> {
    let checked = files::read(path)?;
    let file = match pol::source_file(files::name(path), &checked) {
        Ok(file) => file,
        Err(checked) => {
            reporter.checked(&checked, Sink::Remark)?;
            return Ok(Status::Findings);
        }
    };
    let spelling = args.spelling.map(|spelling| match spelling {
        Spelling::Zh => Lang::Zh,
        Spelling::En => Lang::En,
    });
    match pol::format(file.text(), spelling) {
        Ok(formatted) => write(path, &file, &formatted, args),
        Err(error) => {
            refused(&error, &file, reporter)?;
            Ok(Status::Findings)
        }
    }
}

fn write(path: &Path, file: &SourceFile, formatted: &str, args: &Fmt) -> Result<Status, Trouble> {
    let changed = formatted != file.text();
    if args.diff {
        let diff = TextDiff::from_lines(file.text(), formatted);
        let name = file.name();
        output::result(
            diff.unified_diff()
                .header(name, name)
                .to_string()
                .as_bytes(),
        )?;
    } else if args.check {
        if changed {
            output::result(format!("{}\n", file.name()).as_bytes())?;
        }
    } else if files::is_stdin(path) {
        output::result(formatted.as_bytes())?;
    } else if changed {
        output::file(path, formatted.as_bytes())?;
    }
    Ok(Status::findings(changed && (args.check || args.diff)))
}

fn refused(error: &FormatError, file: &SourceFile, reporter: &Reporter) -> Result<(), Trouble> {
    let lang = match error {
        FormatError::Unreadable(diagnostics) => {
            let checked = pol::Checked {
                file: file.clone(),
                lang: pol::language_of(file.text()),
                diagnostics: diagnostics.clone(),
                beside: Vec::new(),
                policy: None,
            };
            reporter.checked(&checked, Sink::Remark)?;
            reporter.lang(checked.lang)
        }
        FormatError::Unprintable(_) | FormatError::Changed(_) => reporter.lang_of_the_place(),
    };
    reporter.note(&format!("{}: {}", file.name(), error.text().get(lang)));
    Ok(())
}
