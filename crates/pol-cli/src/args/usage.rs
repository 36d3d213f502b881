//! Help, version and complaints about arguments, in the language that was asked for.

use clap::error::{ContextKind, ErrorKind};
use pol::Lang;
use std::process::ExitCode;

/// What is shown instead of running a command.
#[derive(Debug)]
pub struct Shown {
    error: clap::Error,
    lang: Lang,
}

impl Shown {
    pub fn new(error: clap::Error, lang: Lang) -> Self {
        Self { error, lang }
    }

    /// Prints it: help and version to standard output (0), a complaint to standard error (2).
    pub fn exit(&self) -> ExitCode {
        let complaint = self.error.use_stderr();
        // A reader that closed the pipe has seen what it wanted.
        if let (true, Lang::Zh, Some(text)) = (complaint, self.lang, self.chinese()) {
            crate::output::note(&text);
        } else {
            let _ = self.error.print();
        }
        ExitCode::from(if complaint { 2 } else { 0 })
    }

    /// The complaint in Chinese; none for kinds that have no words of their own here.
    fn chinese(&self) -> Option<String> {
        let context = |kind| self.error.get(kind).map(ToString::to_string);
        let arg = context(ContextKind::InvalidArg).unwrap_or_default();
        let value = context(ContextKind::InvalidValue).unwrap_or_default();
        let text = match self.error.kind() {
            ErrorKind::UnknownArgument => format!("错误：没有 `{arg}` 这个选项"),
            ErrorKind::InvalidSubcommand => {
                let name = context(ContextKind::InvalidSubcommand).unwrap_or_default();
                format!("错误：没有 `{name}` 这个命令")
            }
            ErrorKind::MissingRequiredArgument => format!("错误：缺少 {arg}"),
            ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
                return None;
            }
            ErrorKind::InvalidValue if value.is_empty() => format!("错误：`{arg}` 后面缺少内容"),
            ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
                format!("错误：`{arg}` 不能写 `{value}`")
            }
            ErrorKind::ArgumentConflict => format!("错误：`{arg}` 重复，或与其他选项冲突"),
            ErrorKind::TooManyValues => format!("错误：多了 `{value}`"),
            _ => return None,
        };
        let near = [
            ContextKind::SuggestedArg,
            ContextKind::SuggestedSubcommand,
            ContextKind::SuggestedValue,
        ]
        .into_iter()
        .find_map(context);
        let valid = context(ContextKind::ValidValue).filter(|valid| !valid.is_empty());
        let help = match (near, valid) {
            (Some(near), _) => format!("\n  办法：是否应为 `{near}`？"),
            (None, Some(valid)) => format!("\n  办法：可写 {valid}"),
            (None, None) => String::new(),
        };
        Some(format!("{text}{help}\n  详见 pol --help"))
    }
}
