//! The calendars that one policy names, in the order of its declaration.

use crate::WorkingCalendar;

/// A position in a policy's list of calendars. [`CalendarIx::DEFAULT`], the first, is the one that
/// plain `working days` mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CalendarIx(pub u16);

impl CalendarIx {
    /// The calendar that plain `working days` are counted by.
    pub const DEFAULT: Self = Self(0);
}

/// An ordered list of working-day calendars with distinct names.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(try_from = "Vec<WorkingCalendar>", into = "Vec<WorkingCalendar>")
)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Calendars {
    list: Vec<WorkingCalendar>,
}

impl Calendars {
    /// Adds a calendar at the end. Nothing, and the list stays as it was, if its name is taken or
    /// the list holds 65536 calendars.
    ///
    /// ```
    /// use pol_calendar::{CalendarIx, Calendars, WorkingCalendar};
    /// let mut calendars = Calendars::default();
    /// assert_eq!(calendars.push(WorkingCalendar::china()), Some(CalendarIx::DEFAULT));
    /// assert_eq!(calendars.push(WorkingCalendar::china()), None);
    /// assert_eq!(calendars.find("china"), Some(CalendarIx::DEFAULT));
    /// ```
    #[must_use = "a calendar whose name is taken is refused"]
    pub fn push(&mut self, calendar: WorkingCalendar) -> Option<CalendarIx> {
        let ix = u16::try_from(self.list.len()).ok()?;
        if self.find(calendar.name()).is_some() {
            return None;
        }
        self.list.push(calendar);
        Some(CalendarIx(ix))
    }

    /// The position of the calendar of this name.
    #[must_use]
    pub fn find(&self, name: &str) -> Option<CalendarIx> {
        let at = self
            .list
            .iter()
            .position(|calendar| calendar.name() == name)?;
        u16::try_from(at).ok().map(CalendarIx)
    }

    /// The calendar at a position.
    #[must_use]
    pub fn get(&self, ix: CalendarIx) -> Option<&WorkingCalendar> {
        self.list.get(usize::from(ix.0))
    }

    /// The calendars in order.
    pub fn iter(&self) -> impl Iterator<Item = &WorkingCalendar> {
        self.list.iter()
    }
}

impl From<WorkingCalendar> for Calendars {
    fn from(calendar: WorkingCalendar) -> Self {
        Self {
            list: vec![calendar],
        }
    }
}
