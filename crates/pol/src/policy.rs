//! A compiled policy, and what can be asked of it.

use crate::calendars::Calendars;
use crate::names::Names;
use crate::spelling::of_spelling;
use crate::unread::stands_alone;
use crate::{
    Code, Diagnostic, Entry, Live, Register, Run, RunError, RunOptions, SourceFile, Span,
    TestResult, Text,
};
use pol_eval::Program;
use pol_model::Fault;
use pol_plan::Plan;
use pol_semantics::hir;
use pol_syntax::Lang;
use pol_syntax::ast::{self, Declaration};
use std::sync::OnceLock;

/// A policy that has been read, resolved and typed.
#[derive(Debug, Clone)]
pub struct Policy {
    file: SourceFile,
    hir: hir::Policy,
    lang: Lang,
    warnings: Vec<Diagnostic>,
    calendar_files: Vec<String>,
    program: OnceLock<Program<'static>>,
}

/// What came of checking a text.
#[derive(Debug, Clone)]
pub struct Checked {
    /// The text with its name, for [`plain`](crate::plain) and for lines and columns.
    pub file: SourceFile,
    /// The language of the text's keywords, in which its author should be spoken to.
    pub lang: Lang,
    /// Everything that was found, in the order of the text: errors, warnings, advice.
    pub diagnostics: Vec<Diagnostic>,
    /// What was found in files that lie beside it; who hears of the policy only has a word on each
    /// of these files among `diagnostics`.
    pub beside: Vec<FileFindings>,
    /// The policy, if there is no error.
    pub policy: Option<Policy>,
}

/// What was found in a file that lies beside a policy.
#[derive(Debug, Clone)]
pub struct FileFindings {
    /// The file.
    pub file: SourceFile,
    /// Everything that was found, in the order of the text.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads a file that lies beside a policy, by the name that the policy gives it; else says why it
/// cannot be read.
pub type Beside<'a> = &'a dyn Fn(&str) -> Result<Vec<u8>, Text>;

impl Checked {
    /// All that was found, each with the text in which it stands: the policy first.
    pub fn findings(&self) -> impl Iterator<Item = (&Diagnostic, &SourceFile)> {
        let own = self.diagnostics.iter().map(|finding| (finding, &self.file));
        own.chain(self.beside.iter().flat_map(|other| {
            let found = other.diagnostics.iter();
            found.map(|finding| (finding, &other.file))
        }))
    }
}

impl Policy {
    /// Compiles the text of a policy; `name` is what messages call it.
    ///
    /// Warnings do not keep a policy from compiling: [`Policy::warnings`]. A policy with calendars
    /// of its own needs their files as well: [`Policy::check_bytes`].
    ///
    /// # Errors
    /// Everything that was found, warnings included, in the order of the text.
    ///
    /// ```
    /// let text = "policy p\n  effective 2023-02-30\n";
    /// let findings = pol::Policy::compile("p.pol", text).unwrap_err();
    /// assert_eq!(findings[0].code.as_str(), "POL0108");
    /// assert_eq!(findings[0].message.zh, "没有 `2023-02-30` 这一天");
    ///
    /// let file = pol::SourceFile::new("p.pol", text);
    /// let line = pol::plain(&findings[0], &file, pol::Lang::En);
    /// assert!(line.starts_with("p.pol:2:13: POL0108: "));
    /// ```
    pub fn compile(
        name: impl Into<String>,
        text: impl Into<String>,
    ) -> Result<Self, Vec<Diagnostic>> {
        let checked = Self::check(name, text);
        checked.policy.ok_or(checked.diagnostics)
    }

    /// Compiles a text and keeps all that is needed to show what was found.
    pub fn check(name: impl Into<String>, text: impl Into<String>) -> Checked {
        Self::check_file(SourceFile::new(name, text), None)
    }

