//! Catalogues: which entries qualify, and as which item.

use super::collect::UNKNOWN_EVENT;
use super::condition::{binary, boolean};
use super::{Lowering, data};
use crate::findings;
use crate::hir::{
    BinaryOp, Branch, Catalogue, Cite, EventSource, Expr, ExprKind, Field, Item, Named, Type,
};
use crate::literal::constant;
use crate::scope::Scope;
use pol_model::{EventIx, FieldIx, Value};
use pol_syntax::Span;
use pol_syntax::ast::{self, CatalogueItem};

/// The parts of an item's or branch's condition, from the outside in.
#[derive(Clone, Copy, Default)]
struct Parts<'a> {
    filter: Option<&'a ast::Expr>,
    ifs: [Option<&'a ast::Expr>; 2],
    unlesses: [Option<&'a ast::Expr>; 2],
}

impl Lowering<'_> {
    /// The kind of entry of each catalogue and the fields that sort it: conditions and counts ask
    /// for them.
    pub(super) fn catalogue_shapes(&mut self) {
        for (at, catalogue) in self.source.catalogues.clone().into_iter().enumerate() {
            let Some(event) = self.event_kind(&catalogue.from) else {
                continue;
            };
            self.policy.catalogues[at].event = event;
            let fields: Vec<Option<FieldIx>> = catalogue
                .by
                .iter()
                .map(|name| self.declared_field(event, name))
                .collect();
            match fields.as_slice() {
                [item] => self.set_fields(at, *item, None),
                [item, branch] => self.set_fields(at, *item, *branch),
                _ => self.report(findings::catalogue_by(&catalogue.head.name)),
            }
        }
    }

    fn set_fields(&mut self, at: usize, item: Option<FieldIx>, branch: Option<FieldIx>) {
        let catalogue: &mut Catalogue = &mut self.policy.catalogues[at];
        catalogue.item = item.unwrap_or(FieldIx(0));
        catalogue.branch = branch;
    }

    pub(super) fn lower_catalogues(&mut self) {
        for (at, catalogue) in self.source.catalogues.clone().into_iter().enumerate() {
            self.owner.clone_from(&catalogue.head.name.value);
            let event = self.policy.catalogues[at].event;
            if event == UNKNOWN_EVENT {
                continue;
            }
            self.policy.catalogues[at].items = self.items(at, catalogue, event);
        }
    }

    fn items(&mut self, at: usize, catalogue: &ast::Catalogue, event: EventIx) -> Vec<Item> {
        let scope = Scope::of_events(vec![EventSource::Event(event)], &[]);
        let cites = self.policy.catalogues[at].named.cites.clone();
        let fields = self.policy.events[event.at()].fields.clone();
        let item_field = fields.get(self.policy.catalogues[at].item.at());
        let branch_field = self.policy.catalogues[at]
            .branch
            .and_then(|branch| fields.get(branch.at()));
        let by = (branch_field, catalogue.by.len());
        // The catalogue's own condition is reported once, though every branch repeats it.
        if let Some(filter) = &catalogue.filter {
            self.condition(&scope, filter);
        }
        let mut seen: Vec<(Value, Span)> = Vec::new();
        let mut items = Vec::new();
        for item in &catalogue.items {
            let Some(key) = item_field.and_then(|field| self.item_key(field, item)) else {
                continue;
            };
            self.once(&mut seen, &key, item.key.span);
            let named = self.item_named(item, &cites);
            let parts = Parts {
                filter: item.filter.as_ref().or(catalogue.filter.as_ref()),
                ifs: [item.condition.as_ref(), None],
                unlesses: [item.unless.as_ref(), None],
            };
            let inherited = item.filter.is_none();
            let branches = if item.branches.is_empty() {
                vec![Branch {
                    key: None,
                    named: named.clone(),
                    condition: self.composed(&scope, parts, inherited),
                }]
            } else {
                self.branches(&scope, by, item, &named, (parts, inherited))
            };
            items.push(Item {
                key,
                named,
                branches,
            });
        }
        items
    }

    fn branches(
        &mut self,
        scope: &Scope,
        (field, fields): (Option<&Field>, usize),
        item: &CatalogueItem,
        named: &Named,
        (outer, inherited): (Parts<'_>, bool),
    ) -> Vec<Branch> {
        let Some(field) = field else {
            // A field that is named and not found has been reported.
            if let (Some(branch), 1) = (item.branches.first(), fields) {
                self.report(findings::no_branch_field(branch.key.span));
            }
            return Vec::new();
        };
        let mut seen: Vec<(Value, Span)> = Vec::new();
        let mut branches = Vec::new();
        for (at, branch) in item.branches.iter().enumerate() {
            let Some(key) = self.item_key(field, branch) else {
                continue;
            };
            self.once(&mut seen, &key, branch.key.span);
            if let Some(inner) = branch.branches.first() {
                self.report(findings::branches_of_a_branch(inner.key.span));
            }
            let parts = Parts {
                filter: branch.filter.as_ref().or(outer.filter),
                ifs: [outer.ifs[0], branch.condition.as_ref()],
                unlesses: [outer.unlesses[0], branch.unless.as_ref()],
            };
            let named = self.item_named(branch, &named.cites);
            // What the branches share is reported with the first of them.
            let known = self.findings.len();
            let condition = self.composed(scope, parts, branch.filter.is_none() && inherited);
            if at > 0 {
                let own = branch_span(branch);
                self.keep_within(known, own);
            }
            branches.push(Branch {
                key: Some(key),
                named,
                condition,
            });
        }
        branches
    }

    /// The `where`, every `if`, and none of the `unless`. An inherited `where` has been reported.
    fn composed(&mut self, scope: &Scope, parts: Parts<'_>, inherited: bool) -> Option<Expr> {
        let filter = parts.filter.map(|filter| {
            let known = self.findings.len();
            let lowered = self.condition(scope, filter);
            if inherited {
                self.findings.truncate(known);
            }
            lowered
        });
        let mut whole = filter;
        for condition in parts.ifs.into_iter().flatten() {
            let lowered = self.condition(scope, condition);
            whole = Some(both(whole, lowered));
        }
        for unless in parts.unlesses.into_iter().flatten() {
            let lowered = self.condition(scope, unless);
            let span = lowered.span;
            let not = boolean(ExprKind::Not(Box::new(lowered)), span);
            whole = Some(both(whole, not));
        }
        whole
    }

    /// Of the findings from a place on, keeps those within a span.
    fn keep_within(&mut self, from: usize, own: Span) {
        let new = self.findings.split_off(from);
        let kept = new.into_iter().filter(|finding| {
            let at = finding.span();
            own.start <= at.start && at.end <= own.end
        });
        self.findings.extend(kept);
    }

    fn item_key(&mut self, field: &Field, item: &CatalogueItem) -> Option<Value> {
        if field.ty == Type::Error {
            return None;
        }
        match constant(&self.policy, &self.names, &item.key, field.ty) {
            Ok(value) => {
                if let Some((least, greatest)) = field.range
                    && !data::within(&value, least, greatest)
                {
                    self.report(findings::out_of_range(item.key.span, least, greatest));
                    return None;
                }
                Some(value)
            }
            Err(finding) => {
                self.report(finding);
                None
            }
        }
    }

    fn once(&mut self, seen: &mut Vec<(Value, Span)>, key: &Value, span: Span) {
        if let Some((_, first)) = seen.iter().find(|(other, _)| other == key) {
            let first = *first;
            self.report(findings::key_twice(span, first));
        }
        seen.push((key.clone(), span));
    }

    /// An item's key, text and citations; without citations of its own it has those around it.
    fn item_named(&mut self, item: &CatalogueItem, around: &[Cite]) -> Named {
        let own = self.cites(&item.cites);
        Named {
            name: key_text(&item.key),
            label: item.label.as_ref().map(|label| label.value.clone()),
            cites: if item.cites.is_empty() {
                around.to_vec()
            } else {
                own
            },
            span: item.key.span,
        }
    }
}

fn both(whole: Option<Expr>, next: Expr) -> Expr {
    match whole {
        None => next,
        Some(before) => {
            let span = next.span;
            binary(BinaryOp::And, before, next, Type::Bool, span)
        }
    }
}

/// From a branch's key to the end of what it says itself.
fn branch_span(branch: &CatalogueItem) -> Span {
    [&branch.filter, &branch.condition, &branch.unless]
        .into_iter()
        .flatten()
        .fold(branch.key.span, |span, part| span.to(part.span))
}

/// A key as it is written.
fn key_text(key: &ast::Expr) -> String {
    match &key.value {
        ast::ExprKind::Name(name) | ast::ExprKind::Text(name) => name.clone(),
        ast::ExprKind::Number(literal) => literal.digits.to_string(),
        _ => String::new(),
    }
}
