//! Conditions and values, with parentheses where precedence or a `where` asks for them.

use super::layout::{Anchor, Break, Doc, Fill};
use super::{PrintError, Printed, Printer};
use crate::ast::{AggregateFunction, BinaryOp, Expr, ExprKind, Name, Window};

/// How tightly an expression holds together; a looser one stands in parentheses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Level {
    Or,
    And,
    Not,
    Comparison,
    Sum,
    Product,
    Factor,
    Primary,
}

impl Level {
    pub(super) fn of(expr: &Expr) -> Self {
        match &expr.value {
            ExprKind::Binary(op, ..) => Self::of_op(*op),
            ExprKind::Not(_) => Self::Not,
            ExprKind::Held(..) | ExprKind::In(..) | ExprKind::InForce(_) => Self::Comparison,
            ExprKind::Negate(_) => Self::Factor,
            ExprKind::Bool(_)
            | ExprKind::Number(_)
            | ExprKind::Date(_)
            | ExprKind::Duration(_)
            | ExprKind::Text(_)
            | ExprKind::Hole
            | ExprKind::Name(_)
            | ExprKind::Path(..)
            | ExprKind::FieldOf(..)
            | ExprKind::HigherOf(_)
            | ExprKind::LowerOf(_)
            | ExprKind::During(_)
            | ExprKind::Aggregate(_)
            | ExprKind::Share(_)
            | ExprKind::Rank(_) => Self::Primary,
        }
    }

    fn of_op(op: BinaryOp) -> Self {
        match op {
            BinaryOp::Or => Self::Or,
            BinaryOp::And => Self::And,
            BinaryOp::Is
            | BinaryOp::IsNot
            | BinaryOp::Lt
            | BinaryOp::Le
            | BinaryOp::Gt
            | BinaryOp::Ge => Self::Comparison,
            BinaryOp::Add | BinaryOp::Sub => Self::Sum,
            BinaryOp::Mul | BinaryOp::Div => Self::Product,
        }
    }

    /// The next tighter one: what the right side of a chain needs.
    fn tighter(self) -> Self {
        match self {
            Self::Or => Self::And,
            Self::And => Self::Not,
            Self::Not => Self::Comparison,
            Self::Comparison => Self::Sum,
            Self::Sum => Self::Product,
            Self::Product => Self::Factor,
            Self::Factor | Self::Primary => Self::Primary,
        }
    }
}

