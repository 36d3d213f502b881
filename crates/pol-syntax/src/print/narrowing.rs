//! What a `where` narrows: events, members of a share, subjects of a rank.

use super::expr::Level;
use super::layout::{Anchor, Doc};
use super::{Printed, Printer};
use crate::ast::{Expr, ExprKind, Rank, Share};

impl Printer<'_> {
    /// `where P` in a condition: one comparison, or a parenthesis that is the whole of it.
    pub(super) fn short_where(&self, filter: &Expr) -> Printed {
        let mut core = filter;
        while let ExprKind::Not(inner) = &core.value {
            core = inner;
        }
        let doc = Doc::text(format!("{} ", self.words.kw("where")));
        let grouped = Level::of(core) > Level::And
            && self
                .expr(core, Level::Comparison, Anchor::Here)?
                .flat()
                .starts_with(self.words.lparen());
        if grouped || Level::of(filter) < Level::Not {
            Ok(doc.and(self.parenthesised(filter)?))
        } else {
            Ok(doc.and(self.expr(filter, Level::Not, Anchor::Here)?))
        }
    }

    /// `where (P)` before a comparison or an operator.
    pub(super) fn enclosed_where(&self, filter: &Expr) -> Printed {
        Ok(Doc::text(format!("{} ", self.words.kw("where"))).and(self.parenthesised(filter)?))
    }

    /// `where P` at a clause, with its `and` and `or`.
    pub(super) fn clause_where(&self, filter: &Expr, anchor: Anchor) -> Printed {
        Ok(
            Doc::text(format!("{} ", self.words.kw("where"))).and(self.expr(
                filter,
                Level::Or,
                anchor,
            )?),
        )
    }

    pub(super) fn share(&self, share: &Share) -> Printed {
        let w = self.words;
        let kind = &share.kind.value;
        let (english, chinese) = if share.counted {
            ("count_en", "count_zh")
        } else {
            ("share_en", "share_zh")
        };
        if w.zh() {
            return Ok(Doc::text(format!("{kind} {} ", w.kw("among_zh")))
                .and(self.expr(&share.filter, Level::Or, Anchor::Here)?)
                .with(format!(" {}", w.kws(&["of_zh", chinese]))));
        }
        let opening = w.kws(&[english, "of_en"]);
        Ok(Doc::text(format!("{opening} {kind} {} ", w.kw("where")))
            .and(self.parenthesised(&share.filter)?))
    }

    pub(super) fn rank(&self, rank: &Rank) -> Printed {
        let w = self.words;
        let value = self.before_name(
            &rank.value,
            self.expr(&rank.value, Level::Sum, Anchor::Here)?,
        )?;
        let among = &rank.among.value;
        if w.zh() {
            let mut doc = Doc::text(format!("{} {among} ", w.kw("amid_zh")));
            if let Some(filter) = &rank.filter {
                // An event alone would take the word behind it.
                let narrowed = if matches!(filter.value, ExprKind::Aggregate(_)) {
                    self.enclosed_where(filter)?
                } else {
                    self.short_where(filter)?
                };
                doc.add(narrowed.with(" "));
            }
            doc.push(format!("{} ", w.kws(&["among_zh", "by"])));
            doc.add(value);
            let word = if rank.from_last {
                "rank_last_zh"
            } else {
                "rank_zh"
            };
            return Ok(doc.with(format!(" {}", w.kw(word))));
        }
        let opening = if rank.from_last {
            w.kws(&["rank_en", "from", "last_en", "of_en"])
        } else {
            w.kws(&["rank_en", "of_en"])
        };
        let mut doc = Doc::text(format!("{opening} ")).and(value);
        doc.push(format!(" {} {among}", w.kw("among_en")));
        if let Some(filter) = &rank.filter {
            doc.push(format!(" {} ", w.kw("where")));
            doc.add(self.parenthesised(filter)?);
        }
        Ok(doc)
    }
}
