//! The policy's names and display names, ready to be looked up.

use crate::problem::Problem;
use crate::text::{listed, nearest, normal, visible};
use pol_model::{BodyIx, EventIx, FieldIx, KindIx, MemberIx, PhaseIx, Register, RuleIx};
use pol_semantics::hir::{Event, Named, Policy};
use pol_syntax::Code;
use std::cell::Cell;
use std::collections::BTreeMap;

/// How many suggestions are looked for in one run; looking for one goes through all known words.
const SUGGESTIONS: u32 = 500;

/// True while suggestions are left to be looked for.
fn may_suggest(left: &Cell<u32>) -> bool {
    let before = left.get();
    left.set(before.saturating_sub(1));
    before > 0
}

/// Names and display names of one sort of thing. A name wins over a display name.
#[derive(Debug, Clone)]
pub(crate) struct Words<T> {
    names: BTreeMap<String, T>,
    labels: BTreeMap<String, Vec<T>>,
    /// As the policy writes them, display names first: they are what officials know.
    spellings: Vec<String>,
    suggestions: Cell<u32>,
}

impl<T: Copy + PartialEq> Words<T> {
    pub fn new<'a>(named: impl IntoIterator<Item = (T, &'a Named)>) -> Self {
        let mut words = Self {
            names: BTreeMap::new(),
            labels: BTreeMap::new(),
            spellings: Vec::new(),
            suggestions: Cell::new(SUGGESTIONS),
        };
        for (at, named) in named {
            words.names.entry(normal(&named.name)).or_insert(at);
            words.spellings.push(named.display().to_owned());
            if let Some(label) = &named.label {
                words.labels.entry(normal(label)).or_default().push(at);
                words.spellings.push(named.name.clone());
            }
        }
        words
    }

    /// What a word names: nothing, one thing, or several by their display name.
    pub fn find(&self, typed: &str) -> &[T] {
        let word = normal(typed);
        if let Some(one) = self.names.get(&word) {
            return std::slice::from_ref(one);
        }
        self.labels.get(&word).map_or(&[], Vec::as_slice)
    }

    /// Names and display names, as the policy writes them.
    pub fn spellings(&self) -> impl Iterator<Item = &str> {
        self.spellings.iter().map(String::as_str)
    }

    /// The known spelling that is nearest to a word, if one is near.
    pub fn nearest(&self, typed: &str) -> Option<&str> {
        crate::text::nearest(typed, self.spellings.iter().map(String::as_str))
    }

    /// The one thing that a word names, or what is wrong; `en` and `zh` say what sort of thing.
    pub fn one(&self, code: Code, typed: &str, en: &str, zh: &str) -> Result<T, Problem> {
        let found = self.find(typed);
        if let [one] = found {
            return Ok(*one);
        }
        let shown = visible(typed);
        match found {
            [] => {
                let known = self.spellings.iter().map(String::as_str);
                let problem = Problem::new(
                    code,
                    format!("no {en} is called `{shown}`"),
                    format!("没有名为`{shown}`的{zh}"),
                );
                let near = if may_suggest(&self.suggestions) {
                    nearest(typed, known.clone())
                } else {
                    None
                };
                Err(if near.is_some() {
                    problem.did_you_mean(near)
                } else {
                    let some = listed(known, 24);
                    problem.help(format!("known are {some}"), format!("可用的有 {some}"))
                })
            }
            _ => Err(Problem::new(
                code,
                format!("`{shown}` is the display name of more than one {en}"),
                format!("`{shown}`是不止一个{zh}的显示名称"),
            )
            .help("use the name", "请用名称")),
        }
    }
}

/// The names of a whole policy.
pub(crate) struct Vocabulary<'a> {
    pub policy: &'a Policy,
    pub kinds: Words<KindIx>,
    pub events: Words<EventIx>,
    pub bodies: Words<BodyIx>,
    pub rules: Words<RuleIx>,
    pub phases: Words<PhaseIx>,
    /// For each enumeration its values.
    pub enums: Vec<Words<u16>>,
}

impl<'a> Vocabulary<'a> {
    pub fn new(policy: &'a Policy) -> Self {
        let enums = policy.enums.iter();
        Self {
            policy,
            kinds: Words::new(numbered(&policy.kinds, |kind| &kind.named, KindIx)),
            events: Words::new(numbered(&policy.events, |event| &event.named, EventIx)),
            bodies: Words::new(numbered(&policy.bodies, |body| body, BodyIx)),
            rules: Words::new(numbered(&policy.rules, |rule| &rule.named, RuleIx)),
            phases: Words::new(numbered(&policy.phases, |phase| &phase.named, PhaseIx)),
            enums: enums
                .map(|list| Words::new(numbered(&list.values, |value| value, |at| at)))
                .collect(),
        }
    }

    pub fn kind(&self, kind: KindIx) -> Option<&'a Named> {
        self.policy.kinds.get(kind.at()).map(|kind| &kind.named)
    }

    pub fn event(&self, event: EventIx) -> Option<&'a Event> {
        self.policy.events.get(event.at())
    }
}

/// Things with their indices; what does not fit the index has been refused long before.
pub(crate) fn numbered<'a, E, T>(
    list: &'a [E],
    named: impl Fn(&'a E) -> &'a Named,
    index: impl Fn(u16) -> T,
) -> impl Iterator<Item = (T, &'a Named)> {
    (0_u16..=u16::MAX)
        .zip(list)
        .map(move |(at, thing)| (index(at), named(thing)))
}

