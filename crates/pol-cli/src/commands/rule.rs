//! `pol rule`: the page of a code.

use crate::args::Rule;
use crate::output;
use crate::report::Reporter;
use crate::status::{Status, Trouble};
use pol::{CODES, Code, Lang};
use std::fmt::Write as _;

/// Prints the page of a code, in one language if one was asked for; without a code, the list.
pub fn run(args: &Rule, reporter: &Reporter) -> Result<Status, Trouble> {
    let Some(typed) = &args.code else {
        output::result(list(reporter.asked()).as_bytes())?;
        return Ok(Status::Clean);
    };
    let code = Code::find(typed).ok_or_else(|| {
        Trouble::new(
            format!("there is no code `{typed}`"),
            format!("没有 `{typed}` 这个代码"),
        )
        .help("`pol rule` lists all codes", "`pol rule` 列出全部代码")
    })?;
    output::result(in_language(code.page(), reporter.asked()).as_bytes())?;
    Ok(Status::Clean)
}

fn list(lang: Option<Lang>) -> String {
    let mut text = String::new();
    for (code, page) in CODES {
        let page = in_language(page, lang);
        let title = page
            .lines()
            .map(|line| line.trim_start_matches('#').trim())
            .find(|line| !line.is_empty() && *line != code.as_str())
            .unwrap_or_default();
        let _ = writeln!(text, "{code}  {title}");
    }
    text
}

/// The paragraphs of a page that are in a language. A paragraph with Chinese outside its quoted
/// words is Chinese; examples belong to both; ` · ` parts the languages of a heading.
fn in_language(page: &str, lang: Option<Lang>) -> String {
    let Some(lang) = lang else {
        return page.to_owned();
    };
    let mut kept: Vec<String> = Vec::new();
    let mut fenced = false;
    for paragraph in page.trim().split("\n\n") {
        let fences = paragraph.matches("```").count();
        let example = fenced || fences > 0 || paragraph.starts_with("    ");
        fenced ^= fences % 2 == 1;
        if example || paragraph.starts_with("# ") {
            kept.push(paragraph.to_owned());
        } else if let Some((zh, en)) = paragraph
            .split_once(" · ")
            .filter(|_| !paragraph.contains('\n'))
        {
            let hashes = zh.len() - zh.trim_start_matches(['#', ' ']).len();
            kept.push(match lang {
                Lang::Zh => zh.to_owned(),
                Lang::En => format!("{}{en}", &zh[..hashes]),
            });
        } else if is_chinese(paragraph) == (lang == Lang::Zh) {
            kept.push(paragraph.to_owned());
        }
    }
    kept.join("\n\n") + "\n"
}

fn is_chinese(paragraph: &str) -> bool {
    let outside = paragraph.split('`').step_by(2);
    outside
        .flat_map(str::chars)
        .any(|c| matches!(c, '\u{3400}'..='\u{9fff}'))
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "# POL0000\n\n标题 · title\n\n中文 `rule`。\n\nEnglish `规则`.\n\n```text\n例 example\n```\n";

    #[test]
    fn a_page_is_shown_in_the_language_asked_for() {
        assert_eq!(
            in_language(PAGE, Some(Lang::Zh)),
            "# POL0000\n\n标题\n\n中文 `rule`。\n\n```text\n例 example\n```\n"
        );
        assert_eq!(
            in_language(PAGE, Some(Lang::En)),
            "# POL0000\n\ntitle\n\nEnglish `规则`.\n\n```text\n例 example\n```\n"
        );
        assert_eq!(in_language(PAGE, None), PAGE);
    }
}
