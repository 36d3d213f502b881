//! Conditions and values, both the full ones and those of a `where`.

use super::event::{bare, filters, windows};
use super::{Lower, P, child, children, first, has};
use crate::Text;
use crate::ast::{
    Aggregate, AggregateFunction, BinaryOp, EventRef, Expr, ExprKind, Name, Node, Rank, Share,
    Window,
};
use crate::diagnostic::Code;
use crate::span::Span;
use pol_grammar::Rule;

impl Lower {
    /// Any expression of the grammar.
    pub(super) fn expression(&mut self, pair: &P<'_>) -> Option<Expr> {
        match pair.as_rule() {
            Rule::condition => self.joined(pair, Rule::conjunction, BinaryOp::Or),
            Rule::conjunction => self.joined(pair, Rule::negation, BinaryOp::And),
            Rule::where_or => self.joined(pair, Rule::where_and, BinaryOp::Or),
            Rule::where_and => self.joined(pair, Rule::where_not, BinaryOp::And),
            Rule::negation | Rule::where_not | Rule::where_negation | Rule::share_not => {
                self.negation(pair)
            }
            Rule::comparison | Rule::where_comparison => self.comparison(pair),
            Rule::sum | Rule::product | Rule::where_sum | Rule::where_product => {
                self.arithmetic(pair)
            }
            Rule::factor | Rule::where_factor => self.factor(pair),
            Rule::where_short | Rule::where_group | Rule::share_filter => {
                let inner = pair.clone().into_inner().find(|inner| {
                    !matches!(
                        inner.as_rule(),
                        Rule::kw_where | Rule::lparen | Rule::rparen
                    )
                })?;
                self.expression(&inner)
            }
            Rule::paren | Rule::where_paren => self.paren(pair),
            Rule::higher | Rule::where_higher => {
                let of = self.listed(pair)?;
                let kind = if has(pair, Rule::kw_higher_en) {
                    ExprKind::HigherOf(of)
                } else {
                    ExprKind::LowerOf(of)
                };
                Some(Node::new(kind, self.span(pair)))
            }
            Rule::aggregate | Rule::run => self.aggregate(pair),
            Rule::events => self.events(pair),
            Rule::share => self.share(pair),
            Rule::rank | Rule::rank_zh => self.rank(pair),
            Rule::during_condition => {
                let phases = self.during(pair)?;
                Some(Node::new(ExprKind::During(phases), self.span(pair)))
            }
            _ => self.atom(pair),
        }
    }

    /// `A or B or C`: from the left.
    fn joined(&mut self, pair: &P<'_>, part: Rule, op: BinaryOp) -> Option<Expr> {
        let parts: Vec<_> = children(pair, part).collect();
        self.deeper(pair, parts.len().saturating_sub(1), |lower| {
            let mut parts = parts.iter();
            let mut joined = lower.expression(parts.next()?)?;
            for part in parts {
                let right = lower.expression(part)?;
                joined = binary(op, joined, right);
            }
            Some(joined)
        })
    }

    fn negation(&mut self, pair: &P<'_>) -> Option<Expr> {
        let negated = has(pair, Rule::kw_not);
        let inner = pair
            .clone()
            .into_inner()
            .find(|inner| inner.as_rule() != Rule::kw_not)?;
        self.deeper(pair, usize::from(negated), |lower| {
            let inner = lower.expression(&inner)?;
            Some(if negated {
                Node::new(ExprKind::Not(Box::new(inner)), lower.span(pair))
            } else {
                inner
            })
        })
    }

    fn arithmetic(&mut self, pair: &P<'_>) -> Option<Expr> {
        let parts: Vec<_> = pair.clone().into_inner().collect();
        self.deeper(pair, parts.len() / 2, |lower| {
            let mut joined = lower.expression(parts.first()?)?;
            for step in parts[1..].chunks_exact(2) {
                let op = match step[0].as_rule() {
                    Rule::plus => BinaryOp::Add,
                    Rule::minus => BinaryOp::Sub,
                    Rule::times => BinaryOp::Mul,
                    Rule::divide => BinaryOp::Div,
                    _ => return None,
                };
                let right = lower.expression(&step[1])?;
                joined = binary(op, joined, right);
            }
            Some(joined)
        })
    }

