//! The clauses of a document, told by the document's own numbers.
//!
//! The text is Markdown. A clause begins at a heading or a line that starts with a number: `四、`,
//! `（一）`, `1.`, `（1）`, `①`, `[1]`, `第三条`, and as a heading also `附：`. Its number is that of the
//! clause around it and its own: `四（一）`, `三.4`, `附.2`. What is numbered below it is a clause of its
//! own. Refuses to guess: a number that is not there has no words, and `1.5` begins no clause.

/// One numbered clause.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Clause {
    /// Its number, with those around it.
    pub number: String,
    /// The numbers of the clauses around it, the nearest first.
    pub around: Vec<String>,
    /// Its own number alone.
    pub label: String,
    /// What a heading says behind its number; empty where no heading opens the clause.
    pub title: String,
    /// Its words, without what is numbered below it.
    pub words: String,
    /// True if clauses lie below it.
    pub divided: bool,
}

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
    let wanted = full_width(clause);
    let clauses = read(text);
    let found = clauses.into_iter().find(|found| found.number == wanted)?;
    (!found.words.is_empty()).then_some(found.words)
}

/// A number with the brackets that numbers are compared with.
pub(crate) fn full_width(number: &str) -> String {
    number
        .replace('(', "（")
        .replace(')', "）")
        .replace('．', ".")
}

/// What is open at a line: headings and numbered lines, the outermost first.
struct Open {
    rank: usize,
    number: String,
    /// The clause that further lines belong to; none under a heading without number.
    clause: Option<usize>,
}

/// All numbered clauses, in the order of the text.
pub(crate) fn read(text: &str) -> Vec<Clause> {
    let mut clauses: Vec<Clause> = Vec::new();
    let mut open: Vec<Open> = Vec::new();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let level = line.len() - line.trim_start_matches('#').len();
        let content = line.trim_start_matches('#').trim_start();
        let heading = level > 0;
        let marker = marker(content, heading);
        let rank = match &marker {
            _ if heading => level,
            Some(marker) => LINES + marker.rank,
            None => {
                if let Some(at) = open.last().and_then(|open| open.clause) {
                    add_line(&mut clauses[at].words, line);
                }
                continue;
            }
        };
        while open.pop_if(|open| open.rank >= rank).is_some() {}
        let outer = open.last().map_or("", |open| &open.number).to_owned();
        let Some(marker) = marker else {
            open.push(Open {
                rank,
                number: outer,
                clause: None,
            });
            continue;
        };
        let mut around: Vec<String> = Vec::new();
        for open in open.iter().rev() {
            if !open.number.is_empty() && around.last() != Some(&open.number) {
                around.push(open.number.clone());
            }
        }
        for above in clauses
            .iter_mut()
            .filter(|above| around.contains(&above.number))
        {
            above.divided = true;
        }
        let number = match marker.label.chars().next() {
            Some('（' | '[' | '①'..='⑳') => format!("{outer}{}", marker.label),
            _ if outer.is_empty() => marker.label.clone(),
            _ => format!("{outer}.{}", marker.label),
        };
        open.push(Open {
            rank,
            number: number.clone(),
            clause: Some(clauses.len()),
        });
        clauses.push(Clause {
            number,
            around,
            label: marker.label,
            title: if heading {
                marker.rest.to_owned()
            } else {
                String::new()
            },
            words: if heading {
                String::new()
            } else {
                line.to_owned()
            },
            divided: false,
        });
    }
    clauses
}

/// Numbered lines lie below all headings.
const LINES: usize = 16;

/// A number at the beginning of a line.
struct Marker<'a> {
    label: String,
    /// Among numbered lines: a greater one lies below.
    rank: usize,
    rest: &'a str,
}

