//! A case made small: whatever can be left out of it without losing what it shows is left out.

use super::case::Case;

/// The smallest case that can be reached from this one by leaving out declarations, lines and parts
/// of lines of the policy, rows of the ledger and of the register, while `shows` holds.
pub fn shrink(case: &Case, shows: impl Fn(&Case) -> bool) -> Case {
    let mut small = case.clone();
    loop {
        let before = small.clone();
        small = without_lines(&small, Part::Ledger, &shows);
        small = without_declarations(&small, &shows);
        small = without_lines(&small, Part::Policy, &shows);
        small = without_words(&small, &shows);
        small = without_lines(&small, Part::Register, &shows);
        small = simpler_run(&small, &shows);
        small = sooner(&small, &shows);
        small = without_cells(&small, &shows);
        if small == before {
            return small;
        }
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Part {
    Policy,
    Register,
    Ledger,
}

impl Part {
    fn of(self, case: &Case) -> &str {
        match self {
            Self::Policy => &case.policy,
            Self::Register => &case.register,
            Self::Ledger => &case.ledger,
        }
    }

    fn with(self, case: &Case, text: String) -> Case {
        let mut case = case.clone();
        match self {
            Self::Policy => case.policy = text,
            Self::Register => case.register = text,
            Self::Ledger => case.ledger = text,
        }
        case
    }
}

/// Leaves out runs of pieces, long ones first.
fn without(pieces: &[String], first: usize, still: impl Fn(&[String]) -> bool) -> Vec<String> {
    let mut pieces = pieces.to_vec();
    let mut length = (pieces.len() / 2).max(1);
    loop {
        let mut at = first;
        while at < pieces.len() {
            let end = (at + length).min(pieces.len());
            let mut fewer = pieces.clone();
            fewer.drain(at..end);
            if still(&fewer) {
                pieces = fewer;
            } else {
                at += length;
            }
        }
        if length == 1 {
            return pieces;
        }
        length /= 2;
    }
}

fn lines(text: &str) -> Vec<String> {
    text.lines().map(|line| format!("{line}\n")).collect()
}

fn without_lines(case: &Case, part: Part, shows: &impl Fn(&Case) -> bool) -> Case {
    let first = usize::from(part != Part::Policy);
    let kept = without(&lines(part.of(case)), first, |lines| {
        shows(&part.with(case, lines.concat()))
    });
    part.with(case, kept.concat())
}

fn without_declarations(case: &Case, shows: &impl Fn(&Case) -> bool) -> Case {
    let mut pieces: Vec<String> = Vec::new();
    for line in lines(&case.policy) {
        let inside = line.starts_with([' ', '\n', '}', '{', ')']);
        match pieces.last_mut() {
            Some(piece) if inside => piece.push_str(&line),
            _ => pieces.push(line),
        }
    }
    let kept = without(&pieces, 0, |pieces| {
        shows(&Part::Policy.with(case, pieces.concat()))
    });
    Part::Policy.with(case, kept.concat())
}

/// Leaves out what stands between two words of a line, and pairs of parentheses.
fn without_words(case: &Case, shows: &impl Fn(&Case) -> bool) -> Case {
    let mut small = case.clone();
    let mut at = 0;
    while at < small.policy.lines().count() {
        let line = small.policy.lines().nth(at).unwrap_or_default().to_owned();
        if let Some(shorter) = shorter_line(&small, at, &line, shows) {
            small = shorter;
        } else {
            at += 1;
        }
    }
    small
}

fn shorter_line(
    case: &Case,
    at: usize,
    line: &str,
    shows: &impl Fn(&Case) -> bool,
) -> Option<Case> {
    let words = pieces_of(line);
    let most = words.len().min(24);
    let put = |words: Vec<String>| {
        let mut lines = lines(&case.policy);
        lines[at] = words.concat() + "\n";
        let shorter = Part::Policy.with(case, lines.concat());
        shows(&shorter).then_some(shorter)
    };
    for length in (1..=most).rev() {
        for start in 1..words.len().saturating_sub(length - 1) {
            let mut fewer = words.clone();
            fewer.drain(start..start + length);
            if let Some(shorter) = put(fewer) {
                return Some(shorter);
            }
        }
    }
    for (open, word) in words.iter().enumerate() {
        if word.trim() != "(" {
            continue;
        }
        let close = closing(&words, open)?;
        let mut fewer = words.clone();
        fewer.remove(close);
        fewer.remove(open);
        if let Some(shorter) = put(fewer) {
            return Some(shorter);
        }
    }
    None
}

/// Words with the blanks behind them; parentheses are words.
fn pieces_of(line: &str) -> Vec<String> {
    let mut pieces = vec![String::new()];
    for letter in line.chars() {
        let last = pieces.last().cloned().unwrap_or_default();
        let alone = matches!(letter, '(' | ')' | ',');
        let ended = last.ends_with([' ', '(', ',']) && letter != ' ' && !last.trim().is_empty();
        if ended || (alone && !last.trim().is_empty()) {
            pieces.push(String::new());
        }
        if let Some(piece) = pieces.last_mut() {
            piece.push(letter);
        }
    }
    pieces
}

fn closing(words: &[String], open: usize) -> Option<usize> {
    let mut depth = 0;
    for (at, word) in words.iter().enumerate().skip(open) {
        if word.trim_start().starts_with('(') {
            depth += 1;
        }
        if word.trim() == ")" {
            depth -= 1;
            if depth == 0 {
                return Some(at);
            }
        }
    }
    None
}

fn simpler_run(case: &Case, shows: &impl Fn(&Case) -> bool) -> Case {
    let mut small = case.clone();
    let simpler: [fn(&mut Case); 4] = [
        |case| case.hindsight = false,
        |case| case.assume_approved = false,
        |case| case.known_on = None,
        |case| case.second_answers.clear(),
    ];
    for change in simpler {
        let mut other = small.clone();
        change(&mut other);
        if other != small && shows(&other) {
            small = other;
        }
    }
    small
}

/// The earliest last day that still shows it.
fn sooner(case: &Case, shows: &impl Fn(&Case) -> bool) -> Case {
    let mut small = case.clone();
    for step in [30, 7, 1] {
        loop {
            let mut other = small.clone();
            let Some(day) = other.as_of.checked_sub_days(chrono::Days::new(step)) else {
                break;
            };
            other.as_of = day;
            if !shows(&other) {
                break;
            }
            small = other;
        }
    }
    small
}

/// Leaves out whole columns, then single cells.
fn without_cells(case: &Case, shows: &impl Fn(&Case) -> bool) -> Case {
    let mut small = case.clone();
    for part in [Part::Ledger, Part::Register] {
        let mut column = 0;
        while column
            < part
                .of(&small)
                .lines()
                .next()
                .map_or(0, |head| head.split(',').count())
        {
            let narrower: String = part
                .of(&small)
                .lines()
                .map(|line| {
                    let mut cells: Vec<&str> = line.split(',').collect();
                    if column < cells.len() {
                        cells.remove(column);
                    }
                    cells.join(",") + "\n"
                })
                .collect();
            let narrower = part.with(&small, narrower);
            if shows(&narrower) {
                small = narrower;
            } else {
                column += 1;
            }
        }
        small = blanked(&small, part, shows);
    }
    small
}

fn blanked(case: &Case, part: Part, shows: &impl Fn(&Case) -> bool) -> Case {
    let mut rows: Vec<Vec<String>> = part
        .of(case)
        .lines()
        .map(|line| line.split(',').map(str::to_owned).collect())
        .collect();
    let text =
        |rows: &[Vec<String>]| -> String { rows.iter().map(|row| row.join(",") + "\n").collect() };
    for row in 1..rows.len() {
        for cell in 0..rows[row].len() {
            if rows[row][cell].is_empty() {
                continue;
            }
            let old = std::mem::take(&mut rows[row][cell]);
            if !shows(&part.with(case, text(&rows))) {
                rows[row][cell] = old;
            }
        }
    }
    part.with(case, text(&rows))
}
