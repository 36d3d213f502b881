//! Why a policy is not flat.

use std::fmt;

/// Something that keeps a policy from being flat.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    /// What it is.
    pub why: Why,
    /// The name of the rule, duty, property or kind.
    pub name: String,
}

/// What keeps a policy from being flat.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// A duty is owed.
    Duty,
    /// A property is watched.
    Never,
    /// Members come with entries.
    Opened,
    /// A body decides.
    Decided,
    /// A rule reads the record of others.
    Others,
    /// A rule's days differ from subject to subject, or go by a calendar of working days.
    Point,
    /// A rule looks so long after an event.
    Delay,
    /// An action has values of its own, or lasts until something happens.
    Action,
    /// A condition compares more than a standing, a clock or a counter with something fixed.
    Condition,
    /// A clock runs on more than one standing.
    Clock,
    /// An aggregate cannot be kept as a number.
    Counter,
    /// A window is neither a calendar period nor rolling.
    Window,
    /// A window begins with what triggers the rule.
    SinceTrigger,
    /// What is looked for depends on more than the entry and fixed attributes.
    Pattern,
    /// What is looked for may be about several subjects.
    Several,
    /// A filter looks at a field whose values fall into too many classes.
    Letters,
    /// There is more of something than a row has room for.
    Room,
}

impl Reason {
    /// What keeps the policy from being flat, in Chinese; [`fmt::Display`] says it in English.
    pub fn in_chinese(&self) -> String {
        let name = &self.name;
        match self.why {
            Why::Duty => format!("义务`{name}`须按期履行"),
            Why::Never => format!("断言`{name}`须逐日核对"),
            Why::Opened => format!("`{name}`的成员由登记事项产生"),
            Why::Decided => format!("规则`{name}`须经决定"),
            Why::Others => format!("规则`{name}`要看其他对象的记录"),
            Why::Point => format!("规则`{name}`的时点因对象而异，或按工作日计算"),
            Why::Delay => format!("规则`{name}`在事项之后一段时间才看"),
            Why::Action => format!("规则`{name}`的后果带有字段，或延续到某事项发生"),
            Why::Condition => format!("规则`{name}`的条件不只是状态、期限或计数与定值的比较"),
            Why::Clock => format!("规则`{name}`的期限不只取决于一个状态"),
            Why::Counter => format!("规则`{name}`的统计不能只用一个数保存"),
            Why::Window => format!("规则`{name}`的统计时段既不是日历周期，也不是最近一段时间"),
            Why::SinceTrigger => format!("规则`{name}`的统计时段从触发它的事项算起"),
            Why::Pattern => format!("规则`{name}`所看的事项不只取决于事项本身"),
            Why::Several => format!("规则`{name}`所看的事项可能涉及多个对象"),
            Why::Letters => format!("字段`{name}`的取值分不成有限的几类"),
            Why::Room => format!("`{name}`过多，一行存不下"),
        }
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = &self.name;
        match self.why {
            Why::Duty => write!(f, "duty `{name}` is owed"),
            Why::Never => write!(f, "property `{name}` is watched every day"),
            Why::Opened => write!(f, "members of `{name}` come with entries"),
            Why::Decided => write!(f, "a body decides on rule `{name}`"),
            Why::Others => write!(f, "rule `{name}` reads the record of others"),
            Why::Point => write!(
                f,
                "the days of rule `{name}` differ from subject to subject, or go by working days"
            ),
            Why::Delay => write!(f, "rule `{name}` looks some time after an event"),
            Why::Action => write!(
                f,
                "what rule `{name}` imposes has fields, or lasts until something happens"
            ),
            Why::Condition => write!(
                f,
                "the condition of rule `{name}` compares more than standings, clocks and counters \
                 with something fixed"
            ),
            Why::Clock => write!(f, "a clock of rule `{name}` runs on more than one standing"),
            Why::Counter => write!(
                f,
                "an aggregate of rule `{name}` cannot be kept as a number"
            ),
            Why::Window => write!(
                f,
                "a window of rule `{name}` is neither a calendar period nor a rolling one"
            ),
            Why::SinceTrigger => write!(
                f,
                "a window of rule `{name}` begins with what triggers the rule"
            ),
            Why::Pattern => write!(
                f,
                "what rule `{name}` looks for depends on more than the entry itself"
            ),
            Why::Several => write!(
                f,
                "what rule `{name}` looks for may be about several subjects"
            ),
            Why::Letters => write!(f, "the values of field `{name}` fall into too many classes"),
            Why::Room => write!(f, "there are too many of `{name}` for a row"),
        }
    }
}
