//! Rows of the register that say when a phase is: kind `phase` or `阶段`, the phase as id, and its
//! first and last day. Several rows of one phase are several spans.

use super::Col;
use crate::problem::{DataError, DataErrors, Problem};
use crate::row::View;
use crate::text::{normal, visible};
use crate::value::{day_of, word};
use crate::words::Vocabulary;
use pol_calendar::Date;
use pol_model::PhaseIx;
use pol_syntax::Code;
use std::collections::BTreeMap;

/// What the kind of such a row, or its sheet, is called. A kind of subject of that name wins.
const KIND: [&str; 2] = ["phase", "阶段"];

/// The spans that were read, with their lines.
#[derive(Default)]
pub(super) struct Phases {
    rows: BTreeMap<PhaseIx, Vec<(Date, Option<Date>, u32)>>,
}

/// True if rows of this kind are phases.
pub(super) fn is_phase(words: &Vocabulary<'_>, kind: &str) -> bool {
    KIND.contains(&normal(kind).to_lowercase().as_str()) && words.kinds.find(kind).is_empty()
}

impl Phases {
    /// Reads a row.
    pub fn read(&mut self, words: &Vocabulary<'_>, view: &View<'_, Col>, errors: &mut DataErrors) {
        let mut found = Vec::new();
        let phase = view.read(&Col::Id, &mut found, |cell| {
            let typed = word(cell)?;
            let phase = words
                .phases
                .one(Code::DATA_UNKNOWN_NAME, &typed, "phase", "阶段")?;
            let declared = words.policy.phases.get(phase.at());
            if declared.is_some_and(|declared| declared.from_register) {
                return Ok(phase);
            }
            let shown = visible(&typed);
            let problem = Problem::new(
                Code::DATA_MISPLACED,
                format!("the policy itself says when the phase `{shown}` is"),
                format!("阶段`{shown}`的起止日期由政策写明"),
            );
            Err(problem.help(
                "leave the row out, or write `from register` in the policy",
                "请删去此行，或在政策中写`取自 名册`",
            ))
        });
        if view.cell(&Col::Id).is_none() {
            found.push(view.missing(&Col::Id, "id", "编号"));
        }
        let from = view.read(&Col::From, &mut found, day_of);
        if view.cell(&Col::From).is_none() {
            found.push(view.missing(&Col::From, "from", "起"));
        }
        let until = view.read(&Col::Until, &mut found, day_of);
        if let (Some(first), Some(last)) = (from, until)
            && last < first
        {
            found.push(view.error(backwards(first, last), &Col::Until));
        }
        found.extend(others(view));
        if let (Some(phase), Some(from), true) = (phase, from, found.is_empty()) {
            self.add(phase, (from, until, view.line()), view, &mut found);
        }
        errors.extend(found);
    }

    /// Adds a span; a span without `until` ends where the next one begins, as a member's does.
    fn add(
        &mut self,
        phase: PhaseIx,
        span: (Date, Option<Date>, u32),
        view: &View<'_, Col>,
        found: &mut Vec<DataError>,
    ) {
        let spans = self.rows.entry(phase).or_default();
        let (from, until, line) = span;
        let meets = |(first, last, _): &&(Date, Option<Date>, u32)| {
            if *first < from {
                last.is_some_and(|last| last >= from)
            } else {
                *first == from || until.is_some_and(|until| until >= *first)
            }
        };
        if let Some((first, _, other)) = spans.iter().find(meets) {
            let day = (*first).max(from);
            let problem = Problem::new(
                Code::DATA_ROWS,
                format!("this span overlaps the one on line {other}: both hold on {day}"),
                format!("此行与第{other}行的时段重叠：都包含{day}"),
            )
            .help(
                "give the rows `from` and `until` that do not overlap",
                "请写明互不重叠的起止日期",
            );
            found.push(view.error(problem, &Col::From));
            return;
        }
        spans.push((from, until, line));
    }

    /// The spans in order of their dates.
    pub fn finish(self) -> BTreeMap<PhaseIx, Vec<(Date, Option<Date>)>> {
        let in_order = |(phase, mut rows): (PhaseIx, Vec<(Date, Option<Date>, u32)>)| {
            rows.sort_unstable();
            let nexts = rows.iter().skip(1).map(|(from, ..)| from.pred_opt());
            let ends: Vec<Option<Date>> = nexts.chain([None]).collect();
            let spans = rows
                .into_iter()
                .zip(ends)
                .map(|((from, until, _), end)| (from, until.or(end)))
                .collect();
            (phase, spans)
        };
        self.rows.into_iter().map(in_order).collect()
    }
}

/// `until` lies before `from`.
pub(super) fn backwards(first: Date, last: Date) -> Problem {
    Problem::new(
        Code::DATA_SPAN,
        format!("the last day, {last}, lies before the first, {first}"),
        format!("止于{last}，早于起始的{first}"),
    )
}

/// Filled cells that a phase does not have.
fn others(view: &View<'_, Col>) -> Vec<DataError> {
    let own = [Col::Id, Col::Kind, Col::From, Col::Until];
    let filled = view.cells().filter_map(|(at, column, cell)| {
        let is = column.is.as_ref()?;
        if own.contains(is) {
            return None;
        }
        let title = visible(&column.title);
        let problem = Problem::new(
            Code::DATA_MISPLACED,
            format!("a phase has no `{title}`"),
            format!("阶段没有`{title}`"),
        )
        .help("leave the cell empty", "请留空");
        Some(view.error_at(problem, at, column, cell))
    });
    filled.collect()
}
