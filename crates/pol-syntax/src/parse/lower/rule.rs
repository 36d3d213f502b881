//! Rules, duties, actions.

use super::super::lengths;
use super::condition::sign_operator;
use super::event::period_zh;
use super::{Lower, P, child, children, first, has};
use crate::Text;
use crate::ast::{
    Action, Duty, DutySpan, DutyTime, EventPattern, Expr, ExprKind, Extension, Extent, Issue,
    Limit, Name, Node, Rule as RuleDeclaration, Trigger,
};
use crate::diagnostic::Code;
use crate::span::Span;
use pol_grammar::Rule;
use pol_grammar::keywords::PeriodForm;

/// A rule's clauses in their one order: grammar rule, English, Chinese.
const CLAUSES: [(Rule, &str, &str); 8] = [
    (Rule::for_subjects, "for", "适用"),
    (Rule::in_principle, "in principle", "原则上"),
    (
        Rule::trigger,
        "the trigger (`on`, `at`, `when`, `while`, `after`)",
        "触发条件（遇、于、当、在 … 期间、自 … 起 满）",
    ),
    (Rule::if_clause, "if", "若"),
    (Rule::counting_again, "counting again", "重复计数"),
    (Rule::decided_by, "decided by", "由 … 决定"),
    (Rule::then_clause, "then", "则"),
    (Rule::otherwise_clause, "otherwise", "不同意则"),
];

/// `while C` or `during PHASE`, before it is known where it stands.
enum During {
    Condition(Expr),
    Phases(Vec<Name>),
}

impl Lower {
    pub(super) fn rule(&mut self, pair: &P<'_>) -> Option<RuleDeclaration> {
        self.clause_order(pair);
        let trigger = self.required(pair, Rule::trigger)?;
        let then = self.required(pair, Rule::then_clause)?;
        Some(RuleDeclaration {
            head: self.head(pair)?,
            subjects: self.for_subjects(pair),
            in_principle: has(pair, Rule::in_principle),
            trigger: self.trigger(&trigger)?,
            condition: match child(pair, Rule::if_clause) {
                Some(clause) => Some(self.expression(&child(&clause, Rule::condition)?)?),
                None => None,
            },
            counting_again: has(pair, Rule::counting_again),
            decided_by: child(pair, Rule::decided_by)
                .and_then(|clause| child(&clause, Rule::name))
                .map(|name| self.name(&name)),
            then: self.actions(&then)?,
            otherwise: match child(pair, Rule::otherwise_clause) {
                Some(clause) => self.actions(&clause)?,
                None => Vec::new(),
            },
        })
    }

    /// The subjects of every `for` among the children.
    pub(super) fn for_subjects(&self, pair: &P<'_>) -> Vec<Name> {
        children(pair, Rule::for_subjects)
            .filter_map(|clause| self.during(&clause))
            .flatten()
            .collect()
    }

    /// Reports clauses out of order and clauses that stand twice.
    fn clause_order(&mut self, pair: &P<'_>) {
        let mut before: Option<(usize, Span)> = None;
        for clause in pair.clone().into_inner() {
            let Some(at) = CLAUSES
                .iter()
                .position(|(rule, ..)| *rule == clause.as_rule())
            else {
                continue;
            };
            let span = self.span(&clause);
            let (_, en, zh) = CLAUSES[at];
            match before {
                Some((last, place)) if at == last => {
                    let (one, other) = (span, place);
                    self.diagnostics.push(
                        crate::Diagnostic::error(
                            Code::CLAUSE_ORDER,
                            Text::new(
                                format!("the rule says twice: {en}"),
                                format!("规则里重复写了：{zh}"),
                            ),
                            one,
                            Text::new("the second time", "第二次"),
                        )
                        .with_label(other, Text::new("the first time", "第一次"))
                        .with_help(Text::new(
                            "join the two, or write two rules",
                            "请合并为一处，或写成两条规则",
                        )),
                    );
                }
                Some((last, place)) if at < last => {
                    let (_, last_en, last_zh) = CLAUSES[last];
                    self.diagnostics.push(
                        crate::Diagnostic::error(
                            Code::CLAUSE_ORDER,
                            Text::new(
                                format!("in a rule, {en} comes before {last_en}"),
                                format!("规则中，{zh} 应写在 {last_zh} 之前"),
                            ),
                            span,
                            Text::new("comes too late", "位置靠后"),
                        )
                        .with_label(place, Text::new("belongs before this", "应在此之前"))
                        .with_help(Text::new(
                            "the order is: for, trigger, if, counting again, decided by, then, otherwise",
                            "次序为：适用、触发条件、若、重复计数、由 … 决定、则、不同意则",
                        )),
                    );
                }
                _ => {}
            }
            before = Some((before.map_or(at, |(last, _)| last.max(at)), span));
        }
    }

