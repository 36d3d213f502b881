//! What has not happened: for each rule the nearest condition that does not hold, and when it looks
//! next.

use super::Page;
use super::proof::Join;
use crate::Lang;
use crate::text::display;
use pol_model::Tri;
use pol_reference::{Finding, Proof, RuleProof};
use pol_semantics::hir::{EventSource, Trigger};

impl Page<'_> {
    /// Rules about the subject that could fire and do not.
    pub(super) fn waiting(&mut self) {
        let rules: Vec<RuleProof> = self
            .explained
            .proofs
            .rules
            .iter()
            .filter(|proof| !proof.conditions.is_empty())
            .filter(|proof| !self.is_switched_off(proof))
            .cloned()
            .collect();
        let mut titled = false;
        for proof in rules {
            let unmet: Vec<&Proof> = proof
                .conditions
                .iter()
                .filter(|condition| holds(condition) != Tri::Yes)
                .collect();
            let trigger = self.trigger(&proof);
            if unmet.is_empty() && !self.waits_for_an_entry(&proof) {
                continue;
            }
            if !titled {
                self.title(self.pick(
                    "What else could follow, and what it lacks",
                    "其他规则还差什么",
                ));
                titled = true;
            }
            let named = self.names().rule(proof.rule);
            let name = display(named, self.lang).to_owned();
            let clauses: Vec<&str> = named.cites.iter().map(|cite| &*cite.clause).collect();
            let clauses = clauses.join(self.pick(", ", "、"));
            let head = match (clauses.is_empty(), self.lang) {
                (true, _) => name,
                (false, Lang::En) => format!("{name} ({clauses})"),
                (false, Lang::Zh) => format!("{name}（{clauses}）"),
            };
            self.line(2, &head);
            if let Some(trigger) = trigger {
                self.line(4, &trigger);
            }
            for condition in unmet {
                self.lacking(condition, 4);
            }
        }
    }

    /// The parts that keep a condition from holding.
    fn lacking(&mut self, proof: &Proof, indent: usize) {
        match self.joined(proof) {
            Some(Join::All) => {
                for part in proof.parts.iter().filter(|part| holds(part) != Tri::Yes) {
                    self.lacking(part, indent);
                }
            }
            Some(Join::Any) | None => self.proof(proof, indent),
        }
    }

    /// True for a rule that looks at entries, not only at what other rules bring about.
    fn waits_for_an_entry(&self, proof: &RuleProof) -> bool {
        let entered = |source: &EventSource| match source {
            EventSource::Event(_) | EventSource::Catalogue(_) | EventSource::Set(_) => true,
            EventSource::Status(..)
            | EventSource::Ladder(_)
            | EventSource::Outcome(_)
            | EventSource::Duty(..)
            | EventSource::Lost(_) => false,
        };
        match &self.names().policy.rules[proof.rule.at()].trigger {
            Trigger::On(patterns) => patterns.iter().any(|pattern| entered(&pattern.source)),
            Trigger::At(_) => true,
            Trigger::When(_) | Trigger::While(_) | Trigger::After(..) => false,
        }
    }

    /// What the rule waits for besides its condition.
    fn trigger(&self, proof: &RuleProof) -> Option<String> {
        let rule = &self.names().policy.rules[proof.rule.at()];
        if let Some(day) = proof.next_look {
            let day = self.date(day);
            return Some(match self.lang {
                Lang::En => format!("looks next on {day}"),
                Lang::Zh => format!("下次考查：{day}"),
            });
        }
        match &rule.trigger {
            Trigger::On(patterns) => {
                let words: Vec<String> = patterns
                    .iter()
                    .map(|pattern| self.words(pattern.span))
                    .collect();
                let words = words.join(self.pick(", ", "、"));
                Some(match self.lang {
                    Lang::En => format!("waits for {words}"),
                    Lang::Zh => format!("等待：{words}"),
                })
            }
            Trigger::At(_) | Trigger::When(_) | Trigger::While(_) | Trigger::After(..) => None,
        }
    }

    /// True if a reading keeps the rule from ever firing in this run: its absence needs no reason.
    fn is_switched_off(&self, proof: &RuleProof) -> bool {
        proof
            .conditions
            .iter()
            .any(|condition| self.fails_by_reading(condition))
    }

    pub(super) fn fails_by_reading(&self, proof: &Proof) -> bool {
        if holds(proof) != Tri::No {
            return false;
        }
        match self.joined(proof) {
            Some(Join::All) => proof.parts.iter().any(|part| self.fails_by_reading(part)),
            Some(Join::Any) => proof.parts.iter().all(|part| self.fails_by_reading(part)),
            None => self.asks_a_reading(proof),
        }
    }

    /// True for a comparison of a reading with an answer.
    pub(super) fn asks_a_reading(&self, proof: &Proof) -> bool {
        let words = self.words(proof.span);
        let first = words.split([' ', '（', '(']).next().unwrap_or_default();
        let readings = &self.names().policy.readings;
        readings.iter().any(|reading| reading.named.name == first)
    }
}

pub(super) fn holds(proof: &Proof) -> Tri {
    match proof.finding {
        Finding::Condition { holds, .. } | Finding::Held { holds, .. } => holds,
        Finding::Value(_) | Finding::Aggregate { .. } => Tri::Yes,
    }
}
