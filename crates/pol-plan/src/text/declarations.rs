//! Rules, duties, properties and parameters of a plan as declarations.

use super::tree::{Scope, Tree, compared, event, name, placed};
use crate::data::{
    Action, Duty, DutyTime, Extent, Limit, Never, Param, Point, PointBase, Rule, Sign, Table,
    TableKey, Trigger,
};
use crate::node::PatternIx;
use pol_model::compute::Comparison;
use pol_model::{FieldIx, KindIx};
use pol_syntax::ast::{self, Declaration, Expr, Head, Issue, Name};

impl<'p> Tree<'p> {
    pub fn rule(self, rule: &'p Rule) -> Declaration {
        let scope = match &rule.trigger {
            Trigger::On(patterns) | Trigger::After { from: patterns, .. } => self.scope(patterns),
            Trigger::At(_) | Trigger::When(_) | Trigger::While(_) => None,
        };
        let decided_by = rule
            .decided_by
            .map(|body| name(&self.plan.bodies[body.at()]));
        Declaration::Rule(ast::Rule {
            head: head(&rule.name),
            subjects: self.kinds(&rule.subjects),
            in_principle: false,
            trigger: placed(self.trigger(&rule.trigger)),
            condition: rule.condition.map(|condition| self.expr(condition, scope)),
            counting_again: false,
            decided_by,
            then: self.actions(&rule.then, scope),
            otherwise: self.actions(&rule.otherwise, scope),
        })
    }

