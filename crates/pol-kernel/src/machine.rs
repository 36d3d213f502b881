//! The machine: entries in, what follows out.

use crate::condition::Answer;
use crate::flat::Flat;
use crate::letter::{Letters, Row};
use crate::make::Making;
use crate::reason::Reason;
use crate::row::Rows;
use crate::said::Said;
use crate::tables::{IRREGULAR, Tables, Way};
use pol_model::{Options, OutcomeIx, Register, Step};
use pol_plan::Plan;
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// Runs a flat policy.
///
/// Entries come by day; what follows of a day is said when the next one begins. A subject of which
/// something cannot be told is left out from then on and named by [`Machine::irregular`]: whatever
/// was said of it counts for nothing, and the incremental evaluator is asked about it.
#[derive(Debug)]
pub struct Machine {
    pub(crate) tables: Tables,
    pub(crate) rows: Rows,
    pub(crate) today: u16,
    pub(crate) step: Step,
    /// The next of the days on which scheduled rules look.
    next_look: usize,
    /// For each scheduled rule the subjects that it is to be asked about.
    pub(crate) stirred: Vec<Vec<u32>>,
    /// The subjects that watching rules are to be asked about today.
    pub(crate) watched: Vec<u32>,
    /// The subjects that watching rules are to be asked about on a day.
    pub(crate) timers: BTreeMap<u16, Vec<u32>>,
    /// The subjects of which something ends on a day.
    pub(crate) lapses: BTreeMap<u16, Vec<u32>>,
    /// What came today without an id of its own.
    heard: BTreeSet<(u32, u64)>,
    /// Issues that wait for the others of their moment.
    pub(crate) moves: Vec<(u8, u16)>,
    /// Rules that are still to be asked of the subject at hand.
    pub(crate) queue: VecDeque<(u32, u32)>,
    pub(crate) said: Vec<Said>,
    irregular: Vec<u32>,
    /// For each class the scheduled rules that may hold from the first day on.
    at_start: Vec<Option<u64>>,
    /// The one subject that is looked at, where the others are not.
    pub(crate) alone: Option<usize>,
}

impl Machine {
    /// A machine on its first day.
    ///
    /// # Errors
    /// What keeps the policy from being run so, with this register.
    pub fn new(
        plan: &Plan,
        flat: &Flat,
        register: &Register,
        options: &Options,
    ) -> Result<Self, Reason> {
        let making = Making {
            plan,
            flat,
            register,
            options,
        };
        let (tables, classes) = making.tables()?;
        Ok(Self::made(tables, classes))
    }

    /// The same for many subjects that are alike in all but their ids: a register of models, and for
    /// each subject the place of its model among them.
    ///
    /// # Errors
    /// What keeps the policy from being run so, with these models.
    pub fn of_models(
        plan: &Plan,
        flat: &Flat,
        models: &Register,
        model_of: &[u16],
        options: &Options,
    ) -> Result<Self, Reason> {
        let making = Making {
            plan,
            flat,
            register: models,
            options,
        };
        let (tables, classes) = making.tables()?;
        let class_of = |model: &u16| classes.get(usize::from(*model)).copied();
        let of = model_of
            .iter()
            .map(|model| class_of(model).unwrap_or(IRREGULAR));
        Ok(Self::made(tables, of.collect()))
    }

    fn made(tables: Tables, classes: Vec<u8>) -> Self {
        let irregular = (0_u32..)
            .zip(&classes)
            .filter(|(_, class)| **class == IRREGULAR)
            .map(|(subject, _)| subject)
            .collect();
        let scheduled = tables.rules.iter();
        let scheduled = scheduled.filter(|rule| matches!(rule.way, Way::At(_)));
        let classes_count = tables.classes.len();
        let mut machine = Self {
            stirred: vec![Vec::new(); scheduled.count()],
            rows: Rows::new(&tables, classes),
            tables,
            today: 0,
            step: Step::Open,
            next_look: 0,
            watched: Vec::new(),
            timers: BTreeMap::new(),
            lapses: BTreeMap::new(),
            heard: BTreeSet::new(),
            moves: Vec::new(),
            queue: VecDeque::new(),
            said: Vec::new(),
            irregular,
            at_start: vec![None; classes_count],
            alone: None,
        };
        machine.begin();
        machine
    }

    /// How entries are spelled.
    pub fn letters(&self) -> &Letters {
        &self.tables.letters
    }

    /// The number of words that a subject takes, of four bytes each.
    pub fn words(&self) -> usize {
        self.tables.layout.words
    }

    /// The subjects that are left to the incremental evaluator, in the order in which that came out.
    pub fn irregular(&self) -> &[u32] {
        &self.irregular
    }