    fn check_file(file: SourceFile, beside: Option<Beside<'_>>) -> Checked {
        let parsed = pol_syntax::parse(file.text());
        let lang = of_spelling(parsed.file.spelling);
        let mut diagnostics = parsed.diagnostics;
        let mut policy = None;
        let readable = !diagnostics.iter().any(Diagnostic::is_error);
        let calendars = beside.map(|beside| Calendars::of(&parsed.file, &file, beside));
        let Calendars {
            days,
            diagnostics: of_calendars,
            beside,
        } = calendars.unwrap_or_default();
        let mut analysis = pol_semantics::analyse_with(&parsed.file, &days);
        if !readable {
            analysis
                .diagnostics
                .retain(|finding| stands_alone(finding, &file, &parsed.file));
        }
        diagnostics.extend(analysis.diagnostics);
        diagnostics.extend(of_calendars);
        diagnostics.sort_by_key(|diagnostic| (diagnostic.span(), diagnostic.code));
        if !diagnostics.iter().any(Diagnostic::is_error) {
            policy = analysis.policy;
        }
        let policy = policy.map(|hir| Self {
            file: file.clone(),
            hir,
            lang,
            warnings: diagnostics.clone(),
            calendar_files: calendar_files(&parsed.file),
            program: OnceLock::new(),
        });
        Checked {
            file,
            lang,
            diagnostics,
            beside,
            policy,
        }
    }

    /// The same from bytes, as a file holds them: UTF-8, with or without a byte order mark. Bytes
    /// that are not UTF-8 are a finding at their place. The files that the policy takes its
    /// calendars from are read through `beside`.
    ///
    /// ```
    /// let text = "policy p\n  effective 2024-01-01\n  calendar school from \"school.toml\"\n";
    /// let days = "[2024]\nsource = \"the plan for 2024\"\noff = [2024-06-31]\n";
    /// let read = |_: &str| Ok(days.as_bytes().to_vec());
    /// let checked = pol::Policy::check_bytes("p.pol", text.as_bytes(), &read);
    /// let said: Vec<_> = checked
    ///     .findings()
    ///     .map(|(finding, file)| pol::plain(finding, file, pol::Lang::En))
    ///     .collect();
    /// assert!(said[0].starts_with("p.pol:3:24: POL0209: the days of the calendar `school` cannot be used"));
    /// assert!(said[1].starts_with("school.toml:3:8: POL0209: there is no day `2024-06-31`"));
    /// ```
    pub fn check_bytes(name: impl Into<String>, bytes: &[u8], beside: Beside<'_>) -> Checked {
        match source_file(name, bytes) {
            Ok(file) => Self::check_file(file, Some(beside)),
            Err(checked) => *checked,
        }
    }

    /// What was found that does not keep it from running.
    pub fn warnings(&self) -> &[Diagnostic] {
        &self.warnings
    }

    /// The language of its keywords.
    pub fn lang(&self) -> Lang {
        self.lang
    }

    /// Its name.
    pub fn name(&self) -> &str {
        &self.hir.named.name
    }

    /// Its title, else its name.
    pub fn title(&self) -> &str {
        self.hir.named.display()
    }

    /// The text that it was compiled from.
    pub fn file(&self) -> &SourceFile {
        &self.file
    }

    /// The typed policy, for tools that look inside.
    pub fn hir(&self) -> &hir::Policy {
        &self.hir
    }

    /// The values that it leaves open, which keep it from being run.
    pub fn holes(&self) -> Vec<RunError> {
        let names = Names {
            policy: &self.hir,
            register: &Register::default(),
            entries: &[],
        };
        let holes: Vec<Fault> = (0..self.hir.holes.len()).map(Fault::Hole).collect();
        names.errors(&holes)
    }

    /// The files beside it that its calendars are read from, by the names that it gives them.
    pub fn calendar_files(&self) -> &[String] {
        &self.calendar_files
    }

    /// What fast evaluators run: everything once, and what can change an answer. A policy with holes
    /// has a plan too, in which nothing is known of them. Made when it is first asked for.
    ///
    /// ```
    /// let text = "policy p\n  effective 2024-01-01\nsubject market\nevent finding of market\n\
    ///             ladder order for market\n  clear < warned\nrule warning\n  for market\n  \
    ///             on finding\n  then warned\n";
    /// let policy = pol::Policy::compile("p.pol", text).unwrap();
    /// let plan = policy.plan();
    /// assert_eq!(plan.rules.len(), 1);
    /// assert_eq!(pol::plan::Plan::from_json(&plan.to_json()), Ok(plan.clone()));
    /// ```
    pub fn plan(&self) -> &Plan {
        self.program().plan()
    }

    /// The plan, made ready for many runs.
    pub(crate) fn program(&self) -> &Program<'static> {
        self.program
            .get_or_init(|| Program::owning(Plan::of(&self.hir)))
    }

