//! Each mistake is found at its place, once: the expectations are written by hand.

use pol_syntax::{SourceFile, parse};
use std::path::Path;

/// The findings about names, types and units as `line:column CODE`.
fn found(case: &str) -> Vec<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let path = root.join(format!("../../tests/check/{case}.pol"));
    let text = std::fs::read_to_string(path).expect("the case is there");
    let file = SourceFile::new(case, text.as_str());
    let parsed = parse(&text);
    assert_eq!(parsed.diagnostics, [], "{case} is read");
    pol_semantics::analyse(&parsed.file)
        .diagnostics
        .iter()
        .filter(|finding| {
            let code = finding.code.as_str();
            ["POL01", "POL02", "POL03"]
                .iter()
                .any(|group| code.starts_with(group))
        })
        .map(|finding| {
            assert!(finding.help.is_some(), "{case} says what to do");
            let at = file.line_column(finding.span().start);
            format!("{}:{} {}", at.line, at.column, finding.code)
        })
        .collect()
}

macro_rules! cases {
    ($($name:ident: [$($finding:literal),* $(,)?];)*) => {
        $(
            #[test]
            fn $name() {
                let expected: &[&str] = &[$($finding),*];
                assert_eq!(found(stringify!($name)), expected);
            }
        )*
    };
}

cases! {
    unknown_names: [
        "9:7 POL0201", "10:6 POL0201", "11:14 POL0201", "12:14 POL0201", "13:8 POL0201",
        "14:32 POL0201", "15:46 POL0201",
    ];
    unknown_names_zh: [
        "10:5 POL0201", "11:10 POL0201", "12:5 POL0201", "13:5 POL0201", "14:14 POL0201",
    ];
    other_sorts: ["13:27 POL0204", "16:7 POL0204", "17:6 POL0204"];
    duplicates: ["3:44 POL0202", "4:52 POL0202", "5:9 POL0202", "6:43 POL0202"];
    look_alikes: ["5:7 POL0203"];
    // A number alone beside `in year` is no window of the parameter, but a name is.
    wrong_sorts: [
        "13:7 POL0204", "14:6 POL0204", "15:14 POL0204", "16:8 POL0204", "18:6 POL0204",
        "21:6 POL0204", "24:22 POL0313",
    ];
    ambiguous_names: ["10:14 POL0205", "11:17 POL0205", "14:8 POL0205"];
    circles: ["3:9 POL0206", "7:19 POL0206", "9:13 POL0206", "11:16 POL0206"];
    unknown_fields: ["9:13 POL0207", "9:52 POL0207", "10:15 POL0207", "12:6 POL0207", "13:11 POL0207"];
    no_header: ["1:1 POL0208"];
    no_start: ["1:8 POL0208"];
    counts_too_late: ["2:38 POL0208"];
    days_and_span: ["8:21 POL0301", "12:33 POL0301"];
    types: [
        "12:33 POL0301", "13:36 POL0301", "14:34 POL0301", "15:28 POL0301", "16:28 POL0301",
        "21:14 POL0301", "24:28 POL0301",
    ];
    units: [
        "10:15 POL0201", "12:17 POL0302", "15:36 POL0302", "17:41 POL0302", "18:39 POL0302",
    ];
    tables: [
        "6:30 POL0309", "7:63 POL0302", "8:14 POL0310", "9:44 POL0202", "11:34 POL0304", "13:28 POL0309",
    ];
    no_conditions: ["8:6 POL0303", "8:19 POL0303", "14:8 POL0303"];
    no_order: ["5:27 POL0304", "6:27 POL0304", "7:29 POL0304"];
    of_the_event: ["7:28 POL0305", "8:27 POL0305", "11:14 POL0305", "12:14 POL0305"];
    no_event: ["10:6 POL0306", "14:6 POL0306", "18:6 POL0306", "22:6 POL0306", "26:6 POL0306"];
    not_fixed: ["5:48 POL0307", "5:69 POL0301"];
    out_of_range: ["4:43 POL0308", "4:53 POL0308", "8:3 POL0308", "10:30 POL0308"];
    catalogue_fields: [
        "7:13 POL0310", "8:3 POL0202", "11:24 POL0201", "13:14 POL0201", "13:46 POL0201",
        "13:56 POL0202",
    ];
    not_the_subjects: ["11:8 POL0311", "15:6 POL0311", "17:6 POL0311", "25:8 POL0311", "26:49 POL0311"];
    action_fields: [
        "10:8 POL0312", "10:33 POL0312", "10:74 POL0308", "13:8 POL0312", "13:8 POL0312",
        "13:43 POL0312", "13:43 POL0312",
    ];
    windows: ["7:26 POL0313", "9:31 POL0313", "13:26 POL0313"];
    no_calendar: ["8:10 POL0201"];
    unknown_calendar: ["4:12 POL0201", "10:12 POL0201"];
    sources: ["4:24 POL0201", "5:33 POL0201"];
    one_line: [];
    one_line_zh: [];
}