impl Printer<'_> {
    /// A condition that is the whole of its clause.
    pub(super) fn condition(&self, expr: &Expr) -> Printed {
        self.expr(expr, Level::Or, Anchor::Base)
    }

    /// An expression where one of at least a level may stand. Its own chain of `and` or `or`
    /// continues at the anchor.
    pub(super) fn expr(&self, expr: &Expr, least: Level, anchor: Anchor) -> Printed {
        let level = Level::of(expr);
        if level < least {
            return self.parenthesised(expr);
        }
        let w = self.words;
        Ok(match &expr.value {
            ExprKind::Bool(value) => Doc::text(w.kw(if *value { "yes" } else { "no" })),
            ExprKind::Number(number) => Doc::text(w.number(number)),
            ExprKind::Date(date) => Doc::text(w.date(*date)),
            ExprKind::Duration(it) => Doc::text(w.duration(it.count, &it.unit)),
            ExprKind::Text(text) => Doc::text(w.quoted(text)?),
            ExprKind::Hole => Doc::text(w.hole()),
            ExprKind::Name(name) => Doc::text(name),
            ExprKind::Path(of, name) => Doc::text(format!("{}.{}", of.value, name.value)),
            ExprKind::FieldOf(field, event) => Doc::text(self.field_of(field, event)),
            ExprKind::Not(inner) => {
                Doc::text(format!("{} ", w.kw("not"))).and(self.expr(inner, level, Anchor::Here)?)
            }
            ExprKind::Negate(inner) => Doc::text("-").and(self.expr(inner, level, Anchor::Here)?),
            ExprKind::Binary(op, left, right) => self.binary(expr, *op, left, right, anchor)?,
            ExprKind::In(value, members) => {
                let mut doc = self.expr(value, Level::Sum, Anchor::Here)?;
                doc.push(format!(" {} ", w.pick(w.kw("in_en"), w.kw("among_set_zh"))));
                doc.and(self.tuple(members)?)
            }
            ExprKind::HigherOf(values) => self.extreme(values, "higher_en", "higher_zh")?,
            ExprKind::LowerOf(values) => self.extreme(values, "lower_en", "lower_zh")?,
            ExprKind::Held(inner, duration) => {
                let held = matches!(inner.value, ExprKind::Held(..));
                let least = if held { Level::Sum } else { level };
                self.expr(inner, least, Anchor::Here)?
                    .with(format!(" {} ", w.kw("held")))
                    .and(self.span(duration)?)
            }
            ExprKind::InForce(name) => Doc::text(format!("{} {}", name.value, self.in_force())),
            ExprKind::During(phases) => self.during(phases),
            ExprKind::Aggregate(aggregate) => {
                self.aggregate(aggregate, least <= Level::Comparison)?
            }
            ExprKind::Share(share) => self.share(share)?,
            ExprKind::Rank(rank) => self.rank(rank)?,
        })
    }

    /// An expression in parentheses.
    pub(super) fn parenthesised(&self, expr: &Expr) -> Printed {
        let mut doc = Doc::text(self.words.lparen());
        doc.open(Anchor::Inside);
        doc.add(self.expr(expr, Level::Or, Anchor::Inside)?);
        doc.close();
        Ok(doc.with(self.words.rparen()))
    }

    fn binary(
        &self,
        whole: &Expr,
        op: BinaryOp,
        left: &Expr,
        right: &Expr,
        anchor: Anchor,
    ) -> Printed {
        let level = Level::of_op(op);
        match op {
            BinaryOp::And => self.chain(whole, op, "and", anchor),
            BinaryOp::Or => self.chain(whole, op, "or", anchor),
            BinaryOp::Add | BinaryOp::Sub | BinaryOp::Mul | BinaryOp::Div => Ok(self
                .expr(left, level, Anchor::Here)?
                .with(format!(" {} ", self.operator(op)))
                .and(self.expr(right, level.tighter(), Anchor::Here)?)),
            BinaryOp::Is
            | BinaryOp::IsNot
            | BinaryOp::Lt
            | BinaryOp::Le
            | BinaryOp::Gt
            | BinaryOp::Ge => {
                if let Some(doc) = self.modified_behind(op, left, right)? {
                    return Ok(doc);
                }
                Ok(self
                    .expr(left, Level::Sum, Anchor::Here)?
                    .with(format!(" {} ", self.operator(op)))
                    .and(self.expr(right, Level::Sum, Anchor::Here)?))
            }
        }
    }

    /// A comparison of a count with a number, whose modifiers stand behind it: a `where`, unless
    /// the author has it before; windows, if the author has them there.
    fn modified_behind(
        &self,
        op: BinaryOp,
        left: &Expr,
        right: &Expr,
    ) -> Result<Option<Doc>, PrintError> {
        let (ExprKind::Aggregate(aggregate), ExprKind::Number(number)) =
            (&left.value, &right.value)
        else {
            return Ok(None);
        };
        let number_at = right.span.start;
        let filter = aggregate.filter.as_ref();
        let last = aggregate.windows.last();
        let behind = filter.is_some_and(|it| it.span.start >= number_at)
            || last.is_some_and(|it| it.span.start > number_at)
            || filter.is_none() && self.one_line;
        if aggregate.function != AggregateFunction::Count || !behind {
            return Ok(None);
        }
        let compared = format!(" {} {}", self.operator(op), self.words.number(number));
        self.modified(aggregate, &compared).map(Some)
    }

    /// What stands between two sides.
    pub(super) fn operator(&self, op: BinaryOp) -> String {
        let w = self.words;
        match op {
            BinaryOp::Or => w.kw("or").to_owned(),
            BinaryOp::And => w.kw("and").to_owned(),
            BinaryOp::Is => w.kw("is").to_owned(),
            BinaryOp::IsNot => w.pick(w.kws(&["is", "not"]), w.kw("is_not_zh").to_owned()),
            BinaryOp::Lt => w.sign("lt").to_owned(),
            BinaryOp::Le => w.sign("le").to_owned(),
            BinaryOp::Gt => w.sign("gt").to_owned(),
            BinaryOp::Ge => w.sign("ge").to_owned(),
            BinaryOp::Add => "+".to_owned(),
            BinaryOp::Sub => "-".to_owned(),
            BinaryOp::Mul => "*".to_owned(),
            BinaryOp::Div => "/".to_owned(),
        }
    }

    /// `A and B and C`: a chain that may be broken before each word.
    fn chain(&self, whole: &Expr, op: BinaryOp, word: &'static str, anchor: Anchor) -> Printed {
        let level = Level::of_op(op);
        let mut operands = Vec::new();
        let mut rest = whole;
        while let ExprKind::Binary(found, left, right) = &rest.value {
            if *found != op {
                break;
            }
            operands.push(&**right);
            rest = left;
        }
        operands.push(rest);
        operands.reverse();

        let word = self.words.kw(word);
        let mut doc = Doc::default();
        // A parenthesis has opened its own group.
        if anchor != Anchor::Inside {
            doc.open(anchor);
        }
        for (index, operand) in operands.into_iter().enumerate() {
            let pos = operand.span.start;
            if index > 0 {
                doc.brk(Break {
                    flat: format!(" {word} "),
                    end: String::new(),
                    start: format!("{word} "),
                    fill: Fill::All,
                    broken: self.starts_line(pos),
                    pos,
                });
            }
            doc.add(self.expr(operand, level.tighter(), Anchor::Here)?);
        }
        if anchor != Anchor::Inside {
            doc.close();
        }
        Ok(doc)
    }

    /// `(A, B)`.
    pub(super) fn tuple(&self, members: &[Expr]) -> Printed {
        let mut doc = Doc::text(self.words.lparen());
        doc.open(Anchor::Inside);
        for (index, member) in members.iter().enumerate() {
            if index > 0 {
                doc.brk(self.list_break(member.span.start));
            }
            doc.add(self.value(member)?);
        }
        doc.close();
        Ok(doc.with(self.words.rparen()))
    }

    /// A value behind `=` or in a list. A list of phases at its end would take what follows the
    /// next comma, a text at its begin would be taken for the whole: both get a parenthesis.
    pub(super) fn value(&self, value: &Expr) -> Printed {
        if ends_in_phases(value) && !self.words.zh() || begins_with_text(value) {
            self.parenthesised(value)
        } else {
            self.expr(value, Level::Sum, Anchor::Here)
        }
    }

    fn extreme(&self, values: &[Expr], english: &'static str, chinese: &'static str) -> Printed {
        let w = self.words;
        let tuple = self.tuple(values)?;
        Ok(if w.zh() {
            tuple.with(w.kw(chinese))
        } else {
            Doc::text(format!("{} ", w.kws(&[english, "of_en"]))).and(tuple)
        })
    }

    /// A duration, or a value of that type.
    pub(super) fn span(&self, expr: &Expr) -> Printed {
        match &expr.value {
            ExprKind::Duration(_) | ExprKind::Hole | ExprKind::Name(_) | ExprKind::Path(..) => {
                self.expr(expr, Level::Primary, Anchor::Here)
            }
            _ => self.parenthesised(expr),
        }
    }

    /// `deadline of notice`.
    pub(super) fn field_of(&self, field: &Name, event: &Name) -> String {
        let w = self.words;
        let (field, event) = (&field.value, &event.value);
        if w.zh() {
            format!("{event} {} {field}", w.kw("of_zh"))
        } else {
            format!("{field} {} {event}", w.kw("of_en"))
        }
    }

    pub(super) fn in_force(&self) -> String {
        let w = self.words;
        w.pick(w.kws(&["in_en", "force_en"]), w.kw("force_zh").to_owned())
    }

    /// `during PHASE, PHASE`.
    pub(super) fn during(&self, phases: &[Name]) -> Doc {
        let w = self.words;
        let names = self.names(phases);
        if w.zh() {
            Doc::text(format!("{} ", w.kw("amid_zh")))
                .and(names)
                .with(format!(" {}", w.kw("amid_end_zh")))
        } else {
            Doc::text(format!("{} ", w.kw("during_en"))).and(names)
        }
    }

    /// `while C`.
    pub(super) fn while_holds(&self, condition: &Expr) -> Printed {
        let w = self.words;
        let condition = self.condition(condition)?;
        Ok(if w.zh() {
            Doc::text(format!("{} ", w.kw("amid_zh")))
                .and(condition)
                .with(format!(" {}", w.kw("amid_end_zh")))
        } else {
            Doc::text(format!("{} ", w.kw("while_en"))).and(condition)
        })
    }

    /// An expression, as printed, that a word may follow which could be a name: in Chinese, a phase
    /// at its end would take that for its events.
    pub(super) fn before_name(&self, expr: &Expr, printed: Doc) -> Printed {
        if self.words.zh() && printed.flat().ends_with(self.words.kw("amid_end_zh")) {
            return self.parenthesised(expr);
        }
        Ok(printed)
    }
}

/// True if an operand of a sum ends, in English, in a list of phases.
fn ends_in_phases(expr: &Expr) -> bool {
    match &expr.value {
        ExprKind::During(_) => true,
        ExprKind::Aggregate(it) => {
            let last = it.windows.last();
            last.is_some_and(|window| matches!(window.value, Window::During(_)))
        }
        ExprKind::Negate(inner) => ends_in_phases(inner),
        ExprKind::Binary(_, _, right) => Level::of(right) > Level::Sum && ends_in_phases(right),
        _ => false,
    }
}

/// True if a sum begins with a text.
fn begins_with_text(expr: &Expr) -> bool {
    let mut first = expr;
    while let ExprKind::Binary(_, left, _) = &first.value {
        first = left;
    }
    matches!(first.value, ExprKind::Text(_)) && !matches!(expr.value, ExprKind::Text(_))
}
