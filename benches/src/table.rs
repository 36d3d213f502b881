//! The measurements, each beside the same by the expert's programs, as ratios of CPU time.
#![expect(
    clippy::float_arithmetic,
    clippy::cast_precision_loss,
    reason = "measured times are no decisions"
)]

use crate::cpu;
use crate::peers::Peers;
use crate::workload::{CARDS, Data, QUARTERS, Rules, as_workload, checksum, wrong};
use std::fmt;
use std::io;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

/// How often a measurement is taken; the least counts.
const TIMES: usize = 3;

/// The largest ledger that is ever held in memory, in bytes.
const HELD: usize = 256 << 20;

const HEADER: [&str; 7] = [
    "what",
    "data",
    "entries",
    "here, ns",
    "expert, ns",
    "ratio",
    "result",
];

/// Rows under a header.
pub(crate) struct Table(Vec<[String; 7]>);

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for row in &self.0 {
            let [what, data, entries, here, expert, ratio, result] = row;
            writeln!(
                f,
                "{what:<28} {data:<8} {entries:>9} {here:>10} {expert:>10} {ratio:>8}  {result}"
            )?;
        }
        Ok(())
    }
}

/// All measurements of all folders; the last one is that of single decisions.
pub(crate) fn table(folders: &[&str]) -> io::Result<Table> {
    let peers = Peers::found();
    let mut table = Table(vec![HEADER.map(str::to_owned)]);
    let (single, whole) = folders
        .split_last()
        .map_or((None, folders), |(last, rest)| {
            (Some(*last), if rest.is_empty() { folders } else { rest })
        });
    for folder in whole {
        if std::fs::metadata(Path::new(folder).join("ledger.csv"))?.len() <= HELD as u64 {
            in_memory(&mut table, peers.as_ref(), folder)?;
            one_at_a_time(&mut table, peers.as_ref(), folder)?;
        }
        whole_process(&mut table, peers.as_ref(), folder)?;
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
    times: (f64, Option<f64>),
    result: String,
) {
    let (here, expert) = times;
    let name = Path::new(folder).file_name().unwrap_or_default();
    table.0.push([
        what.to_owned(),
        name.to_string_lossy().into_owned(),
        entries.to_string(),
        format!("{here:.0}"),
        expert.map_or_else(|| "-".to_owned(), |expert| format!("{expert:.1}")),
        expert.map_or_else(|| "-".to_owned(), |expert| format!("{:.1}", here / expert)),
        result,
    ]);
}

fn each(spent: Duration, count: usize) -> f64 {
    spent.as_secs_f64() * 1e9 / count.max(1) as f64
}

/// The least of several measurements.
fn least<T>(mut measure: impl FnMut() -> io::Result<(T, Duration)>) -> io::Result<(T, Duration)> {
    let mut best = measure()?;
    for _ in 1..TIMES {
        let again = measure()?;
        if again.1 < best.1 {
            best = again;
        }
    }
    Ok(best)
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
        let (report, spent) = least(|| {
            let (report, spent) = cpu::own(|| rules.evaluate(&data));
            Ok((report?, spent))
        })?;
        let result = checksum(&rules.lines(&report, &data.register));
        let count = data.entries.len();
        row(
            table,
            what,
            folder,
            count,
            (each(spent, count), expert),
            result,
        );
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
    let ((report, mut taken), spent) = least(|| {
        let (said, spent) = cpu::own(|| rules.evaluate_each(&data));
        Ok((said?, spent))
    })?;
    taken.sort_unstable();
    let count = data.entries.len();
    let p99 = taken.get(count * 99 / 100).copied().unwrap_or_default();
    let result = checksum(&rules.lines(&report, &data.register));
    let result = format!("{result}, p99 {} ns of wall time", p99.as_nanos());
    let times = (each(spent, count), expert);
    row(table, "entries one by one", folder, count, times, result);
    Ok(())
}

/// From files to sorted outcomes, each a process of its own.
fn whole_process(table: &mut Table, peers: Option<&Peers>, folder: &str) -> io::Result<()> {
    let program = std::env::current_exe()?;
    let outcomes = std::env::temp_dir().join(format!("pol-bench-{}.csv", std::process::id()));
    let out = outcomes.to_string_lossy();
    let ledger = std::fs::read_to_string(Path::new(folder).join("ledger.csv"))?;
    let count = ledger.lines().count().saturating_sub(1);
    let ways: [(&str, &[&str], &str); 5] = [
        ("cards, row by row", &["stream", "w1", "1"], "1tp"),
        ("cards, on two threads", &["stream", "w1", "2"], "1tp"),
        ("without, row by row", &["stream", "y0", "1"], "y0"),
        ("cards, files held", &["replay", "w1"], "1tp"),
        ("without, files held", &["replay", "y0"], "y0"),
    ];
    // Files of more bytes are read row by row or not at all.
    let held = ledger.len() <= HELD;
    for (what, way, mode) in ways {
        if way[0] == "replay" && !held {
            continue;
        }
        let (said, spent) = least(|| {
            let mut run = Command::new(&program);
            let run = run.args(way).args([folder, &out]);
            let (output, spent) = cpu::children(|| run.output());
            let output = output?;
            if !output.status.success() {
                return Err(wrong(String::from_utf8_lossy(&output.stderr)));
            }
            Ok((
                String::from_utf8_lossy(&output.stdout).trim().to_owned(),
                spent,
            ))
        })?;
        let lines = std::fs::read_to_string(&*outcomes)?;
        let result = match way[0] {
            "stream" => checksum(&as_workload(&lines)),
            _ => checksum(&lines),
        };
        let expert = peers
            .map(|peers| least(|| Ok(((), peers.whole("ceiling", &[mode, folder, &out])?))))
            .transpose()?
            .map(|((), spent)| each(spent, count));
        let result = format!("{result}, {said}");
        row(
            table,
            what,
            folder,
            count,
            (each(spent, count), expert),
            result,
        );
    }
    std::fs::remove_file(&*outcomes)
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
    let (said, spent) = least(|| {
        let (said, spent) = cpu::own(|| one_by_one(&rules, &apart));
        Ok((said?, spent))
    })?;
    let what = "one decision, of one subject";
    let entries = data.entries.len() / apart.len().max(1);
    let result = format!("{said} records");
    row(
        table,
        what,
        folder,
        entries,
        (each(spent, apart.len()), expert),
        result,
    );
    Ok(())
}

fn one_by_one(rules: &Rules, apart: &[Data]) -> io::Result<usize> {
    let mut said = 0;
    for subject in apart {
        said += rules.evaluate(subject)?.records.len();
    }
    Ok(said)
}

/// From the policy's text to a plan.
fn start_up(table: &mut Table) -> io::Result<()> {
    let (rules, spent) = least(|| {
        let (rules, spent) = cpu::own(|| Rules::of(CARDS));
        Ok((rules?, spent))
    })?;
    let result = format!("{} rules", rules.plan.rules.len());
    row(
        table,
        "policy to plan",
        "",
        1,
        (each(spent, 1), None),
        result,
    );
    Ok(())
}
