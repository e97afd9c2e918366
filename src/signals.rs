//! Signals that must not end the program.

#[cfg(unix)]
use std::sync::Arc;

#[cfg(unix)]
use signal_hook::consts::signal::{SIGINT, SIGXFSZ};

/// Leaves Ctrl-C to the program that was started, such as a pager or an editor.
pub(crate) fn ignore_interrupts() {
    #[cfg(unix)]
    let _ = signal_hook::flag::register(SIGINT, Arc::default());
}

/// Makes writing past the limit on the size of a file an error instead of the end of the program.
pub(crate) fn ignore_file_size_limit() {
    #[cfg(unix)]
    let _ = signal_hook::flag::register(SIGXFSZ, Arc::default());
}
