//! POL0417: a parameter whose dates leave a gap.
//!
//! Days after the last row are no gap: a value that is set from year to year is known as far as it
//! has been set.

use crate::hir::{DateRow, Policy, Table};
use pol_calendar::Date;
use pol_syntax::{Code, Diagnostic, Text};

pub(super) fn check(policy: &Policy) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    for param in &policy.params {
        let mut gaps = Vec::new();
        find(&param.table, policy.counting_from, &mut gaps);
        gaps.sort_unstable();
        gaps.dedup();
        let name = &param.named.name;
        findings.extend(gaps.into_iter().map(|(from, to)| {
            Diagnostic::warning(
                Code::DATE_GAP,
                Text::new(
                    format!("`{name}` has no value from {from} to {to}"),
                    format!("`{name}`自{}至{}没有取值", chinese(from), chinese(to)),
                ),
                param.named.span,
                Text::new("its dates leave a gap", "各段日期之间有空档"),
            )
            .with_help(Text::new(
                "add a row for these days, or `else`; until then conditions on them are unknown",
                "请补上这段日期或`其余`；否则涉及这些日子的条件无法判定",
            ))
        }));
    }
    findings
}

fn find(table: &Table, start: Date, gaps: &mut Vec<(Date, Date)>) {
    match table {
        Table::Value(_) => {}
        Table::Rows(_, rows) => {
            for row in rows {
                find(&row.table, start, gaps);
            }
        }
        Table::Dates(rows) => {
            gaps.extend(between(rows, start));
            for row in rows {
                find(&row.table, start, gaps);
            }
        }
    }
}

/// The stretches from the start to the last row that no row covers.
fn between(rows: &[DateRow], start: Date) -> Vec<(Date, Date)> {
    if rows.iter().any(|row| row.spans.is_empty()) {
        return Vec::new();
    }
    let mut spans: Vec<_> = rows.iter().flat_map(|row| &row.spans).copied().collect();
    spans.sort_unstable();
    let mut gaps = Vec::new();
    // The first day that is not covered yet; none: everything from here on is.
    let mut open = Some(start);
    for (from, to) in spans {
        let Some(day) = open else {
            break;
        };
        if day < from {
            gaps.extend(from.pred_opt().map(|before| (day, before)));
        }
        open = to.and_then(|to| to.succ_opt().map(|after| after.max(day)));
    }
    gaps
}

fn chinese(date: Date) -> String {
    date.format("%Y年%-m月%-d日").to_string()
}
