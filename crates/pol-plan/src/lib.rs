//! The plan: a typed policy made ready for evaluators that are fast.
//!
//! What the policy says in several places stands here once: equal patterns, aggregates and
//! conditions share one place, definitions are put in where they are used, and for each rule, duty
//! and property it is known what can change its answer. Promises: [`Plan::of`] never fails on a
//! policy that checks, and [`Plan::broken`] finds nothing in what it makes. Refuses: to evaluate.
//!
//! Without the feature `compile` there is the plan as data, which is all that an evaluator needs.

#[cfg(feature = "compile")]
mod bounds;
#[cfg(feature = "compile")]
mod causes;
mod data;
mod invariants;
mod json;
#[cfg(feature = "compile")]
mod lower;
mod mention;
mod node;
mod reads;
#[cfg(feature = "compile")]
mod text;

#[cfg(feature = "compile")]
pub use bounds::{Bounds, DayBound, EntryBound, Held, Steps, SubjectBound, Timer};
#[cfg(feature = "compile")]
pub use causes::Cause;
pub use data::{
    ActState, Action, Branch, Catalogue, DateRow, Duty, DutyTime, Enumeration, EventKind, EventOf,
    Extent, FieldType, Imposition, Item, Kind, Ladder, Limit, Never, Outcome, Param, Phase, Plan,
    Point, PointBase, Rule, Sign, Table, TableKey, TableRow, Trigger,
};
pub use json::{Digest, PlanError, VERSION};
#[cfg(feature = "compile")]
pub use json::{bounds_schema, schema};
pub use node::{
    Accumulator, AccumulatorIx, Clock, ClockIx, FieldKey, Function, Node, NodeIx, Pattern,
    PatternIx, Period, Rank, Source, Window,
};
pub use reads::{Reach, Reads};
