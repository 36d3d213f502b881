//! Declarations, rules and duties apart.

use super::{Lower, P, child, children, first, has};
use crate::ast::{
    Calendar, Catalogue, CatalogueItem, Counts, Declaration, Define, DefineBody, Event, EventOf,
    Expr, Field, Ladder, Multiplicity, Name, Never, Node, Opened, Outcome, Param, Phase,
    PhaseDates, PhaseSpan, Policy, Prose, Reading, Scale, Source, Subject, Table, TableKey,
    TableRow, TypeExpr, Unit,
};
use chrono::NaiveDate;
use pol_grammar::Rule;

impl Lower {
    pub(super) fn declaration(&mut self, pair: &P<'_>) -> Option<Declaration> {
        Some(match pair.as_rule() {
            Rule::policy => Declaration::Policy(self.policy(pair)?),
            Rule::prose => Declaration::Prose(Prose {
                text: self.quoted_child(pair, Rule::label)?,
                cites: self.cites(pair),
            }),
            Rule::subject => Declaration::Subject(self.subject(pair)?),
            Rule::body => Declaration::Body(self.head(pair)?),
            Rule::scale => Declaration::Scale(Scale {
                head: self.head(pair)?,
                values: self.labelled_list(&child(pair, Rule::ordered)?)?,
            }),
            Rule::unit => Declaration::Unit(Unit {
                head: self.head(pair)?,
                counts: if has(pair, Rule::kw_kinds) {
                    Some(Counts::Kinds)
                } else if has(pair, Rule::kw_occurrences) {
                    Some(Counts::Occurrences)
                } else {
                    None
                },
            }),
            Rule::event => Declaration::Event(self.event(pair)?),
            Rule::param => Declaration::Param(self.param(pair)?),
            Rule::reading => Declaration::Reading(Reading {
                head: self.head(pair)?,
                answers: self.labelled_list(&child(pair, Rule::values)?)?,
            }),
            Rule::define => Declaration::Define(self.define(pair)?),
            Rule::catalogue => Declaration::Catalogue(self.catalogue(pair)?),
            Rule::phase => Declaration::Phase(self.phase(pair)?),
            Rule::ladder => Declaration::Ladder(Ladder {
                head: self.head(pair)?,
                subjects: self.for_subjects(pair),
                statuses: self.labelled_list(&child(pair, Rule::ordered)?)?,
            }),
            Rule::outcome => Declaration::Outcome(Outcome {
                head: self.head(pair)?,
                fields: self.fields(pair)?,
                concerns: self.quoted_child(pair, Rule::concerns),
            }),
            Rule::duty => Declaration::Duty(self.duty(pair)?),
            Rule::rule_declaration => Declaration::Rule(self.rule(pair)?),
            Rule::never => Declaration::Never(Never {
                label: self.quoted_child(pair, Rule::label)?,
                subjects: self.for_subjects(pair),
                condition: self.expression(&child(pair, Rule::condition)?)?,
            }),
            Rule::test => Declaration::Test(self.test(pair)?),
            _ => return None,
        })
    }

    fn policy(&mut self, pair: &P<'_>) -> Option<Policy> {
        let effective = child(pair, Rule::effective);
        let counting = effective
            .as_ref()
            .and_then(|clause| child(clause, Rule::counting_from));
        Some(Policy {
            head: self.head(pair)?,
            sources: children(pair, Rule::source)
                .map(|source| {
                    Some(Source {
                        name: self.name(&child(&source, Rule::name)?),
                        title: self.quoted_child(&source, Rule::title),
                        text: self.quoted_child(&source, Rule::text_file),
                    })
                })
                .collect::<Option<_>>()?,
            effective: self.date_of(effective.as_ref()),
            counting_from: self.date_of(counting.as_ref()),
            calendars: children(pair, Rule::calendars)
                .flat_map(|calendars| children(&calendars, Rule::calendar))
                .map(|calendar| {
                    Some(Calendar {
                        name: self.name(&child(&calendar, Rule::name)?),
                        file: self.quoted_child(&calendar, Rule::calendar_file),
                    })
                })
                .collect::<Option<_>>()?,
        })
    }

    fn date_of(&mut self, clause: Option<&P<'_>>) -> Option<Node<NaiveDate>> {
        let date = child(clause?, Rule::date)?;
        Some(self.date(&date))
    }