    /// A run that goes on: it takes entries one by one, and says what follows as soon as a day is
    /// over. The last day of `options` is not looked at.
    ///
    /// # Errors
    /// What keeps the policy from being run.
    pub fn start<'a>(
        &'a self,
        register: &'a Register,
        options: &RunOptions,
    ) -> Result<Live<'a>, Vec<RunError>> {
        Live::start(self, register, options)
    }

    /// Goes on where [`Live::snapshot`] was taken.
    ///
    /// # Errors
    /// A state of another policy, calendar, register or form (POL0612).
    pub fn resume<'a>(
        &'a self,
        register: &'a Register,
        state: &[u8],
    ) -> Result<Live<'a>, RunError> {
        Live::resume(self, register, state)
    }

    /// Runs the policy on a register and a ledger.
    ///
    /// The run is a function of the policy, the register, the *set* of entries and the options.
    ///
    /// # Errors
    /// All that keeps the run from being meaningful: a hole, a reading that does not exist, ids
    /// that repeat with different content, withdrawals of nothing, decisions that fit two proposals.
    pub fn run<'a>(
        &'a self,
        register: &'a Register,
        entries: &'a [Entry],
        options: &RunOptions,
    ) -> Result<Run<'a>, Vec<RunError>> {
        Run::new(self, register, entries, options)
    }

    /// Runs the tests that the policy declares whose label contains `filter`.
    ///
    /// ```
    /// let text = r#"
    /// policy p
    ///   effective 2024-01-01
    /// subject market
    /// event finding of market
    /// ladder order for market
    ///   clear < warned
    /// rule warning
    ///   for market
    ///   on finding
    ///   then warned
    /// test "a finding warns"
    ///   given market M01
    ///   2024-03-04 finding of M01
    ///   expect 2024-03-05 warned of M01
    /// "#;
    /// let policy = pol::Policy::compile("p.pol", text).unwrap();
    /// let results = policy.test(None);
    /// assert!(!results[0].passed());
    /// assert_eq!(results[0].failures[0].expected.en, "2024-03-05 M01 warned");
    /// assert_eq!(results[0].failures[0].came[0].en, "2024-03-04 M01 warned (was clear)");
    /// ```
    pub fn test(&self, filter: Option<&str>) -> Vec<TestResult> {
        crate::examples::run(self, filter)
    }
}

/// A file from its bytes: UTF-8, with or without a byte order mark.
///
/// # Errors
/// Bytes that are not UTF-8 are a finding at their place.
pub fn source_file(name: impl Into<String>, bytes: &[u8]) -> Result<SourceFile, Box<Checked>> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(SourceFile::new(name, text)),
        Err(error) => Err(Box::new(not_text(name.into(), bytes, error.valid_up_to()))),
    }
}

/// The files that calendars are read from.
fn calendar_files(tree: &ast::File) -> Vec<String> {
    let declared = tree
        .declarations
        .iter()
        .map(|declaration| &declaration.value);
    let headers = declared.filter_map(|declaration| match declaration {
        Declaration::Policy(policy) => Some(policy),
        _ => None,
    });
    headers
        .flat_map(|policy| &policy.calendars)
        .filter_map(|calendar| Some(calendar.file.as_ref()?.value.clone()))
        .collect()
}

fn not_text(name: String, bytes: &[u8], valid: usize) -> Checked {
    let file = SourceFile::new(name, String::from_utf8_lossy(bytes));
    let at = u32::try_from(valid).unwrap_or(u32::MAX);
    // The replacement character takes three bytes in the text that is shown.
    let diagnostic = Diagnostic::error(
        Code::LIMIT,
        Text::new("the file is not text in UTF-8", "文件不是UTF-8文本"),
        Span::new(at, at.saturating_add(3)),
        Text::new("the first byte that cannot be read", "从这个字节起无法读取"),
    )
    .with_help(Text::new(
        "save the file again as UTF-8; an editor may call it \"Unicode (UTF-8)\"",
        "请另存为UTF-8编码；文件可能是GBK（ANSI）编码的",
    ));
    Checked {
        file,
        lang: Lang::Zh,
        diagnostics: vec![diagnostic],
        beside: Vec::new(),
        policy: None,
    }
}
