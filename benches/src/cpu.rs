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

/// The most memory that this process has held, in KiB. What it is said to have held otherwise counts
/// what the process that started it held.
pub(crate) fn peak() -> i64 {
    let own = std::fs::read_to_string("/proc/self/status").ok();
    let own = own.as_deref().and_then(|status| {
        let line = status
            .lines()
            .find_map(|line| line.strip_prefix("VmHWM:"))?;
        line.trim().strip_suffix(" kB")?.parse().ok()
    });
    own.unwrap_or_else(|| getrusage(UsageWho::RUSAGE_SELF).map_or(0, |usage| usage.max_rss()))
}
