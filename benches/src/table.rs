//! The measurements, each beside the same by the expert's programs, as ratios of CPU time.
#![expect(
    clippy::float_arithmetic,
    clippy::cast_precision_loss,
    reason = "measured times are no decisions"
)]

use crate::cpu;
use crate::peers::Peers;
use crate::whole;
use crate::workload::{CARDS, Data, QUARTERS, Rules, checksum};
use std::fmt;
use std::io;
use std::num::NonZero;
use std::path::Path;
use std::time::Duration;

/// How often a measurement is taken; the least counts.
const TIMES: usize = 3;

/// The largest ledger that is ever held in memory, in bytes.
pub(crate) const HELD: u64 = 256 << 20;

/// One measurement.
pub(crate) struct Row {
    /// What was done.
    pub what: String,
    /// On which folder.
    pub folder: String,
    /// How many entries there are.
    pub entries: usize,
    /// The CPU time of all of them.
    pub spent: Duration,
    /// What the expert's program takes for one, in nanoseconds.
    pub expert: Option<f64>,
    /// The most memory that was held, in KiB, where the process did nothing else.
    pub peak: Option<i64>,
    /// How many subjects there are.
    pub subjects: usize,
    /// What came out.
    pub result: String,
}

/// Rows under a header.
pub(crate) struct Table(Vec<Row>);

impl Row {
    fn each(&self) -> f64 {
        self.spent.as_secs_f64() * 1e9 / self.entries.max(1) as f64
    }

    fn data(&self) -> String {
        let name = Path::new(&self.folder).file_name().unwrap_or_default();
        name.to_string_lossy().into_owned()
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "{:<50} {:<6} {:>9} {:>9} {:>9} {:>7} {:>8}  result",
            "what", "data", "entries", "here, ns", "expert", "ratio", "peak MiB"
        )?;
        let or_dash = |shown: Option<String>| shown.unwrap_or_else(|| "-".to_owned());
        for row in &self.0 {
            let expert = row.expert.map(|expert| format!("{expert:.1}"));
            let ratio = row
                .expert
                .map(|expert| format!("{:.1}", row.each() / expert));
            let peak = row.peak.map(|peak| format!("{}", peak / 1024));
            writeln!(
                f,
                "{:<50} {:<6} {:>9} {:>9.0} {:>9} {:>7} {:>8}  {}",
                row.what,
                row.data(),
                row.entries,
                row.each(),
                or_dash(expert),
                or_dash(ratio),
                or_dash(peak),
                row.result
            )?;
        }
        self.compared(f)
    }
}

impl Table {
    /// What rows say about each other.
    fn compared(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f)?;
        for (at, row) in self.0.iter().enumerate() {
            let before = self.0[..at].iter().rev();
            let smaller = before
                .clone()
                .find(|other| other.what == row.what && other.entries * 5 < row.entries);
            if let Some(smaller) = smaller {
                let time = row.each() / smaller.each();
                write!(
                    f,
                    "{}: an entry of {} takes {time:.2} times one of {}",
                    row.what,
                    row.data(),
                    smaller.data()
                )?;
                if let (Some(most), Some(least)) = (row.peak, smaller.peak) {
                    let subjects = row.subjects.saturating_sub(smaller.subjects).max(1);
                    let bytes = (most - least).max(0) * 1024;
                    let subjects = i64::try_from(subjects).unwrap_or(i64::MAX);
                    write!(f, "; {} bytes more for each subject more", bytes / subjects)?;
                }
                writeln!(f)?;
            }
            if let Some(alone) = row.what.strip_suffix(", 2 threads") {
                let mut before = before;
                let one = before.find(|other| other.what == alone && other.folder == row.folder);
                if let Some(one) = one {
                    let cost = row.spent.as_secs_f64() / one.spent.as_secs_f64();
                    let lines = if one.result == row.result {
                        "the same"
                    } else {
                        "other"
                    };
                    writeln!(
                        f,
                        "{}, {}: two threads take {cost:.2} times the CPU of one and write {lines} lines",
                        alone,
                        row.data()
                    )?;
                }
            }
        }
        Ok(())
    }
}

/// All measurements of all folders; the last one is that of single decisions.
pub(crate) fn table(folders: &[&str]) -> io::Result<Table> {
    let peers = Peers::found();
    let mut table = Table(Vec::new());
    let (single, whole) = folders
        .split_last()
        .map_or((None, folders), |(last, rest)| {
            (Some(*last), if rest.is_empty() { folders } else { rest })
        });
    for folder in whole {
        let ledger = std::fs::metadata(Path::new(folder).join("ledger.csv"))?;
        if ledger.len() <= HELD {
            in_memory(&mut table, peers.as_ref(), folder)?;
            one_at_a_time(&mut table, peers.as_ref(), folder)?;
        }
        table.0.extend(whole::rows(peers.as_ref(), folder)?);
    }
    if let Some(folder) = single {
        decisions(&mut table, peers.as_ref(), folder)?;
    }
    start_up(&mut table)?;
    Ok(table)
}

