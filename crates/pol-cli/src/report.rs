//! Findings on their way out: drawn for people, or one JSON object on each line.

mod json;

use crate::args::{Cli, MessageFormat};
use crate::language::Choice;
use crate::output;
use crate::status::{Status, Trouble};
use crate::table;
use pol::graphical::{Style, draw};
use pol::{Checked, DataErrors, Diagnostic, Lang, Policy, RunError, Severity, SourceFile};
use std::io::IsTerminal as _;

/// How many errors of a file are shown where they are not what was asked for.
const SHOWN: usize = 100;

/// Who tells findings, in which language and form.
#[derive(Debug, Clone, Copy)]
pub struct Reporter {
    choice: Choice,
    locale: Lang,
    format: MessageFormat,
    style: Style,
}

/// Where findings go: they are remarks, unless they are the result that was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sink {
    /// To standard error.
    Remark,
    /// As JSON to standard output; for people still to standard error.
    Result,
}

impl Reporter {
    /// The reporter that the arguments ask for.
    pub fn new(cli: &Cli, locale: Lang) -> Self {
        let terminal = std::io::stderr().is_terminal();
        Self {
            choice: cli.lang,
            locale,
            format: cli.message_format,
            style: Style {
                colour: terminal && std::env::var_os("NO_COLOR").is_none_or(|it| it.is_empty()),
                width: table::terminal_width().clamp(40, 120),
            },
        }
    }

    /// The language for messages about a file whose keywords are in `file`.
    pub fn lang(&self, file: Lang) -> Lang {
        self.choice.asked().unwrap_or(file)
    }

    /// The language that was asked for, if one was.
    pub fn asked(&self) -> Option<Lang> {
        self.choice.asked()
    }

    /// The language for messages about no policy.
    pub fn lang_of_the_place(&self) -> Lang {
        self.lang(self.locale)
    }

    /// Shows all that was found in a policy.
    pub fn checked(&self, checked: &Checked, sink: Sink) -> Result<(), Trouble> {
        let lang = self.lang(checked.lang);
        for (diagnostic, file) in checked.findings() {
            self.diagnostic(diagnostic, file, lang, sink)?;
        }
        Ok(())
    }

    fn diagnostic(
        &self,
        diagnostic: &Diagnostic,
        file: &SourceFile,
        lang: Lang,
        sink: Sink,
    ) -> Result<(), Trouble> {
        match (self.format, sink) {
            (MessageFormat::Human, _) => output::note(&format!(
                "{}\n",
                draw(diagnostic, file, lang, self.style).trim_end()
            )),
            (MessageFormat::Json, Sink::Remark) => {
                output::note(&json::diagnostic(diagnostic, file, lang).to_string());
            }
            (MessageFormat::Json, Sink::Result) => {
                output::result(
                    format!("{}\n", json::diagnostic(diagnostic, file, lang)).as_bytes(),
                )?;
            }
        }
        Ok(())
    }

    /// Shows what keeps a run from being made.
    pub fn run_errors(&self, errors: &[RunError], policy: &Policy) -> Result<Status, Trouble> {
        let lang = self.lang(policy.lang());
        for error in errors {
            let diagnostic = pol::run_finding(error);
            self.diagnostic(&diagnostic, policy.file(), lang, Sink::Remark)?;
        }
        Ok(Status::findings(!errors.is_empty()))
    }

    /// Shows all that is wrong with a register or ledger.
    pub fn data_errors(&self, errors: &DataErrors, lang: Lang, sink: Sink) -> Result<(), Trouble> {
        match (self.format, sink) {
            (MessageFormat::Human, Sink::Result) => output::note(&errors.render(lang)),
            (MessageFormat::Human, Sink::Remark) => {
                output::note(&errors.render_first(SHOWN, lang));
                if errors.len() > SHOWN {
                    output::note(match lang {
                        Lang::En => "`pol ledger check` shows them all",
                        Lang::Zh => "`pol ledger check` 可列出全部",
                    });
                }
            }
            (MessageFormat::Json, Sink::Remark) => {
                for error in &errors.errors {
                    output::note(&json::data_error(error, lang).to_string());
                }
            }
            (MessageFormat::Json, Sink::Result) => {
                for error in &errors.errors {
                    output::result(format!("{}\n", json::data_error(error, lang)).as_bytes())?;
                }
            }
        }
        Ok(())
    }

    /// A remark for people; said in no other form.
    pub fn note(&self, text: &str) {
        if self.format == MessageFormat::Human {
            output::note(text);
        }
    }

    /// How many errors and warnings there were.
    pub fn tally(&self, diagnostics: &[Diagnostic], name: &str, lang: Lang) {
        let count = |severity| {
            diagnostics
                .iter()
                .filter(|it| it.severity == severity)
                .count()
        };
        let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
        self.note(&match (errors, warnings, lang) {
            (0, 0, Lang::En) => format!("{name}: no errors"),
            (0, 0, Lang::Zh) => format!("{name}：没有错误"),
            (_, _, Lang::En) => format!(
                "{name}: {}, {}",
                plural(errors, "error"),
                plural(warnings, "warning")
            ),
            (_, _, Lang::Zh) => format!("{name}：{errors}处错误，{warnings}处警告"),
        });
    }

    /// Says why the tool could not do its job.
    pub fn trouble(&self, trouble: &Trouble) {
        let lang = self.lang_of_the_place();
        match self.format {
            MessageFormat::Human => output::note(&trouble.text(lang)),
            MessageFormat::Json => output::note(&json::trouble(trouble, lang).to_string()),
        }
    }
}

/// A count with its noun.
pub fn plural(count: usize, noun: &str) -> String {
    if count == 1 {
        format!("1 {noun}")
    } else {
        format!("{count} {noun}s")
    }
}
