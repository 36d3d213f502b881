//! The plan as text, for people.
//!
//! Promises: conditions stand as conditions, in the policy's own names and in the keywords of a
//! spelling, definitions put in where they are used; rules stand in the order in which they look.
//! Refuses: to be read back; that is what [`Plan::to_json`] is for.

mod bound_words;
mod bounds;
mod declarations;
mod tree;
mod words;

use crate::causes::Cause;
use crate::data::{Plan, Trigger};
use crate::mention::{self, Mention, closure};
use crate::node::{Accumulator, AccumulatorIx, ClockIx, NodeIx, PatternIx};
use pol_syntax::ast::{Declaration, Expr, ExprKind, Spelling};
use pol_syntax::{Lang, Part, print_part};
use std::collections::{BTreeMap, BTreeSet};
use tree::{Tree, placed};
use words::Words;

impl Plan {
    /// The plan as text, in the words and keywords of a language.
    pub fn to_text(&self, lang: Lang) -> String {
        let mut writer = Writer {
            shown: Shown::new(self, lang),
            uses: uses(self),
            text: String::new(),
        };
        writer.whole();
        writer.text
    }
}

/// Parts of a plan as text.
#[derive(Clone, Copy)]
struct Shown<'p> {
    plan: &'p Plan,
    tree: Tree<'p>,
    spelling: Spelling,
    words: Words,
}

impl<'p> Shown<'p> {
    pub fn new(plan: &'p Plan, lang: Lang) -> Self {
        let spelling = match lang {
            Lang::En => Spelling::English,
            Lang::Zh => Spelling::Chinese,
        };
        Self {
            plan,
            tree: Tree { plan, spelling },
            spelling,
            words: Words { lang },
        }
    }

    fn part(self, part: Part<'_>) -> String {
        // What cannot be quoted was never read.
        print_part(part, self.spelling).unwrap_or_else(|error| error.text().en)
    }

    fn expr(self, expr: &Expr) -> String {
        self.part(Part::Condition(expr))
    }

    /// A condition or value that speaks of a subject.
    pub fn condition(self, at: NodeIx) -> String {
        self.expr(&self.tree.expr(at, None))
    }

    pub fn events(self, at: PatternIx) -> String {
        self.part(Part::Events(&self.tree.events(at)))
    }

    pub fn aggregate(self, at: AccumulatorIx) -> String {
        self.aggregated(&self.plan.accumulators[at.at()])
    }

    fn aggregated(self, accumulator: &Accumulator) -> String {
        let aggregate = self.tree.aggregate(accumulator);
        self.expr(&placed(ExprKind::Aggregate(Box::new(aggregate))))
    }

    fn held(self, clock: ClockIx, length: NodeIx) -> String {
        let condition = self.tree.expr(self.plan.clocks[clock.at()].condition, None);
        let length = self.tree.expr(length, None);
        self.expr(&placed(ExprKind::Held(
            Box::new(condition),
            Box::new(length),
        )))
    }

    fn declaration(self, declaration: Declaration) -> String {
        self.part(Part::Declaration(&placed(declaration)))
    }

    fn cause(self, cause: Cause) -> String {
        let (plan, words) = (self.plan, self.words);
        match cause {
            Cause::Comes(pattern) => words.comes(&self.events(pattern)),
            Cause::Withdrawn(pattern) => words.withdrawn(&self.events(pattern)),
            Cause::Moves(ladder) => words.moves(&plan.ladders[ladder.at()].name),
            Cause::Begins(outcome) => words.begins(&plan.outcomes[outcome.at()].name),
            Cause::Ends(outcome) => words.ends(&plan.outcomes[outcome.at()].name),
            Cause::Window(at) => words.window(&self.aggregate(at)),
            Cause::Held(clock, length) => words.held(&self.held(clock, length)),
            Cause::PhaseBegins(phase) => words.begins(&plan.phases[phase.at()].name),
            Cause::PhaseEnds(phase) => words.ends(&plan.phases[phase.at()].name),
            Cause::Attribute(kind, attribute) => {
                let kind = &plan.kinds[kind.at()];
                words.attribute(&kind.name, &kind.attributes[attribute.at()])
            }
            Cause::Row(param) => words.row(&plan.param(param).name),
            Cause::Member(kind) => words.member(&plan.kinds[kind.at()].name),
            Cause::Fires => words.fires(),
        }
    }
}

/// Who asks what: the names of rules, duties and properties.
type Uses<'p> = BTreeMap<Mention, BTreeSet<&'p str>>;

fn uses(plan: &Plan) -> Uses<'_> {
    let rules = plan.rules.iter();
    let rules = rules.map(|rule| (&*rule.name, mention::of_rule(rule)));
    let duties = plan.duties.iter();
    let duties = duties.map(|duty| (&*duty.name, mention::of_duty(duty)));
    let nevers = plan.nevers.iter();
    let nevers = nevers.map(|never| (&*never.name, mention::of_never(never)));
    let mut uses = Uses::new();
    for (name, mentions) in rules.chain(duties).chain(nevers) {
        for mention in closure(plan, mentions) {
            uses.entry(mention).or_default().insert(name);
        }
    }
    uses
}

/// A plan being written.
struct Writer<'p> {
    shown: Shown<'p>,
    uses: Uses<'p>,
    text: String,
}

