//! What is written appears whole or not at all.

use super::*;
use std::fmt::Write;
use std::fs;

/// What lies in a folder, in order.
fn listed(folder: &Path) -> Vec<String> {
    let names = fs::read_dir(folder).expect("the folder is there");
    let names = names.map(|entry| entry.expect("it can be listed").file_name());
    let mut names: Vec<String> = names
        .map(|name| name.into_string().expect("a plain name"))
        .collect();
    names.sort();
    names
}

/// The tool, started by a shell that first says under which limits.
#[cfg(unix)]
fn limited(limits: &str, args: &[&str]) -> std::process::Output {
    let tool = assert_cmd::cargo::cargo_bin("pol");
    std::process::Command::new("sh")
        .args(["-c", &format!("{limits}; exec \"$0\" \"$@\"")])
        .arg(tool)
        .args(args)
        .env_clear()
        .env("LANG", "en_GB.UTF-8")
        .output()
        .expect("the shell can be started")
}

/// A ledger of so many inspections, all sound.
fn many(rows: usize) -> String {
    let mut ledger = String::from("id,date,kind,of,result\n");
    for row in 0..rows {
        let (member, day) = (row % 2 + 1, row % 28 + 1);
        writeln!(ledger, "{row},2024-03-{day:02},inspection,M0{member},poor")
            .expect("a string takes it");
    }
    ledger
}

#[test]
fn a_folder_that_is_not_there_is_told_before_anything_is_run() {
    let (_keep, plan) = fresh("en");
    let before = listed(&plan);
    let policy = path(&plan, "policy.pol");
    for place in ["nowhere/out.csv", "ledger.csv/out.csv", "."] {
        let out = path(&plan, place);
        let ran = run(&["run", &policy, "-o", &out, "--format", "csv"]);
        assert_eq!((ran.code, &*ran.out), (2, ""), "{place}");
        assert!(ran.err.contains("cannot write `"), "{}", ran.err);
        let ran = run(&["run", &policy, "--rejects", &out]);
        assert_eq!((ran.code, &*ran.out), (2, ""), "{place}");
    }
    assert_eq!(listed(&plan), before);
}

#[test]
fn what_is_read_is_not_overwritten() {
    let (_keep, plan) = fresh("en");
    let policy = path(&plan, "policy.pol");
    for name in ["policy.pol", "register.csv", "ledger.csv"] {
        let (file, held) = (path(&plan, name), fs::read(plan.join(name)).unwrap());
        for option in ["-o", "--rejects"] {
            let ran = run(&["run", &policy, option, &file]);
            assert_eq!(ran.code, 2, "{name} {option}");
            assert!(ran.err.contains("would be overwritten"), "{}", ran.err);
            assert_eq!(fs::read(plan.join(name)).unwrap(), held, "{name} {option}");
        }
    }
    let both = path(&plan, "both.csv");
    let ran = run(&["run", &policy, "-o", &both, "--rejects", &both]);
    assert_eq!(ran.code, 2);
    assert!(!fs::exists(&both).unwrap());
}

/// A device is written to as it is, and is not replaced by a file.
#[test]
#[cfg(unix)]
fn a_full_device_is_told() {
    use std::os::unix::fs::FileTypeExt as _;
    let (_keep, plan) = fresh("en");
    let policy = path(&plan, "policy.pol");
    let ran = run(&["run", &policy, "--format", "csv", "-o", "/dev/full"]);
    assert_eq!(ran.code, 2, "{}", ran.err);
    assert!(ran.err.contains("cannot write `/dev/full`"), "{}", ran.err);
    let ran = run(&["run", &policy, "--format", "csv", "-o", "/dev/null"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    for device in ["/dev/full", "/dev/null"] {
        let kind = fs::metadata(device).unwrap().file_type();
        assert!(kind.is_char_device(), "{device}");
    }
    let ran = limited(
        ": ",
        &["run", &policy, "-o", "/dev/stdout", "--format", "csv"],
    );
    assert!(ran.stdout.starts_with(b"date,") || ran.stdout.starts_with("\u{feff}date,".as_bytes()));
}

/// No room for the whole: the file that was there stays as it was, and nothing lies beside it.
#[test]
#[cfg(unix)]
fn without_room_the_old_file_stays() {
    let (_keep, plan) = fresh("en");
    fs::write(plan.join("ledger.csv"), many(300)).unwrap();
    let (policy, out) = (path(&plan, "policy.pol"), path(&plan, "out.csv"));
    fs::write(&out, "as it was").unwrap();
    let before = listed(&plan);
    // The signal would end the tool: ignored, it is told that there is no room.
    let ran = limited("trap '' XFSZ; ulimit -f 1", &["run", &policy, "-o", &out]);
    let err = String::from_utf8(ran.stderr).unwrap();
    assert_eq!(ran.status.code(), Some(2), "{err}");
    assert!(err.contains("cannot write `"), "{err}");
    assert_eq!(fs::read(&out).unwrap(), b"as it was");
    assert_eq!(listed(&plan), before);
}

/// A tool that is killed while it writes leaves the file that was there as it was.
#[test]
#[cfg(unix)]
fn killed_while_it_writes_the_old_file_stays() {
    let (_keep, plan) = fresh("en");
    fs::write(plan.join("ledger.csv"), many(300)).unwrap();
    let (policy, out) = (path(&plan, "policy.pol"), path(&plan, "out.csv"));
    fs::write(&out, "as it was").unwrap();
    let ran = limited("ulimit -f 1", &["run", &policy, "-o", &out]);
    assert_eq!(ran.status.code(), None, "it is killed");
    assert_eq!(fs::read(&out).unwrap(), b"as it was");
}

/// Rows that are set aside and the result are written together or not at all.
#[test]
#[cfg(unix)]
fn rejects_and_result_are_written_together() {
    let (_keep, plan) = fresh("en");
    let ledger = format!("{}x,2024-13-01,inspection,M01,poor\n", many(300));
    fs::write(plan.join("ledger.csv"), ledger).unwrap();
    let policy = path(&plan, "policy.pol");
    let (out, rejects) = (path(&plan, "out.csv"), path(&plan, "rejects.csv"));
    let args = ["run", &policy, "-o", &out, "--rejects", &rejects];
    let before = listed(&plan);
    let ran = limited("trap '' XFSZ; ulimit -f 1", &args);
    assert_eq!(ran.status.code(), Some(2));
    assert_eq!(listed(&plan), before);
    let ran = run(&args);
    assert_eq!(ran.code, 1, "{}", ran.err);
    assert!(fs::read_to_string(&rejects).unwrap().contains("2024-13-01"));
    assert!(fs::exists(&out).unwrap());
}

#[test]
fn init_writes_all_of_its_files_or_none() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("ledger.csv")).unwrap();
    let ran = run(&["init", folder.path().to_str().unwrap()]);
    assert_eq!(ran.code, 2);
    assert_eq!(listed(folder.path()), ["ledger.csv"]);
}

