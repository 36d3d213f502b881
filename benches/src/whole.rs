//! Whole processes, from files to sorted lines: ours, the expert's, DuckDB's and Polars', each measured
//! by a process of its own that starts nothing else.
#![expect(
    clippy::float_arithmetic,
    clippy::cast_precision_loss,
    reason = "measured times are no decisions"
)]

use crate::cpu;
use crate::peers::Peers;
use crate::table::{HELD, Row, least};
use crate::workload::{as_workload, checksum, wrong};
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

/// Beyond so many entries a measurement is taken once: noise is small beside it, and the time long.
const MANY: usize = 2_000_000;

/// A way from files to lines.
struct Way {
    /// What it is called.
    name: &'static str,
    /// The program and its words.
    command: Vec<String>,
    /// What it writes, as the workload writes it.
    lines: fn(&str) -> String,
}

/// What a process took, and what it wrote.
struct Taken {
    spent: Duration,
    peak: i64,
    lines: String,
    /// What it says of how it was done.
    how: String,
}

/// Runs a program and prints its CPU time in microseconds, the most memory that it held in KiB, and what
/// it says.
pub(crate) fn measure(program: &str, words: &[&str]) -> io::Result<()> {
    let (ended, spent) = cpu::children(|| Command::new(program).args(words).output());
    let ended = ended?;
    if !ended.status.success() {
        return Err(wrong(String::from_utf8_lossy(&ended.stderr)));
    }
    let said = String::from_utf8_lossy(&ended.stdout);
    let (micros, peak) = (spent.as_micros(), cpu::peak_of_children());
    println!("{micros} {peak} {}", said.trim());
    Ok(())
}

/// All ways of both sorts of rules over a folder.
pub(crate) fn rows(peers: Option<&Peers>, folder: &str) -> io::Result<Vec<Row>> {
    let ledger = std::fs::read_to_string(Path::new(folder).join("ledger.csv"))?;
    let entries = ledger.lines().count().saturating_sub(1);
    drop(ledger);
    let register = std::fs::read_to_string(Path::new(folder).join("subjects.csv"))?;
    let subjects = register.lines().count().saturating_sub(1);
    let out = std::env::temp_dir().join(format!("pol-bench-{}.csv", std::process::id()));
    let mut rows = Vec::new();
    for (what, rules, mode) in [
        ("cards, files to lines", "w1", "1tp"),
        ("without cards, files to lines", "y0", "y0"),
    ] {
        let times = if entries > MANY { 1 } else { 3 };
        let take = |way: &Way| least(times, || taken(way, &out));
        let expert = expert(peers, mode, folder, &out);
        let expert = expert.map(|way| take(&way)).transpose()?;
        let judge = expert.as_ref().map(|expert| expert.spent);
        let mut said: Option<String> = None;
        for way in ours(rules, folder, &out)?
            .iter()
            .chain(&python(rules, folder, &out))
        {
            let taken = take(way)?;
            let result = checksum(&taken.lines);
            let same = said.get_or_insert_with(|| result.clone()) == &result;
            let differs = if same { "" } else { ", which differs" };
            let how = if taken.how.len() < 80 {
                &*taken.how
            } else {
                ""
            };
            rows.push(Row {
                what: format!("{what}: {}", way.name),
                folder: folder.to_owned(),
                entries,
                spent: taken.spent,
                expert: judge.map(|judge| judge.as_secs_f64() * 1e9 / entries.max(1) as f64),
                peak: Some(taken.peak),
                subjects,
                result: format!("{result}{differs} {how}"),
            });
        }
    }
    // A program may have written nothing.
    let _ = std::fs::remove_file(&out);
    Ok(rows)
}

/// Our ways. A further one is one more line.
fn ours(rules: &str, folder: &str, out: &Path) -> io::Result<Vec<Way>> {
    let program = std::env::current_exe()?.to_string_lossy().into_owned();
    let way = |name, way: &str, threads: &str, lines| Way {
        name,
        lines,
        command: [
            &*program,
            way,
            rules,
            folder,
            &out.to_string_lossy(),
            threads,
        ]
        .map(str::to_owned)
        .to_vec(),
    };
    let mut ways = vec![
        way("dynamic", "stream", "1", as_workload as fn(&str) -> String),
        way("dynamic, 2 threads", "stream", "2", as_workload),
    ];
    if std::fs::metadata(Path::new(folder).join("ledger.csv"))?.len() <= HELD {
        ways.push(way("general", "replay", "1", str::to_owned));
        ways.push(way("general, 2 threads", "replay", "2", str::to_owned));
    }
    Ok(ways)
}

fn expert(peers: Option<&Peers>, mode: &str, folder: &str, out: &Path) -> Option<Way> {
    let out = out.to_string_lossy().into_owned();
    let command = vec![
        peers?.program("ceiling"),
        mode.to_owned(),
        folder.to_owned(),
        out,
    ];
    Some(Way {
        name: "expert",
        command,
        lines: str::to_owned,
    })
}

/// The same rules in DuckDB and Polars, where a Python is named that has them.
fn python(rules: &str, folder: &str, out: &Path) -> Vec<Way> {
    let named = |name: &str| std::env::var(name).ok();
    let (Some(python), Some(scripts)) = (named("POL_BENCH_PYTHON"), named("POL_BENCH_SCRIPTS"))
    else {
        return Vec::new();
    };
    let scripts = PathBuf::from(scripts);
    let way = |name, script: &str, mode: &str| Way {
        name,
        lines: str::to_owned,
        command: vec![
            python.clone(),
            scripts.join(script).to_string_lossy().into_owned(),
            mode.to_owned(),
            folder.to_owned(),
            out.to_string_lossy().into_owned(),
        ],
    };
    if rules == "w1" {
        vec![
            way("DuckDB, recursive", "duck.py", "w1rec"),
            way("DuckDB, folded", "duck.py", "w1fold"),
            way("Polars", "polars_peer.py", "w1"),
        ]
    } else {
        vec![
            way("DuckDB", "duck.py", "y0"),
            way("Polars", "polars_peer.py", "y0"),
        ]
    }
}

fn taken(way: &Way, out: &Path) -> io::Result<(Taken, Duration)> {
    let mut command = Command::new(std::env::current_exe()?);
    let output = command.arg("measure").args(&way.command).output()?;
    let printed = String::from_utf8_lossy(&output.stdout).into_owned();
    let mut numbers = printed.split_whitespace().map(str::parse::<u64>);
    let (Some(Ok(micros)), Some(Ok(peak))) = (numbers.next(), numbers.next()) else {
        let said = String::from_utf8_lossy(&output.stderr);
        return Err(wrong(format!("{} failed: {said}", way.name)));
    };
    let how = printed.trim().splitn(3, ' ').nth(2).unwrap_or_default();
    let spent = Duration::from_micros(micros);
    let taken = Taken {
        spent,
        peak: i64::try_from(peak).unwrap_or(i64::MAX),
        lines: (way.lines)(&std::fs::read_to_string(out)?),
        how: how.to_owned(),
    };
    Ok((taken, spent))
}
