//! What comes on record: entries and acts, listed under the patterns that mean them.

use crate::agenda::Due;
use crate::dispatch::Asker;
use crate::record::{Happening, HappeningIx, Listed, Meant, Occurrence, Subject};
use crate::run::Run;
use crate::scope::Scope;
use pol_calendar::Date;
use pol_model::{EntryBody, EntryIx, MemberIx, Setback, State, What};
use pol_plan::{PatternIx, PointBase, Sign, Trigger};
use std::sync::Arc;

impl Run<'_> {
    /// Takes an event on record, or sets it aside.
    pub(crate) fn take(&mut self, entry: EntryIx) {
        let subjects = self.subjects_of_entry(entry);
        self.report_set_aside(entry, &subjects);
        // A correction was put on record, in the old entry's place, when the day began.
        let corrects = self.world.entries[entry.at()].instead_of.is_some();
        let waiting = corrects.then(|| self.taken.get(&entry)).flatten();
        let Some(at) = waiting
            .copied()
            .or_else(|| self.on_record_about(entry, subjects))
        else {
            return;
        };
        let tick = self.world.record.tick();
        self.world.record.happenings[at].taken = Some(tick);
        self.touch_readers(at);
        self.queue.push_back(at);
    }

    /// Reports for whom an event's entry is not counted.
    fn report_set_aside(&mut self, entry: EntryIx, subjects: &[MemberIx]) {
        let date = self.world.entries[entry.at()].date;
        if date < self.world.plan.counting_from {
            self.set_aside_about(entry, subjects, Setback::BeforeStart);
            return;
        }
        for subject in subjects {
            if !self.world.register.member(*subject).belongs(date) {
                self.set_aside(entry, Some(*subject), Setback::NotMember);
            }
        }
    }

    /// Puts an event's entry on record, not yet taken; none if it is set aside.
    pub(crate) fn on_record(&mut self, entry: EntryIx) -> Option<HappeningIx> {
        self.on_record_about(entry, self.subjects_of_entry(entry))
    }

    fn on_record_about(
        &mut self,
        entry: EntryIx,
        mut subjects: Vec<MemberIx>,
    ) -> Option<HappeningIx> {
        let read = &self.world.entries[entry.at()];
        let EntryBody::Event { event, .. } = &read.body else {
            return None;
        };
        let (event, date) = (*event, read.date);
        if date < self.world.plan.counting_from {
            return None;
        }
        let named = !subjects.is_empty();
        subjects.retain(|subject| self.world.register.member(*subject).belongs(date));
        if named && subjects.is_empty() {
            return None;
        }
        let at = self.add(Happening {
            subjects,
            entry: Some(entry),
            ..Happening::on(Occurrence::Event(event), date, self.today)
        });
        self.taken.insert(entry, at);
        Some(at)
    }

    /// Puts an act on record; its `on` rules are asked in turn.
    pub(crate) fn add_act(&mut self, act: Happening) -> HappeningIx {
        let taken = Some(self.world.record.tick());
        let at = self.add(Happening { taken, ..act });
        self.touch_readers(at);
        self.queue.push_back(at);
        at
    }

    /// Puts a happening on record, under every pattern that means it.
    fn add(&mut self, happening: Happening) -> HappeningIx {
        let at = self.world.record.happenings.len();
        if let Occurrence::Status(_) = happening.what {
            for subject in &happening.subjects {
                let account = self.world.record.account_mut(Some(*subject));
                account.issues.push(at);
            }
        }
        if let Some(firing) = happening.firing {
            self.world.record.firings[firing].acts.push(at);
        }
        let mut listings: Vec<(PatternIx, Subject, Meant)> = Vec::new();
        for (pattern, subject) in self.seen_by(&happening) {
            let scope = Scope::of(subject, self.today, self.world.present(self.today));
            if let Some(meant) = self.world.listing(pattern, &happening, &scope) {
                listings.push((pattern, subject, meant));
            }
        }
        self.world.record.happenings.push(happening);
        for (pattern, subject, meant) in listings {
            let listed = Listed {
                happening: at,
                meant,
            };
            self.world.record.list(pattern, subject, listed);
            self.give_days(pattern, subject, at);
        }
        at
    }

    /// The patterns that may mean a happening, with everyone for whom they would.
    fn seen_by(&self, happening: &Happening) -> Vec<(PatternIx, Subject)> {
        let patterns = self.dispatch.patterns(&happening.what);
        let own = &happening.subjects;
        let mut outer: Vec<MemberIx> = Vec::new();
        if self.look_outwards(patterns) {
            let register = self.world.register;
            outer.extend(own.iter().flat_map(|member| register.outwards(*member)));
            outer.sort_unstable();
            outer.dedup();
        }
        let mut seen = Vec::new();
        for pattern in patterns {
            let members = if self.world.plan.pattern(*pattern).within_it {
                &outer
            } else {
                own
            };
            seen.extend(members.iter().map(|member| (*pattern, Some(*member))));
            if self.dispatch.nobody.contains(pattern) {
                seen.push((*pattern, None));
            }
        }
        seen
    }

    /// A happening came on record or left it: whoever reads it is asked again.
    pub(crate) fn touch_readers(&mut self, at: HappeningIx) {
        let dispatch = Arc::clone(&self.dispatch);
        for (pattern, subject) in self.seen_by(&self.world.record.happenings[at]) {
            for (asker, reach) in &dispatch.by_pattern[pattern.at()] {
                match subject {
                    Some(member) => self.touch(*asker, *reach, member),
                    // What a duty of nobody looks for may be read by others too: they ask of members.
                    None => {
                        if let Asker::Duty(duty) = asker
                            && self.of_nobody(*duty)
                        {
                            self.agenda.ask(*asker, None);
                        }
                    }
                }
            }
        }
        let happening = &self.world.record.happenings[at];
        if let Occurrence::Status(issue) = happening.what {
            let subjects = happening.subjects.clone();
            for (asker, reach) in &dispatch.by_ladder[issue.ladder.at()] {
                for subject in &subjects {
                    self.touch(*asker, *reach, *subject);
                }
            }
        }
    }

    /// A happening may give scheduled rules their days.
    fn give_days(&mut self, pattern: PatternIx, subject: Subject, at: HappeningIx) {
        let dispatch = Arc::clone(&self.dispatch);
        let (Some(rules), Some(member)) = (dispatch.gives_days.get(&pattern), subject) else {
            return;
        };
        for &rule in rules {
            for day in self.given_days(rule, pattern, member, at) {
                self.agenda
                    .note(day.max(self.today), Due::Alone(rule, member));
            }
        }
    }

    /// The days that a happening gives a rule; where one cannot be computed, today, which says so.
    fn given_days(
        &self,
        rule: pol_model::RuleIx,
        pattern: PatternIx,
        member: MemberIx,
        at: HappeningIx,
    ) -> Vec<Date> {
        let happening = &self.world.record.happenings[at];
        let scope = self.watching_scope(rule, member);
        let known = |day: Date| day.max(happening.known);
        match &self.rule(rule).trigger {
            Trigger::At(points) => points
                .iter()
                .filter_map(|point| match &point.base {
                    PointBase::FieldOf(key, of) if *of == pattern => {
                        let day = self.world.point_of(point, key, happening, &scope)?;
                        Some(day.map_or(self.today, known))
                    }
                    _ => None,
                })
                .collect(),
            Trigger::After { delay, .. } => {
                let scope = scope.about(happening);
                let day = self.world.duration(*delay, &scope).and_then(|delay| {
                    let day = self.world.shift(happening.date, Sign::Plus, delay);
                    day.map_err(|cause| vec![cause])
                });
                vec![day.map_or(self.today, known)]
            }
            Trigger::On(_) | Trigger::When(_) | Trigger::While(_) => Vec::new(),
        }
    }

    /// Whom an entry is about.
    pub(crate) fn subjects_of_entry(&self, entry: EntryIx) -> Vec<MemberIx> {
        self.about.subjects(&self.world.entries[entry.at()])
    }

    /// Reports an entry that is not counted, for all that it is about.
    pub(crate) fn set_aside_about(&mut self, entry: EntryIx, subjects: &[MemberIx], why: Setback) {
        if subjects.is_empty() {
            self.set_aside(entry, None, why);
        }
        for subject in subjects {
            self.set_aside(entry, Some(*subject), why);
        }
    }

    /// Reports an entry that is not counted, for one subject.
    pub(crate) fn set_aside(&mut self, entry: EntryIx, subject: Subject, why: Setback) {
        let date = self.world.entries[entry.at()].date;
        let what = What::SetAside(entry);
        self.say(date, subject, what, State::Aside(why), None, vec![entry]);
    }
}
