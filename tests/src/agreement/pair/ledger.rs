//! What happened: around ends of periods and around the policy's own limits, some of it late, on one
//! day, withdrawn, corrected, decided, before the start, or about those who are no members.

use super::super::choices::Choices;
use super::register::value;
use super::{Ground, Pair, later};
use chrono::NaiveTime;
use pol::hir::{EventOf, Policy};
use pol_model::{
    BodyIx, Date, Entry, EntryBody, EventIx, KindIx, Member, MemberIx, Membership, Origin, RuleIx,
    Value, Verdict,
};
use std::sync::Arc;

/// Fills in the entries, and the members that come with them.
pub(super) fn fill(ground: &Ground, policy: &Policy, pair: &mut Pair, choices: &mut Choices) {
    let count = match choices.below(100) {
        0..=2 => 0,
        3..=44 => choices.between(1, 5),
        45..=84 => choices.between(4, 12),
        _ => choices.between(16, 40),
    };
    let events = entered(policy);
    let deciding: Vec<(RuleIx, BodyIx)> = (0..)
        .map(RuleIx)
        .zip(&policy.rules)
        .filter_map(|(ix, rule)| Some((ix, rule.decided_by?)))
        .collect();
    if events.is_empty() {
        return;
    }
    // Most of a ledger is about the few things of which the policy speaks most, or nothing would ever
    // come together.
    let mut favoured = events.clone();
    choices.shuffle(&mut favoured);
    let spoken_of = |event: &EventIx| {
        let name = &policy.events[event.at()].named.name;
        ground.words.iter().filter(|word| *word == name).count()
    };
    favoured.sort_by_key(|event| std::cmp::Reverse(spoken_of(event)));
    favoured.truncate(2);
    for at in 0..count {
        let date = day(ground, pair, choices);
        let mut entry = Entry {
            id: (!choices.chance(12)).then(|| Arc::from(format!("e{at}"))),
            date,
            time: None,
            recorded: date,
            body: EntryBody::Withdrawal {
                entry: Arc::from(""),
            },
            instead_of: None,
            origin: Origin::default(),
        };
        if choices.chance(18) {
            let by = *choices.pick(&[1, 3, 10, 31]);
            entry.recorded = later(date, choices.between(1, by));
        }
        let clash = pair.entries.iter().any(|other| other.date == date);
        if choices.chance(if clash { 35 } else { 6 }) {
            let hour = u32::try_from(choices.between(8, 10)).unwrap_or(8);
            entry.time = NaiveTime::from_hms_opt(hour, 0, 0);
        }
        let body = match choices.below(100) {
            0..=5 => withdrawal(pair, &mut entry, choices),
            6..=9 => correction(policy, pair, &mut entry, choices),
            10..=24 if !deciding.is_empty() => decision(policy, pair, &deciding, choices),
            _ => None,
        };
        let body = body.or_else(|| {
            let among = if choices.chance(70) {
                &favoured
            } else {
                &events
            };
            let event = *choices.pick(among);
            happened(policy, pair, event, choices)
        });
        let Some(body) = body else { continue };
        entry.body = body;
        bring(policy, pair, &mut entry, at);
        pair.entries.push(entry);
    }
    if choices.chance(2) {
        spoil(pair, choices);
    }
}

/// Makes a ledger that cannot be run: what is wrong must be told alike, too.
fn spoil(pair: &mut Pair, choices: &mut Choices) {
    if pair.entries.is_empty() {
        return;
    }
    let mut entry = choices.pick(&pair.entries).clone();
    entry.instead_of = None;
    match choices.below(4) {
        0 => entry.date = later(entry.date, 1),
        1 => {
            entry.id = None;
            entry.date = later(entry.recorded, 1);
        }
        2 => entry.instead_of = Some(Arc::from("nothing")),
        _ => {
            for (own, withdrawn) in [("w", "e0"), ("v", "w")] {
                let mut withdrawal = entry.clone();
                withdrawal.id = Some(Arc::from(own));
                withdrawal.recorded = withdrawal.recorded.max(withdrawal.date);
                withdrawal.body = EntryBody::Withdrawal {
                    entry: Arc::from(withdrawn),
                };
                pair.entries.push(withdrawal);
            }
            return;
        }
    }
    pair.entries.push(entry);
}

/// The kinds of entry that no rule issues.
fn entered(policy: &Policy) -> Vec<EventIx> {
    (0..)
        .map(EventIx)
        .take(policy.events.len())
        .filter(|event| policy.events[event.at()].named.name != "signal")
        .collect()
}

fn day(ground: &Ground, pair: &Pair, choices: &mut Choices) -> Date {
    let as_of = pair.options.as_of;
    let whole = (as_of - ground.first).num_days();
    let any = later(ground.first, choices.between(-3, whole));
    let before = (!pair.entries.is_empty()).then(|| choices.pick(&pair.entries).date);
    let day = match choices.below(100) {
        0..=14 => before.unwrap_or(any),
        15..=44 => before.map_or(any, |before| {
            let span = *choices.pick(&ground.spans);
            later(before, span + choices.between(-1, 1))
        }),
        45..=64 => later(
            *choices.pick(&ground.days),
            *choices.pick(&[0, 0, 0, -1, 1]),
        ),
        65..=79 => before.map_or(any, |before| later(before, choices.between(1, 6))),
        _ => any,
    };
    day.min(later(as_of, 2)).max(later(ground.first, -4))
}

