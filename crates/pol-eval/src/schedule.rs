//! Scheduled rules: points in time, and limits after events.

use crate::agenda::Due;
use crate::dispatch::Asker;
use crate::fire::{Answer, Candidate, Move, Round};
use crate::record::{HappeningIx, Tick};
use crate::run::Run;
use crate::scope::{Looking, Scope};
use pol_calendar::Date;
use pol_model::{MemberIx, RuleIx, Tri};
use pol_plan::{PatternIx, Trigger};
use std::collections::BTreeSet;

/// What looks at a close, in the order of the rules.
enum Looks {
    /// A rule, at all its subjects.
    Together(RuleIx),
    /// A rule, at these subjects.
    Alone(Round),
}

impl Run<'_> {
    /// Asks the scheduled rules whose moment has come.
    pub(crate) fn look_scheduled(&mut self, due: &BTreeSet<Due>) {
        let found = self.world.record.now();
        let mut together: BTreeSet<RuleIx> = BTreeSet::new();
        let mut alone: BTreeSet<(RuleIx, MemberIx)> = BTreeSet::new();
        for one in due {
            match one {
                Due::Together(rule) => {
                    together.insert(*rule);
                }
                Due::Alone(rule, member) => {
                    alone.insert((*rule, *member));
                }
                _ => {}
            }
        }
        let mut looks: Vec<Looks> = Vec::new();
        for rule in self.rules() {
            if together.contains(&rule) && self.look_together(rule) {
                looks.push(Looks::Together(rule));
            }
            let members = alone.range((rule, MemberIx(0))..=(rule, MemberIx(u32::MAX)));
            let mut members: Vec<MemberIx> = members.map(|(_, member)| *member).collect();
            self.world.register.in_turn(&mut members);
            let mut rounds = Vec::new();
            for member in members {
                self.look_alone(rule, member, &mut rounds);
            }
            looks.extend(rounds.into_iter().map(Looks::Alone));
        }
        let mut moves: Vec<Move> = Vec::new();
        for (at, look) in looks.iter().enumerate() {
            let later = &looks[at + 1..];
            let asked: Vec<(Candidate, Answer)> = match look {
                Looks::Alone(round) => round
                    .iter()
                    .map(|candidate| (*candidate, self.answer_to(candidate, found)))
                    .collect(),
                Looks::Together(rule) => self.ask_together(*rule, found, &moves),
            };
            for (candidate, answer) in asked {
                if let Some(basis) = answer.basis {
                    self.fire(&candidate, basis, &mut moves);
                }
                self.move_behind(&candidate, later, &mut moves);
                self.drain();
            }
        }
        let now = self.world.record.now();
        for look in looks {
            match look {
                Looks::Together(rule) => {
                    self.looks.entry(rule).or_default().push((self.today, now));
                }
                Looks::Alone(round) => {
                    let untriggered = round.iter().filter(|one| one.trigger.is_none());
                    let looked = untriggered.map(|one| ((one.rule, one.subject), now));
                    self.looked.extend(looked);
                }
            }
        }
    }

    /// Asks a rule about all its subjects whose answer may have changed, and about those whose ladder
    /// waits for it to be moved. Those for whom something is left to be done, in the order of their ids.
    fn ask_together(
        &mut self,
        rule: RuleIx,
        found: Tick,
        moves: &[Move],
    ) -> Vec<(Candidate, Answer)> {
        let declared = self.rule(rule);
        let mut asked: BTreeSet<MemberIx> = if declared.condition.is_some() {
            self.agenda.awake(rule, self.today)
        } else {
            self.world.part.members().collect()
        };
        let waiting = moves
            .iter()
            .filter(|one| declared.moves.contains(&one.ladder));
        asked.extend(waiting.map(|one| one.subject));
        let mut asked: Vec<MemberIx> = asked.into_iter().collect();
        self.world.register.in_turn(&mut asked);
        let mut answers = Vec::with_capacity(asked.len());
        for subject in asked {
            if !self.world.concerns(&declared.subjects, subject, self.today) {
                continue;
            }
            let looking = Looking::Scheduled(self.looked_at(rule, subject));
            let candidate = Candidate::untriggered(rule, subject, looking);
            let answer = self.answer_to(&candidate, found);
            self.lay_to_rest(&candidate, answer.tri, answer.until);
            answers.push((candidate, answer));
        }
        answers
    }

    /// A scheduled rule whose condition does not hold is not asked again before something changes.
    fn lay_to_rest(&mut self, candidate: &Candidate, tri: Tri, until: Date) {
        match tri {
            Tri::No => self.agenda.sleep(candidate.rule, until, candidate.subject),
            Tri::Yes | Tri::Unknown => {
                let asker = Asker::Rule(candidate.rule);
                self.agenda.ask(asker, Some(candidate.subject));
            }
        }
    }

    /// Moves the ladders that no later look of the day moves for the subject.
    fn move_behind(&mut self, candidate: &Candidate, later: &[Looks], moves: &mut Vec<Move>) {
        let subject = candidate.subject;
        for ladder in &self.rule(candidate.rule).moves {
            let moves_it = |rule: RuleIx| self.rule(rule).moves.contains(ladder);
            let again = later.iter().any(|look| match look {
                Looks::Alone(round) => round
                    .iter()
                    .any(|other| other.subject == subject && moves_it(other.rule)),
                Looks::Together(rule) => {
                    let subjects = &self.rule(*rule).subjects;
                    moves_it(*rule) && self.world.concerns(subjects, subject, self.today)
                }
            });
            if !again {
                self.move_ladder(*ladder, subject, moves);
            }
        }
    }

    /// True if today is one of the days of a rule whose days are the same for all its subjects.
    fn look_together(&mut self, rule: RuleIx) -> bool {
        let declared = self.rule(rule);
        let Trigger::At(points) = &declared.trigger else {
            return false;
        };
        let mut members = self.world.part.members();
        let Some(any) =
            members.find(|member| self.world.concerns(&declared.subjects, *member, self.today))
        else {
            self.come_back(rule);
            return false;
        };
        let scope = self.watching_scope(rule, any);
        let mut is_due = false;
        for point in points {
            match self.world.is_point(point, Some(any), &scope) {
                Ok(lies) => is_due |= lies,
                Err(causes) => self.rule_fault(rule, &causes),
            }
            if is_due {
                break;
            }
        }
        self.come_back(rule);
        is_due
    }

    /// Notes the next day on which a rule looks at all its subjects.
    fn come_back(&mut self, rule: RuleIx) {
        let Trigger::At(points) = &self.rule(rule).trigger else {
            return;
        };
        let scope = Scope::of(None, self.today, self.world.present(self.today));
        if let Some(next) = self.world.next_point(points, None, &scope) {
            self.agenda.note(next, Due::Together(rule));
        }
    }

    /// When a rule last looked at a subject.
    fn looked_at(&self, rule: RuleIx, subject: MemberIx) -> Option<Tick> {
        let member = self.world.register.member(subject);
        let mut looks = self.looks.get(&rule).into_iter().flatten().rev();
        looks
            .find(|(day, _)| member.belongs(*day))
            .map(|(_, tick)| *tick)
            .or_else(|| self.looked.get(&(rule, subject)).copied())
    }

    /// A rule whose days differ from subject to subject.
    fn look_alone(&mut self, rule: RuleIx, member: MemberIx, rounds: &mut Vec<Round>) {
        let declared = self.rule(rule);
        let concerned = self.world.concerns(&declared.subjects, member, self.today);
        match &declared.trigger {
            Trigger::At(points) => {
                let scope = self.watching_scope(rule, member);
                let (next, until) = self
                    .world
                    .until(|| self.world.next_point(points, Some(member), &scope));
                self.look_again(rule, member, next.into_iter().chain([until]).min());
                if !concerned {
                    return;
                }
                for point in points {
                    match self.world.is_point(point, Some(member), &scope) {
                        Ok(true) => {
                            let looking = Looking::Scheduled(self.looked_at(rule, member));
                            let candidate = Candidate::untriggered(rule, member, looking);
                            in_round(rounds, 0, candidate);
                            return;
                        }
                        Ok(false) => {}
                        Err(causes) => self.rule_fault(rule, &causes),
                    }
                }
            }
            Trigger::After { .. } => {
                self.look_again(rule, member, None);
                if concerned {
                    self.look_after(rule, member, rounds);
                }
            }
            Trigger::On(_) | Trigger::When(_) | Trigger::While(_) => {}
        }
    }

    /// Notes the day on which a rule may look at a subject again.
    fn look_again(&mut self, rule: RuleIx, member: MemberIx, next: Option<Date>) {
        let tomorrow = self
            .today
            .succ_opt()
            .filter(|_| self.dispatch.daily.contains(&rule));
        let next = tomorrow.or(next).filter(|next| *next < Date::MAX);
        if let Some(next) = next {
            self.agenda.note(next, Due::Alone(rule, member));
        }
    }

    /// `D after E unless G`: the events whose day has come, or which became known after it. Several of
    /// one subject come one after another.
    fn look_after(&mut self, rule: RuleIx, member: MemberIx, rounds: &mut Vec<Round>) {
        let Trigger::After {
            delay,
            from,
            unless,
        } = &self.rule(rule).trigger
        else {
            return;
        };
        let scope = self.watching_scope(rule, member);
        let meant = |patterns: &[PatternIx]| -> BTreeSet<HappeningIx> {
            patterns
                .iter()
                .flat_map(|pattern| self.world.meant(*pattern, Some(member), &scope))
                .filter(|(_, doubt)| doubt.is_none())
                .map(|(at, _)| at)
                .collect()
        };
        let preventing = meant(unless);
        let mut unclear = Vec::new();
        let mut turn = 0;
        for event in meant(from) {
            let happening = &self.world.record.happenings[event];
            let baseless = happening
                .firing
                .is_some_and(|firing| self.world.record.firings[firing].baseless);
            if baseless {
                continue;
            }
            let due = self
                .world
                .duration(*delay, &scope.about(happening))
                .and_then(|delay| {
                    let due = self
                        .world
                        .shift(happening.date, pol_plan::Sign::Plus, delay);
                    due.map_err(|cause| vec![cause])
                });
            let due = match due {
                Ok(due) if due.max(happening.known) == self.today => due,
                Ok(_) => continue,
                Err(causes) => {
                    unclear.push(causes);
                    continue;
                }
            };
            let prevented = preventing.iter().any(|other| {
                let date = self.world.record.happenings[*other].date;
                *other != event && date >= happening.date && date <= due
            });
            if !prevented {
                let candidate = Candidate {
                    trigger: Some(event),
                    due: (due < self.today).then_some(due),
                    ..Candidate::untriggered(rule, member, Looking::Scheduled(None))
                };
                in_round(rounds, turn, candidate);
                turn += 1;
            }
        }
        for causes in unclear {
            self.rule_fault(rule, &causes);
        }
    }
}

/// Puts a candidate into a round of its rule.
fn in_round(rounds: &mut Vec<Round>, turn: usize, candidate: Candidate) {
    rounds.resize(rounds.len().max(turn + 1), Round::new());
    rounds[turn].push(candidate);
}