    /// The events that a trigger brings into scope.
    fn scope(self, patterns: &[PatternIx]) -> Scope<'p> {
        patterns
            .first()
            .map(|first| &self.plan.pattern(*first).source)
    }

    fn kinds(self, kinds: &[KindIx]) -> Vec<Name> {
        let names = kinds
            .iter()
            .map(|kind| name(&self.plan.kinds[kind.at()].name));
        names.collect()
    }

    fn patterns(self, patterns: &[PatternIx]) -> Vec<ast::EventPattern> {
        patterns
            .iter()
            .map(|pattern| self.events(*pattern))
            .collect()
    }

    fn trigger(self, trigger: &'p Trigger) -> ast::Trigger {
        match trigger {
            Trigger::On(patterns) => ast::Trigger::On(self.patterns(patterns)),
            Trigger::At(points) => ast::Trigger::At(self.points(points)),
            Trigger::When(condition) => ast::Trigger::When(self.expr(*condition, None)),
            Trigger::While(condition) => ast::Trigger::While(self.expr(*condition, None)),
            Trigger::After {
                delay,
                from,
                unless,
            } => ast::Trigger::After(
                self.expr(*delay, self.scope(from)),
                self.patterns(from),
                self.patterns(unless),
            ),
        }
    }

    fn points(self, points: &'p [Point]) -> Vec<ast::Node<ast::Point>> {
        points
            .iter()
            .map(|point| placed(self.point(point)))
            .collect()
    }

    fn point(self, point: &'p Point) -> ast::Point {
        let (base, scope) = match &point.base {
            PointBase::Date(date) => (ast::PointBase::Date(*date), None),
            PointBase::EachYear(month, day) => (ast::PointBase::EachYear(*month, *day), None),
            PointBase::EachMonth(day) => (ast::PointBase::EachMonth(*day), None),
            PointBase::EachWeek(day) => (ast::PointBase::EachWeek(*day), None),
            PointBase::EndOfEach(period) => (ast::PointBase::EndOfEach(self.period(period)), None),
            PointBase::EndOfPhase(phase) => {
                let phase = name(&self.plan.phases[phase.at()].name);
                (ast::PointBase::EndOf(phase), None)
            }
            PointBase::FieldOf(key, pattern) => {
                let pattern = self.plan.pattern(*pattern);
                let scope = Some(&pattern.source);
                let field = placed(self.field(key, scope));
                (ast::PointBase::FieldOf(field, name(&pattern.name)), scope)
            }
            PointBase::Attribute(attribute) => {
                (ast::PointBase::Attribute(self.expr(*attribute, None)), None)
            }
        };
        let offsets = point.offsets.iter();
        ast::Point {
            base,
            offsets: offsets
                .map(|(sign, length)| {
                    let sign = match sign {
                        Sign::Plus => ast::Sign::Plus,
                        Sign::Minus => ast::Sign::Minus,
                    };
                    (sign, self.expr(*length, scope))
                })
                .collect(),
        }
    }

    fn actions(self, actions: &'p [Action], scope: Scope<'p>) -> Vec<ast::Action> {
        actions
            .iter()
            .map(|action| self.action(action, scope))
            .collect()
    }

    fn action(self, action: &'p Action, scope: Scope<'p>) -> ast::Action {
        let plan = self.plan;
        let issue = |issued: &str, fields, extent| {
            ast::Action::Issue(Issue {
                name: name(issued),
                fields,
                extent,
            })
        };
        match action {
            Action::Status(ladder, status) => {
                let statuses = &plan.ladders[ladder.at()].status_names;
                issue(&statuses[usize::from(*status)], Vec::new(), None)
            }
            Action::Set(ladder, value) => {
                let ladder = name(&plan.ladders[ladder.at()].name);
                ast::Action::Set(ladder, self.expr(*value, scope))
            }
            Action::Impose(imposition) => {
                let outcome = &plan.outcomes[imposition.outcome.at()];
                let fields = self.given(&outcome.fields, &imposition.fields, scope);
                let extent = imposition.extent.as_ref();
                let extent = extent.map(|extent| self.extent(extent, scope));
                issue(&outcome.name, fields, extent)
            }
            Action::End(outcome) => ast::Action::End(name(&plan.outcomes[outcome.at()].name)),
            Action::Event(made, fields) => {
                let made = &plan.events[made.at()];
                issue(&made.name, self.given(&made.fields, fields, scope), None)
            }
        }
    }

    fn given(
        self,
        names: &[String],
        fields: &[(FieldIx, crate::NodeIx)],
        scope: Scope<'p>,
    ) -> Vec<(Name, Expr)> {
        let given = fields
            .iter()
            .map(|(field, value)| (name(&names[field.at()]), self.expr(*value, scope)));
        given.collect()
    }

    fn extent(self, extent: &'p Extent, scope: Scope<'p>) -> ast::Extent {
        match extent {
            Extent::For(length) => ast::Extent::For(self.expr(*length, scope)),
            Extent::ForEvents(count, pattern) => {
                ast::Extent::ForEvents(self.expr(*count, scope), event(self.plan.pattern(*pattern)))
            }
            Extent::UntilEndOf(period) => ast::Extent::UntilEndOf(self.period(period)),
            Extent::UntilEndOfPhase(phase) => {
                ast::Extent::UntilEndOfPhase(name(&self.plan.phases[phase.at()].name))
            }
            Extent::Until(pattern) => ast::Extent::Until(self.events(*pattern)),
        }
    }

    pub fn duty(self, duty: &'p Duty) -> Declaration {
        let span = match (duty.condition, duty.phases.as_slice()) {
            (Some(condition), _) => Some(ast::DutySpan::While(self.expr(condition, None))),
            (None, []) => None,
            (None, phases) => Some(ast::DutySpan::During(self.phases(phases))),
        };
        let extended = duty.extended.iter().map(|(by, limit)| {
            let scope = Some(&self.plan.pattern(*by).source);
            placed(ast::Extension {
                by: self.events(*by),
                limit: match limit {
                    Limit::To(date) => ast::Limit::To(self.expr(*date, scope)),
                    Limit::For(length) => ast::Limit::For(self.expr(*length, scope)),
                },
            })
        });
        let time = match &duty.time {
            DutyTime::Each(period) => ast::DutyTime::Each(self.period(period)),
            DutyTime::By(points) => ast::DutyTime::By(self.points(points)),
            DutyTime::On(points) => ast::DutyTime::On(self.points(points)),
            DutyTime::Within(length, patterns) => ast::DutyTime::Within(
                self.expr(*length, self.scope(patterns)),
                self.patterns(patterns),
            ),
        };
        Declaration::Duty(ast::Duty {
            head: head(&duty.name),
            about: self.kinds(&duty.kinds),
            of: Vec::new(),
            to: Vec::new(),
            in_principle: duty.in_principle,
            time: placed(time),
            span,
            extended: extended.collect(),
            met_by: self.patterns(&duty.met_by),
        })
    }

    pub fn never(self, never: &'p Never) -> Declaration {
        Declaration::Never(ast::Never {
            label: name(&never.name),
            subjects: self.kinds(&never.subjects),
            condition: self.expr(never.condition, None),
        })
    }

    pub fn param(self, param: &'p Param) -> Declaration {
        let by: Vec<Expr> = param.by.iter().map(|by| self.expr(*by, None)).collect();
        Declaration::Param(ast::Param {
            head: head(&param.name),
            by,
            value: placed(self.table(&param.table)),
        })
    }

    fn table(self, table: &'p Table) -> ast::Table {
        match table {
            Table::Value(value) => ast::Table::Value(self.expr(*value, None)),
            Table::Rows(_, rows) => {
                let rows = rows.iter().map(|row| ast::TableRow {
                    keys: or_else(row.keys.iter().map(|key| self.key(key)).collect()),
                    value: placed(self.table(&row.table)),
                });
                ast::Table::Rows(rows.collect())
            }
            Table::Dates(rows) => {
                let rows = rows.iter().map(|row| ast::TableRow {
                    keys: or_else(
                        row.spans
                            .iter()
                            .map(|(from, to)| ast::TableKey::Dates(*from, *to))
                            .collect(),
                    ),
                    value: placed(self.table(&row.table)),
                });
                ast::Table::Rows(rows.collect())
            }
        }
    }

    fn key(self, key: &TableKey) -> ast::TableKey {
        let bound = self.expr(key.bound, None);
        match key.comparison {
            Comparison::Is => ast::TableKey::Is(bound),
            comparison => ast::TableKey::Band(compared(comparison), bound),
        }
    }
}

/// Keys, or `else` where there are none.
fn or_else(keys: Vec<ast::TableKey>) -> Vec<ast::Node<ast::TableKey>> {
    if keys.is_empty() {
        vec![placed(ast::TableKey::Else)]
    } else {
        keys.into_iter().map(placed).collect()
    }
}

fn head(of: &str) -> Head {
    Head {
        name: name(of),
        label: None,
        cites: Vec::new(),
    }
}
