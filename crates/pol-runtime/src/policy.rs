//! A policy as a type: what it declares, and the plan that runs.

use crate::declared::{Declared, Proposed};
use crate::entry::Entries;
use crate::event::Said;
use crate::id::{Id, Kind};
use crate::options::Readings;
use pol_model::{KindIx, LadderIx, MemberIx, Value};
use pol_plan::{Plan, PlanError};
use std::fmt::Debug;
use std::hash::Hash;
use std::sync::OnceLock;

/// A policy. Generated crates implement it; nobody else needs to.
pub trait Policy: Copy + Debug + Eq + Ord + Hash + Send + Sync + 'static {
    /// A member of one of its kinds.
    type Subject: Subjects;
    /// What can be put on record.
    type Entry: Entries<Self> + Clone + Debug + PartialEq;
    /// A status of one of its ladders.
    type Status: Statuses;
    /// A declared outcome, with the values that it carries.
    type Imposed: Said + Clone + Debug + Eq;
    /// A declared outcome.
    type ImposedKind: Declared;
    /// A derived event, with the values that it carries.
    type Derived: Said + Clone + Debug + Eq;
    /// Its bodies.
    type Body: Declared;
    /// Its duties.
    type Duty: Declared;
    /// Its rules.
    type Rule: Declared;
    /// Its rules that a body decides on.
    type Proposal: Proposed<Rule = Self::Rule, Body = Self::Body>;
    /// What no ledger may show.
    type Property: Declared;
    /// Its phases.
    type Phase: Declared;
    /// Answers to its readings.
    type Readings: Readings;

    /// What runs.
    fn program() -> &'static Program;

    /// The kind that members of a kind lie within, if they do.
    fn within(_kind: KindIx) -> Option<KindIx> {
        None
    }

    /// The attributes of a member that comes with an entry: defaults, where they are declared.
    fn defaults(_kind: KindIx) -> Vec<Option<Value>> {
        Vec::new()
    }
}

/// A member of one of several kinds.
pub trait Subjects: Copy + Debug + Eq + Ord + Hash {
    /// The member of a kind; none if the kind is another one.
    fn of(kind: KindIx, member: MemberIx) -> Option<Self>;

    /// Its place in the register.
    fn member(self) -> MemberIx;
}

impl<K: Kind> Subjects for Id<K> {
    fn of(kind: KindIx, member: MemberIx) -> Option<Self> {
        (kind == K::KIND).then(|| Self::new(member))
    }

    fn member(self) -> MemberIx {
        self.member()
    }
}

/// A status of one of several ladders.
pub trait Statuses: Copy + Debug + Eq {
    /// The status at a place of a ladder.
    fn of(ladder: LadderIx, place: u16) -> Option<Self>;

    /// The name that the policy gives it.
    fn name(self) -> &'static str;
}

/// The plan of a policy, as it stands in a generated crate. It is read once.
#[derive(Debug)]
pub struct Program {
    json: &'static str,
    digest: &'static str,
    plan: OnceLock<Result<Plan, PlanError>>,
}

impl Program {
    /// A plan in JSON, and the digest that it must have.
    pub const fn new(json: &'static str, digest: &'static str) -> Self {
        Self {
            json,
            digest,
            plan: OnceLock::new(),
        }
    }

    /// The plan.
    ///
    /// # Errors
    /// The JSON is not the plan that the crate was generated from.
    pub fn plan(&self) -> Result<&Plan, PlanError> {
        let read = || {
            let plan = Plan::from_json(self.json)?;
            if plan.digest().to_string() == self.digest {
                Ok(plan)
            } else {
                Err(PlanError::Changed)
            }
        };
        self.plan.get_or_init(read).as_ref().map_err(Clone::clone)
    }
}
