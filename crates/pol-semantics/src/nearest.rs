//! The name that was probably meant.
//!
//! Chinese names are short: one character in two may be wrong, but a name of one character is never
//! guessed at. Longer names may be off by a third.

use std::cmp::Reverse;
use strsim::damerau_levenshtein;

/// The candidate nearest to a name, if one is near enough; of equals one that begins alike, then of
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
            let begins = prefix(name, candidate);
            // Who left the end out, or wrote more than the name, meant the name that begins so.
            let cut = begins == length.min(other) && begins * 3 >= length.max(other) * 2;
            let near = distance <= allowed && distance < length.max(other);
            (same_but_case || cut || near).then_some((
                if cut { 0 } else { distance },
                Reverse(begins),
                length.abs_diff(other),
                candidate,
            ))
        })
        .min()
        .map(|(_, _, _, candidate)| candidate)
}

/// How many characters two names have in common at their beginning.
fn prefix(one: &str, other: &str) -> usize {
    one.chars()
        .zip(other.chars())
        .take_while(|(a, b)| a == b)
        .count()
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

    /// Of two that are as near, the one that begins as the name does.
    #[test]
    fn suggests_what_begins_alike() {
        let rules = ["部门首次黄牌", "乡镇首次黄牌", "乡镇再次红牌"];
        assert_eq!(nearest("乡镇首次红牌", rules), Some("乡镇首次黄牌"));
        assert_eq!(nearest("乡镇首次", rules), Some("乡镇首次黄牌"));
        let rules = ["card_first_removal", "first_card_township", "last_card"];
        assert_eq!(
            nearest("first_card_town", rules),
            Some("first_card_township")
        );
        assert_eq!(nearest("cart", ["card", "part", "cast"]), Some("card"));
    }

    #[test]
    fn suggests_nothing_far() {
        assert_eq!(nearest("蓝灯", ["红牌", "黄牌"]), None);
        assert_eq!(nearest("户", ["次", "项"]), None);
        assert_eq!(nearest("application", ["verification"]), None);
    }
}
