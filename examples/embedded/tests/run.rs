//! What the example prints, worked out by hand from 信巩字〔2023〕7号.

use std::process::Command;

#[test]
fn the_example_says_what_the_plan_says() {
    let run = Command::new(env!("CARGO_BIN_EXE_pol-example"))
        .output()
        .unwrap();
    assert!(run.status.success());
    let said = String::from_utf8(run.stdout).unwrap();
    for line in [
        // 三: three headings within the year; 四（一）: sorted at the quarter's end, decided by the group.
        "2023-09-30 嘉定镇: 首次黄牌（乡镇）? [\"f1\", \"f2\", \"f3\"]",
        "2023-10-12 嘉定镇: 黄牌 [\"f1\", \"f2\", \"f3\"]",
        // 四（三）: suspended for a month; no examinations for the rest of the year.
        "2023-10-12 嘉定镇: 停职专抓巩固拓展脱贫攻坚成果工作 Began { until: Some(2023-11-11) } [\"d1\"]",
        "2023-10-12 嘉定镇: 取消本年度参加公职人员考试资格 Began { until: Some(2023-12-31) } [\"d1\"]",
        // 四（一）: reports each month; 四（二）: two months after the card one may apply.
        "2023-10-12 嘉定镇: 每月汇报整改进展, until 2023-11-11 []",
        "2023-12-12 嘉定镇: 可申请摘牌 Imposed []",
        "stands at 黄牌",
    ] {
        assert!(said.lines().any(|said| said == line), "{line}\n{said}");
    }
}