    /// Leaves a subject to the incremental evaluator.
    pub fn leave(&mut self, subject: u32) {
        if let Some(class) = self.rows.classes.get_mut(subject as usize)
            && *class != IRREGULAR
        {
            *class = IRREGULAR;
            self.irregular.push(subject);
        }
    }

    /// Takes an entry. One behind the day that was reached leaves its subject irregular.
    pub fn take(&mut self, row: Row) {
        if row.day != self.today {
            if row.day < self.today {
                return self.leave(row.subject);
            }
            if row.day > self.tables.last {
                return;
            }
            self.advance(row.day);
        }
        let subject = row.subject as usize;
        let Some(class) = self.rows.classes.get(subject).copied() else {
            return;
        };
        if class == IRREGULAR {
            return;
        }
        let letters = self.tables.letters.count as usize;
        let at = usize::from(class) * letters + row.letter as usize;
        let effect = self.tables.of_letter.get(at).copied().unwrap_or(0);
        if effect == 0 {
            return;
        }
        let effect = self.tables.effects[usize::from(effect)];
        if effect.unclear {
            return self.leave(row.subject);
        }
        self.hear(subject, class);
        let marks = self.rows.marks(subject);
        if marks & effect.conflicts != 0 {
            return self.leave(row.subject);
        }
        self.rows.mark(subject, effect.mark);
        if effect.repeats && row.content != 0 && !self.heard.insert((row.subject, row.content)) {
            return self.leave(row.subject);
        }
        self.step = Step::Entries;
        self.apply(subject, &effect, row.amount);
        self.drain(subject, class);
    }

    /// Takes entries in this order. Their subjects lie far apart in memory, and are fetched together.
    pub fn take_all(&mut self, rows: &[Row]) {
        let letters = self.tables.letters.count as usize;
        let mut touched = 0;
        for row in rows {
            let subject = row.subject as usize;
            let class = self.rows.classes.get(subject).copied();
            let at = class.map_or(0, usize::from) * letters + row.letter as usize;
            if self
                .tables
                .of_letter
                .get(at)
                .is_some_and(|effect| *effect != 0)
            {
                touched ^= self.rows.touch(subject);
            }
        }
        std::hint::black_box(touched);
        for row in rows {
            self.take(*row);
        }
    }

    /// Lets all days before a day be over.
    pub fn advance_to(&mut self, day: u16) {
        let day = day.min(self.tables.last);
        if day > self.today {
            self.advance(day);
        }
    }

    /// Lets the last day be over too.
    pub fn finish(&mut self) {
        let last = self.tables.last;
        if self.today < last {
            self.advance(last);
        }
        self.close();
    }

    /// One decision: what follows of the entries of one subject alone, in order of their days, through
    /// the last day. Nothing else that was taken counts any more; nothing, if the subject is or
    /// becomes irregular.
    pub fn decide(&mut self, subject: u32, rows: &[Row]) -> Option<Vec<Said>> {
        let at = subject as usize;
        let class = self.rows.anew(at)?;
        self.alone = Some(at);
        self.today = 0;
        self.next_look = 0;
        self.stirred.iter_mut().for_each(Vec::clear);
        self.watched.clear();
        self.timers.clear();
        self.lapses.clear();
        self.heard.clear();
        self.said.clear();
        self.irregular.clear();
        if class == IRREGULAR {
            return None;
        }
        self.start(at);
        if self.watches() && self.tables.effective > 0 {
            self.timers.entry(self.tables.effective).or_default();
        }
        self.open();
        for row in rows {
            self.take(Row { subject, ..*row });
        }
        self.finish();
        self.irregular.is_empty().then(|| self.said())
    }

    /// What was said since this was asked last, in no particular order within a day. What is said of
    /// irregular subjects counts for nothing.
    pub fn said(&mut self) -> Vec<Said> {
        std::mem::take(&mut self.said)
    }

    // ── Days ──

    fn begin(&mut self) {
        for subject in 0..self.rows.classes.len() {
            self.start(subject);
        }
        if self.watches() && self.tables.effective > 0 {
            self.timers.entry(self.tables.effective).or_default();
        }
        self.open();
    }

    /// A subject to which nothing has happened: clocks that run from the first day, scheduled rules
    /// whose condition may hold of it.
    fn start(&mut self, subject: usize) {
        let class = self.rows.classes[subject];
        if class == IRREGULAR {
            return;
        }
        for clock in &self.tables.layout.clocks {
            if clock.runs[usize::from(class)] & 1 != 0 {
                self.rows.set(subject, clock.word, 1);
            }
        }
        let stirs = if let Some(stirs) = self.at_start[usize::from(class)] {
            stirs
        } else {
            let mut stirs = 0;
            for rule in &self.tables.rules {
                if let Way::At(at) = rule.way
                    && self.answer(rule.condition[usize::from(class)], subject) != Answer::No
                {
                    stirs |= 1 << at;
                }
            }
            self.at_start[usize::from(class)] = Some(stirs);
            stirs
        };
        self.stir(subject, stirs);
    }