/// The fields of a list with their indices.
pub(crate) fn fields(
    fields: &[pol_semantics::hir::Field],
) -> impl Iterator<Item = (FieldIx, &pol_semantics::hir::Field)> {
    (0_u16..=u16::MAX)
        .zip(fields)
        .map(|(at, field)| (FieldIx(at), field))
}

/// Members by id and by display name.
#[derive(Debug, Clone, Default)]
pub(crate) struct Members {
    ids: BTreeMap<String, MemberIx>,
    names: BTreeMap<String, Vec<MemberIx>>,
    kinds: Vec<KindIx>,
    /// Id and name as the register writes them.
    spellings: Vec<(String, Option<String>)>,
    suggestions: Cell<u32>,
}

impl Members {
    pub fn of(register: &Register) -> Self {
        let mut members = Self::empty();
        for member in &register.members {
            members.add(&member.id, member.kind, member.name.as_deref());
        }
        members
    }

    pub fn empty() -> Self {
        Self {
            suggestions: Cell::new(SUGGESTIONS),
            ..Self::default()
        }
    }

    /// Adds a member; its place is the next one.
    pub fn add(&mut self, id: &str, kind: KindIx, name: Option<&str>) {
        let Ok(at) = u32::try_from(self.kinds.len()).map(MemberIx) else {
            return;
        };
        self.ids.entry(normal(id)).or_insert(at);
        if let Some(name) = name {
            self.names.entry(normal(name)).or_default().push(at);
        }
        self.kinds.push(kind);
        self.spellings
            .push((id.to_owned(), name.map(str::to_owned)));
    }

    pub fn by_id(&self, id: &str) -> Option<MemberIx> {
        self.ids.get(&normal(id)).copied()
    }

    pub fn kind(&self, member: MemberIx) -> Option<KindIx> {
        self.kinds.get(member.at()).copied()
    }

    /// The member of some kinds that is called so, by id or by display name.
    pub fn find(
        &self,
        typed: &str,
        kinds: &[KindIx],
        words: &Vocabulary<'_>,
    ) -> Result<MemberIx, Problem> {
        let fits = |member: MemberIx| self.kind(member).is_some_and(|kind| kinds.contains(&kind));
        let typed_so = normal(typed);
        let by_id = self.ids.get(&typed_so).copied();
        if let Some(member) = by_id.filter(|member| fits(*member)) {
            return Ok(member);
        }
        let by_name = self.names.get(&typed_so).map_or(&[][..], Vec::as_slice);
        let fitting: Vec<MemberIx> = by_name.iter().copied().filter(|m| fits(*m)).collect();
        let shown = visible(typed);
        match (fitting.as_slice(), by_id.or(by_name.first().copied())) {
            ([one], _) => Ok(*one),
            ([], None) => Err(self.unknown(typed, kinds, words)),
            ([], Some(other)) => {
                let other = self.kind(other).and_then(|kind| words.kind(kind));
                let other = other.map_or("", Named::display);
                let wanted = kinds_in_words(kinds, words);
                Err(Problem::new(
                    Code::DATA_WRONG_KIND,
                    format!("`{shown}` is a `{other}`; here stands one of {wanted}"),
                    format!("`{shown}`是`{other}`，此处应填 {wanted}"),
                ))
            }
            (several, _) => {
                let ids = several
                    .iter()
                    .filter_map(|member| self.spellings.get(member.at()))
                    .map(|(id, _)| id.as_str());
                let ids = listed(ids, 10);
                Err(Problem::new(
                    Code::DATA_UNKNOWN_MEMBER,
                    format!("`{shown}` is the name of more than one member: {ids}"),
                    format!("名册中不止一个叫`{shown}`：{ids}"),
                )
                .help("write the id", "请填编号"))
            }
        }
    }

    fn unknown(&self, typed: &str, kinds: &[KindIx], words: &Vocabulary<'_>) -> Problem {
        let shown = visible(typed);
        let wanted = kinds_in_words(kinds, words);
        let problem = Problem::new(
            Code::DATA_UNKNOWN_MEMBER,
            format!("`{shown}` is not in the register as one of {wanted}"),
            format!("名册中没有`{shown}`，此处应填 {wanted}"),
        );
        if !may_suggest(&self.suggestions) {
            return problem;
        }
        let known = self
            .spellings
            .iter()
            .zip(&self.kinds)
            .filter(|(_, kind)| kinds.contains(kind))
            .flat_map(|((id, name), _)| name.as_deref().into_iter().chain([id.as_str()]));
        let near = nearest(typed, known);
        if near.is_some() {
            return problem.did_you_mean(near);
        }
        let zeros = typed.chars().all(|c| c.is_ascii_digit());
        if zeros
            && self
                .spellings
                .iter()
                .any(|(id, _)| id.trim_start_matches('0') == typed)
        {
            return problem.help(
                "leading zeros are lost in a number cell: format the column as text",
                "数字单元格会丢掉开头的0：请把此列设为文本格式",
            );
        }
        if typed.contains([',', '，']) {
            return problem.help(
                "several values are separated by `;` or `、`",
                "几个之间用`、`或`;`隔开",
            );
        }
        problem
    }
}

fn kinds_in_words(kinds: &[KindIx], words: &Vocabulary<'_>) -> String {
    let names = kinds.iter().filter_map(|kind| words.kind(*kind));
    listed(names.map(Named::display), 10)
}