    fn factor(&mut self, pair: &P<'_>) -> Option<Expr> {
        let inner = first(pair)?;
        if inner.as_rule() != Rule::minus {
            return self.expression(&inner);
        }
        let negated = pair.clone().into_inner().nth(1)?;
        self.deeper(pair, 1, |lower| {
            let inner = lower.expression(&negated)?;
            let kind = ExprKind::Negate(Box::new(inner));
            Some(Node::new(kind, lower.span(pair)))
        })
    }

    /// The expressions between parentheses.
    fn listed(&mut self, pair: &P<'_>) -> Option<Vec<Expr>> {
        pair.clone()
            .into_inner()
            .filter(|inner| {
                matches!(
                    inner.as_rule(),
                    Rule::condition | Rule::where_or | Rule::sum | Rule::where_sum
                )
            })
            .map(|inner| self.expression(&inner))
            .collect()
    }

    fn paren(&mut self, pair: &P<'_>) -> Option<Expr> {
        let mut listed = self.listed(pair)?;
        let higher = has(pair, Rule::kw_higher_zh);
        let lower = has(pair, Rule::kw_lower_zh);
        if !higher && !lower && listed.len() == 1 {
            return listed.pop();
        }
        if !higher && !lower || listed.len() == 1 {
            self.report(
                Code::UNEXPECTED,
                self.span(pair),
                Text::new(
                    "a list in parentheses needs a word that picks one of its values",
                    "括号里的几个值需要说明取哪一个",
                ),
                Text::new(
                    "two values or more, and how to pick",
                    "至少两个值，并说明取法",
                ),
                Some(Text::new(
                    "write `higher of (A, B)`, `lower of (A, B)`, or `X in (A, B)`",
                    "请写 `（甲、乙）孰高`、`（甲、乙）孰低`，或 `X 属于 （甲、乙）`",
                )),
            );
            return None;
        }
        let kind = if higher {
            ExprKind::HigherOf(listed)
        } else {
            ExprKind::LowerOf(listed)
        };
        Some(Node::new(kind, self.span(pair)))
    }

    fn comparison(&mut self, pair: &P<'_>) -> Option<Expr> {
        let left = self.expression(&first(pair)?)?;
        let compared = match pair.clone().into_inner().nth(1) {
            Some(tail) if tail.as_rule() != Rule::held => self.tail(left, &tail)?,
            _ => left,
        };
        let Some(held) = child(pair, Rule::held) else {
            return Some(compared);
        };
        let span = self.duration_value(&child(&held, Rule::span)?)?;
        let place = compared.span.to(self.span(&held));
        let kind = ExprKind::Held(Box::new(compared), Box::new(span));
        Some(Node::new(kind, place))
    }

    fn tail(&mut self, left: Expr, tail: &P<'_>) -> Option<Expr> {
        let span = left.span.to(self.span(tail));
        match tail.as_rule() {
            Rule::in_force => {
                if let ExprKind::Name(name) = left.value {
                    let name = Name::new(name, left.span);
                    return Some(Node::new(ExprKind::InForce(name), span));
                }
                self.report(
                    Code::UNEXPECTED,
                    span,
                    Text::new(
                        "`in force` stands behind the name of an outcome",
                        "`有效` 应紧接在一个结果的名称之后",
                    ),
                    Text::new("not a name", "不是名称"),
                    None,
                );
                None
            }
            Rule::in_set | Rule::where_in => {
                let set = self.listed(tail)?;
                Some(Node::new(ExprKind::In(Box::new(left), set), span))
            }
            _ => {
                let op = operator(tail)?;
                let right = tail
                    .clone()
                    .into_inner()
                    .find(|inner| matches!(inner.as_rule(), Rule::sum | Rule::where_sum))?;
                let right = self.expression(&right)?;
                let left = self.with_trailing(left, &right, tail)?;
                // Windows behind the number are part of what is compared.
                Some(Node {
                    span,
                    ..binary(op, left, right)
                })
            }
        }
    }

