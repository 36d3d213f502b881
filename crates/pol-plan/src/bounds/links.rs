//! Which events are held against which patterns, and who is touched by them: found once for a plan.

use crate::data::{ActState, Action, DutyTime, Plan, Trigger};
use crate::node::{AccumulatorIx, PatternIx, Source, Window};
use crate::reads::Reads;
use pol_model::{DutyIx, EventIx, LadderIx, NeverIx, OutcomeIx, RuleIx};
use std::collections::BTreeMap;

/// What can happen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Happening {
    Event(EventIx),
    Status(LadderIx, u16),
    /// Any status of a ladder.
    Moved(LadderIx),
    Outcome(OutcomeIx),
    Duty(DutyIx, ActState),
}

/// What an action makes happen.
pub(super) fn happening(action: &Action) -> Happening {
    match action {
        Action::Status(ladder, status) => Happening::Status(*ladder, *status),
        Action::Set(ladder, _) => Happening::Moved(*ladder),
        Action::Impose(imposition) => Happening::Outcome(imposition.outcome),
        Action::End(outcome) => Happening::Outcome(*outcome),
        Action::Event(event, _) => Happening::Event(*event),
    }
}

/// Who asks something again when what it reads has changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Who {
    Rule(RuleIx),
    Duty(DutyIx),
    Never(NeverIx),
}

/// What an event that a pattern takes in does.
#[derive(Debug, Clone, Copy)]
pub(super) enum Link {
    /// An aggregate takes it up or is cut by it.
    Counts(AccumulatorIx),
    /// A rule looks and may fire.
    Triggers(RuleIx),
    /// A rule that waits looks whether to go on.
    Stops(RuleIx),
    /// A duty is born, met or moved.
    Duty(DutyIx),
    /// Someone reads it.
    Read(Who),
}

/// Who is touched by what.
pub(super) struct Links<'p> {
    pub plan: &'p Plan,
    patterns: BTreeMap<Happening, Vec<PatternIx>>,
    of_pattern: Vec<Vec<Link>>,
    ladders: BTreeMap<LadderIx, Vec<Who>>,
    outcomes: BTreeMap<OutcomeIx, Vec<Who>>,
    rounds: Vec<usize>,
}

impl<'p> Links<'p> {
    pub fn new(plan: &'p Plan) -> Self {
        let mut rounds = vec![1; plan.rules.len()];
        for stratum in &plan.strata {
            for rule in stratum {
                rounds[rule.at()] = stratum.len();
            }
        }
        let mut links = Self {
            plan,
            patterns: BTreeMap::new(),
            of_pattern: vec![Vec::new(); plan.patterns.len()],
            ladders: BTreeMap::new(),
            outcomes: BTreeMap::new(),
            rounds,
        };
        for (at, pattern) in (0..).map(PatternIx).zip(&plan.patterns) {
            links.source(at, &pattern.source);
        }
        links.accumulators();
        links.rules();
        links.duties();
        for (at, never) in (0..).map(NeverIx).zip(&plan.nevers) {
            links.reads(&never.reads, Who::Never(at));
        }
        links
    }

    /// The patterns that something that happens is held against; one twice, if it holds it twice.
    pub fn patterns_of(&self, happening: Happening) -> &[PatternIx] {
        self.patterns.get(&happening).map_or(&[], Vec::as_slice)
    }

    /// What an event does that a pattern takes in.
    pub fn of_pattern(&self, pattern: PatternIx) -> &[Link] {
        &self.of_pattern[pattern.at()]
    }

    /// Who reads what something that happens changes beside events.
    pub fn readers_of(&self, happening: Happening) -> &[Who] {
        let readers = match happening {
            Happening::Moved(ladder) | Happening::Status(ladder, _) => self.ladders.get(&ladder),
            Happening::Outcome(outcome) => self.outcomes.get(&outcome),
            Happening::Event(_) | Happening::Duty(..) => None,
        };
        readers.map_or(&[], Vec::as_slice)
    }

    /// How often a watching rule looks on one day: once for each rule that it depends on and that
    /// depends on it, itself included.
    pub fn rounds(&self, rule: RuleIx) -> usize {
        self.rounds[rule.at()]
    }

    fn source(&mut self, at: PatternIx, source: &Source) {
        let mut holds = |happening| self.patterns.entry(happening).or_default().push(at);
        match source {
            Source::Event(event) => holds(Happening::Event(*event)),
            Source::Catalogue(catalogue) => {
                let catalogue = &self.plan.catalogues[catalogue.at()];
                holds(Happening::Event(catalogue.event));
            }
            Source::Status(ladder, status) => {
                holds(Happening::Status(*ladder, *status));
                holds(Happening::Moved(*ladder));
            }
            Source::Ladder(ladder) => {
                let statuses = self.plan.ladders[ladder.at()].status_names.len();
                for (status, _) in (0..).zip(0..statuses) {
                    holds(Happening::Status(*ladder, status));
                }
                holds(Happening::Moved(*ladder));
            }
            Source::Outcome(outcome) => holds(Happening::Outcome(*outcome)),
            Source::Duty(duty, state) => holds(Happening::Duty(*duty, *state)),
            Source::Set(members) => {
                let plan = self.plan;
                for member in members {
                    self.source(at, &plan.pattern(*member).source);
                }
            }
            // Nothing loses its basis by what comes.
            Source::Lost(_) => {}
        }
    }

    fn link(&mut self, patterns: &[PatternIx], link: Link) {
        for pattern in patterns {
            self.of_pattern[pattern.at()].push(link);
        }
    }

    fn reads(&mut self, reads: &Reads, who: Who) {
        for pattern in &reads.patterns {
            self.of_pattern[pattern.at()].push(Link::Read(who));
        }
        for ladder in &reads.ladders {
            self.ladders.entry(*ladder).or_default().push(who);
        }
        for outcome in &reads.outcomes {
            self.outcomes.entry(*outcome).or_default().push(who);
        }
    }

    fn accumulators(&mut self) {
        for (at, accumulator) in (0..).map(AccumulatorIx).zip(&self.plan.accumulators) {
            self.link(&[accumulator.over], Link::Counts(at));
            for window in &accumulator.windows {
                if let Window::Since(events) | Window::LastEvents(_, events) = window {
                    self.link(&[*events], Link::Counts(at));
                }
            }
        }
    }

    fn rules(&mut self) {
        for (at, rule) in (0..).map(RuleIx).zip(&self.plan.rules) {
            match &rule.trigger {
                Trigger::On(patterns) => self.link(patterns, Link::Triggers(at)),
                Trigger::After { from, unless, .. } => {
                    self.link(from, Link::Triggers(at));
                    self.link(unless, Link::Stops(at));
                }
                Trigger::When(_) | Trigger::While(_) => self.reads(&rule.reads, Who::Rule(at)),
                Trigger::At(_) => {}
            }
        }
    }

    fn duties(&mut self) {
        for (at, duty) in (0..).map(DutyIx).zip(&self.plan.duties) {
            if let DutyTime::Within(_, causes) = &duty.time {
                self.link(causes, Link::Duty(at));
            }
            for (by, _) in &duty.extended {
                self.link(&[*by], Link::Duty(at));
            }
            self.link(&duty.met_by, Link::Duty(at));
            self.reads(&duty.reads, Who::Duty(at));
        }
    }
}
