//! `pol test`: runs the tests that policies declare.

use crate::args::Test;
use crate::files;
use crate::output;
use crate::report::{Reporter, Sink, plural};
use crate::status::{Status, Trouble};
use pol::{Lang, Policy, TestResult};
use std::fmt::Write as _;

/// Runs all tests of all files and reports every failure. No test at all is a failure too: a
/// filter with a typing error must not look like success.
pub fn run(args: &Test, reporter: &Reporter) -> Result<Status, Trouble> {
    let mut status = Status::Clean;
    let (mut passed, mut failed) = (0, 0);
    let mut lang = None;
    for path in &args.files {
        let checked = files::check(path)?;
        lang = lang.or(Some(reporter.lang(checked.lang)));
        let Some(policy) = &checked.policy else {
            reporter.checked(&checked, Sink::Remark)?;
            status = Status::Findings;
            continue;
        };
        for result in policy.test(args.filter.as_deref()) {
            output::result(told(&result, policy, reporter.lang(checked.lang)).as_bytes())?;
            if result.passed() {
                passed += 1;
            } else {
                failed += 1;
                reporter.run_errors(&result.errors, policy)?;
            }
        }
    }
    let lang = lang.unwrap_or_else(|| reporter.lang_of_the_place());
    let ran = passed + failed;
    output::result(
        match lang {
            Lang::En if ran == 0 => "no test ran\n".to_owned(),
            Lang::Zh if ran == 0 => "没有运行任何用例\n".to_owned(),
            Lang::En => format!(
                "{} run: {passed} passed, {failed} failed\n",
                plural(ran, "test")
            ),
            Lang::Zh => format!("共{ran}个用例：{passed}个通过，{failed}个不符\n"),
        }
        .as_bytes(),
    )?;
    Ok(status.and(Status::findings(failed > 0 || ran == 0)))
}

fn told(result: &TestResult, policy: &Policy, lang: Lang) -> String {
    let file = policy.file();
    let place = |span: pol::Span| {
        let place = file.line_column(span.start);
        format!("{}:{}:{}", file.name(), place.line, place.column)
    };
    let mut text = String::new();
    let _ = match (result.passed(), lang) {
        (true, Lang::En) => writeln!(text, "ok    {}", result.label),
        (false, Lang::En) => writeln!(text, "FAIL  {}  ({})", result.label, place(result.span)),
        (true, Lang::Zh) => writeln!(text, "通过  {}", result.label),
        (false, Lang::Zh) => writeln!(text, "不符  {}（{}）", result.label, place(result.span)),
    };
    let (expected, came, nothing) = match lang {
        Lang::En => ("expected:", "came:", "nothing of the kind"),
        Lang::Zh => ("预期：", "实际：", "没有这样的结果"),
    };
    for failure in &result.failures {
        let _ = writeln!(
            text,
            "  {}\n    {expected} {}\n    {came}",
            place(failure.span),
            failure.expected.get(lang)
        );
        if failure.came.is_empty() {
            let _ = writeln!(text, "      {nothing}");
        }
        for line in &failure.came {
            let _ = writeln!(text, "      {}", line.get(lang));
        }
    }
    if !result.failures.is_empty() {
        let (name, label) = (file.name(), &result.label);
        let _ = match lang {
            Lang::En => writeln!(text, "  why: pol explain {name} SUBJECT --test '{label}'"),
            Lang::Zh => writeln!(text, "  原因可查：pol explain {name} 对象 --test '{label}'"),
        };
    }
    text
}
