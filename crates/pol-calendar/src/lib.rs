//! Civil dates, periods, durations and working-day calendars.