/// Something that happened to somebody; none where there is nobody whom it could concern.
fn happened(
    policy: &Policy,
    pair: &Pair,
    event: EventIx,
    choices: &mut Choices,
) -> Option<EntryBody> {
    let declared = &policy.events[event.at()];
    let named: Vec<&EventOf> = declared.of.iter().filter(|of| !of.every).collect();
    let mut about = Vec::new();
    if !named.is_empty() {
        let fitting: Vec<MemberIx> = pair
            .register
            .indices()
            .filter(|member| {
                let kind = pair.register.member(*member).kind;
                named.iter().any(|of| of.kind == kind)
            })
            .collect();
        if fitting.is_empty() {
            return None;
        }
        // The first is met most often.
        let member = if choices.chance(50) {
            fitting[0]
        } else {
            *choices.pick(&fitting)
        };
        about.push(member);
        if fitting.len() > 1 && choices.chance(6) {
            about = vec![fitting[0], fitting[1]];
        }
    }
    let mut fields = Vec::new();
    for field in &declared.fields {
        let value = value(policy, field, &pair.register, choices);
        if value.is_none() && !field.optional {
            return None;
        }
        fields.push(value);
    }
    Some(EntryBody::Event {
        event,
        of: about,
        fields,
    })
}

fn withdrawal(pair: &Pair, entry: &mut Entry, choices: &mut Choices) -> Option<EntryBody> {
    let old = earlier(pair, choices, |_| true)?;
    let day = later(old.recorded, choices.between(0, 40));
    entry.date = day;
    entry.recorded = day;
    Some(EntryBody::Withdrawal {
        entry: old.id.clone()?,
    })
}

fn correction(
    policy: &Policy,
    pair: &Pair,
    entry: &mut Entry,
    choices: &mut Choices,
) -> Option<EntryBody> {
    let old = earlier(
        pair,
        choices,
        |old| matches!(old.body, EntryBody::Event { event, .. } if opens(policy, event).is_none()),
    )?;
    let EntryBody::Event { event, of, .. } = &old.body else {
        return None;
    };
    entry.instead_of.clone_from(&old.id);
    entry.date = later(old.date, choices.between(-2, 2));
    entry.recorded = later(old.recorded.max(entry.date), choices.between(0, 30));
    let mut body = happened(policy, pair, *event, choices)?;
    if let EntryBody::Event { of: about, .. } = &mut body
        && choices.chance(75)
    {
        about.clone_from(of);
    }
    Some(body)
}

/// An entry that bears an id and is no withdrawal.
fn earlier<'a>(
    pair: &'a Pair,
    choices: &mut Choices,
    fits: impl Fn(&Entry) -> bool,
) -> Option<&'a Entry> {
    let fitting: Vec<&Entry> = pair
        .entries
        .iter()
        .filter(|entry| {
            entry.id.is_some() && !matches!(entry.body, EntryBody::Withdrawal { .. }) && fits(entry)
        })
        .collect();
    (!fitting.is_empty()).then(|| *choices.pick(&fitting))
}

fn decision(
    policy: &Policy,
    pair: &Pair,
    deciding: &[(RuleIx, BodyIx)],
    choices: &mut Choices,
) -> Option<EntryBody> {
    let (rule, body) = *choices.pick(deciding);
    let kinds = &policy.rules[rule.at()].subjects;
    let fitting: Vec<MemberIx> = pair
        .register
        .indices()
        .filter(|member| kinds.contains(&pair.register.member(*member).kind))
        .collect();
    if fitting.is_empty() {
        return None;
    }
    let of = *choices.pick(&fitting);
    Some(EntryBody::Decision {
        body,
        rule: choices.chance(85).then_some(rule),
        of,
        verdict: if choices.chance(70) {
            Verdict::Approve
        } else {
            Verdict::Decline
        },
    })
}

/// The kind whose members come with an event.
fn opens(policy: &Policy, event: EventIx) -> Option<KindIx> {
    let at = policy
        .kinds
        .iter()
        .position(|kind| kind.opened.is_some_and(|(opens, _)| opens == event))?;
    u16::try_from(at).ok().map(KindIx)
}

/// Enters the member that comes with an entry.
fn bring(policy: &Policy, pair: &mut Pair, entry: &mut Entry, at: i64) {
    let EntryBody::Event { event, of, .. } = &entry.body else {
        return;
    };
    let Some(kind) = opens(policy, *event) else {
        return;
    };
    let declared = &policy.kinds[kind.at()];
    let id: Arc<str> = Arc::from(format!("n{at}"));
    entry.id = Some(id.clone());
    let defaults = declared.attributes.iter().map(|attribute| {
        let default = attribute.default.clone();
        default.map_or_else(Vec::new, |value: Value| {
            vec![pol_model::Dated {
                from: None,
                value: Some(value),
            }]
        })
    });
    let member = Member {
        id,
        kind,
        name: None,
        within: of.first().copied().filter(|_| declared.within.is_some()),
        memberships: vec![Membership {
            from: Some(entry.date),
            until: None,
        }],
        attributes: defaults.collect(),
        standings: Vec::new(),
    };
    pair.register.members.push(member);
}
