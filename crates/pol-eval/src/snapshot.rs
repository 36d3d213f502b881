//! The whole state of an evaluator as bytes, to go on from later.

use crate::agenda::Agenda;
use crate::clock::Clocks;
use crate::dispatch::Dispatch;
use crate::record::{HappeningIx, Record, Subject, Tick};
use crate::run::Run;
use crate::stream::Evaluator;
use pol_calendar::Date;
use pol_model::{
    Arrivals, Cause, Entry, EntryIx, Fault, MemberIx, NeverIx, Options, Record as Said, Register,
    RuleIx, What,
};
use pol_plan::{Digest, Plan};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// The version of the form. It changes whenever the form does.
const VERSION: u32 = 1;

/// What a snapshot is of.
#[derive(Serialize, Deserialize)]
struct Heading {
    version: u32,
    policy: String,
    digest: Digest,
    register: [u8; 32],
}

/// Everything that an evaluator holds between two days.
#[derive(Serialize, Deserialize)]
struct State<'s> {
    options: Cow<'s, Options>,
    closed: Option<Date>,
    begun: bool,
    today: Date,
    entries: Cow<'s, [Entry]>,
    arrivals: Cow<'s, Arrivals>,
    record: Cow<'s, Record>,
    clocks: Cow<'s, Clocks>,
    agenda: Cow<'s, Agenda>,
    said: Cow<'s, [Said]>,
    taken: Cow<'s, BTreeMap<EntryIx, HappeningIx>>,
    looks: Cow<'s, BTreeMap<RuleIx, Vec<(Date, Tick)>>>,
    looked: Cow<'s, BTreeMap<(RuleIx, MemberIx), Tick>>,
    held: Cow<'s, BTreeSet<(RuleIx, MemberIx)>>,
    broken: Cow<'s, BTreeSet<(NeverIx, MemberIx)>>,
    reported: Cow<'s, BTreeSet<(What, Subject, Cause)>>,
    faults: Cow<'s, [Fault]>,
}

/// Why bytes are not taken for the state of an evaluator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SnapshotError {
    /// They are no snapshot: what the reader says, in English.
    Unreadable(String),
    /// They are a snapshot of another version of the form.
    Version(u32),
    /// They are of another policy, or of another edition of it or of its calendars.
    Policy {
        /// The policy of the snapshot, and the digest of its plan.
        of: (String, String),
        /// The policy that it was to be restored for, and the digest of its plan.
        wanted: (String, String),
    },
    /// They are of another register.
    Register,
}

impl Heading {
    fn of(plan: &Plan, register: &Register) -> Result<Self, SnapshotError> {
        let mut bytes = Vec::new();
        ciborium::into_writer(register, &mut bytes).map_err(unreadable)?;
        Ok(Self {
            version: VERSION,
            policy: plan.name.clone(),
            digest: plan.digest(),
            register: Sha256::digest(bytes).into(),
        })
    }

    fn named(self) -> (String, String) {
        (self.policy, self.digest.to_string())
    }
}

impl<'a> Evaluator<'a> {
    /// The whole state as bytes: what has come, what was said of it, what is due.
    ///
    /// # Errors
    /// What the writer says.
    pub fn snapshot(&self) -> Result<Vec<u8>, SnapshotError> {
        let run = &self.run;
        let state = State {
            options: Cow::Borrowed(&self.options),
            closed: self.closed,
            begun: run.begun,
            today: run.today,
            entries: Cow::Borrowed(&run.world.entries),
            arrivals: Cow::Borrowed(&self.arrivals),
            record: Cow::Borrowed(&run.world.record),
            clocks: Cow::Borrowed(&run.world.clocks),
            agenda: Cow::Borrowed(&run.agenda),
            said: Cow::Borrowed(&run.said),
            taken: Cow::Borrowed(&run.taken),
            looks: Cow::Borrowed(&run.looks),
            looked: Cow::Borrowed(&run.looked),
            held: Cow::Borrowed(&run.held),
            broken: Cow::Borrowed(&run.broken),
            reported: Cow::Borrowed(&run.reported),
            faults: Cow::Borrowed(&run.faults),
        };
        let mut bytes = Vec::new();
        let heading = Heading::of(run.world.plan, run.world.register)?;
        ciborium::into_writer(&heading, &mut bytes).map_err(unreadable)?;
        ciborium::into_writer(&state, &mut bytes).map_err(unreadable)?;
        Ok(bytes)
    }

    /// An evaluator that goes on where a snapshot was taken.
    ///
    /// # Errors
    /// Bytes that are no snapshot of this version, or one of another policy, calendar or register.
    pub fn restore(
        plan: &'a Plan,
        register: &'a Register,
        mut bytes: &[u8],
    ) -> Result<Self, SnapshotError> {
        let wanted = Heading::of(plan, register)?;
        let found: Heading = ciborium::from_reader(&mut bytes).map_err(unreadable)?;
        if found.version != VERSION {
            return Err(SnapshotError::Version(found.version));
        }
        if found.digest != wanted.digest {
            return Err(SnapshotError::Policy {
                of: found.named(),
                wanted: wanted.named(),
            });
        }
        if found.register != wanted.register {
            return Err(SnapshotError::Register);
        }
        let state: State<'static> = ciborium::from_reader(&mut bytes).map_err(unreadable)?;
        let options = state.options.into_owned();
        let dispatch = Arc::new(Dispatch::of(plan));
        let mut run = Run::new(plan, &dispatch, register, state.entries, &options);
        run.begun = state.begun;
        run.today = state.today;
        run.world.record = state.record.into_owned();
        run.world.clocks = state.clocks.into_owned();
        run.agenda = state.agenda.into_owned();
        run.said = state.said.into_owned();
        run.taken = state.taken.into_owned();
        run.looks = state.looks.into_owned();
        run.looked = state.looked.into_owned();
        run.held = state.held.into_owned();
        run.broken = state.broken.into_owned();
        run.reported = state.reported.into_owned();
        run.faults = state.faults.into_owned();
        Ok(Self {
            run,
            arrivals: state.arrivals.into_owned(),
            options,
            closed: state.closed,
        })
    }
}

fn unreadable(error: impl std::fmt::Display) -> SnapshotError {
    SnapshotError::Unreadable(error.to_string())
}