impl Writer<'_> {
    fn line(&mut self, line: &str) {
        self.text.push_str(line.trim_end());
        self.text.push('\n');
    }

    fn title(&mut self, title: &str) {
        self.text.push('\n');
        self.line(title);
    }

    /// The declaration of a thing, indented.
    fn declared(&mut self, declaration: Declaration) {
        for line in self.shown.declaration(declaration).lines() {
            self.line(&format!("  {line}"));
        }
    }

    fn asked_by(&mut self, mention: Mention) {
        let names = self.uses.get(&mention);
        let names: Vec<&str> = names.into_iter().flatten().copied().collect();
        let line = self.shown.words.asked_by(&names);
        self.line(&format!("    {line}"));
    }

    fn whole(&mut self) {
        let (plan, words) = (self.shown.plan, self.shown.words);
        self.line(&words.plan_of(&plan.name));
        self.line(&words.digest(plan.digest()));
        self.line(&words.in_force(plan.effective, plan.counting_from));
        if !plan.params.is_empty() {
            self.title(words.params());
            for param in &plan.params {
                self.declared(self.shown.tree.param(param));
            }
        }
        self.catalogues();
        self.shared();
        self.rules();
        if !plan.duties.is_empty() {
            self.title(words.duties());
            for duty in &plan.duties {
                self.declared(self.shown.tree.duty(duty));
                if let Some(condition) = duty.condition {
                    self.causes(condition);
                }
            }
        }
        if !plan.nevers.is_empty() {
            self.title(words.nevers());
            for never in &plan.nevers {
                self.declared(self.shown.tree.never(never));
                self.causes(never.condition);
            }
        }
    }

    fn catalogues(&mut self) {
        let (plan, words) = (self.shown.plan, self.shown.words);
        if plan.catalogues.is_empty() {
            return;
        }
        self.title(words.catalogues());
        for catalogue in &plan.catalogues {
            let event = &plan.events[catalogue.event.at()].name;
            let items = catalogue.items.len();
            self.line(&format!(
                "  {}",
                words.catalogue(&catalogue.name, event, items)
            ));
            let scope = Some(crate::Source::Event(catalogue.event));
            for item in &catalogue.items {
                for branch in &item.branches {
                    let Some(condition) = branch.condition else {
                        continue;
                    };
                    let tree = self.shown.tree;
                    let keys = std::iter::once(&item.key).chain(&branch.key);
                    let keys: Vec<String> = keys
                        .map(|key| self.shown.expr(&placed(tree.value(key))))
                        .collect();
                    let condition = self.shown.expr(&tree.expr(condition, scope.as_ref()));
                    let line = words.item(&keys.join(" "), &condition);
                    self.line(&format!("    {line}"));
                }
            }
        }
    }

    /// What stands once for all that ask it.
    fn shared(&mut self) {
        let (plan, words) = (self.shown.plan, self.shown.words);
        if !plan.patterns.is_empty() {
            self.title(words.patterns());
        }
        for (at, pattern) in (0..).map(PatternIx).zip(&plan.patterns) {
            let events = self.shown.events(at);
            self.line(&format!("  {events}{}", words.settled(pattern.settled)));
            self.asked_by(Mention::Pattern(at));
        }
        if !plan.accumulators.is_empty() {
            self.title(words.accumulators());
        }
        for (at, _) in (0..).map(AccumulatorIx).zip(&plan.accumulators) {
            self.line(&format!("  {}", self.shown.aggregate(at)));
            self.asked_by(Mention::Accumulator(at));
        }
        if !plan.clocks.is_empty() {
            self.title(words.clocks());
        }
        for (at, clock) in (0..).map(ClockIx).zip(&plan.clocks) {
            self.line(&format!("  {}", self.shown.condition(clock.condition)));
            self.asked_by(Mention::Clock(at));
        }
    }

    fn rules(&mut self) {
        let (plan, words) = (self.shown.plan, self.shown.words);
        for (at, stratum) in plan.strata.iter().enumerate() {
            if at == 0 {
                self.title(words.rules());
            }
            for rule in stratum {
                let rule = plan.rule(*rule);
                self.declared(self.shown.tree.rule(rule));
                match rule.trigger {
                    Trigger::When(condition) | Trigger::While(condition) => self.causes(condition),
                    Trigger::On(_) | Trigger::At(_) | Trigger::After { .. } => {}
                }
            }
            if stratum.len() > 1 {
                let names: Vec<&str> = stratum.iter().map(|rule| &*plan.rule(*rule).name).collect();
                let line = words.together(&names);
                self.line(&format!("    {line}"));
            }
        }
    }

    fn causes(&mut self, condition: NodeIx) {
        let (shown, words) = (self.shown, self.shown.words);
        // Causes that read the same are one.
        let mut causes: Vec<String> = Vec::new();
        for cause in shown.plan.causes(condition) {
            let said = shown.cause(cause);
            if !causes.contains(&said) {
                causes.push(said);
            }
        }
        if causes.is_empty() {
            self.line(&format!("    {}", words.never_changes()));
            return;
        }
        self.line(&format!("    {}", words.by()));
        for cause in causes {
            self.line(&format!("    - {cause}"));
        }
    }
}
