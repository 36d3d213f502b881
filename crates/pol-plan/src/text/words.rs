//! The words around a plan, in both languages.

use crate::json::Digest;
use pol_calendar::Date;
use pol_syntax::Lang;

/// The words of a language.
#[derive(Clone, Copy)]
pub(crate) struct Words {
    pub lang: Lang,
}

/// A sentence in one of the two languages.
macro_rules! said {
    ($words:expr, $en:literal, $zh:literal) => {
        match $words.lang {
            Lang::En => format!($en),
            Lang::Zh => format!($zh),
        }
    };
}

pub(super) use said;

impl Words {
    pub const fn pick<T: Copy>(self, en: T, zh: T) -> T {
        match self.lang {
            Lang::En => en,
            Lang::Zh => zh,
        }
    }

    pub fn plan_of(self, policy: &str) -> String {
        said!(self, "plan of {policy}", "{policy} 的计划")
    }

    pub fn digest(self, digest: Digest) -> String {
        said!(self, "digest {digest}", "摘要 {digest}")
    }

    pub fn in_force(self, effective: Date, from: Date) -> String {
        said!(
            self,
            "rules fire from {effective}, the record counts as complete from {from}",
            "规则自 {effective} 起施行，台账自 {from} 起视为完整"
        )
    }

    pub const fn params(self) -> &'static str {
        self.pick("parameters", "参数")
    }

    pub const fn catalogues(self) -> &'static str {
        self.pick("catalogues", "清单")
    }

    pub fn catalogue(self, name: &str, event: &str, items: usize) -> String {
        said!(
            self,
            "{name}: {event}, by item ({items}); where an item asks for more:",
            "{name}：{event}，按条目（{items}条）；另有条件的条目："
        )
    }

    pub fn item(self, keys: &str, condition: &str) -> String {
        said!(self, "{keys}: {condition}", "{keys}：{condition}")
    }

    pub const fn patterns(self) -> &'static str {
        self.pick(
            "events that are looked for, each asked once whatever asks for it",
            "所查找的事项，同一事项只判断一次",
        )
    }

    /// How often it is asked whether an event is one of these.
    pub const fn settled(self, settled: bool) -> &'static str {
        match (settled, self.lang) {
            (true, _) => "",
            (false, Lang::En) => "  (asked anew each time)",
            (false, Lang::Zh) => "（每次重新判断）",
        }
    }

    pub const fn accumulators(self) -> &'static str {
        self.pick(
            "aggregates, each kept once whatever asks for it",
            "统计量，同一统计量只保存一份",
        )
    }

    pub const fn clocks(self) -> &'static str {
        self.pick(
            "clocks: since when a condition has held",
            "计时：条件自何时起持续成立",
        )
    }

    pub fn asked_by(self, names: &[&str]) -> String {
        if names.is_empty() {
            return self.pick("part of another", "用于其他事项之中").to_owned();
        }
        let names = names.join(self.pick(", ", "、"));
        said!(self, "asked by {names}", "用于：{names}")
    }

    pub const fn rules(self) -> &'static str {
        self.pick(
            "rules, in the order in which they look",
            "规则，按判断的先后",
        )
    }

    pub fn together(self, names: &[&str]) -> String {
        let names = names.join(self.pick(", ", "、"));
        said!(
            self,
            "these depend on each other and look again until nothing changes: {names}",
            "以下规则相互依赖，反复判断直到不再变化：{names}"
        )
    }

    pub const fn duties(self) -> &'static str {
        self.pick("duties", "职责")
    }

    pub const fn nevers(self) -> &'static str {
        self.pick("properties of every ledger", "任何台账都不得违反的性质")
    }

    pub const fn by(self) -> &'static str {
        self.pick("can become true by", "可因下列情形成立")
    }

    pub const fn never_changes(self) -> &'static str {
        self.pick(
            "nothing on record can change it",
            "台账中没有任何内容能使其改变",
        )
    }

    pub fn comes(self, events: &str) -> String {
        said!(self, "{events}", "{events}")
    }

    pub fn withdrawn(self, events: &str) -> String {
        said!(self, "the withdrawal of {events}", "撤回 {events}")
    }

    pub fn moves(self, ladder: &str) -> String {
        said!(self, "a change of {ladder}", "{ladder} 变动")
    }

    pub fn begins(self, what: &str) -> String {
        said!(self, "the beginning of {what}", "{what} 开始")
    }

    pub fn ends(self, what: &str) -> String {
        said!(self, "the end of {what}", "{what} 结束")
    }

    pub fn window(self, aggregate: &str) -> String {
        said!(
            self,
            "days that pass in the window of {aggregate}",
            "日期推移使时间窗口后移：{aggregate}"
        )
    }

    pub fn held(self, condition: &str) -> String {
        said!(
            self,
            "the day from which {condition}",
            "届满之日：{condition}"
        )
    }

    pub fn attribute(self, kind: &str, attribute: &str) -> String {
        said!(
            self,
            "another {kind}.{attribute} in the register",
            "名册中 {kind}.{attribute} 变动"
        )
    }

    pub fn row(self, param: &str) -> String {
        said!(
            self,
            "the first day of another row of {param}",
            "{param} 换用另一行的首日"
        )
    }

    pub fn member(self, kind: &str) -> String {
        said!(self, "a {kind} that comes or goes", "{kind} 增减")
    }

    pub fn fires(self) -> String {
        self.pick("its own firing", "规则自身触发").to_owned()
    }
}
