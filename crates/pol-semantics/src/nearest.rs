//! The name that was probably meant.
//!
//! Chinese names are short: one character in two may be wrong, but a name of one character is never
//! guessed at. Longer names may be off by a third.

use strsim::damerau_levenshtein;

/// The candidate nearest to a name, if one is near enough; of equals one of
/// the same length, then the first in code-point order.
pub(crate) fn nearest<'a>(
    name: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    let length = name.chars().count();
    let allowed = if length < 2 { 0 } else { (length / 3).max(1) };
    candidates
        .into_iter()
        .filter(|candidate| *candidate != name)
        .filter_map(|candidate| {
            let same_but_case = candidate.to_lowercase() == name.to_lowercase();
            let distance = if same_but_case {
                0
            } else {
                damerau_levenshtein(name, candidate)
            };
            // A suggestion that shares nothing with the name is no suggestion.
            let other = candidate.chars().count();
            (same_but_case || distance <= allowed && distance < length.max(other)).then_some((
                distance,
                length.abs_diff(other),
                candidate,
            ))
        })
        .min()
        .map(|(_, _, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn suggests_what_is_near() {
        let names = [
            "situation",
            "inspection",
            "verification",
            "红牌",
            "黄牌",
            "领导小组",
        ];
        assert_eq!(nearest("situaton", names), Some("situation"));
        assert_eq!(nearest("Inspection", names), Some("inspection"));
        assert_eq!(nearest("红排", names), Some("红牌"));
        assert_eq!(nearest("领导组", names), Some("领导小组"));
        // A character mistaken is likelier than one left out.
        assert_eq!(nearest("末挂牌", ["挂牌", "未挂牌"]), Some("未挂牌"));
    }

    #[test]
    fn suggests_nothing_far() {
        assert_eq!(nearest("蓝灯", ["红牌", "黄牌"]), None);
        assert_eq!(nearest("户", ["次", "项"]), None);
        assert_eq!(nearest("application", ["verification"]), None);
    }
}
