//! From indices to names: what turns a run's records into [`Outcome`]s.

use crate::outcome::{Cite, Kind, Missing, Outcome, Reason, State};
use pol_calendar::Duration;
use pol_model::{
    BodyIx, Cause, Entry, EntryBody, EntryIx, EnumIx, FieldIx, LadderIx, MemberIx, Record,
    Register, RuleIx, Setback, State as RecordState, Value, What,
};
use pol_semantics::hir::{self, Named};
use serde_json::{Map, Value as Json};

/// Where the indices of a run lead.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Names<'a> {
    pub policy: &'a hir::Policy,
    pub register: &'a Register,
    pub entries: &'a [Entry],
}

impl<'a> Names<'a> {
    /// A record with every name written out.
    pub fn outcome(self, record: &Record) -> Outcome {
        let (what, name) = self.what(record.what);
        let mut evidence: Vec<String> = record
            .evidence
            .iter()
            .map(|entry| self.entry(*entry))
            .collect();
        if let Some(entry) = spoken_of(record.what).map(|entry| self.entry(entry))
            && !evidence.contains(&entry)
        {
            evidence.insert(0, entry);
        }
        Outcome {
            date: record.date,
            known: record.known,
            due: overdue(record),
            subject: record.subject.map(|member| self.subject(member).to_owned()),
            what,
            name: name.to_owned(),
            state: self.state(record),
            fields: self.fields(record),
            rule: rule_of(record).map(|rule| self.rule(rule).name.clone()),
            cites: self.cites(record),
            evidence,
            assumed: record.assumed,
        }
    }

