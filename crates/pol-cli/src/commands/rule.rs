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

/// What a page says in one language, with its title. A page may have a section for each language;
/// else its paragraphs take turns, and examples belong to both.
fn in_language(page: &str, lang: Option<Lang>) -> String {
    let Some(lang) = lang else {
        return page.to_owned();
    };
    let (wanted, other) = match lang {
        Lang::Zh => ("\n## 中文\n", "\n## English\n"),
        Lang::En => ("\n## English\n", "\n## 中文\n"),
    };
    let Some((head, section)) = page.split_once(wanted) else {
        return paragraphs(page, lang);
    };
    let head = head.split(other).next().unwrap_or_default();
    let section = section.split(other).next().unwrap_or_default();
    format!("{}\n{}\n", paragraphs(head, lang), section.trim())
}

fn paragraphs(page: &str, lang: Lang) -> String {
    let mut kept: Vec<String> = Vec::new();
    let mut fenced = false;
    for paragraph in page.trim().split("\n\n") {
        let fences = paragraph.matches("```").count();
        let example = fenced || fences > 0 || paragraph.starts_with("    ");
        fenced ^= fences % 2 == 1;
        if example || paragraph.starts_with("# ") {
            kept.push(paragraph.to_owned());
        } else if let Some((zh, en)) = in_two_parts(paragraph) {
            kept.push(match lang {
                Lang::Zh => zh.to_owned(),
                Lang::En => en.to_owned(),
            });
        } else if is_chinese(paragraph) == (lang == Lang::Zh) {
            kept.push(paragraph.to_owned());
        }
    }
    kept.join("\n\n") + "\n"
}

/// A title in both languages: `标题 · title`.
fn in_two_parts(paragraph: &str) -> Option<(&str, &str)> {
    let (zh, en) = paragraph.split_once(" · ")?;
    (!paragraph.contains('\n') && is_chinese(zh) && !is_chinese(en)).then_some((zh, en))
}

/// True if most of it, quoted words aside, is Chinese: an English sentence may name 上 and 下.
fn is_chinese(paragraph: &str) -> bool {
    let outside = || paragraph.split('`').step_by(2).flat_map(str::chars);
    let chinese = outside()
        .filter(|c| matches!(c, '\u{3400}'..='\u{9fff}'))
        .count();
    let latin = outside().filter(char::is_ascii_alphabetic).count();
    chinese * 3 > latin
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

    #[test]
    fn a_section_for_each_language_is_taken_whole() {
        let page = "# POL0000\n\n标题 · title\n\n## 中文\n\n甲\n\n```pol\n例\n```\n\n## English\n\nfirst\n";
        assert_eq!(
            in_language(page, Some(Lang::Zh)),
            "# POL0000\n\n标题\n\n甲\n\n```pol\n例\n```\n"
        );
        assert_eq!(
            in_language(page, Some(Lang::En)),
            "# POL0000\n\ntitle\n\nfirst\n"
        );
    }

    #[test]
    fn an_english_sentence_may_name_chinese_words() {
        assert!(!is_chinese(
            "A space may be left out before 内 前 后 以上 以下."
        ));
        assert!(is_chinese("请写 `rule` 或 event。"));
    }
}
