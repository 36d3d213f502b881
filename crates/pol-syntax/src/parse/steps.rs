//! The steps of a test, one by one: a mistake in one of them leaves the others to be read.
//!
//! Promises: what is taken out is a whole step, with its continued lines, and leaves every place
//! where it was.

use super::words;
use pol_grammar::keywords::{Keyword, keyword};
use std::ops::Range;

/// How many steps of one test may be taken out.
pub(super) const MOST: usize = 20;

/// A test without one of its steps.
pub(super) struct Rest {
    /// The text with the step replaced by blanks.
    pub text: String,
    /// True if other steps may speak of what the step said: a member, the id of an entry.
    pub lacks_names: bool,
}

/// The test without the step at which parsing went no further; none where the mistake stands in the
/// test's first line, or nothing is left to take out.
pub(super) fn without(text: &str, at: usize) -> Option<Rest> {
    let at = words::skip_space(text, at.min(text.len())).min(text.len());
    let step = step_around(text, at)?;
    let taken = text.get(step.clone())?;
    if taken.trim().is_empty() {
        return None;
    }
    let blanks: String = taken
        .bytes()
        .map(|byte| if byte == b'\n' { '\n' } else { ' ' })
        .collect();
    let names = ["given", "as"].into_iter().filter_map(keyword);
    let names: Vec<&str> = names.flat_map(Keyword::spellings).collect();
    Some(Rest {
        text: [text.get(..step.start)?, &blanks, text.get(step.end..)?].concat(),
        lacks_names: taken
            .split(|c| !words::is_word_char(c))
            .any(|word| names.contains(&word)),
    })
}

/// From the line that opens the step to the one that opens the next.
fn step_around(text: &str, at: usize) -> Option<Range<usize>> {
    let lines = lines(text);
    let here = lines.iter().rposition(|line| line.start <= at)?;
    let first_word = words::skip_space(text, lines[here].start);
    // A step that ends too early shows at the beginning of the next, which is whole.
    let cut_short = first_word >= at && opens_step(text, lines[here].start);
    let last = if cut_short || at >= text.len() {
        let before = if cut_short { here } else { here + 1 };
        (1..before)
            .rev()
            .find(|line| !is_blank(text, &lines[*line]))?
    } else {
        here
    };
    let opening = (1..=last)
        .rev()
        .find(|line| opens_step(text, lines[*line].start))
        .filter(|_| first_word != at || cut_short)
        .unwrap_or(last);
    if opening == 0 {
        return None;
    }
    let next = (last + 1..lines.len()).find(|line| opens_step(text, lines[*line].start));
    Some(lines[opening].start..next.map_or(text.len(), |line| lines[line].start))
}

fn lines(text: &str) -> Vec<Range<usize>> {
    let mut start = 0;
    text.split_inclusive('\n')
        .map(|line| {
            let range = start..start + line.len();
            start = range.end;
            range
        })
        .collect()
}

fn is_blank(text: &str, line: &Range<usize>) -> bool {
    text.get(line.clone())
        .is_none_or(|line| line.trim().is_empty())
}

/// True for a line that begins with a date, `given` or `expect`.
fn opens_step(text: &str, start: usize) -> bool {
    let line = text.get(start..).unwrap_or_default();
    let word = words::word_at(
        line,
        line.len() - line.trim_start_matches(words::is_blank).len(),
    );
    let opens = |name| keyword(name).is_some_and(|it| it.spellings().any(|zh| zh == word));
    word.starts_with(char::is_numeric) || opens("given") || opens("expect")
}
