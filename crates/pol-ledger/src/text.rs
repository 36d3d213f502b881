//! Words as people type them: compared in NFKC without blanks around them, shown with invisible
//! characters as code points, and the nearest known word for one that is not known.

use unicode_normalization::UnicodeNormalization;

/// How much of a cell a message shows.
const SHOWN: usize = 60;

/// The form in which words are compared.
pub(crate) fn normal(typed: &str) -> String {
    if typed.is_ascii() {
        return typed.trim().to_owned();
    }
    let normal: String = typed.nfkc().collect();
    normal.trim().to_owned()
}

/// The same without any blank, for headers that are broken over lines.
pub(crate) fn without_blanks(typed: &str) -> String {
    typed
        .nfkc()
        .filter(|c| !c.is_whitespace())
        .collect::<String>()
}

/// True for a character that nobody sees.
pub(crate) fn is_invisible(c: char) -> bool {
    (c.is_control() && c != '\n' && c != '\t')
        || matches!(c,
            '\u{00A0}' | '\u{00AD}' | '\u{061C}' | '\u{180E}' | '\u{200B}'..='\u{200F}'
            | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{3164}' | '\u{FE00}'..='\u{FE0F}'
            | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E007F}')
}

/// A text as messages show it: invisible characters as `⟨U+200B⟩`, line breaks as `⏎`, cut after 60
/// characters.
pub(crate) fn visible(text: &str) -> String {
    let mut shown = String::new();
    for (at, c) in text.chars().enumerate() {
        if at == SHOWN {
            shown.push('…');
            break;
        }
        if c == '\n' {
            shown.push('⏎');
        } else if is_invisible(c) || c == '\t' {
            shown.extend(["⟨U+", &format!("{:04X}", u32::from(c)), "⟩"]);
        } else {
            shown.push(c);
        }
    }
    shown
}

/// The known word that is nearest to a typed one, if it is near enough to have been meant: at most
/// a third of its characters differ, and at least one is shared.
pub(crate) fn nearest<'a>(
    typed: &str,
    known: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    let typed = normal(typed).to_lowercase();
    let length = typed.chars().count();
    if length == 0 || length > SHOWN {
        return None;
    }
    known
        .into_iter()
        .filter_map(|word| {
            let other = normal(word).to_lowercase();
            let distance = strsim::osa_distance(&typed, &other);
            let longer = length.max(other.chars().count());
            let near = distance <= (longer / 3).max(1) && distance < longer;
            near.then_some((distance, word))
        })
        .min()
        .map(|(_, word)| word)
}

/// A list of words for a message: the first `most`, in backticks, and `…`.
pub(crate) fn listed<'a>(words: impl IntoIterator<Item = &'a str>, most: usize) -> String {
    let mut words = words.into_iter();
    let shown: Vec<String> = words
        .by_ref()
        .take(most)
        .map(|word| format!("`{}`", visible(word)))
        .collect();
    let rest = if words.next().is_some() { " …" } else { "" };
    format!("{}{rest}", shown.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn invisible_characters_are_shown() {
        assert_eq!(visible("嘉定\u{200B}镇"), "嘉定⟨U+200B⟩镇");
        assert_eq!(visible("a\nb\u{7}"), "a⏎b⟨U+0007⟩");
    }

    #[test]
    fn full_width_is_half_width() {
        assert_eq!(normal("　Ｔ０１ "), "T01");
        assert_eq!(without_blanks("责任\n部门"), "责任部门");
    }

    #[test]
    fn near_words_are_suggested_and_far_ones_are_not() {
        let known = ["嘉定镇", "大阿镇", "小江镇"];
        assert_eq!(nearest("嘉定真", known), Some("嘉定镇"));
        assert_eq!(nearest("赣州市", known), None);
        assert_eq!(nearest("inspecton", ["inspection"]), Some("inspection"));
    }
}
