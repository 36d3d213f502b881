//! Whether a policy can be run at all, and the names by which a run orders what it says.

use crate::hir::Policy;
use pol_calendar::Date;
use pol_model::{
    BodyIx, DutyIx, EventIx, Fault, LadderIx, MOST_DAYS, Names, NeverIx, OutcomeIx, PhaseIx,
    Register, RuleIx,
};

impl Policy {
    /// Asks whether this policy can be run with a register through a day.
    ///
    /// # Errors
    /// Holes, phases that the register gives no dates, more days than a run goes over.
    pub fn runnable(&self, register: &Register, as_of: Date) -> Result<(), Vec<Fault>> {
        let mut faults: Vec<Fault> = (0..self.holes.len()).map(Fault::Hole).collect();
        let phases = (0_u16..).map(PhaseIx).zip(&self.phases);
        let without = phases.filter(|(phase, declared)| {
            declared.from_register && register.phases.get(phase).is_none_or(Vec::is_empty)
        });
        faults.extend(without.map(|(phase, _)| Fault::PhaseWithoutDates(phase)));
        if faults.is_empty() && (as_of - self.effective).num_days() > MOST_DAYS {
            faults.push(Fault::TooLong { as_of });
        }
        if faults.is_empty() {
            Ok(())
        } else {
            Err(faults)
        }
    }
}

impl Names for Policy {
    fn event(&self, event: EventIx) -> &str {
        &self.events[event.at()].named.name
    }

    fn rule(&self, rule: RuleIx) -> &str {
        &self.rules[rule.at()].named.name
    }

    fn body(&self, body: BodyIx) -> &str {
        &self.bodies[body.at()].name
    }

    fn status(&self, ladder: LadderIx, status: u16) -> &str {
        let statuses = &self.enums[self.ladders[ladder.at()].statuses.at()];
        &statuses.values[usize::from(status)].name
    }

    fn outcome(&self, outcome: OutcomeIx) -> &str {
        &self.outcomes[outcome.at()].named.name
    }

    fn duty(&self, duty: DutyIx) -> &str {
        &self.duties[duty.at()].named.name
    }

    fn never(&self, never: NeverIx) -> &str {
        self.nevers[never.at()].named.display()
    }
}
