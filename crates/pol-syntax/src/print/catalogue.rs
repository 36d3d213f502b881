//! Catalogues: their items with keys flush right, branches in braces.

use super::expr::Level;
use super::head::{padded, widen};
use super::layout::{Anchor, Doc};
use super::page::Page;
use super::{CLAUSE, PrintError, Printed, Printer};
use crate::ast::{Catalogue, CatalogueItem};
use unicode_width::UnicodeWidthStr;

impl Printer<'_> {
    pub(super) fn catalogue(
        &self,
        page: &mut Page<'_>,
        pos: u32,
        catalogue: &Catalogue,
        end: u32,
    ) -> Result<(), PrintError> {
        let w = self.words;
        let mut head = self.head("catalogue", &catalogue.head)?;
        head.push(format!("{} {}", w.kw("from"), catalogue.from.value));
        if !catalogue.by.is_empty() {
            head.push(format!(" {} ", w.kw("by")));
            head.add(self.names(&catalogue.by));
        }
        if let Some(filter) = &catalogue.filter {
            page.put(Some(pos), 0, CLAUSE, head);
            let line = self.clause_where(filter, Anchor::Base)?;
            page.put(
                Some(filter.span.start),
                CLAUSE,
                self.continued(CLAUSE),
                line,
            );
            page.put_opening(None, 0, 0, Doc::text(w.lbrace()));
        } else {
            page.put_opening(Some(pos), 0, CLAUSE, head.with(format!(" {}", w.lbrace())));
        }
        let brace = self.origin.closing_brace(pos, end);
        self.items(page, &catalogue.items, CLAUSE, brace.unwrap_or(end))?;
        page.put_closing(brace, 0, w.rbrace());
        Ok(())
    }

    /// Prints items, or branches, that stand in braces.
    fn items(
        &self,
        page: &mut Page<'_>,
        items: &[CatalogueItem],
        indent: usize,
        end: u32,
    ) -> Result<(), PrintError> {
        let w = self.words;
        let mut keys = 0;
        let mut texts = 0;
        for item in items {
            let key = self.value(&item.key)?.flat();
            keys = keys.max(key.width());
            // Conditions of branches stand in a column.
            if indent > CLAUSE && !w.zh() && is_conditional(item) {
                let text = self.item_text(item)?;
                widen(&mut texts, &text);
            }
        }
        for (index, item) in items.iter().enumerate() {
            let pos = item.key.span.start;
            let next = items.get(index + 1).map_or(end, |it| it.key.span.start);
            let key = self.value(&item.key)?.flat();
            let mut line = Doc::text(" ".repeat(keys.saturating_sub(key.width())) + &key);
            let text = self.item_text(item)?;
            if !text.is_empty() {
                line.push(" ");
                line.push(if is_conditional(item) {
                    padded(&text, texts)
                } else {
                    text + " "
                });
            } else if is_conditional(item) {
                line.push(" ");
            }
            line.add(self.item_conditions(item)?);
            let base = indent + keys + 2;
            if item.branches.is_empty() {
                page.put(Some(pos), indent, base, line);
                continue;
            }
            page.put_opening(Some(pos), indent, base, line.with(w.lbrace()));
            let brace = self.origin.closing_brace(pos, next);
            let inner = indent + keys.clamp(1, 2) + 1;
            self.items(page, &item.branches, inner, brace.unwrap_or(next))?;
            page.put_closing(brace, inner - 2, w.rbrace());
        }
        Ok(())
    }

    /// Label and citations.
    fn item_text(&self, item: &CatalogueItem) -> Result<String, PrintError> {
        let label = match &item.label {
            Some(label) => self.words.quoted(&label.value)?,
            None => String::new(),
        };
        let cites = self.cites(&item.cites)?.flat();
        Ok(match (label.is_empty(), cites.is_empty()) {
            (false, false) => format!("{label} {cites}"),
            _ => label + &cites,
        })
    }

    /// `where P if Q unless R`, each with a blank behind it.
    fn item_conditions(&self, item: &CatalogueItem) -> Printed {
        let w = self.words;
        let mut doc = Doc::default();
        for (word, condition) in [
            ("where", &item.filter),
            ("if", &item.condition),
            ("unless", &item.unless),
        ] {
            if let Some(condition) = condition {
                doc.push(format!("{} ", w.kw(word)));
                let printed = self.expr(condition, Level::Or, Anchor::Here)?;
                doc.add(self.before_name(condition, printed)?.with(" "));
            }
        }
        Ok(doc)
    }
}

/// True if conditions stand behind an item's text.
fn is_conditional(item: &CatalogueItem) -> bool {
    item.filter.is_some() || item.condition.is_some() || item.unless.is_some()
}
