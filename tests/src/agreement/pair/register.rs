//! Who there is.

use super::super::choices::Choices;
use super::later;
use pol::hir::{Field, Policy, Type};
use pol_calendar::Duration;
use pol_model::{
    Dated, EnumIx, KindIx, LadderIx, Member, MemberIx, Membership, Number, PhaseIx, Register,
    Standing, Value,
};
use std::sync::Arc;

/// Two to six members, and the dates of phases that a policy takes from its register.
pub(super) fn register(policy: &Policy, choices: &mut Choices) -> Register {
    let mut register = Register::default();
    for (at, kind) in policy.kinds.iter().enumerate() {
        if kind.opened.is_some() {
            continue;
        }
        let count = if policy.kinds.len() == 1 {
            choices.between(1, 3)
        } else {
            choices.between(1, 2)
        };
        let kind = KindIx(u16::try_from(at).unwrap_or(0));
        for _ in 0..count {
            let member = member(policy, kind, &register, choices);
            register.members.push(member);
        }
    }
    for (at, phase) in policy.phases.iter().enumerate() {
        if phase.from_register {
            let first = later(policy.effective, choices.between(-10, 40));
            let last = choices
                .chance(80)
                .then(|| later(first, choices.between(0, 40)));
            let phase = PhaseIx(u16::try_from(at).unwrap_or(0));
            register.phases.insert(phase, vec![(first, last)]);
        }
    }
    register
}

fn member(policy: &Policy, kind: KindIx, register: &Register, choices: &mut Choices) -> Member {
    let declared = &policy.kinds[kind.at()];
    let outers: Vec<MemberIx> = register
        .indices()
        .filter(|outer| Some(register.member(*outer).kind) == declared.within)
        .collect();
    let within = (!outers.is_empty()).then(|| *choices.pick(&outers));
    // Ids are compared by code point, and stand in another order than the register.
    let letter = *choices.pick(&['a', 'Z', '乡', 'm']);
    let memberships = if choices.chance(12) {
        let from = later(policy.effective, choices.between(-20, 30));
        let until = choices
            .chance(60)
            .then(|| later(from, choices.between(5, 70)));
        vec![Membership {
            from: Some(from),
            until,
        }]
    } else {
        Vec::new()
    };
    let attributes = declared
        .attributes
        .iter()
        .map(|attribute| dated(policy, attribute, choices))
        .collect();
    Member {
        id: Arc::from(format!("{letter}{}", register.members.len())),
        kind,
        name: None,
        within,
        memberships,
        attributes,
        standings: standings(policy, kind, choices),
    }
}

fn dated(policy: &Policy, field: &Field, choices: &mut Choices) -> Vec<Dated<Option<Value>>> {
    let first = if field.optional && choices.chance(25) {
        return Vec::new();
    } else {
        value(policy, field, &Register::default(), choices)
    };
    let mut values = vec![Dated {
        from: None,
        value: first,
    }];
    if choices.chance(20) {
        values.push(Dated {
            from: Some(later(policy.effective, choices.between(-5, 60))),
            value: value(policy, field, &Register::default(), choices),
        });
    }
    values
}

fn standings(policy: &Policy, kind: KindIx, choices: &mut Choices) -> Vec<Standing> {
    let mut standings = Vec::new();
    for (at, ladder) in policy.ladders.iter().enumerate() {
        if !ladder.subjects.contains(&kind) || !choices.chance(15) {
            continue;
        }
        let statuses = policy.enums[ladder.statuses.at()].values.len();
        let since = choices
            .chance(70)
            .then(|| later(policy.effective, choices.between(-70, -1)));
        standings.push(Standing {
            ladder: LadderIx(u16::try_from(at).unwrap_or(0)),
            status: u16::try_from(choices.below(statuses)).unwrap_or(0),
            since,
        });
    }
    standings
}

/// A value for a field, or none where it is optional; none, too, where no member is there to be named.
pub(super) fn value(
    policy: &Policy,
    field: &Field,
    register: &Register,
    choices: &mut Choices,
) -> Option<Value> {
    if field.several {
        let count = choices.below(3);
        let single = |choices: &mut Choices| one(policy, field, register, choices);
        let mut values: Vec<Value> = (0..count).filter_map(|_| single(choices)).collect();
        values.sort();
        values.dedup();
        return Some(Value::List(values));
    }
    if field.optional && choices.chance(30) {
        return None;
    }
    if let Some(default) = &field.default
        && choices.chance(60)
    {
        return Some(default.clone());
    }
    one(policy, field, register, choices)
}

fn one(
    policy: &Policy,
    field: &Field,
    register: &Register,
    choices: &mut Choices,
) -> Option<Value> {
    let symbol = |list: EnumIx, choices: &mut Choices| {
        let at = choices.below(policy.enums[list.at()].values.len());
        Value::Symbol(list, u16::try_from(at).unwrap_or(0))
    };
    Some(match field.ty {
        Type::Bool => Value::Bool(choices.chance(50)),
        Type::Number(_) | Type::Money | Type::Error => {
            if let Some((least, greatest)) = field.range {
                Value::Number(Number::whole(choices.between(least, greatest).into()))
            } else {
                // So many of something are whole and none is owed.
                let plain = field.ty == Type::Number(None);
                Value::Number(match choices.below(12) {
                    0..=2 if !plain => Number::whole(0),
                    0 => Number::decimal(15, 1)?,
                    1 => Number::whole(0),
                    2 => Number::whole(-1),
                    _ => Number::whole(choices.between(1, 4).into()),
                })
            }
        }
        Type::Share => {
            let share = *choices.pick(&[5, 250, 500, 501, 1000]);
            Value::Number(Number::decimal(share, 3)?)
        }
        Type::Date => Value::Date(later(policy.effective, choices.between(-30, 90))),
        Type::Duration => Value::Duration(*choices.pick(&[
            Duration::Days(3),
            Duration::Days(10),
            Duration::Weeks(1),
            Duration::Months(1),
        ])),
        Type::Enum(list) => symbol(list, choices),
        Type::Text => Value::Text(Arc::from(*choices.pick(&["a", "b", "甲"]))),
        Type::Member(kind) => {
            let of_kind: Vec<MemberIx> = register
                .indices()
                .filter(|member| register.member(*member).kind == kind)
                .collect();
            if of_kind.is_empty() {
                return None;
            }
            Value::Member(*choices.pick(&of_kind))
        }
    })
}