    /// Windows and a `where` behind a number belong to the count before the comparison.
    fn with_trailing(&mut self, left: Expr, right: &Expr, tail: &P<'_>) -> Option<Expr> {
        let mut trailing = windows(tail).chain(filters(tail)).peekable();
        let Some(place) = trailing.peek().map(|pair| self.span(pair)) else {
            return Some(left);
        };
        let number = matches!(right.value, ExprKind::Number(_));
        let aggregate = match left.value {
            ExprKind::Aggregate(aggregate) if number => Some(*aggregate),
            ExprKind::Name(name) if number => Some(count(EventRef {
                name: Name::new(name, left.span),
                state: None,
                within_it: false,
            })),
            _ => None,
        };
        let Some(mut aggregate) = aggregate else {
            self.report(
                Code::MISPLACED_WINDOW,
                place,
                Text::new(
                    "a window or `where` stands behind a comparison that it cannot belong to",
                    "期间或 `其中` 写在比较之后，却无所归属",
                ),
                Text::new("which events are meant?", "指的是哪些事项？"),
                Some(Text::new(
                    "write it directly behind the events that it narrows",
                    "请把它写在所限定的事项旁边",
                )),
            );
            return None;
        };
        for window in windows(tail) {
            aggregate.windows.push(self.window(&window)?);
        }
        for filter in filters(tail) {
            let filter = self.expression(&filter)?;
            aggregate.filter = Some(both(aggregate.filter, filter));
        }
        let kind = ExprKind::Aggregate(Box::new(aggregate));
        Some(Node::new(kind, left.span))
    }

    /// Windows and `where` of events, wherever they stand around them.
    fn narrowed(&mut self, pair: &P<'_>, mut aggregate: Aggregate) -> Option<Aggregate> {
        for window in windows(pair) {
            let window: Node<Window> = self.window(&window)?;
            aggregate.windows.push(window);
        }
        for filter in filters(pair) {
            let filter = self.expression(&filter)?;
            aggregate.filter = Some(both(aggregate.filter, filter));
        }
        Some(aggregate)
    }

    /// `distinct F of E …`, `run of E …`.
    fn aggregate(&mut self, pair: &P<'_>) -> Option<Expr> {
        let function = if pair.as_rule() == Rule::run {
            AggregateFunction::Run
        } else {
            function(&first(pair)?, self.name(&child(pair, Rule::name)?))?
        };
        let mut aggregate = count(self.event_ref(&child(pair, Rule::event_name)?)?);
        aggregate.function = function;
        let aggregate = self.narrowed(pair, aggregate)?;
        let kind = ExprKind::Aggregate(Box::new(aggregate));
        Some(Node::new(kind, self.span(pair)))
    }

    /// Windows, events, `where`, and in Chinese order what is computed of them.
    fn events(&mut self, pair: &P<'_>) -> Option<Expr> {
        let event = self.event_ref(&child(pair, Rule::event_name)?)?;
        let plain = bare(&event);
        let mut aggregate = self.narrowed(pair, count(event))?;
        if let Some(of) = child(pair, Rule::of_events_zh) {
            aggregate.function = if has(&of, Rule::kw_run_zh) {
                AggregateFunction::Run
            } else {
                let name = self.name(&child(&of, Rule::name)?);
                let word = of
                    .clone()
                    .into_inner()
                    .find(|inner| !matches!(inner.as_rule(), Rule::kw_of_zh | Rule::name))?;
                function(&word, name)?
            };
        }
        let kind = match plain {
            Some(name)
                if aggregate.windows.is_empty()
                    && aggregate.filter.is_none()
                    && aggregate.function == AggregateFunction::Count =>
            {
                name
            }
            _ => ExprKind::Aggregate(Box::new(aggregate)),
        };
        Some(Node::new(kind, self.span(pair)))
    }

