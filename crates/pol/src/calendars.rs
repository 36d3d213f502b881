//! The calendars that a policy takes from files beside it.

use crate::policy::{Beside, FileFindings, source_file};
use crate::{Code, Diagnostic, Lang, SourceFile, Text, calendar};
use pol_calendar::WorkingCalendar;
use pol_syntax::ast::{self, Declaration};
use std::path::Path;

/// The calendars, and what is wrong with them. One that cannot be used is there all the same,
/// without years, so that nobody hears of it at each of its uses.
#[derive(Default)]
pub(crate) struct Calendars {
    pub days: pol_calendar::Calendars,
    /// A word on each faulty file, in the policy.
    pub diagnostics: Vec<Diagnostic>,
    /// What is wrong with each of them.
    pub beside: Vec<FileFindings>,
}

impl Calendars {
    pub fn of(tree: &ast::File, file: &SourceFile, beside: Beside<'_>) -> Self {
        let mut found = Self::default();
        let headers = tree
            .declarations
            .iter()
            .filter_map(|declaration| match &declaration.value {
                Declaration::Policy(policy) => Some(policy),
                _ => None,
            });
        let china = WorkingCalendar::china();
        let china = china.name();
        let folder = Path::new(file.name()).parent().unwrap_or(Path::new(""));
        for calendar in headers.flat_map(|policy| &policy.calendars) {
            let Some(path) = &calendar.file else { continue };
            let name = &calendar.name.value;
            if *name == china || found.days.find(name).is_some() {
                // The name is taken, which is reported with the names.
                continue;
            }
            let read = match beside(&path.value) {
                Ok(bytes) => {
                    let shown = folder.join(&path.value).display().to_string();
                    found.read(calendar, path, &shown, &bytes)
                }
                Err(why) => {
                    found.diagnostics.push(unread(name, path, &why));
                    None
                }
            };
            let days = read.unwrap_or_else(|| WorkingCalendar::new(name.clone(), []));
            // One more than can be counted is not given, which is reported.
            let _ = found.days.push(days);
        }
        found
    }

    fn read(
        &mut self,
        calendar: &ast::Calendar,
        path: &ast::Quoted,
        shown: &str,
        bytes: &[u8],
    ) -> Option<WorkingCalendar> {
        let name = &calendar.name.value;
        let (file, diagnostics) = match source_file(shown, bytes) {
            Ok(file) => match calendar::read(name, &file) {
                Ok(days) => return Some(days),
                Err(found) => (file, found),
            },
            Err(checked) => (checked.file, checked.diagnostics),
        };
        self.diagnostics
            .push(faulty(name, path, &file, &diagnostics));
        self.beside.push(FileFindings { file, diagnostics });
        None
    }
}

fn unread(name: &str, path: &ast::Quoted, why: &Text) -> Diagnostic {
    Diagnostic::error(
        Code::CALENDAR,
        Text::new(
            format!("the days of the calendar `{name}` cannot be read"),
            format!("无法读取日历`{name}`的数据"),
        ),
        path.span,
        why.clone(),
    )
    .with_help(Text::new(
        format!("put `{}` beside the policy", path.value),
        format!("请把`{}`放在政策文件旁边", path.value),
    ))
}

fn faulty(name: &str, path: &ast::Quoted, file: &SourceFile, found: &[Diagnostic]) -> Diagnostic {
    let count = found.len();
    let first = |lang| {
        let first = found.first();
        first.map_or_else(String::new, |first| {
            let at = file.line_column(first.span().start);
            let said = first.message.get(lang);
            format!("{}:{}:{}: {said}", file.name(), at.line, at.column)
        })
    };
    let mistakes = if count == 1 { "mistake" } else { "mistakes" };
    Diagnostic::error(
        Code::CALENDAR,
        Text::new(
            format!("the days of the calendar `{name}` cannot be used"),
            format!("日历`{name}`的数据无法使用"),
        ),
        path.span,
        Text::new(
            format!("{count} {mistakes} in this file"),
            format!("这个文件里有{count}处错误"),
        ),
    )
    .with_help(Text::new(
        format!("the first is {}", first(Lang::En)),
        format!("第一处：{}", first(Lang::Zh)),
    ))
}