    /// A clause that a rule cannot do without.
    fn required<'i>(&mut self, pair: &P<'i>, rule: Rule) -> Option<P<'i>> {
        let found = child(pair, rule);
        if found.is_none() {
            let name = child(pair, Rule::name)?;
            let (en, zh, help) = if rule == Rule::then_clause {
                (
                    "does nothing: it has no `then`",
                    "没有写 `则`，什么也不做",
                    Text::new("add what follows: `then yellow`", "请补上结果：`则 黄牌`"),
                )
            } else {
                (
                    "never looks: it has no trigger",
                    "没有触发条件",
                    Text::new(
                        "say when it looks: `on EVENT`, `at end of each quarter`, `when CONDITION`, `while CONDITION`",
                        "请写明何时触发：`遇 事项`、`每季度末`、`当 条件`、`在 条件 期间`",
                    ),
                )
            };
            let written = name.as_str();
            self.report(
                Code::CLAUSE_ORDER,
                self.span(&name),
                Text::new(
                    format!("the rule `{written}` {en}"),
                    format!("规则 `{written}` {zh}"),
                ),
                Text::new("a clause is missing here", "此处缺少一句"),
                Some(help),
            );
        }
        found
    }

    fn trigger(&mut self, pair: &P<'_>) -> Option<Node<Trigger>> {
        let inner = first(pair)?;
        let trigger = match inner.as_rule() {
            Rule::on_events => {
                Trigger::On(self.event_patterns(&child(&inner, Rule::event_patterns)?)?)
            }
            Rule::at_points => Trigger::At(self.points(&child(&inner, Rule::points)?)?),
            Rule::when_clause => Trigger::When(self.expression(&child(&inner, Rule::condition)?)?),
            Rule::while_clause => match self.while_clause(&inner)? {
                During::Condition(condition) => Trigger::While(condition),
                During::Phases(phases) => Trigger::During(phases),
            },
            Rule::after_clause => {
                let span = self.duration_value(&child(&inner, Rule::span)?)?;
                let events = self.event_patterns(&child(&inner, Rule::event_patterns)?)?;
                let unless = match child(&inner, Rule::unless_events) {
                    Some(unless) => self.event_patterns(&child(&unless, Rule::event_patterns)?)?,
                    None => Vec::new(),
                };
                Trigger::After(span, events, unless)
            }
            _ => return None,
        };
        Some(Node::new(trigger, self.span(pair)))
    }

    /// A single name may be a phase or a condition: it is a condition here.
    fn while_clause(&mut self, pair: &P<'_>) -> Option<During> {
        if let Some(condition) = child(pair, Rule::condition) {
            return Some(During::Condition(self.expression(&condition)?));
        }
        let mut phases = self.during(pair)?;
        Some(if phases.len() == 1 {
            let only = phases.pop()?;
            During::Condition(Node::new(ExprKind::Name(only.value), only.span))
        } else {
            During::Phases(phases)
        })
    }

    /// The actions of `then` and `otherwise`.
    pub(super) fn actions(&mut self, pair: &P<'_>) -> Option<Vec<Action>> {
        children(&child(pair, Rule::actions)?, Rule::action)
            .map(|action| self.action(&first(&action)?))
            .collect()
    }

    fn action(&mut self, pair: &P<'_>) -> Option<Action> {
        let name = self.name(&child(pair, Rule::name)?);
        Some(match pair.as_rule() {
            Rule::end_action => Action::End(name),
            Rule::set_action => Action::Set(name, self.expression(&child(pair, Rule::sum)?)?),
            Rule::issue => Action::Issue(Issue {
                name,
                fields: match child(pair, Rule::record) {
                    Some(record) => self.single_fields(&record)?,
                    None => Vec::new(),
                },
                extent: match child(pair, Rule::extent) {
                    Some(extent) => Some(self.extent(&first(&extent)?)?),
                    None => None,
                },
            }),
            _ => return None,
        })
    }

    fn extent(&mut self, pair: &P<'_>) -> Option<Extent> {
        let inner = pair.clone().into_inner().nth(1)?;
        Some(match inner.as_rule() {
            Rule::span => Extent::For(self.duration_value(&inner)?),
            Rule::lasting_events_zh | Rule::lasting_events_en => {
                let count = child(&inner, Rule::integer)?;
                let event = self.event_ref(&child(&inner, Rule::event_name)?)?;
                if event.name.value == "月" {
                    let span = self.span(&inner);
                    let (number, written) = (count.as_str(), inner.as_str().trim_end());
                    self.diagnostics.push(lengths::month_for_months(
                        span,
                        number.trim_end(),
                        written,
                    ));
                }
                Extent::ForEvents(self.atom(&count)?, event)
            }
            Rule::until_period => Extent::UntilEndOf(
                if let Some(word) = child(&inner, Rule::last_day_period_zh) {
                    period_zh(&word, PeriodForm::LastDay)?
                } else if let Some(cycle) = child(&inner, Rule::cycle_of_zh) {
                    self.cycle(&cycle)?
                } else {
                    self.period(&child(&inner, Rule::period)?)?
                },
            ),
            Rule::until_phase => Extent::UntilEndOfPhase(self.name(&child(&inner, Rule::name)?)),
            Rule::event_pattern => {
                let pattern: EventPattern = self.event_pattern(&inner)?;
                Extent::Until(pattern)
            }
            _ => return None,
        })
    }

    pub(super) fn duty(&mut self, pair: &P<'_>) -> Option<Duty> {
        let bearers = child(pair, Rule::bearers)?;
        let time = child(pair, Rule::duty_time)?;
        Some(Duty {
            head: self.head(pair)?,
            about: self.for_subjects(pair),
            of: self.during(&bearers)?,
            to: child(&bearers, Rule::receivers)
                .and_then(|receivers| self.during(&receivers))
                .unwrap_or_default(),
            in_principle: has(&time, Rule::in_principle),
            time: self.duty_time(&time)?,
            span: match child(&time, Rule::while_clause) {
                Some(clause) => Some(match self.while_clause(&clause)? {
                    During::Condition(condition) => DutySpan::While(condition),
                    During::Phases(phases) => DutySpan::During(phases),
                }),
                None => None,
            },
            extended: children(pair, Rule::extended)
                .map(|clause| self.extension(&clause))
                .collect::<Option<_>>()?,
            met_by: match child(pair, Rule::met_by) {
                Some(met) => self.event_patterns(&child(&met, Rule::event_patterns)?)?,
                None => Vec::new(),
            },
        })
    }

    /// `extended by E to V`, 经 E 延长 D.
    fn extension(&mut self, pair: &P<'_>) -> Option<Node<Extension>> {
        let by = self.event_pattern(&child(pair, Rule::event_pattern)?)?;
        let limit = match child(pair, Rule::span) {
            Some(span) => Limit::For(self.duration_value(&span)?),
            None => Limit::To(self.expression(&child(pair, Rule::sum)?)?),
        };
        Some(Node::new(Extension { by, limit }, self.span(pair)))
    }

    fn duty_time(&mut self, pair: &P<'_>) -> Option<Node<DutyTime>> {
        let inner = pair
            .clone()
            .into_inner()
            .find(|inner| !matches!(inner.as_rule(), Rule::while_clause | Rule::in_principle))?;
        let time = match inner.as_rule() {
            Rule::duty_within => DutyTime::Within(
                self.duration_value(&child(&inner, Rule::span)?)?,
                self.event_patterns(&child(&inner, Rule::event_patterns)?)?,
            ),
            Rule::duty_by => DutyTime::By(self.points(&child(&inner, Rule::points)?)?),
            Rule::duty_on => DutyTime::On(self.points(&child(&inner, Rule::points)?)?),
            Rule::duty_each => {
                DutyTime::Each(if let Some(word) = child(&inner, Rule::each_period_zh) {
                    period_zh(&word, PeriodForm::Each)?
                } else if let Some(cycle) = child(&inner, Rule::cycle_of_zh) {
                    self.cycle(&cycle)?
                } else {
                    self.period(&child(&inner, Rule::period)?)?
                })
            }
            _ => return None,
        };
        Some(Node::new(time, self.span(&inner)))
    }

    /// The sign of a band.
    pub(super) fn band_sign(pair: &P<'_>) -> Option<crate::ast::BinaryOp> {
        pair.clone()
            .into_inner()
            .find_map(|inner| sign_operator(&inner))
    }
}