    fn share(&mut self, pair: &P<'_>) -> Option<Expr> {
        let filter = pair
            .clone()
            .into_inner()
            .find(|inner| matches!(inner.as_rule(), Rule::share_filter | Rule::condition))?;
        let share = Share {
            counted: has(pair, Rule::kw_count_en) || has(pair, Rule::kw_count_zh),
            kind: self.name(&child(pair, Rule::name)?),
            filter: self.deeper(pair, 1, |lower| lower.expression(&filter))?,
        };
        Some(Node::new(ExprKind::Share(Box::new(share)), self.span(pair)))
    }

    fn rank(&mut self, pair: &P<'_>) -> Option<Expr> {
        let filter = pair
            .clone()
            .into_inner()
            .find(|inner| matches!(inner.as_rule(), Rule::share_filter | Rule::where_short));
        let value = child(pair, Rule::sum)?;
        let rank = self.deeper(pair, 1, |lower| {
            Some(Rank {
                value: lower.expression(&value)?,
                among: lower.name(&child(pair, Rule::name)?),
                filter: match filter {
                    Some(filter) => Some(lower.expression(&filter)?),
                    None => None,
                },
                from_last: has(pair, Rule::from_last) || has(pair, Rule::kw_rank_last_zh),
            })
        })?;
        Some(Node::new(ExprKind::Rank(Box::new(rank)), self.span(pair)))
    }
}

fn binary(op: BinaryOp, left: Expr, right: Expr) -> Expr {
    let span: Span = left.span.to(right.span);
    Node::new(ExprKind::Binary(op, Box::new(left), Box::new(right)), span)
}

/// Two conditions of which both must hold.
fn both(before: Option<Expr>, filter: Expr) -> Expr {
    match before {
        Some(before) => binary(BinaryOp::And, before, filter),
        None => filter,
    }
}

fn count(event: EventRef) -> Aggregate {
    Aggregate {
        function: AggregateFunction::Count,
        event,
        filter: None,
        windows: Vec::new(),
    }
}

fn function(word: &P<'_>, field: Name) -> Option<AggregateFunction> {
    Some(match word.as_rule() {
        Rule::kw_distinct => AggregateFunction::Distinct(field),
        Rule::kw_same => AggregateFunction::Same(field),
        Rule::kw_sum => AggregateFunction::Sum(field),
        Rule::kw_max => AggregateFunction::Max(field),
        Rule::kw_latest => AggregateFunction::Latest(field),
        _ => return None,
    })
}

/// The operator of a comparison's tail.
fn operator(tail: &P<'_>) -> Option<BinaryOp> {
    let sign = tail.clone().into_inner().find(|inner| {
        !matches!(
            inner.as_rule(),
            Rule::sum | Rule::where_sum | Rule::window_en | Rule::window_zh | Rule::where_short
        )
    })?;
    sign_operator(&sign)
}

/// The operator that a sign or word stands for.
pub(super) fn sign_operator(sign: &P<'_>) -> Option<BinaryOp> {
    Some(match sign.as_rule() {
        Rule::comparison_sign => return sign_operator(&first(sign)?),
        Rule::kw_is => BinaryOp::Is,
        Rule::is_not => BinaryOp::IsNot,
        Rule::kw_ge | Rule::kw_at_least_zh => BinaryOp::Ge,
        Rule::kw_le | Rule::kw_at_most_zh => BinaryOp::Le,
        Rule::kw_gt => BinaryOp::Gt,
        Rule::kw_lt => BinaryOp::Lt,
        _ => return None,
    })
}
