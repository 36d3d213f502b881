//! Tests inside a policy.

use super::event::act_state;
use super::{Lower, P, child, children, first, has};
use crate::Text;
use crate::ast::{
    Check, Decision, EntryTail, Expect, ExpectItem, Expr, GivenField, GivenMember, Name, Node,
    Step, Test, TestEntry, Withdrawal,
};
use crate::diagnostic::Code;
use chrono::NaiveDate;
use pol_grammar::Rule;

impl Lower {
    pub(super) fn test(&mut self, pair: &P<'_>) -> Option<Test> {
        let mut steps = Vec::new();
        for step in pair.clone().into_inner() {
            let lowered = match step.as_rule() {
                Rule::given => self.given(&step)?,
                Rule::entry => self.entry(&step)?,
                Rule::withdrawal => Step::Withdrawal(Withdrawal {
                    date: self.first_date(&step)?,
                    entry: self.id_of(&step)?,
                    tail: self.entry_tail(&step)?,
                }),
                Rule::decision => self.decision(&step)?,
                Rule::expect => self.expect(&step)?,
                _ => continue,
            };
            steps.push(Node::new(lowered, self.span(&step)));
        }
        Some(Test {
            label: self.quoted_child(pair, Rule::label)?,
            steps,
        })
    }

    fn first_date(&mut self, pair: &P<'_>) -> Option<Node<NaiveDate>> {
        let date = child(pair, Rule::date)?;
        Some(self.date(&date))
    }

    /// The id that stands in a rule: `of T01`, `as e1`.
    fn id_of(&self, pair: &P<'_>) -> Option<Name> {
        self.member_id(&child(pair, Rule::member_id)?)
    }

    fn given(&mut self, pair: &P<'_>) -> Option<Step> {
        let members = children(pair, Rule::member)
            .map(|member| {
                let mut ids = children(&member, Rule::member_id);
                let id = self.member_id(&ids.next()?)?;
                let within = ids.next().and_then(|id| self.member_id(&id));
                let mut fields = Vec::new();
                if let Some(record) = child(&member, Rule::record) {
                    for field in children(&record, Rule::record_field) {
                        let (name, value) = self.single_field(&field)?;
                        fields.push(GivenField {
                            name,
                            since: has(&field, Rule::since_mark),
                            value,
                        });
                    }
                }
                Some(GivenMember {
                    kind: self.name(&child(&member, Rule::name)?),
                    id,
                    within,
                    fields,
                })
            })
            .collect::<Option<_>>()?;
        Some(Step::Given(members))
    }

    fn entry(&mut self, pair: &P<'_>) -> Option<Step> {
        let time = child(pair, Rule::clock);
        Some(Step::Entry(TestEntry {
            date: self.first_date(pair)?,
            time: time.map(|clock| self.clock(&clock)),
            event: self.name(&child(pair, Rule::name)?),
            of: children(pair, Rule::of_members)
                .flat_map(|of| children(&of, Rule::member_id))
                .map(|id| self.member_id(&id))
                .collect::<Option<_>>()?,
            fields: match child(pair, Rule::record) {
                Some(record) => children(&record, Rule::record_field)
                    .map(|field| self.record_field(&field))
                    .collect::<Option<_>>()?,
                None => Vec::new(),
            },
            tail: self.entry_tail(pair)?,
        }))
    }

    fn entry_tail(&mut self, pair: &P<'_>) -> Option<EntryTail> {
        let tail = child(pair, Rule::entry_tail)?;
        Some(EntryTail {
            id: child(&tail, Rule::entry_id).and_then(|id| self.id_of(&id)),
            recorded: match child(&tail, Rule::entry_recorded) {
                Some(recorded) => Some(self.first_date(&recorded)?),
                None => None,
            },
            instead_of: child(&tail, Rule::entry_instead).and_then(|id| self.id_of(&id)),
        })
    }

    fn decision(&mut self, pair: &P<'_>) -> Option<Step> {
        let mut names = self.names(pair).into_iter();
        Some(Step::Decision(Decision {
            date: self.first_date(pair)?,
            body: names.next()?,
            approves: has(pair, Rule::kw_approves),
            rule: names.next(),
            of: self.id_of(&child(pair, Rule::of_member)?)?,
            tail: self.entry_tail(pair)?,
        }))
    }

    /// A `no` before the day speaks of all that follows it.
    fn expect(&mut self, pair: &P<'_>) -> Option<Step> {
        let day = child(pair, Rule::expect_day);
        let no = day.as_ref().is_some_and(|day| has(day, Rule::kw_nothing));
        Some(Step::Expect(Expect {
            date: match day {
                Some(day) => Some(self.first_date(&day)?),
                None => None,
            },
            items: children(pair, Rule::expectation)
                .map(|item| {
                    let mut expected = self.expectation(&item)?;
                    expected.no |= no;
                    Some(Node::new(expected, self.span(&item)))
                })
                .collect::<Option<_>>()?,
        }))
    }

    fn expectation(&mut self, pair: &P<'_>) -> Option<ExpectItem> {
        let name = child(pair, Rule::expected_name)?;
        let state = child(&name, Rule::expected_state).and_then(|state| first(&state));
        let of = child(pair, Rule::of_member).or_else(|| child(pair, Rule::member_name_zh));
        let check = child(pair, Rule::check);
        let check = match (state, check) {
            (Some(state), _) => match state.as_rule() {
                Rule::kw_proposed => Check::Proposed,
                Rule::kw_undetermined => Check::Undetermined,
                _ => Check::State(act_state(&state)?),
            },
            (None, Some(check)) => match child(&check, Rule::where_sum) {
                Some(value) => Check::Is(self.expression(&value)?),
                None => Check::InForce,
            },
            (None, None) => Check::Happens(match child(pair, Rule::record) {
                Some(record) => self.single_fields(&record)?,
                None => Vec::new(),
            }),
        };
        Some(ExpectItem {
            no: has(pair, Rule::kw_nothing),
            name: self.name(&child(&name, Rule::name)?),
            of: of.and_then(|of| self.id_of(&of)),
            check,
        })
    }

    fn record_field(&mut self, pair: &P<'_>) -> Option<(Name, Vec<Expr>)> {
        let values = children(pair, Rule::record_value)
            .map(|value| self.expression(&first(&value)?))
            .collect::<Option<_>>()?;
        Some((self.name(&child(pair, Rule::name)?), values))
    }

    /// A field that has one value.
    fn single_field(&mut self, pair: &P<'_>) -> Option<(Name, Expr)> {
        let (name, mut values) = self.record_field(pair)?;
        if values.len() == 1 {
            return Some((name, values.pop()?));
        }
        let field = &name.value;
        self.report(
            Code::UNEXPECTED,
            self.span(pair),
            Text::new(
                format!("`{field}` has several values where one can stand"),
                format!("`{field}` 写了几个值，此处只能有一个"),
            ),
            Text::new("one value", "一个值"),
            None,
        );
        None
    }

    /// The fields of a record that have one value each.
    pub(super) fn single_fields(&mut self, record: &P<'_>) -> Option<Vec<(Name, Expr)>> {
        children(record, Rule::record_field)
            .map(|field| self.single_field(&field))
            .collect()
    }
}
