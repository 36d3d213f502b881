//! The words around bounds, in both languages.

use super::words::{Words, said};
use crate::bounds::SubjectBound;
use pol_syntax::Lang;

impl Words {
    pub fn bounds_of(self, policy: &str) -> String {
        said!(self, "bounds of {policy}", "{policy} 的上限")
    }

    pub const fn step(self) -> &'static str {
        self.pick(
            "a step: one part of a condition that is asked, one pattern that an entry is held against, one aggregate that takes it up",
            "一步：判断条件的一个部分，或把台账记录与一种事项比对一次，或计入一个统计量",
        )
    }

    pub const fn withdrawal(self) -> &'static str {
        self.pick(
            "a withdrawal: every act and open proposal of the subject is looked at again as of its own day",
            "撤回：该对象现存的每项行为和待决的提请，都按其当日的情形重新判断",
        )
    }

    pub const fn of_entries(self) -> &'static str {
        self.pick(
            "an entry, for each subject that it concerns, with all that follows on its day",
            "每条记录：对其涉及的每个对象，连同当日引起的后果",
        )
    }

    pub const fn of_days(self) -> &'static str {
        self.pick(
            "a day on which a rule looks though nothing is recorded, for each subject whose day it is",
            "没有新记录而规则到期判断之日：对每个到期的对象",
        )
    }

    pub const fn of_subjects(self) -> &'static str {
        self.pick(
            "what is kept of a subject, beside its entries",
            "每个对象除记录本身之外需要保存的内容",
        )
    }

    pub fn at_most_steps(self, steps: usize) -> String {
        match (steps, self.lang) {
            (0, Lang::En) => "nothing looks for it".to_owned(),
            (0, Lang::Zh) => "没有规则或职责涉及".to_owned(),
            (1, Lang::En) => "at most 1 step".to_owned(),
            (_, Lang::En) => format!("at most {steps} steps"),
            (_, Lang::Zh) => format!("至多{steps}步"),
        }
    }

    pub fn searched(self, times: usize, list: &str) -> String {
        said!(
            self,
            "+ {times} × log₂ of the number of: {list}",
            "+ {times} × log₂（下列内容的个数）：{list}"
        )
    }

    pub fn anew(self, times: usize, list: &str) -> String {
        said!(
            self,
            "+ {times} × the number of: {list}",
            "+ {times} × 下列内容的个数：{list}"
        )
    }

    pub fn for_each(self, kind: &str, steps: usize) -> String {
        said!(self, "+ {steps} for each {kind}", "+ 每个{kind} {steps}步")
    }

    pub fn touched(self, patterns: usize, aggregates: usize) -> String {
        said!(
            self,
            "patterns: {patterns}, aggregates: {aggregates}",
            "涉及事项{patterns}种、统计量{aggregates}个"
        )
    }

    pub fn rules_that_look(self, rules: &[String]) -> String {
        let (count, names) = (rules.len(), rules.join(self.pick(", ", "、")));
        said!(
            self,
            "rules that may look ({count}): {names}",
            "可能判断的规则（{count}条）：{names}"
        )
    }

    pub fn duties_asked(self, duties: &[String]) -> String {
        let (count, names) = (duties.len(), duties.join(self.pick(", ", "、")));
        said!(
            self,
            "duties that may be born, met or moved ({count}): {names}",
            "可能产生、履行或改期的职责（{count}项）：{names}"
        )
    }

    pub fn each_value(self, field: &str, events: &str) -> String {
        said!(
            self,
            "values of {field}, as many as occur among: {events}",
            "{field} 的不同取值，有几个算几个：{events}"
        )
    }

    pub fn entries_within(self, events: &str, length: &str) -> String {
        said!(
            self,
            "entries of `{events}` within {length}",
            "{length}内的 `{events}` 记录"
        )
    }

    pub fn last_entries(self, events: &str, count: &str) -> String {
        said!(
            self,
            "the last {count} entries of `{events}`",
            "最近{count}次 `{events}` 记录"
        )
    }

    pub fn entries_since(self, events: &str, count: &str, since: &str) -> String {
        said!(
            self,
            "entries of `{events}` since the last {count} of `{since}`, as many as there are",
            "最近{count}次 `{since}` 以来的 `{events}` 记录，有几条算几条"
        )
    }

    pub fn every_entry(self, events: &str) -> String {
        said!(
            self,
            "every entry of `{events}`, because whether it counts can change",
            "全部 `{events}` 记录，因为是否计入会变化"
        )
    }

    pub fn at_most_numbers(self, numbers: usize) -> String {
        said!(
            self,
            "numbers and dates, whatever the record holds: {numbers}",
            "无论记录多少都要保存的数和日期：{numbers}个"
        )
    }

    /// What makes them up.
    pub fn kept(self, subject: &SubjectBound) -> Vec<String> {
        let timers = subject.timers.iter().filter(|timer| !timer.of_each_event);
        let counts = subject.aggregates.iter().map(|(_, held)| held.fixed());
        let parts = [
            (
                subject.ladders,
                "ladders, a standing and its day each",
                "阶梯（各一个状态及其日期）",
            ),
            (
                subject.outcomes,
                "outcomes that may be in force, first and last day each",
                "可能生效的结果（各一个起止日期）",
            ),
            (subject.clocks, "clocks, a day each", "计时（各一个日期）"),
            (
                timers.count(),
                "duties that wait for a day",
                "等待到期的职责",
            ),
            (
                subject.proposals,
                "proposals that may be open",
                "可能待决的提请",
            ),
            (
                subject.marks,
                "days on which rules last fired",
                "规则上次触发的日期",
            ),
            (counts.sum(), "numbers of aggregates", "统计量的数"),
        ];
        let parts = parts.into_iter().filter(|(count, ..)| *count > 0);
        parts
            .map(|(count, en, zh)| said!(self, "{en}: {count}", "{zh}：{count}"))
            .collect()
    }

    pub const fn lists(self) -> &'static str {
        self.pick(
            "lists, as long as the record makes them",
            "清单，长度取决于记录",
        )
    }

    pub const fn without_bound(self) -> &'static str {
        self.pick("without a bound but the record", "除记录本身外没有上限")
    }

    pub fn each_waits(self, name: &str) -> String {
        said!(
            self,
            "a day for each event that `{name}` waits upon",
            "`{name}` 所等待的每个事项各一个日期"
        )
    }
}