#[test]
fn one_file_that_cannot_be_read_keeps_none_from_being_formatted() {
    let (_keep, plan) = fresh("en");
    let policy = path(&plan, "policy.pol");
    let text = fs::read_to_string(&policy).unwrap();
    fs::write(&policy, text.replace("\n\n", "\n\n\n\n")).unwrap();
    let ran = run(&["fmt", "nowhere.pol", &policy]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("cannot read `nowhere.pol`"), "{}", ran.err);
    assert_eq!(fs::read_to_string(&policy).unwrap(), text);
}

/// Mistakes in many rows among good ones: every one is told with its row, by the check all of them, by a
/// run the first hundred.
#[test]
fn every_mistake_is_told_with_its_row() {
    let (_keep, plan) = fresh("en");
    let mut lines: Vec<String> = many(900).lines().map(str::to_owned).collect();
    let bad: Vec<usize> = (1..lines.len()).filter(|line| line % 3 == 0).collect();
    for line in &bad {
        lines[*line] = lines[*line].replace(",poor", ",wretched");
    }
    fs::write(plan.join("ledger.csv"), lines.join("\n")).unwrap();
    let policy = path(&plan, "policy.pol");
    let checked = run(&["ledger", "check", &policy]);
    assert_eq!(checked.code, 1);
    for line in &bad {
        let place = format!("ledger.csv:{}:5: ", line + 1);
        assert!(checked.err.contains(&place), "{place}");
    }
    let ran = run(&["run", &policy]);
    assert_eq!((ran.code, &*ran.out), (1, ""));
    assert_eq!(ran.err.matches("ledger.csv:").count(), 100, "{}", ran.err);
    assert!(ran.err.contains("and 200 more"), "{}", ran.err);
    let rejects = path(&plan, "rejects.csv");
    let mut results = Vec::new();
    for threads in ["1", "2", "3"] {
        let args = ["run", &policy, "--rejects", &rejects, "--threads", threads];
        let ran = run(&args);
        assert_eq!(ran.code, 1);
        let rows = fs::read_to_string(&rejects).unwrap();
        assert_eq!(rows.matches("wretched").count(), bad.len() * 2, "{rows}");
        results.push((ran.out, rows));
    }
    assert!(results.iter().all(|result| *result == results[0]));
}

/// Subjects that never learn of each other are run in parts: enough of them for several.
#[test]
fn any_number_of_threads_gives_the_same_bytes() {
    let (_keep, plan) = fresh("en");
    let mut register = String::from("id,kind,name,size\n");
    for member in 0..60 {
        writeln!(register, "M{member:02},market,Market {member},large").unwrap();
    }
    fs::write(plan.join("register.csv"), register).unwrap();
    let mut ledger = String::from("id,date,kind,of,result\n");
    for row in 0..27_000 {
        let (member, month, day) = (row * 7 % 60, row / 2250 + 1, row % 28 + 1);
        let result = ["poor", "fair", "good"][row / 60 % 3];
        writeln!(
            ledger,
            "{row},2024-{month:02}-{day:02},inspection,M{member:02},{result}"
        )
        .unwrap();
    }
    fs::write(plan.join("ledger.csv"), ledger).unwrap();
    let policy = path(&plan, "policy.pol");
    let alone = run(&["run", &policy, "--format", "json", "--threads", "1"]);
    assert_eq!(alone.code, 0, "{}", alone.err);
    let three = run(&["run", &policy, "--format", "json", "--threads", "3"]);
    assert!(three.out == alone.out, "three threads say something else");
    assert!(alone.out.contains("warned"), "{}", alone.out);
}
