//! From the syntax tree to the typed policy.
//!
//! First every name is collected, then the shapes of data are resolved (kinds, fields, ladders),
//! then what is computed. Parameters and definitions are lowered when first asked for, so that
//! their order in the text does not matter and circles show.

mod action;
mod aggregate;
mod catalogue;
mod collect;
mod condition;
mod data;
mod define;
mod duty;
mod field;
mod name;
mod operator;
mod param;
mod path;
mod peek;
mod point;
mod rule;
mod subject;
pub(crate) mod test;

use crate::findings;
use crate::hir::{Cite, Expr, ExprKind, Hole, Named, Policy, Quote, Type};
use crate::limit::FINDINGS;
use crate::names::{Declared, Names, Space};
use crate::nearest::nearest;
use crate::scope::Needs;
use pol_calendar::Calendars;
use pol_model::Value;
use pol_syntax::ast::{self, Head, Labelled, Name};
use pol_syntax::{Diagnostic, Span};

/// The policy as far as it is known, and what was found on the way.
pub(crate) struct Lowering<'a> {
    pub(crate) policy: Policy,
    pub(crate) names: Names,
    pub(crate) findings: Vec<Diagnostic>,
    /// The calendars whose days lie beside the policy.
    calendars: &'a Calendars,
    source: Source<'a>,
    params: Vec<Progress>,
    defines: Vec<Progress>,
    /// The parameters and definitions that are being lowered, outermost first.
    trail: Vec<Step>,
    /// The declaration that is being lowered, for holes.
    owner: String,
}

/// The declarations by sort, in the order of the text: the place in a list is the index.
#[derive(Default)]
struct Source<'a> {
    kinds: Vec<&'a ast::Subject>,
    events: Vec<&'a ast::Event>,
    params: Vec<&'a ast::Param>,
    defines: Vec<&'a ast::Define>,
    catalogues: Vec<&'a ast::Catalogue>,
    phases: Vec<&'a ast::Phase>,
    ladders: Vec<&'a ast::Ladder>,
    outcomes: Vec<&'a ast::Outcome>,
    duties: Vec<&'a ast::Duty>,
    rules: Vec<&'a ast::Rule>,
    nevers: Vec<&'a ast::Never>,
}

/// How far a parameter or definition is lowered.
#[derive(Clone)]
enum Progress {
    Todo,
    Doing,
    Done(Needs),
}

/// A parameter or definition that is being lowered, and what it has been found to need.
struct Step {
    name: String,
    needs: Needs,
}

impl<'a> Lowering<'a> {
    /// Lowers all declarations but tests.
    pub(crate) fn run(
        declarations: &'a [ast::Node<ast::Declaration>],
        calendars: &'a Calendars,
    ) -> Self {
        let mut lowering = Self::collect(declarations, calendars);
        lowering.lower_data();
        lowering.lower_params();
        lowering.lower_defines();
        lowering.lower_catalogues();
        lowering.lower_rules();
        lowering.lower_duties();
        lowering.lower_nevers();
        lowering
    }

    fn report(&mut self, finding: Diagnostic) {
        self.findings.push(finding);
    }

    fn named(&mut self, head: &Head) -> Named {
        Named {
            name: head.name.value.clone(),
            label: head.label.as_ref().map(|label| label.value.clone()),
            cites: self.cites(&head.cites),
            span: head.name.span,
        }
    }

    fn cites(&mut self, cites: &[ast::Cite]) -> Vec<Cite> {
        let mut clauses = Vec::new();
        for cite in cites {
            let Some(Declared::Source(source)) = self.names.find(Space::Source, &cite.source.value)
            else {
                let finding = self.unknown(&cite.source, Space::Source, ("a source", "文件"));
                self.report(finding);
                continue;
            };
            clauses.extend(cite.clauses.iter().map(|clause| Cite {
                source,
                clause: clause.number.value.clone(),
                quote: clause.quote.as_ref().map(|quote| Quote {
                    words: quote.value.clone(),
                    span: quote.span,
                }),
            }));
        }
        clauses
    }

    /// The finding for a name that is not declared in a space.
    fn unknown(&self, name: &Name, space: Space, wanted: findings::Wanted) -> Diagnostic {
        // A rule where an event is wanted, a kind where a value is: it is declared, but as something else.
        let mut elsewhere = Space::ALL.iter().filter(|other| **other != space);
        if let Some(place) = elsewhere.find_map(|other| self.names.all(*other, &name.value).first())
        {
            return findings::wrong_sort(name, *place, wanted);
        }
        let known = self.names.of_space(space).map(|(name, _)| name);
        // Beyond what is shown, nobody waits for suggestions.
        let near = (self.findings.len() < FINDINGS).then(|| nearest(&name.value, known));
        findings::unknown(name, wanted, near.flatten())
    }

    /// The finding for a name that is not declared, or stands for something else than is wanted.
    fn not_wanted(&self, name: &Name, space: Space, wanted: findings::Wanted) -> Diagnostic {
        match self.names.all(space, &name.value).first() {
            Some(place) => findings::wrong_sort(name, *place, wanted),
            None => self.unknown(name, space, wanted),
        }
    }

    fn hole(&mut self, span: Span, want: Option<Type>) -> Expr {
        let declaration = self.owner.clone();
        self.policy.holes.push(Hole { declaration, span });
        Expr {
            kind: ExprKind::Hole,
            ty: want.unwrap_or(Type::Error),
            span,
        }
    }
}

/// What stands in place of an expression that could not be lowered.
const fn broken(span: Span) -> Expr {
    Expr {
        kind: ExprKind::Const(Value::Bool(false)),
        ty: Type::Error,
        span,
    }
}

/// A labelled name.
fn labelled(value: &Labelled) -> Named {
    Named {
        name: value.name.value.clone(),
        label: value.label.as_ref().map(|label| label.value.clone()),
        cites: Vec::new(),
        span: value.name.span,
    }
}

/// An index for a list that is so long. Lists too long for it are refused as a whole.
fn index(length: usize) -> u16 {
    u16::try_from(length).unwrap_or(u16::MAX)
}