    fn subject(&mut self, pair: &P<'_>) -> Option<Subject> {
        Some(Subject {
            head: self.head(pair)?,
            attributes: self.fields(pair)?,
            within: child(pair, Rule::subject_within)
                .and_then(|within| child(&within, Rule::name))
                .map(|name| self.name(&name)),
            opened: match child(pair, Rule::opened) {
                Some(opened) => Some(self.opened(&opened)?),
                None => None,
            },
        })
    }

    fn opened(&self, pair: &P<'_>) -> Option<Opened> {
        if let Some(name) = child(pair, Rule::name) {
            return Some(Opened {
                event: self.name(&name),
                field: None,
            });
        }
        let field_of = child(pair, Rule::field_of_en).or_else(|| child(pair, Rule::field_of_zh))?;
        let (field, event) = self.field_of_names(&field_of)?;
        Some(Opened {
            event,
            field: Some(field),
        })
    }

    fn event(&mut self, pair: &P<'_>) -> Option<Event> {
        Some(Event {
            head: self.head(pair)?,
            of: children(pair, Rule::event_subjects)
                .flat_map(|subjects| children(&subjects, Rule::event_of))
                .map(|of| {
                    Some(EventOf {
                        every: has(&of, Rule::kw_every),
                        kind: self.name(&child(&of, Rule::name)?),
                        and_every: child(&of, Rule::and_every)
                            .and_then(|every| child(&every, Rule::name))
                            .map(|name| self.name(&name)),
                    })
                })
                .collect::<Option<_>>()?,
            fields: self.fields(pair)?,
        })
    }

    /// The fields between the braces of a declaration.
    fn fields(&mut self, pair: &P<'_>) -> Option<Vec<Field>> {
        let Some(fields) = child(pair, Rule::fields) else {
            return Some(Vec::new());
        };
        children(&fields, Rule::field)
            .map(|field| self.field(&field))
            .collect()
    }

    fn field(&mut self, pair: &P<'_>) -> Option<Field> {
        let ty = pair
            .clone()
            .into_inner()
            .skip_while(|inner| inner.as_rule() != Rule::colon)
            .nth(1)?;
        Some(Field {
            name: self.name(&first(pair)?),
            label: self.quoted_child(pair, Rule::label),
            ty: self.type_expr(&ty)?,
            multiplicity: if has(pair, Rule::question) {
                Multiplicity::Optional
            } else if has(pair, Rule::star) {
                Multiplicity::Several
            } else {
                Multiplicity::One
            },
            default: match child(pair, Rule::default) {
                Some(default) => Some(self.expression(&first(&default)?)?),
                None => None,
            },
        })
    }

    fn type_expr(&mut self, pair: &P<'_>) -> Option<TypeExpr> {
        Some(match pair.as_rule() {
            Rule::yes_no_type => TypeExpr::Named(Name::new("yes/no".into(), self.span(pair))),
            Rule::range => {
                let mut ends = [0, 0];
                let mut at = 0;
                let mut negative = false;
                for inner in pair.clone().into_inner() {
                    match inner.as_rule() {
                        Rule::minus => negative = true,
                        Rule::integer => {
                            let value: i64 = self.integer(&inner);
                            *ends.get_mut(at)? = if negative { -value } else { value };
                            negative = false;
                            at += 1;
                        }
                        _ => {}
                    }
                }
                TypeExpr::Range(Node::new((ends[0], ends[1]), self.span(pair)))
            }
            Rule::values => TypeExpr::Values(self.labelled_list(pair)?),
            Rule::name => TypeExpr::Named(self.name(pair)),
            _ => return None,
        })
    }

    fn param(&mut self, pair: &P<'_>) -> Option<Param> {
        let by = children(pair, Rule::keys)
            .flat_map(|keys| children(&keys, Rule::sum))
            .map(|key| self.expression(&key))
            .collect::<Option<Vec<Expr>>>()?;
        Some(Param {
            head: self.head(pair)?,
            by,
            value: self.table(pair)?,
        })
    }

