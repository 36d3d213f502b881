//! CPU seconds of this process and of those that it started: wall time says little on a shared machine.

use nix::sys::resource::{Usage, UsageWho, getrusage};
use nix::sys::time::TimeValLike;
use std::time::Duration;

/// CPU time, user and system together.
fn spent(usage: &Usage) -> Duration {
    let both = [usage.user_time(), usage.system_time()];
    let micros: i64 = both.iter().map(TimeValLike::num_microseconds).sum();
    Duration::from_micros(micros.unsigned_abs())
}

fn of(who: UsageWho) -> Duration {
    getrusage(who).map_or(Duration::ZERO, |usage| spent(&usage))
}

/// What this process spends on something.
pub(crate) fn own<T>(what: impl FnOnce() -> T) -> (T, Duration) {
    let before = of(UsageWho::RUSAGE_SELF);
    let result = what();
    (result, of(UsageWho::RUSAGE_SELF).saturating_sub(before))
}

/// What processes spend that were started and waited for meanwhile.
pub(crate) fn children<T>(what: impl FnOnce() -> T) -> (T, Duration) {
    let before = of(UsageWho::RUSAGE_CHILDREN);
    let result = what();
    let after = of(UsageWho::RUSAGE_CHILDREN);
    (result, after.saturating_sub(before))
}

/// The most memory that one of the processes has held that were started and waited for, in KiB. It
/// counts what this process held when it started them: ask a small one.
pub(crate) fn peak_of_children() -> i64 {
    getrusage(UsageWho::RUSAGE_CHILDREN).map_or(0, |usage| usage.max_rss())
}