fn row(
    table: &mut Table,
    what: &str,
    folder: &str,
    entries: usize,
    times: (Duration, Option<f64>),
    result: String,
) {
    let (spent, expert) = times;
    table.0.push(Row {
        what: what.to_owned(),
        folder: folder.to_owned(),
        entries,
        spent,
        expert,
        peak: None,
        subjects: 0,
        result,
    });
}

/// The least of several measurements.
pub(crate) fn least<T>(
    times: usize,
    mut measure: impl FnMut() -> io::Result<(T, Duration)>,
) -> io::Result<T> {
    let (mut best, mut spent) = measure()?;
    for _ in 1..times {
        let again = measure()?;
        if again.1 < spent {
            (best, spent) = again;
        }
    }
    Ok(best)
}

/// What this process spends on something, the least of several times.
fn least_own<T>(mut what: impl FnMut() -> io::Result<T>) -> io::Result<(T, Duration)> {
    least(TIMES, || {
        let (result, spent) = cpu::own(&mut what);
        Ok(((result?, spent), spent))
    })
}

/// Evaluation from entries in memory.
fn in_memory(table: &mut Table, peers: Option<&Peers>, folder: &str) -> io::Result<()> {
    let expert = peers
        .map(|peers| peers.printed("ceiling", &["eval", folder], " ns/event"))
        .transpose()?
        .flatten();
    for (what, rules, expert) in [
        ("rules with cards, in memory", CARDS, expert),
        ("rules without, in memory", QUARTERS, None),
    ] {
        let rules = Rules::of(rules)?;
        let data = rules.read(Path::new(folder))?;
        let alone = NonZero::<usize>::MIN;
        let (report, spent) = least_own(|| rules.evaluate(&data, alone))?;
        let result = checksum(&rules.lines(&report, &data.register));
        let count = data.entries.len();
        row(table, what, folder, count, (spent, expert), result);
    }
    Ok(())
}

/// Entries one by one, the day's end included.
fn one_at_a_time(table: &mut Table, peers: Option<&Peers>, folder: &str) -> io::Result<()> {
    let expert = peers
        .map(|peers| peers.printed("lat", &["w3", folder], " ns/event"))
        .transpose()?
        .flatten();
    let rules = Rules::of(CARDS)?;
    let data = rules.read(Path::new(folder))?;
    let ((report, mut taken), spent) = least_own(|| rules.evaluate_each(&data))?;
    taken.sort_unstable();
    let count = data.entries.len();
    let p99 = taken.get(count * 99 / 100).copied().unwrap_or_default();
    let result = checksum(&rules.lines(&report, &data.register));
    let result = format!("{result}, p99 {} ns of wall time", p99.as_nanos());
    let times = (spent, expert);
    row(table, "entries one by one", folder, count, times, result);
    Ok(())
}

/// One decision: all entries of one subject.
fn decisions(table: &mut Table, peers: Option<&Peers>, folder: &str) -> io::Result<()> {
    let expert = peers
        .map(|peers| peers.printed("lat", &["w2", folder], " ns/subject"))
        .transpose()?
        .flatten();
    let rules = Rules::of(CARDS)?;
    let data = rules.read(Path::new(folder))?;
    let apart = data.apart();
    let (said, spent) = least_own(|| one_by_one(&rules, &apart))?;
    let what = "one decision, of one subject";
    let entries = data.entries.len() / apart.len().max(1);
    let result = format!("{said} records of decisions on {entries} entries");
    row(table, what, folder, apart.len(), (spent, expert), result);
    Ok(())
}

fn one_by_one(rules: &Rules, apart: &[Data]) -> io::Result<usize> {
    let mut said = 0;
    for subject in apart {
        said += rules
            .evaluate(subject, NonZero::<usize>::MIN)?
            .records
            .len();
    }
    Ok(said)
}

/// From the policy's text to a plan.
fn start_up(table: &mut Table) -> io::Result<()> {
    let (rules, spent) = least_own(|| Rules::of(CARDS))?;
    let result = format!("{} rules", rules.program.plan().rules.len());
    row(table, "policy to plan", "", 1, (spent, None), result);
    Ok(())
}
