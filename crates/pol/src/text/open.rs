//! What is open on the last day, as tables.

use super::section::{Section, day, text};
use super::{display, list};
use crate::{Lang, Run};
use pol_model::{InForce, What};
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

const SUBJECT: (&str, &str) = ("subject", "对象");
const SINCE: (&str, &str) = ("since", "自");
const UNTIL: (&str, &str) = ("until", "至");

impl Run<'_> {
    /// What is open on the last day: standings, outcomes in force, duties due or missed, proposals
    /// that wait, and what the run could not decide or did not count. Empty tables are left out.
    pub fn sections(&self, lang: Lang) -> Vec<Section> {
        let sections = [
            self.standings(lang),
            self.in_force(lang),
            self.duties(lang),
            self.proposals(lang),
            self.notes(lang, ("undetermined", "无法判定"), |what| {
                matches!(what, What::Undetermined(_) | What::UndeterminedDuty(_))
            }),
            self.notes(lang, ("set aside", "搁置"), |what| {
                matches!(what, What::SetAside(_))
            }),
        ];
        sections
            .into_iter()
            .filter(|section| !section.rows.is_empty())
            .collect()
    }

    fn standings(&self, lang: Lang) -> Section {
        let names = self.names();
        let rows = self.report.standings.iter().filter(|line| line.status > 0);
        let rows = rows.map(|line| {
            vec![
                text(names.member_text(line.subject)),
                text(display(names.status(line.ladder, line.status), lang)),
                day(line.since),
            ]
        });
        Section::new(
            lang,
            ("standings", "当前状态"),
            &[SUBJECT, ("standing", "状态"), SINCE],
            rows.collect(),
        )
    }

    fn in_force(&self, lang: Lang) -> Section {
        let names = self.names();
        let rows = joined(&self.report.in_force).into_iter().map(|line| {
            let outcome = &names.policy.outcomes[line.outcome.at()];
            vec![
                text(names.member_text(line.subject)),
                text(display(&outcome.named, lang)),
                text(outcome.concerns.clone().unwrap_or_default()),
                day(Some(line.from)),
                day(line.until),
            ]
        });
        Section::new(
            lang,
            ("in force", "有效的后果"),
            &[
                SUBJECT,
                ("outcome", "后果"),
                ("concerns", "涉及"),
                SINCE,
                UNTIL,
            ],
            rows.collect(),
        )
    }

    fn duties(&self, lang: Lang) -> Section {
        let names = self.names();
        let rows = self.report.duties.iter().map(|line| {
            let state = match (line.missed, lang) {
                (true, Lang::En) => "missed",
                (false, Lang::En) => "due",
                (true, Lang::Zh) => "逾期",
                (false, Lang::Zh) => "应履行",
            };
            vec![
                text(
                    line.subject
                        .map_or_else(String::new, |subject| names.member_text(subject)),
                ),
                text(display(&names.policy.duties[line.duty.at()].named, lang)),
                text(state),
                day(Some(line.from)),
                day(Some(line.last_day)),
            ]
        });
        Section::new(
            lang,
            ("duties due or missed", "应履行和逾期的职责"),
            &[
                SUBJECT,
                ("duty", "职责"),
                ("state", "情况"),
                ("from", "起"),
                ("last day", "截止"),
            ],
            rows.collect(),
        )
    }

    fn proposals(&self, lang: Lang) -> Section {
        let names = self.names();
        let rows = self.report.proposals.iter().map(|line| {
            let rule = &names.policy.rules[line.rule.at()];
            let evidence: Vec<String> = line
                .evidence
                .iter()
                .map(|entry| names.entry(*entry))
                .collect();
            vec![
                text(names.member_text(line.subject)),
                text(display(&rule.named, lang)),
                text(
                    rule.decided_by
                        .map_or("", |body| display(names.body(body), lang)),
                ),
                day(Some(line.date)),
                text(list(&evidence, lang)),
            ]
        });
        Section::new(
            lang,
            ("open proposals", "待决的提请"),
            &[
                SUBJECT,
                ("rule", "规则"),
                ("to be decided by", "决定机构"),
                ("proposed", "提请日期"),
                ("entries", "所据条目"),
            ],
            rows.collect(),
        )
    }

    fn notes(&self, lang: Lang, title: (&str, &str), wanted: fn(What) -> bool) -> Section {
        let names = self.names();
        let records = self
            .report
            .records
            .iter()
            .filter(|record| wanted(record.what));
        let rows = records.map(|record| {
            let line = names.line(record, lang);
            vec![
                text(
                    record
                        .subject
                        .map_or_else(String::new, |subject| names.member_text(subject)),
                ),
                day(Some(line.known)),
                text(line.happening),
                text(line.evidence),
            ]
        });
        Section::new(
            lang,
            title,
            &[
                SUBJECT,
                ("date", "日期"),
                ("what", "内容"),
                ("entries", "条目"),
            ],
            rows.collect(),
        )
    }
}

/// What is in force on one day, once for each subject and outcome: what was imposed again while it
/// ran is in force from the first day of all to the last.
fn joined(lines: &[InForce]) -> Vec<InForce> {
    let mut places: BTreeMap<_, usize> = BTreeMap::new();
    let mut joined: Vec<InForce> = Vec::new();
    for line in lines {
        match places.entry((line.subject, line.outcome)) {
            Entry::Vacant(place) => {
                place.insert(joined.len());
                joined.push(*line);
            }
            Entry::Occupied(place) => {
                let whole = &mut joined[*place.get()];
                whole.from = whole.from.min(line.from);
                whole.until = whole
                    .until
                    .zip(line.until)
                    .map(|(one, other)| one.max(other));
            }
        }
    }
    joined
}

#[cfg(test)]
mod tests {
    use super::joined;
    use crate::Date;
    use pol_model::{InForce, MemberIx, OutcomeIx, RuleIx};

    #[test]
    fn what_is_imposed_again_is_one_line() {
        let day = |day| Date::from_ymd_opt(2024, 3, day).unwrap();
        let line = |outcome, from, until: Option<u32>| InForce {
            subject: MemberIx(0),
            outcome: OutcomeIx(outcome),
            from: day(from),
            until: until.map(day),
            rule: RuleIx(0),
        };
        let lines = [
            line(0, 4, Some(20)),
            line(1, 5, Some(6)),
            line(0, 9, Some(12)),
        ];
        assert_eq!(joined(&lines), [line(0, 4, Some(20)), line(1, 5, Some(6))]);
        let open = [line(0, 4, Some(20)), line(0, 3, None)];
        assert_eq!(joined(&open), [line(0, 3, None)]);
    }
}
