//! What happens to a row: events are counted, rules fire, ladders move.

use crate::condition::Answer;
use crate::machine::{Machine, as_place};
use crate::said::{Said, Told};
use crate::tables::{Act, Effect, IRREGULAR, bit};
use pol_model::{LadderIx, OutcomeIx};

impl Machine {
    /// What something does to a row; the rules that it triggers wait.
    #[inline]
    pub(crate) fn apply(&mut self, subject: usize, effect: &Effect, amount: i64) {
        let mut changed = effect.resets.0 != effect.resets.1;
        for at in effect.counts.0..effect.counts.1 {
            let count = self.tables.counts[at as usize];
            match self
                .rows
                .count(&self.tables, self.today, subject, count, amount)
            {
                Some(counted) => changed |= counted,
                None => return self.leave(as_place(subject)),
            }
        }
        for at in effect.resets.0..effect.resets.1 {
            let counter = self.tables.resets[at as usize];
            self.rows
                .reset(&self.tables, subject, counter, Some(self.today));
        }
        if changed {
            self.stir(subject, effect.stirs);
            if effect.watched {
                self.watch_heard(subject);
            }
        }
        if effect.asks.0 != effect.asks.1 {
            self.queue.push_back(effect.asks);
        }
    }

    #[inline]
    pub(crate) fn drain(&mut self, subject: usize, class: u8) {
        while let Some((first, end)) = self.queue.pop_front() {
            if !self.effective() {
                continue;
            }
            for at in first..end {
                let ask = self.tables.asks[at as usize];
                match self.answer(ask.condition, subject) {
                    Answer::Yes => self.fire(usize::from(ask.rule), subject, class),
                    Answer::No => {}
                    Answer::Unknown => self.leave(as_place(subject)),
                }
                self.settle(ask.settles, subject, class);
            }
        }
    }

    pub(crate) fn fire(&mut self, at: usize, subject: usize, class: u8) {
        for place in 0..self.tables.rules[at].last_time.len() {
            let counter = self.tables.rules[at].last_time[place];
            self.rows.reset(&self.tables, subject, counter, None);
        }
        for place in 0..self.tables.rules[at].then[usize::from(class)].len() {
            let act = self.tables.rules[at].then[usize::from(class)][place];
            match act {
                Act::Issue { ladder, status } => self.moves.push((ladder, status)),
                Act::Moment(outcome) => {
                    self.signal(self.tables.outcomes + outcome.at(), subject, class);
                    self.say(subject, Told::Moment(outcome));
                }
                Act::Event(event) => {
                    self.signal(self.tables.events + event.at(), subject, class);
                    self.say(subject, Told::Event(event));
                }
                Act::Open(outcome) => self.impose(outcome, None, subject, class),
                Act::For { outcome, length } => {
                    let end = self.tables.days.later[usize::from(length)][usize::from(self.today)];
                    if end == u16::MAX {
                        return self.leave(as_place(subject));
                    }
                    self.impose(outcome, Some(end), subject, class);
                }
                Act::UntilEndOf { outcome, period } => {
                    let last = self.tables.days.ends[usize::from(period)][usize::from(self.today)];
                    if last == u16::MAX {
                        return self.leave(as_place(subject));
                    }
                    self.impose(outcome, Some(last + 1), subject, class);
                }
                Act::End(outcome) => {
                    for _ in 0..self.rows.end(subject, outcome) {
                        self.say(subject, Told::Ended(outcome));
                    }
                    self.stir_outcome(outcome, subject);
                }
            }
        }
    }

    /// Imposes an outcome, to the day before `end`.
    fn impose(&mut self, outcome: OutcomeIx, end: Option<u16>, subject: usize, class: u8) {
        self.signal(self.tables.outcomes + outcome.at(), subject, class);
        if end.is_some_and(|end| end <= self.today) {
            return self.say(subject, Told::Over(outcome));
        }
        self.rows.begin(subject, outcome, end, None);
        if let Some(end) = end {
            self.lapses.entry(end).or_default().push(as_place(subject));
        }
        self.stir_outcome(outcome, subject);
        self.say(subject, Told::Began(outcome, end.map(|end| end - 1)));
    }

    pub(crate) fn lapse(&mut self, subject: usize) {
        let class = self.rows.classes[subject];
        if class == IRREGULAR {
            return;
        }
        for outcome in self.rows.lapsed(subject, self.today) {
            self.say(subject, Told::Ended(outcome));
            self.stir_outcome(outcome, subject);
        }
    }

    /// Moves some ladders by what was issued at this moment: the highest raise wins, a raise wins
    /// over the way down; where nothing moves, the highest is issued again.
    #[inline]
    pub(crate) fn settle(&mut self, ladders: u64, subject: usize, class: u8) {
        while let Some(&(ladder, _)) = self
            .moves
            .iter()
            .find(|(ladder, _)| ladders & bit(usize::from(*ladder)) != 0)
        {
            let word = self.tables.layout.ladders[usize::from(ladder)];
            let was = u16::try_from(self.rows.get(subject, word)).unwrap_or(0);
            let (mut highest, mut down) = (0, false);
            self.moves.retain(|(other, status)| {
                if *other != ladder {
                    return true;
                }
                highest = highest.max(*status);
                down |= *status == 0;
                false
            });
            // Raises go up only; the bottom status is the one way down.
            let status = if highest > was || !(down && was > 0) {
                highest
            } else {
                0
            };
            if status == 0 && was == 0 {
                continue;
            }
            let now = if status == 0 { 0 } else { was.max(status) };
            self.rows.set(subject, word, u32::from(now));
            for at in 0..self.tables.layout.clocks.len() {
                let clock = &self.tables.layout.clocks[at];
                if clock.ladder != ladder {
                    continue;
                }
                let word = clock.word;
                let runs = clock.runs[usize::from(class)] >> now & 1 != 0;
                if !runs {
                    self.rows.set(subject, word, 0);
                } else if status == now || self.rows.get(subject, word) == 0 {
                    self.rows.set(subject, word, u32::from(self.today) + 1);
                }
            }
            let (first, statuses) = self.tables.issues[usize::from(ladder)];
            let act = first + usize::from(status) * statuses + usize::from(was);
            self.signal(act, subject, class);
            let (stirs, watched) = self.tables.of_ladder[usize::from(ladder)];
            self.stir(subject, stirs);
            if watched {
                self.watch_heard(subject);
            }
            self.say(
                subject,
                Told::Issued {
                    ladder: LadderIx(u16::from(ladder)),
                    status,
                    was,
                    now,
                },
            );
        }
    }

    /// What an act does to the row.
    pub(crate) fn signal(&mut self, act: usize, subject: usize, class: u8) {
        let at = usize::from(class) * self.tables.acts + act;
        let effect = self.tables.of_act[at];
        if effect != 0 {
            let effect = self.tables.effects[usize::from(effect)];
            if effect.unclear {
                return self.leave(as_place(subject));
            }
            self.apply(subject, &effect, 0);
        }
    }

    pub(crate) fn say(&mut self, subject: usize, told: Told) {
        self.said.push(Said {
            day: self.today,
            subject: as_place(subject),
            step: self.step,
            told,
        });
    }
}
