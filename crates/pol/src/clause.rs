//! The words of a clause, found in a document's text by its number.
//!
//! The text is Markdown whose headings begin with the numbers that the document itself uses:
//! `## 四、…`, `### （一）…`, `## 附：…`; below them paragraphs numbered `1.`, `2.`. Refuses to guess: a
//! number that is not there has no words.

/// The words of a clause such as `三`, `四（一）`, `三.4` or `附.2`; none if the text has no such clause.
///
/// ```
/// let text = "# 方案\n\n## 三、情形\n\n有下列情形的：\n\n1. 甲的；\n\n2. 乙的。\n\n## 四、管理\n\n### （一）整改\n\n每月汇报。\n";
/// assert_eq!(pol::clause_words(text, "三.2").as_deref(), Some("2. 乙的。"));
/// assert_eq!(pol::clause_words(text, "四（一）").as_deref(), Some("每月汇报。"));
/// assert_eq!(pol::clause_words(text, "三").as_deref(), Some("有下列情形的："));
/// assert_eq!(pol::clause_words(text, "五"), None);
/// ```
pub fn clause_words(text: &str, clause: &str) -> Option<String> {
    let (path, item) = match clause.split_once('.') {
        Some((path, item)) => (path, Some(item)),
        None => (clause, None),
    };
    let (section, part) = match path.find('（') {
        Some(at) => path.split_at(at),
        None => (path, ""),
    };
    let mut here = body(&lines(text), section)?;
    if !part.is_empty() {
        here = body(&here, part)?;
    }
    let own: Vec<&str> = here
        .into_iter()
        .take_while(|line| !line.starts_with('#'))
        .collect();
    let paragraphs = own.join("\n");
    let mut paragraphs = paragraphs
        .split("\n\n")
        .map(str::trim)
        .filter(|paragraph| !paragraph.is_empty());
    if let Some(number) = item {
        let numbered = |paragraph: &&str| {
            paragraph
                .strip_prefix(number)
                .is_some_and(|rest| rest.starts_with(['.', '．', '、']))
        };
        return paragraphs.find(numbered).map(ToOwned::to_owned);
    }
    let words: Vec<&str> = paragraphs
        .take_while(|paragraph| !is_numbered(paragraph))
        .collect();
    (!words.is_empty()).then(|| words.join("\n"))
}

fn lines(text: &str) -> Vec<&str> {
    text.lines().collect()
}

/// What stands under the heading that begins with a number, deeper headings included.
fn body<'a>(lines: &[&'a str], number: &str) -> Option<Vec<&'a str>> {
    let level = |line: &str| line.len() - line.trim_start_matches('#').len();
    let named = |line: &&str| {
        let title = line.trim_start_matches('#').trim_start();
        line.starts_with('#')
            && title.strip_prefix(number).is_some_and(|rest| {
                number.ends_with('）') || rest.starts_with(['、', '：', '.', ' '])
            })
    };
    let at = lines.iter().position(named)?;
    let depth = level(lines[at]);
    let under = lines[at + 1..].iter().copied();
    Some(
        under
            .take_while(|line| !line.starts_with('#') || level(line) > depth)
            .collect(),
    )
}

fn is_numbered(paragraph: &str) -> bool {
    let rest = paragraph.trim_start_matches(|c: char| c.is_ascii_digit());
    rest.len() < paragraph.len() && rest.starts_with(['.', '．', '、'])
}