    /// The value or table behind the keys.
    fn table(&mut self, pair: &P<'_>) -> Option<Node<Table>> {
        if let Some(value) = child(pair, Rule::table_value) {
            let value = self.expression(&first(&value)?)?;
            let span = value.span;
            return Some(Node::new(Table::Value(value), span));
        }
        let table = child(pair, Rule::table)?;
        let rows = children(&table, Rule::row)
            .map(|row| {
                Some(TableRow {
                    keys: children(&row, Rule::row_key)
                        .map(|key| self.table_key(&key))
                        .collect::<Option<_>>()?,
                    value: self.table(&row)?,
                })
            })
            .collect::<Option<_>>()?;
        Some(Node::new(Table::Rows(rows), self.span(&table)))
    }

    fn table_key(&mut self, pair: &P<'_>) -> Option<Node<TableKey>> {
        let inner = first(pair)?;
        let key = match inner.as_rule() {
            Rule::kw_else => TableKey::Else,
            Rule::key_value => TableKey::Is(self.atom(&first(&inner)?)?),
            Rule::band => {
                let value = inner.clone().into_inner().find(|part| {
                    matches!(
                        part.as_rule(),
                        Rule::date | Rule::number | Rule::name | Rule::hole
                    )
                })?;
                TableKey::Band(Self::band_sign(&inner)?, self.atom(&value)?)
            }
            Rule::date_span => {
                let span = self.date_span(&inner);
                TableKey::Dates(
                    span.from.map_or(NaiveDate::MIN, |from| from.value),
                    span.to.map(|to| to.value),
                )
            }
            _ => return None,
        };
        Some(Node::new(key, self.span(pair)))
    }

    /// `D1 to D2`, `D1 to ?`.
    fn date_span(&mut self, pair: &P<'_>) -> PhaseSpan {
        let mut ends = pair
            .clone()
            .into_inner()
            .filter(|inner| matches!(inner.as_rule(), Rule::date | Rule::hole))
            .map(|end| (end.as_rule() == Rule::date).then(|| self.date(&end)));
        PhaseSpan {
            from: ends.next().flatten(),
            to: ends.next().flatten(),
        }
    }

    fn define(&mut self, pair: &P<'_>) -> Option<Define> {
        Some(Define {
            head: self.head(pair)?,
            body: if let Some(set) = child(pair, Rule::event_set) {
                DefineBody::Events(self.event_patterns(&set)?)
            } else {
                DefineBody::Expr(self.expression(&child(pair, Rule::condition)?)?)
            },
        })
    }

    fn catalogue(&mut self, pair: &P<'_>) -> Option<Catalogue> {
        Some(Catalogue {
            head: self.head(pair)?,
            from: self.name(&child(&child(pair, Rule::catalogue_from)?, Rule::name)?),
            by: match child(pair, Rule::catalogue_by) {
                Some(by) => self.during(&by)?,
                None => Vec::new(),
            },
            filter: match child(pair, Rule::where_clause) {
                Some(clause) => Some(self.where_clause(&clause)?),
                None => None,
            },
            items: self.items(pair)?,
        })
    }

    fn items(&mut self, pair: &P<'_>) -> Option<Vec<CatalogueItem>> {
        children(pair, Rule::item)
            .map(|item| {
                let condition =
                    |rule| child(&item, rule).and_then(|clause| child(&clause, Rule::condition));
                Some(CatalogueItem {
                    key: self.atom(&first(&first(&item)?)?)?,
                    label: self.quoted_child(&item, Rule::label),
                    cites: self.cites(&item),
                    filter: match child(&item, Rule::where_clause) {
                        Some(clause) => Some(self.where_clause(&clause)?),
                        None => None,
                    },
                    condition: match condition(Rule::item_if) {
                        Some(condition) => Some(self.expression(&condition)?),
                        None => None,
                    },
                    unless: match condition(Rule::item_unless) {
                        Some(condition) => Some(self.expression(&condition)?),
                        None => None,
                    },
                    branches: match child(&item, Rule::branches) {
                        Some(branches) => {
                            self.deeper(&branches, 1, |lower| lower.items(&branches))?
                        }
                        None => Vec::new(),
                    },
                })
            })
            .collect()
    }

    fn phase(&mut self, pair: &P<'_>) -> Option<Phase> {
        Some(Phase {
            head: self.head(pair)?,
            dates: if has(pair, Rule::from_register) {
                PhaseDates::FromRegister
            } else {
                PhaseDates::Spans(
                    children(pair, Rule::date_span)
                        .map(|span| self.date_span(&span))
                        .collect(),
                )
            },
        })
    }
}
