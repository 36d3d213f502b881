//! Dates to days counted from the first.

use pol_calendar::{Date, in_range};

/// The day of a cell, counted from the first; none: another spelling, or a day that is not counted.
///
/// Year, month and day are digits between `-`, `/` or `.`; the year has four.
pub(crate) fn day(cell: &[u8], first: Date) -> Option<u16> {
    let text = std::str::from_utf8(cell).ok()?;
    let mark = text.chars().find(|c| matches!(c, '-' | '/' | '.'))?;
    let mut parts = text.split(mark);
    let mut figure = |least: usize, most: usize| {
        let part = parts.next()?;
        let fits = (least..=most).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
        fits.then(|| part.parse::<u32>().ok()).flatten()
    };
    let (year, month, day) = (figure(4, 4)?, figure(1, 2)?, figure(1, 2)?);
    if parts.next().is_some() {
        return None;
    }
    let date = Date::from_ymd_opt(i32::try_from(year).ok()?, month, day)?;
    if !in_range(date) {
        return None;
    }
    u16::try_from(date.signed_duration_since(first).num_days()).ok()
}

#[cfg(test)]
mod tests {
    use super::day;
    use pol_calendar::Date;

    #[test]
    fn days_are_counted_from_the_first() {
        let first = Date::from_ymd_opt(2023, 1, 1).unwrap();
        for (cell, expected) in [
            ("2023-01-01", Some(0)),
            ("2023/1/2", Some(1)),
            ("2023.03.01", Some(59)),
            ("2022-12-31", None),
            ("2023-02-29", None),
            ("2023-1-1 ", None),
            ("2023-01-01T00:00", None),
            ("2023-01/01", None),
            ("23-01-01", None),
            ("9999-12-31", None),
            ("", None),
        ] {
            assert_eq!(day(cell.as_bytes(), first), expected, "{cell}");
        }
    }
}
