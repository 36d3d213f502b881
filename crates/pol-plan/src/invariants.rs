//! What holds of every plan, asked after lowering and after reading.

use crate::data::{Plan, Trigger};
use crate::mention::{self, Mention, closure};
use crate::node::{ClockIx, Source};
use crate::reads::{Reach, Reads};
use std::collections::BTreeSet;

/// What is broken, in words for whoever builds the compiler.
struct Broken<'p> {
    plan: &'p Plan,
    found: Vec<String>,
}

impl Plan {
    /// What is broken in this plan, in words for whoever builds the compiler; nothing, unless the
    /// lowering is wrong.
    ///
    /// Every place that is named is there. Parts stand before what they are parts of, clocks behind
    /// those that they ask. No node, pattern, aggregate or clock stands twice. The order of the rules
    /// holds each once. What a rule, duty, property or clock is said to read holds all that its
    /// condition names, however far behind other names it lies.
    pub fn broken(&self) -> Vec<String> {
        let mut broken = Broken {
            plan: self,
            found: Vec::new(),
        };
        broken.places();
        if broken.found.is_empty() {
            // What follows may follow the places.
            broken.order();
            broken.shared();
            broken.reads();
        }
        broken.found
    }
}

impl Broken<'_> {
    fn places(&mut self) {
        let plan = self.plan;
        for (at, node) in plan.nodes.iter().enumerate() {
            self.named(&format!("node {at}"), mention::of_node(node));
        }
        for (at, pattern) in plan.patterns.iter().enumerate() {
            self.named(&format!("pattern {at}"), mention::of_pattern(pattern));
        }
        for (at, accumulator) in plan.accumulators.iter().enumerate() {
            let who = format!("accumulator {at}");
            self.named(&who, mention::of_accumulator(accumulator));
        }
        for at in 0..plan.clocks.len() {
            let clock = Mention::Clock(clock(at));
            self.named(&format!("clock {at}"), plan.mentions(clock));
        }
        for param in &plan.params {
            self.named(&param.name, mention::of_param(param));
        }
        for catalogue in &plan.catalogues {
            self.named(&catalogue.name, mention::of_catalogue(catalogue));
        }
        for rule in &plan.rules {
            self.named(&rule.name, mention::of_rule(rule));
        }
        for duty in &plan.duties {
            self.named(&duty.name, mention::of_duty(duty));
        }
        for never in &plan.nevers {
            self.named(&never.name, mention::of_never(never));
        }
        for (at, top) in plan.tops.iter().enumerate() {
            let values = plan.enums.get(at).map_or(0, |one| one.values.len());
            if usize::from(*top) != values.saturating_sub(1) {
                self.found
                    .push(format!("enumeration {at} has no value at its top"));
            }
        }
        let declared = plan
            .ladders
            .iter()
            .map(|ladder| Mention::Enum(ladder.statuses));
        let declared = declared.chain(plan.readings.iter().map(|answers| Mention::Enum(*answers)));
        self.named("a declaration", declared.collect());
    }

    /// Everything that is named is there.
    fn named(&mut self, who: &str, mentions: Vec<Mention>) {
        for mention in mentions {
            if !self.is_there(mention) {
                self.found
                    .push(format!("`{who}` names what is not there: {mention:?}"));
            }
        }
    }

    fn is_there(&self, mention: Mention) -> bool {
        let plan = self.plan;
        match mention {
            Mention::Node(at) => at.at() < plan.nodes.len(),
            Mention::Pattern(at) => at.at() < plan.patterns.len(),
            Mention::Accumulator(at) => at.at() < plan.accumulators.len(),
            Mention::Clock(at) => at.at() < plan.clocks.len().min(plan.clock_reads.len()),
            Mention::Param(at) => at.at() < plan.params.len(),
            Mention::Kind(at) => at.at() < plan.kinds.len(),
            Mention::Attr(at, attribute) => plan
                .kinds
                .get(at.at())
                .is_some_and(|kind| attribute.at() < kind.attributes.len()),
            Mention::Body(at) => at.at() < plan.bodies.len(),
            Mention::Event(at) => at.at() < plan.events.len(),
            Mention::EventField(at, field) => plan
                .events
                .get(at.at())
                .is_some_and(|event| field.at() < event.fields.len()),
            Mention::Catalogue(at) => at.at() < plan.catalogues.len(),
            Mention::Enum(at) => at.at() < plan.enums.len(),
            Mention::Symbol(at, place) => plan
                .enums
                .get(at.at())
                .is_some_and(|one| usize::from(place) < one.values.len()),
            Mention::Reading(at) => at.at() < plan.readings.len(),
            Mention::Phase(at) => at.at() < plan.phases.len(),
            Mention::Ladder(at) | Mention::Standing(at) => at.at() < plan.ladders.len(),
            Mention::Status(at, status) => plan
                .ladders
                .get(at.at())
                .is_some_and(|ladder| usize::from(status) < ladder.status_names.len()),
            Mention::Outcome(at) | Mention::InForce(at) => at.at() < plan.outcomes.len(),
            Mention::OutcomeField(at, field) => plan
                .outcomes
                .get(at.at())
                .is_some_and(|outcome| field.at() < outcome.fields.len()),
            Mention::Duty(at) => at.at() < plan.duties.len(),
            Mention::Calendar(at) => plan.calendars.get(at).is_some(),
            Mention::LastTime => true,
        }
    }

    fn order(&mut self) {
        let plan = self.plan;
        for (at, node) in plan.nodes.iter().enumerate() {
            let later =
                |mention: &Mention| matches!(mention, Mention::Node(part) if part.at() >= at);
            if mention::of_node(node).iter().any(later) {
                self.found
                    .push(format!("node {at} stands before its parts"));
            }
        }
        for (at, one) in plan.clocks.iter().enumerate() {
            let asked = closure(plan, [Mention::Node(one.condition)]);
            let later =
                |mention: &Mention| matches!(mention, Mention::Clock(asked) if asked.at() >= at);
            if asked.iter().any(later) {
                self.found
                    .push(format!("clock {at} stands before one that it asks"));
            }
        }
        let mut ordered: Vec<_> = plan.strata.iter().flatten().copied().collect();
        ordered.sort_unstable();
        let each_once = ordered.iter().enumerate().all(|(at, rule)| rule.at() == at);
        if !each_once || ordered.len() != plan.rules.len() {
            let found = "the order of the rules does not hold each rule once";
            self.found.push(found.to_owned());
        }
    }

    fn shared(&mut self) {
        let plan = self.plan;
        self.each_once("node", &plan.nodes);
        self.each_once("pattern", &plan.patterns);
        self.each_once("accumulator", &plan.accumulators);
        self.each_once("clock", &plan.clocks);
    }

    fn each_once<T: PartialEq>(&mut self, what: &str, list: &[T]) {
        for (at, one) in list.iter().enumerate() {
            if list[..at].contains(one) {
                self.found.push(format!("{what} {at} stands twice"));
            }
        }
    }

    fn reads(&mut self) {
        let plan = self.plan;
        for rule in &plan.rules {
            let watched = match rule.trigger {
                Trigger::When(condition) | Trigger::While(condition) => Some(condition),
                Trigger::On(_) | Trigger::At(_) | Trigger::After { .. } => None,
            };
            let conditions = watched.into_iter().chain(rule.condition);
            self.reads_all(&rule.name, &rule.reads, conditions.map(Mention::Node));
        }
        for duty in &plan.duties {
            self.reads_all(&duty.name, &duty.reads, mention::of_running(duty));
        }
        for never in &plan.nevers {
            let condition = [Mention::Node(never.condition)];
            self.reads_all(&never.name, &never.reads, condition);
        }
        for (at, reads) in plan.clock_reads.iter().enumerate() {
            let mentions = plan.mentions(Mention::Clock(clock(at)));
            self.reads_all(&format!("clock {at}"), reads, mentions);
        }
    }

    fn reads_all(&mut self, who: &str, reads: &Reads, from: impl IntoIterator<Item = Mention>) {
        let plan = self.plan;
        let named = closure(plan, from);
        // The events of a set come with the set.
        let sets = reads.patterns.iter().filter_map(|pattern| {
            let Source::Set(members) = &plan.pattern(*pattern).source else {
                return None;
            };
            Some(members)
        });
        let members: BTreeSet<_> = sets.flatten().collect();
        for mention in named {
            let read = match mention {
                Mention::Pattern(pattern) => {
                    reads.patterns.contains(&pattern) || members.contains(&pattern)
                }
                Mention::Standing(ladder) => reads.ladders.contains(&ladder),
                Mention::InForce(outcome) => reads.outcomes.contains(&outcome),
                Mention::LastTime => reads.last_time,
                Mention::Node(node) => plan.node(node).reach() <= reads.reach,
                _ => true,
            };
            if !read {
                self.found
                    .push(format!("`{who}` does not read what it names: {mention:?}"));
            }
        }
    }
}

fn clock(at: usize) -> ClockIx {
    ClockIx(u32::try_from(at).unwrap_or(u32::MAX))
}

impl crate::node::Node {
    /// Whose record it reads, beside what its parts read.
    fn reach(&self) -> Reach {
        match self {
            Self::Share(..) | Self::Members(..) => Reach::Within,
            Self::Rank(_) => Reach::All,
            _ => Reach::Own,
        }
    }
}