fn marker(line: &str, heading: bool) -> Option<Marker<'_>> {
    let found = |label: &str, rank, rest: &'_ str| {
        let rest = line.len() - rest.len();
        Some(Marker {
            label: full_width(label),
            rank,
            rest: line[rest..].trim_start(),
        })
    };
    let first = line.chars().next()?;
    if matches!(first, '①'..='⑳') {
        let (label, rest) = line.split_at(first.len_utf8());
        return found(label, 5, rest);
    }
    for (opens, closes) in [('（', '）'), ('(', ')'), ('[', ']')] {
        if first == opens
            && let Some((inner, rest)) = line[opens.len_utf8()..].split_once(closes)
        {
            let rank = match (opens, inner) {
                _ if !is_number(inner) => return None,
                ('[', _) => 6,
                (_, inner) if inner.starts_with(is_zh_digit) => 2,
                _ => 4,
            };
            return found(&line[..line.len() - rest.len()], rank, rest);
        }
    }
    if first == '第' {
        let end = line.find(['条', '章', '节'])?;
        let (label, rest) = line.split_at(end + '条'.len_utf8());
        let inner = &label['第'.len_utf8()..end];
        let rank = usize::from(label.ends_with('条'));
        return is_number(inner).then(|| found(label, rank, rest)).flatten();
    }
    if heading && first == '附' {
        let end = line.find(['：', ':', '、', ' ']).unwrap_or(line.len());
        let (label, rest) = line.split_at(end);
        let rest = rest.trim_start_matches(['：', ':', '、', ' ']);
        return found(label, 0, rest);
    }
    let end = line.find(|c: char| !c.is_ascii_digit() && !is_zh_digit(c))?;
    let (label, rest) = line.split_at(end);
    let ends: &[char] = if heading {
        &['、', '：', '.', '．', ' ']
    } else if label.starts_with(is_zh_digit) {
        &['、']
    } else {
        &['、', '.', '．']
    };
    let rest = rest.strip_prefix(ends)?;
    let fraction = rest.starts_with(|c: char| c.is_ascii_digit());
    if !is_number(label) || fraction {
        return None;
    }
    found(
        label,
        if label.starts_with(is_zh_digit) { 1 } else { 3 },
        rest,
    )
}

fn is_number(text: &str) -> bool {
    let zh = text.chars().all(is_zh_digit);
    !text.is_empty() && (zh || text.chars().all(|c| c.is_ascii_digit()))
}

const fn is_zh_digit(c: char) -> bool {
    matches!(
        c,
        '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十' | '百' | '零' | '〇'
    )
}

fn add_line(words: &mut String, line: &str) {
    if !words.is_empty() {
        words.push('\n');
    }
    words.push_str(line);
}

#[cfg(test)]
mod tests {
    use super::read;

    fn numbers(text: &str) -> Vec<String> {
        read(text).into_iter().map(|clause| clause.number).collect()
    }

    #[test]
    fn numbers_are_put_together_from_the_outside() {
        let text = "# 方案\n\n2023年8月7日\n\n## 一、总则\n\n### （一）甲\n1. 甲一\n（1）细目\n2．甲二\n\
            ### (二) 乙\n## 二、办法\n（一）段落。\n续。\n1.5万元不是编号。\n1、项。\n## 附：解释\n1. 词。\n[1] 注。\n";
        let expected = [
            "一",
            "一（一）",
            "一（一）.1",
            "一（一）.1（1）",
            "一（一）.2",
            "一（二）",
            "二",
            "二（一）",
            "二（一）.1",
            "附",
            "附.1",
            "附.1[1]",
        ];
        assert_eq!(numbers(text), expected);
        let clauses = read(text);
        assert_eq!(clauses[7].words, "（一）段落。\n续。\n1.5万元不是编号。");
        assert!(clauses[6].divided && clauses[7].divided && !clauses[5].divided);
        assert_eq!(clauses[3].around, ["一（一）.1", "一（一）", "一"]);
    }

    #[test]
    fn articles_are_clauses() {
        let text =
            "## 第一章 总则\n第一条 为了。\n第二条 凡。\n（一）甲；\n## 第二章 罚则\n第三条 罚。\n";
        let expected = [
            "第一章",
            "第一章.第一条",
            "第一章.第二条",
            "第一章.第二条（一）",
            "第二章",
            "第二章.第三条",
        ];
        assert_eq!(numbers(text), expected);
    }
}