    fn watches(&self) -> bool {
        self.tables.layout.held != 0
    }

    pub(crate) fn effective(&self) -> bool {
        self.today >= self.tables.effective
    }

    /// The next day after today on which anything is due.
    fn next_due(&self) -> Option<u16> {
        let after = |days: &BTreeMap<u16, Vec<u32>>| {
            let mut days = days.range(self.today.saturating_add(1)..);
            days.next().map(|(day, _)| *day)
        };
        let look = self.tables.looks.get(self.next_look).map(|(day, _)| *day);
        after(&self.timers)
            .into_iter()
            .chain(after(&self.lapses))
            .chain(look)
            .min()
    }

    #[inline(never)]
    fn advance(&mut self, day: u16) {
        self.close();
        while let Some(due) = self.next_due().filter(|due| *due <= day) {
            self.today = due;
            self.open();
            if due == day {
                return;
            }
            self.close();
        }
        self.today = day;
        self.heard.clear();
    }

    /// What is over when the day begins, and who is to be watched today.
    fn open(&mut self) {
        self.step = Step::Open;
        self.heard.clear();
        if let Some(subjects) = self.lapses.remove(&self.today) {
            for subject in subjects {
                self.lapse(subject as usize);
            }
        }
        if let Some(subjects) = self.timers.remove(&self.today) {
            for subject in subjects {
                self.watch(subject as usize);
            }
        }
        if self.watches() && self.today == self.tables.effective {
            match self.alone {
                Some(subject) => self.watch(subject),
                None => (0..self.rows.classes.len()).for_each(|subject| self.watch(subject)),
            }
        }
    }

    /// The day's end: scheduled rules, watching rules, what lasts while a condition holds.
    fn close(&mut self) {
        if let Some((day, _)) = self.tables.looks.get(self.next_look)
            && *day == self.today
        {
            let rules = self.tables.looks[self.next_look].1.clone();
            self.next_look += 1;
            self.step = Step::Close;
            self.look(&rules);
        }
        if !self.watched.is_empty() {
            let watched = std::mem::take(&mut self.watched);
            for subject in watched {
                self.look_again(subject as usize);
            }
            // What was stirred after its turn is looked at tomorrow.
            let late = std::mem::take(&mut self.watched);
            let tomorrow = self.today.saturating_add(1);
            if !late.is_empty() {
                self.timers.entry(tomorrow).or_default().extend(late);
            }
        }
    }

    // ── Who is to be asked ──

    pub(crate) fn stir(&mut self, subject: usize, stirs: u64) {
        if stirs == 0 {
            return;
        }
        let mut new = stirs & !u64::from(self.rows.stirred(subject));
        if new != 0 {
            self.rows
                .stir(subject, u32::try_from(stirs).unwrap_or(u32::MAX));
            while new != 0 {
                let way = new.trailing_zeros();
                new &= new - 1;
                self.stirred[way as usize].push(as_place(subject));
            }
        }
    }

    pub(crate) fn stir_outcome(&mut self, outcome: OutcomeIx, subject: usize) {
        let (stirs, watched) = self.tables.of_outcome[outcome.at()];
        self.stir(subject, stirs);
        if watched {
            self.watch(subject);
        }
    }

    /// Watching rules are asked about a subject at today's close.
    pub(crate) fn watch(&mut self, subject: usize) {
        let class = self.rows.classes[subject];
        if class != IRREGULAR && self.watches() {
            self.hear(subject, class);
            self.watch_heard(subject);
        }
    }

    pub(crate) fn watch_heard(&mut self, subject: usize) {
        if self.effective() && self.rows.watch(subject) {
            self.watched.push(as_place(subject));
        }
    }

    /// The first time today that anything is heard of a subject: what held at the last close may not
    /// hold any more.
    #[inline]
    pub(crate) fn hear(&mut self, subject: usize, class: u8) {
        if self.rows.hear(subject, self.today) && self.rows.held(subject) != 0 {
            self.let_go(subject, class);
        }
    }

    /// What no longer holds when a day begins may become true again on it.
    #[inline(never)]
    fn let_go(&mut self, subject: usize, class: u8) {
        let held = self.rows.held(subject);
        for at in 0..self.tables.rules.len() {
            let rule = &self.tables.rules[at];
            if let Way::When(way) = rule.way
                && held >> way & 1 != 0
                && self.answer(rule.condition[usize::from(class)], subject) != Answer::Yes
            {
                self.rows.hold(subject, way, false);
            }
        }
    }
}

/// The place of a subject; a register has no more members than places.
pub(crate) fn as_place(subject: usize) -> u32 {
    u32::try_from(subject).unwrap_or(u32::MAX)
}
