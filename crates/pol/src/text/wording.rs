//! What became of a thing, in words.

use super::date;
use crate::Lang;
use pol_model::{Setback, State, What};

pub(super) fn nameless(what: What, lang: Lang) -> String {
    let (en, zh) = match what {
        What::SetAside(_) => ("entry", "条目"),
        _ => ("", ""),
    };
    match lang {
        Lang::En => en.to_owned(),
        Lang::Zh => zh.to_owned(),
    }
}

/// A status that was issued: a step, or a re-issue that moves nothing.
pub(super) fn moved(status: &str, was: &str, now: &str, lang: Lang) -> String {
    match lang {
        Lang::En if was == now => format!("{status} issued again (stays {now})"),
        Lang::Zh if was == now => format!("{status}（再次，仍为{now}）"),
        Lang::En => format!("{status} (was {was})"),
        Lang::Zh => format!("{status}（原为{was}）"),
    }
}

pub(super) fn became(name: &str, state: &State, lang: Lang) -> String {
    let zh = lang == Lang::Zh;
    match state {
        State::Issued { .. } => name.to_owned(),
        State::Began { until: Some(until) } => {
            let until = date(*until, lang);
            if zh {
                format!("{name}，至{until}")
            } else {
                format!("{name}, until {until}")
            }
        }
        State::Began { until: None } => {
            if zh {
                format!("{name}，开始")
            } else {
                format!("{name}, from here on")
            }
        }
        State::Ended { until } => {
            let until = date(*until, lang);
            if zh {
                format!("{name}，结束（最后一日{until}）")
            } else {
                format!("{name} ended (last day {until})")
            }
        }
        State::Over { until } => {
            let until = date(*until, lang);
            if zh {
                format!("{name}，得知时已过期（至{until}）")
            } else {
                format!("{name}, over before it was known (until {until})")
            }
        }
        State::Owed { last_day } => {
            let last_day = date(*last_day, lang);
            if zh {
                format!("{name}：应履行，截止{last_day}")
            } else {
                format!("{name}: owed, last day {last_day}")
            }
        }
        State::Missed { in_principle: true } => {
            if zh {
                format!("{name}：逾期（原则上，仅记录）")
            } else {
                format!("{name}: overdue (in principle: noted only)")
            }
        }
        State::WithoutBasis(why) => {
            let why = setback(*why, lang);
            if zh {
                format!("{name}：决定无依据（{why}）")
            } else {
                format!("{name}: decision without basis ({why})")
            }
        }
        State::Aside(why) => {
            let why = setback(*why, lang);
            if zh {
                format!("{name}：搁置（{why}）")
            } else {
                format!("{name}: set aside ({why})")
            }
        }
        State::Met
        | State::Missed { .. }
        | State::Released
        | State::Proposed
        | State::Renewed
        | State::Approved
        | State::Refused
        | State::Lost
        | State::TakenBack
        | State::Unknown(_)
        | State::Broken => {
            let word = word(state, lang);
            if zh {
                format!("{name}：{word}")
            } else {
                format!("{name}: {word}")
            }
        }
    }
}

/// What became of it, where one word says it.
fn word(state: &State, lang: Lang) -> &'static str {
    let (en, zh) = match state {
        State::Met => ("met", "已履行"),
        State::Missed { .. } => ("missed", "逾期"),
        State::Released => ("released", "免除"),
        State::Proposed => ("proposed", "提请"),
        State::Renewed => ("proposed again", "再次提请"),
        State::Approved => ("approved", "批准"),
        State::Refused => ("refused", "否决"),
        State::Lost => ("basis lost", "依据丧失"),
        State::TakenBack => ("taken back with the decision", "随决定撤销"),
        State::Unknown(_) => ("undetermined", "无法判定"),
        State::Broken => ("broken", "被违反"),
        State::Issued { .. }
        | State::Began { .. }
        | State::Ended { .. }
        | State::Over { .. }
        | State::Owed { .. }
        | State::WithoutBasis(_)
        | State::Aside(_) => ("", ""),
    };
    match lang {
        Lang::En => en,
        Lang::Zh => zh,
    }
}

fn setback(setback: Setback, lang: Lang) -> &'static str {
    let (en, zh) = match setback {
        Setback::BeforeStart => ("it happened before the record begins", "发生在起算日之前"),
        Setback::NotMember => ("the subject was no member that day", "当日不在名册内"),
        Setback::NoProposal => ("no proposal was open", "没有待决的提请"),
        Setback::BasisLost => ("the proposal had lost its basis", "提请的依据已丧失"),
        Setback::Withdrawn => ("it had been withdrawn", "已被撤回"),
        Setback::Assumed => ("this run assumes the decisions", "本次运行以假定代替决定"),
    };
    match lang {
        Lang::En => en,
        Lang::Zh => zh,
    }
}
