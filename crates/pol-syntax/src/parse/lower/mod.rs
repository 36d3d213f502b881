//! From the pairs of the grammar to the tree.
//!
//! The grammar promises the children that are looked for here; should one be missing all the same,
//! the piece is given up (`None`) and reported, never a panic. What the grammar cannot say (dates
//! that exist, numbers that fit, the order of a rule's clauses) is said here.

mod condition;
mod declaration;
mod event;
mod literal;
mod point;
mod rule;
mod test;

use crate::Text;
use crate::ast::{Declaration, Node, OneLiner};
use crate::diagnostic::{Code, Diagnostic};
use crate::span::Span;
use pest::iterators::Pair;
use pol_grammar::Rule;

/// How deep a tree of operators may be: beyond it, neither people nor recursion follow.
const DEPTH: usize = 256;

/// A pair of the grammar.
type P<'i> = Pair<'i, Rule>;

/// What is known while one piece is lowered.
pub(super) struct Lower {
    /// Where the piece starts in the whole text.
    offset: u32,
    /// How deep the expression at hand lies.
    level: usize,
    /// What is wrong with the piece.
    pub(super) diagnostics: Vec<Diagnostic>,
}

impl Lower {
    pub(super) fn new(offset: u32) -> Self {
        Self {
            offset,
            level: 0,
            diagnostics: Vec::new(),
        }
    }

    /// A declaration from the pair of its piece.
    pub(super) fn piece(&mut self, pair: &P<'_>) -> Option<Node<Declaration>> {
        let declaration = self.declaration(pair)?;
        Some(Node::new(declaration, self.span(pair)))
    }

    /// A line of the one-line form.
    pub(super) fn one_liner(&mut self, pair: &P<'_>) -> Option<Node<OneLiner>> {
        let line = OneLiner {
            subject: self.name(&child(pair, Rule::name)?),
            condition: self.expression(&child(pair, Rule::condition)?)?,
            then: self.actions(&child(pair, Rule::then_clause)?)?,
        };
        Some(Node::new(line, self.span(pair)))
    }

    /// The place of a pair in the whole text, without the white space that a rule takes at its end.
    fn span(&self, pair: &P<'_>) -> Span {
        let start = u32::try_from(pair.as_span().start()).unwrap_or(u32::MAX);
        let end = u32::try_from(end(pair)).unwrap_or(u32::MAX);
        Span::new(self.offset + start, self.offset + end)
    }

    fn report(&mut self, code: Code, span: Span, message: Text, label: Text, help: Option<Text>) {
        let mut diagnostic = Diagnostic::error(code, message, span, label);
        diagnostic.help = help;
        self.diagnostics.push(diagnostic);
    }

    /// Lowers what lies `levels` deeper, or gives the piece up where that is too deep.
    fn deeper<T>(
        &mut self,
        pair: &P<'_>,
        levels: usize,
        lower: impl FnOnce(&mut Self) -> Option<T>,
    ) -> Option<T> {
        if self.level + levels > DEPTH {
            self.report(
                Code::LIMIT,
                self.span(pair),
                Text::new(
                    format!("this condition joins more than {DEPTH} parts"),
                    format!("这个条件由超过 {DEPTH} 个部分组成"),
                ),
                Text::new("too long to follow", "过长，无法看懂"),
                Some(Text::new(
                    "give parts of it names with `define` and join the names",
                    "用 `定义` 给其中各部分命名，再把这些名称连起来",
                )),
            );
            return None;
        }
        self.level += levels;
        let lowered = lower(self);
        self.level -= levels;
        lowered
    }
}

/// Where the last word of a pair ends. Rules take the white space behind them, words do not.
fn end(pair: &P<'_>) -> usize {
    let mut pair = pair.clone();
    loop {
        if pair.as_rule() == Rule::EOI {
            return pair.as_span().start();
        }
        if is_one_word(pair.as_rule()) {
            return pair.as_span().end();
        }
        let last = pair
            .clone()
            .into_inner()
            .rfind(|inner| inner.as_rule() != Rule::EOI);
        match last {
            Some(inner) => pair = inner,
            None => return pair.as_span().end(),
        }
    }
}

/// Rules with parts that take no white space, so that their own end is the true one.
fn is_one_word(rule: Rule) -> bool {
    matches!(
        rule,
        Rule::number
            | Rule::range
            | Rule::duration
            | Rule::span_working_named_zh
            | Rule::span_named
            | Rule::each_year_zh
            | Rule::each_month_zh
            | Rule::each_week_zh
            | Rule::month_zh
            | Rule::day_zh
    )
}

/// The first child of a rule.
fn child<'i>(pair: &P<'i>, rule: Rule) -> Option<P<'i>> {
    pair.clone()
        .into_inner()
        .find(|inner| inner.as_rule() == rule)
}

/// The children of a rule, in order.
fn children<'i>(pair: &P<'i>, rule: Rule) -> impl Iterator<Item = P<'i>> + use<'i> {
    pair.clone()
        .into_inner()
        .filter(move |inner| inner.as_rule() == rule)
}

/// True if a child of the rule is there.
fn has(pair: &P<'_>, rule: Rule) -> bool {
    child(pair, rule).is_some()
}

/// The first child.
fn first<'i>(pair: &P<'i>) -> Option<P<'i>> {
    pair.clone().into_inner().next()
}