    pub fn subject(self, member: MemberIx) -> &'a str {
        self.register
            .members
            .get(member.at())
            .map_or("?", |member| &member.id)
    }

    /// An entry's id, or its line; of an entry of a test, which has neither, a dot.
    pub fn entry(self, entry: EntryIx) -> String {
        let Some(entry) = self.entries.get(entry.at()) else {
            return "?".to_owned();
        };
        match &entry.id {
            Some(id) => id.to_string(),
            None if entry.origin.line == 0 => "·".to_owned(),
            None => format!("line {}", entry.origin.line),
        }
    }

    pub fn rule(self, rule: RuleIx) -> &'a Named {
        &self.policy.rules[rule.at()].named
    }

    pub fn body(self, body: BodyIx) -> &'a Named {
        &self.policy.bodies[body.at()]
    }

    pub fn status(self, ladder: LadderIx, status: u16) -> &'a Named {
        self.symbol(self.policy.ladders[ladder.at()].statuses, status)
    }

    pub fn symbol(self, set: EnumIx, value: u16) -> &'a Named {
        &self.policy.enums[set.at()].values[usize::from(value)]
    }

    /// The declared thing that a record speaks of; an entry's is its kind. None for a decision or a
    /// withdrawal that is set aside.
    pub fn declared(self, what: What) -> Option<&'a Named> {
        let policy = self.policy;
        Some(match what {
            What::Status(ladder, status) => self.status(ladder, status),
            What::Outcome(outcome) => &policy.outcomes[outcome.at()].named,
            What::Event(event) => &policy.events[event.at()].named,
            What::Duty(duty) | What::UndeterminedDuty(duty) => &policy.duties[duty.at()].named,
            What::Proposal(rule) | What::Undetermined(rule) | What::Decision(_, Some(rule)) => {
                self.rule(rule)
            }
            What::Decision(body, None) => self.body(body),
            What::Never(never) => &policy.nevers[never.at()].named,
            What::SetAside(entry) => match &self.entries.get(entry.at())?.body {
                EntryBody::Event { event, .. } => &policy.events[event.at()].named,
                EntryBody::Decision {
                    rule: Some(rule), ..
                } => self.rule(*rule),
                EntryBody::Decision { .. } | EntryBody::Withdrawal { .. } => return None,
            },
        })
    }

    fn what(self, what: What) -> (Kind, &'a str) {
        let kind = match what {
            What::Status(..) => Kind::Status,
            What::Outcome(_) => Kind::Outcome,
            What::Event(_) => Kind::Event,
            What::Duty(_) => Kind::Duty,
            What::Proposal(_) | What::Decision(_, Some(_)) => Kind::Proposal,
            What::Decision(_, None) => Kind::Decision,
            What::Undetermined(_) | What::UndeterminedDuty(_) => Kind::Undetermined,
            What::SetAside(_) => Kind::SetAside,
            What::Never(_) => Kind::Never,
        };
        let name = self.declared(what).map_or_else(
            || self.nameless(what),
            |named| match what {
                What::Never(_) => named.display(),
                _ => &named.name,
            },
        );
        (kind, name)
    }

    fn nameless(self, what: What) -> &'static str {
        let entry = spoken_of(what).and_then(|entry| self.entries.get(entry.at()));
        match entry.map(|entry| &entry.body) {
            Some(EntryBody::Withdrawal { .. }) => "withdrawal",
            Some(EntryBody::Decision { .. }) => "decision",
            Some(EntryBody::Event { .. }) | None => "",
        }
    }

    fn state(self, record: &Record) -> State {
        let ladder = match record.what {
            What::Status(ladder, _) => Some(ladder),
            _ => None,
        };
        let status = |place: Option<u16>| {
            ladder
                .zip(place)
                .map(|(ladder, place)| self.status(ladder, place).name.clone())
        };
        match &record.state {
            RecordState::Issued { was, now } => State::Issued {
                was: status(*was),
                now: status(*now),
            },
            RecordState::Began { until } => State::Began { until: *until },
            RecordState::Ended { until } => State::Ended { until: *until },
            RecordState::Over { until } => State::Over { until: *until },
            RecordState::Owed { last_day } => State::Owed {
                last_day: *last_day,
            },
            RecordState::Met => State::Met,
            RecordState::Missed { in_principle } => State::Missed {
                in_principle: *in_principle,
            },
            RecordState::Released => State::Released,
            RecordState::Proposed => State::Proposed,
            RecordState::Renewed => State::Renewed,
            RecordState::Approved => State::Approved,
            RecordState::Refused => State::Refused,
            RecordState::WithoutBasis(why) => State::WithoutBasis {
                reason: reason(*why),
            },
            RecordState::Lost => State::Lost,
            RecordState::TakenBack => State::TakenBack,
            RecordState::Unknown(causes) => State::Unknown {
                missing: causes.iter().map(|cause| self.missing(cause)).collect(),
            },
            RecordState::Aside(why) => State::SetAside {
                reason: reason(*why),
            },
            RecordState::Broken => State::Broken,
        }
    }

    pub fn missing(self, cause: &Cause) -> Missing {
        let entry = |entry: &Option<EntryIx>| entry.map(|entry| self.entry(entry));
        match cause {
            Cause::Absent { field, entry: of } => Missing::Field {
                field: field.clone(),
                entry: entry(of),
            },
            Cause::NoAttribute { attribute, day } => Missing::Attribute {
                attribute: attribute.clone(),
                day: *day,
            },
            Cause::DivisionByZero { entry: of } => Missing::Quotient { entry: entry(of) },
            Cause::Overflow => Missing::Number,
            Cause::MissingYear { calendar, year } => Missing::CalendarYear {
                calendar: calendar.clone(),
                year: *year,
            },
            Cause::NoRow { param } => Missing::TableRow {
                param: param.clone(),
            },
            Cause::OfNothing { event } => Missing::Event {
                event: event.clone(),
            },
            Cause::BeforeRecord { event, from } => Missing::Record {
                event: event.clone(),
                from: *from,
            },
            Cause::MayQualify { catalogue, entry } => Missing::Qualification {
                catalogue: catalogue.clone(),
                entry: self.entry(*entry),
            },
            Cause::DateRange => Missing::Date,
            Cause::NoRank => Missing::Rank,
        }
    }

    /// The declared fields that a record's values belong to.
    pub fn field_list(self, what: What) -> &'a [hir::Field] {
        match what {
            What::Outcome(outcome) => &self.policy.outcomes[outcome.at()].fields,
            What::Event(event) => &self.policy.events[event.at()].fields,
            _ => &[],
        }
    }

    pub fn field(self, what: What, field: FieldIx) -> Option<&'a hir::Field> {
        self.field_list(what).get(field.at())
    }

    fn fields(self, record: &Record) -> Map<String, Json> {
        let named = record.fields.iter().filter_map(|(field, value)| {
            let field = self.field(record.what, *field)?;
            Some((field.named.name.clone(), self.json(value)))
        });
        named.collect()
    }

    fn json(self, value: &Value) -> Json {
        match value {
            Value::Bool(yes) => Json::Bool(*yes),
            Value::Number(number) => match number.to_whole().map(i64::try_from) {
                Some(Ok(whole)) => Json::from(whole),
                _ => Json::from(number.to_string()),
            },
            Value::Date(date) => Json::from(date.to_string()),
            Value::Duration(duration) => Json::from(self.duration(*duration)),
            Value::Symbol(set, place) => Json::from(self.symbol(*set, *place).name.clone()),
            Value::Text(text) => Json::from(&**text),
            Value::Member(member) => Json::from(self.subject(*member)),
            Value::List(values) => values.iter().map(|value| self.json(value)).collect(),
        }
    }

    fn duration(self, duration: Duration) -> String {
        crate::text::duration(duration, &self.policy.calendars, pol_syntax::Lang::En)
    }

    fn cites(self, record: &Record) -> Vec<Cite> {
        let mut cites: Vec<&hir::Cite> = Vec::new();
        let rule = rule_of(record).map(|rule| self.rule(rule));
        for named in rule.into_iter().chain(self.declared(record.what)) {
            for cite in &named.cites {
                let known = |other: &&hir::Cite| {
                    (other.source, &other.clause) == (cite.source, &cite.clause)
                };
                if !cites.iter().any(known) {
                    cites.push(cite);
                }
            }
        }
        cites.into_iter().map(|cite| self.cite(cite)).collect()
    }

    pub fn cite(self, cite: &hir::Cite) -> Cite {
        Cite {
            source: self
                .policy
                .sources
                .get(cite.source)
                .map_or_else(String::new, |source| source.named.name.clone()),
            clause: cite.clause.clone(),
        }
    }
}

/// The entry that a record is about, where it is about one.
fn spoken_of(what: What) -> Option<EntryIx> {
    match what {
        What::SetAside(entry) => Some(entry),
        _ => None,
    }
}

const fn reason(setback: Setback) -> Reason {
    match setback {
        Setback::BeforeStart => Reason::BeforeStart,
        Setback::NotMember => Reason::NotMember,
        Setback::NoProposal => Reason::NoProposal,
        Setback::BasisLost => Reason::BasisLost,
        Setback::Withdrawn => Reason::Withdrawn,
        Setback::Assumed => Reason::Assumed,
    }
}

/// The day on which a rule's limit was over, where that became known only later; a duty's last day is
/// told with the duty.
pub(crate) fn overdue(record: &Record) -> Option<crate::Date> {
    match record.what {
        What::Duty(_) => None,
        _ => record.due,
    }
}

/// The rule behind a record; a proposal's is the one that proposes.
pub(crate) fn rule_of(record: &Record) -> Option<RuleIx> {
    match record.what {
        What::Proposal(rule) | What::Undetermined(rule) | What::Decision(_, Some(rule)) => {
            Some(rule)
        }
        _ => record.rule,
    }
}
