//! Which constructs of the language a typed policy makes use of.

use pol::hir::{Action, Policy};

/// Constructs by what they are called, and how their typed form begins when it is written out.
const WRITTEN: &[(&str, &str)] = &[
    ("trigger on events", "trigger: On("),
    ("trigger at points", "trigger: At("),
    ("trigger when", "trigger: When("),
    ("trigger while", "trigger: While("),
    ("trigger after", "trigger: After("),
    ("point: a date", "base: Date("),
    ("point: of each year", "base: EachYear("),
    ("point: of each month", "base: EachMonth("),
    ("point: of each week", "base: EachWeek("),
    ("point: end of each period", "base: EndOfEach("),
    ("point: end of a phase", "base: EndOfPhase("),
    ("point: a field of an event", "base: FieldOf("),
    ("point: an attribute", "base: Attribute("),
    ("point with an offset", "offsets: [("),
    ("count", "function: Count"),
    ("distinct", "function: Distinct("),
    ("same", "function: Same("),
    ("sum", "function: Sum("),
    ("max", "function: Max("),
    ("latest", "function: Latest("),
    ("run", "function: Run"),
    ("source: an event", "source: Event("),
    ("source: a catalogue", "source: Catalogue("),
    ("source: a set", "source: Set("),
    ("source: a status", "source: Status("),
    ("source: a ladder", "source: Ladder("),
    ("source: an outcome", "source: Outcome("),
    ("source: a duty owed", "Owed)"),
    ("source: a duty met", "Met)"),
    ("source: a duty missed", "Missed)"),
    ("source: a duty released", "Released)"),
    ("source: a lost act", "source: Lost("),
    ("within it", "within_it: true"),
    ("window: a period", "[In(Calendar("),
    ("window: previous period", "Previous("),
    ("window: any period", "AnyPeriod("),
    ("window: any span", "AnySpan("),
    ("window: rolling", "Last(Expr"),
    ("window: last events", "LastEvents("),
    ("window or condition: during", "During("),
    ("window: since an event", "Since(Pattern"),
    ("window: since last time", "SinceLastTime"),
    ("cycle from a date", "Cycle {"),
    ("cycle from an attribute", "Cycle(Expr"),
    ("field of the event", "kind: Field("),
    ("attribute by a field", "FieldAttr("),
    ("attribute", "kind: Attr("),
    ("standing", "Standing("),
    ("reading", "Reading("),
    ("parameter", "Param("),
    ("definition", "kind: Define("),
    ("not", "kind: Not("),
    ("negative", "Negate("),
    ("in a list", "kind: In("),
    ("higher of", "Higher("),
    ("lower of", "Lower("),
    ("held", "Held("),
    ("in force", "InForce("),
    ("share of members", "kind: Share("),
    ("count of members", "Members("),
    ("rank", "from_last: false"),
    ("rank from last", "from_last: true"),
    ("plus", "Binary(Add"),
    ("minus", "Binary(Sub"),
    ("times", "Binary(Mul"),
    ("divided by", "Binary(Div"),
    ("is", "Binary(Is,"),
    ("is not", "Binary(IsNot"),
    ("less", "Binary(Lt"),
    ("at most", "Binary(Le"),
    ("more", "Binary(Gt"),
    ("at least", "Binary(Ge"),
    ("and", "Binary(And"),
    ("or", "Binary(Or"),
    ("field date", "Field(Date"),
    ("field recorded", "Recorded"),
    ("field was", "Was"),
    ("field now", "Now"),
    ("field last day", "LastDay"),
    ("field of a set", "Named(\""),
    ("action: a status", "Status(LadderIx"),
    ("action: set", "Set(LadderIx"),
    ("action: an outcome", "Impose("),
    ("action: end", "End(OutcomeIx"),
    ("extent: for", "Some(For("),
    ("extent: for events", "ForEvents("),
    ("extent: until end of period", "UntilEndOf("),
    ("extent: until end of phase", "UntilEndOfPhase("),
    ("extent: until an event", "Until(Pattern"),
    ("duty each period", "time: Each("),
    ("duty by a point", "time: By("),
    ("duty on a point", "time: On("),
    ("duty within", "time: Within("),
    ("duty extended to a day", "limit: To("),
    ("duty extended for so long", "limit: For("),
    ("duty during a phase", "phases: [PhaseIx"),
    ("duty of a body", "of: [Body("),
    ("duty about a kind", "about: [KindIx"),
    ("in principle", "in_principle: true"),
    ("counting again", "counting_again: true"),
    ("decided by", "decided_by: Some"),
    ("of every", "every: true"),
    ("of one and every", "and_every: Some"),
    ("optional field", "optional: true"),
    ("field of several", "several: true"),
    ("field with a default", "default: Some"),
    ("field that names members", "ty: Member("),
    ("whole numbers in a range", "range: Some"),
    ("table by a value", "keys: [Is("),
    ("table by bands", "keys: [Band("),
    ("table by dates", "Dates("),
    ("table by yes and no", "Is(Expr { kind: Const(Bool("),
    ("branches of a catalogue", "branch: Some(FieldIx"),
    ("phase from the register", "from_register: true"),
    ("kind within another", "within: Some(KindIx"),
    ("kind opened by an event", "opened: Some("),
    ("working days", "WorkingDays {"),
];

/// The constructs that a policy makes use of.
pub fn met(policy: &Policy) -> Vec<&'static str> {
    let rules = &policy.rules;
    let written = format!(
        "{:?} {rules:?} {:?} {:?} {:?} {:?} {:?} {:?} {:?}",
        policy.kinds,
        policy.duties,
        policy.nevers,
        policy.params,
        policy.defines,
        policy.catalogues,
        policy.events,
        policy.phases,
    );
    let mut met: Vec<&'static str> = WRITTEN
        .iter()
        .filter(|(_, beginning)| written.contains(beginning))
        .map(|(name, _)| *name)
        .collect();
    let issues = |action: &Action| matches!(action, Action::Event(..));
    let others = [
        (
            "action: an event",
            rules.iter().any(|rule| rule.then.iter().any(issues)),
        ),
        (
            "otherwise",
            rules.iter().any(|rule| !rule.otherwise.is_empty()),
        ),
        (
            "several kinds",
            rules.iter().any(|rule| rule.subjects.len() > 1),
        ),
        (
            "duty while",
            policy.duties.iter().any(|duty| duty.condition.is_some()),
        ),
        ("never", !policy.nevers.is_empty()),
    ];
    met.extend(
        others
            .iter()
            .filter(|(_, is_met)| *is_met)
            .map(|(name, _)| *name),
    );
    met
}

/// All constructs that are looked for.
pub fn all() -> Vec<&'static str> {
    let more = [
        "action: an event",
        "otherwise",
        "several kinds",
        "duty while",
        "never",
    ];
    WRITTEN.iter().map(|(name, _)| *name).chain(more).collect()
}
