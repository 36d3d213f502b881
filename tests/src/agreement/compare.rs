//! What two runs say differently.

use super::evaluator::Said;
use pol_model::{Fault, Record, Report};
use std::fmt::{self, Debug, Display};

/// One thing that two runs say differently.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// Where: `record 3, evidence`.
    pub place: String,
    /// What the first says there; none: nothing.
    pub first: Option<String>,
    /// What the second says there.
    pub second: Option<String>,
}

impl Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let said = |side: &Option<String>| side.clone().unwrap_or_else(|| "nothing".to_owned());
        write!(
            f,
            "{}:\n    {}\n    {}",
            self.place,
            said(&self.first),
            said(&self.second)
        )
    }
}

/// All that two runs say differently; empty if they agree. After the first record that differs the
/// others are compared as they come, so that one that is missing shows as such and not as a
/// difference of all that follow.
pub fn differences(first: &Said, second: &Said) -> Vec<Difference> {
    match (first, second) {
        (Ok(first), Ok(second)) => reports(first, second),
        (Err(first), Err(second)) => {
            let (first, second) = (in_order(first), in_order(second));
            listed("fault", &first, &second, whole)
        }
        (first, second) => vec![Difference {
            place: "outcome".to_owned(),
            first: Some(outcome(first)),
            second: Some(outcome(second)),
        }],
    }
}

fn outcome(said: &Said) -> String {
    match said {
        Ok(report) => format!("a report of {} records", report.records.len()),
        Err(faults) => format!("faults: {faults:?}"),
    }
}

/// Faults are told all at once, in no order.
fn in_order(faults: &[Fault]) -> Vec<String> {
    let mut faults: Vec<String> = faults.iter().map(|fault| format!("{fault:?}")).collect();
    faults.sort();
    faults.dedup();
    faults
}

fn reports(first: &Report, second: &Report) -> Vec<Difference> {
    // The whole of a report is taken apart, so that a new part of it cannot be forgotten here.
    let Report {
        records,
        standings,
        in_force,
        duties,
        proposals,
    } = first;
    let mut found = listed("record", records, &second.records, record);
    found.extend(listed("standing", standings, &second.standings, whole));
    found.extend(listed("in force", in_force, &second.in_force, whole));
    found.extend(listed("duty", duties, &second.duties, whole));
    found.extend(listed("proposal", proposals, &second.proposals, whole));
    found
}

fn listed<T: PartialEq + Debug>(
    what: &str,
    first: &[T],
    second: &[T],
    each: impl Fn(&str, &T, &T) -> Vec<Difference>,
) -> Vec<Difference> {
    if first == second {
        return Vec::new();
    }
    let only = |these: &[T], those: &[T]| {
        let mut left: Vec<&T> = those.iter().collect();
        let mut only = Vec::new();
        for (at, one) in these.iter().enumerate() {
            match left.iter().position(|other| *other == one) {
                Some(place) => {
                    left.remove(place);
                }
                None => only.push(at),
            }
        }
        only
    };
    let (mut firsts, mut seconds) = (only(first, second), only(second, first));
    if firsts.is_empty() && seconds.is_empty() {
        let at = first
            .iter()
            .zip(second)
            .position(|(a, b)| a != b)
            .unwrap_or(0);
        return vec![Difference {
            place: format!("{what} {at}, order"),
            first: Some(format!("{:?}", first[at])),
            second: Some(format!("{:?}", second[at])),
        }];
    }
    let mut found = Vec::new();
    if firsts.len() == seconds.len() {
        for (a, b) in firsts.drain(..).zip(seconds.drain(..)) {
            found.extend(each(&format!("{what} {a}"), &first[a], &second[b]));
        }
    }
    found.extend(firsts.into_iter().map(|at| Difference {
        place: format!("{what} {at}, only in the first"),
        first: Some(format!("{:?}", first[at])),
        second: None,
    }));
    found.extend(seconds.into_iter().map(|at| Difference {
        place: format!("{what} {at}, only in the second"),
        first: None,
        second: Some(format!("{:?}", second[at])),
    }));
    found
}

fn whole<T: PartialEq + Debug>(place: &str, first: &T, second: &T) -> Vec<Difference> {
    if first == second {
        return Vec::new();
    }
    vec![Difference {
        place: place.to_owned(),
        first: Some(format!("{first:?}")),
        second: Some(format!("{second:?}")),
    }]
}

fn record(place: &str, first: &Record, second: &Record) -> Vec<Difference> {
    // Taken apart whole, so that a new field cannot be forgotten here.
    let Record {
        date,
        known,
        step,
        subject,
        what,
        state,
        fields,
        rule,
        evidence,
        assumed,
        due,
    } = first;
    if (what, subject) != (&second.what, &second.subject) {
        return whole(place, first, second);
    }
    let place = format!("{place} ({what:?} of {subject:?}, known {known})");
    let mut found = whole(&format!("{place}, date"), date, &second.date);
    found.extend(whole(&format!("{place}, known"), known, &second.known));
    found.extend(whole(&format!("{place}, step"), step, &second.step));
    found.extend(whole(&format!("{place}, state"), state, &second.state));
    found.extend(whole(&format!("{place}, fields"), fields, &second.fields));
    found.extend(whole(&format!("{place}, rule"), rule, &second.rule));
    found.extend(whole(
        &format!("{place}, evidence"),
        evidence,
        &second.evidence,
    ));
    found.extend(whole(
        &format!("{place}, assumed"),
        assumed,
        &second.assumed,
    ));
    found.extend(whole(&format!("{place}, due"), due, &second.due));
    found
}
