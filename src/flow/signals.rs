//! Ctrl-C and SIGTERM: the first asks for a clean end, the second for an end.

use std::io;
use std::thread;

use tokio::runtime::Builder;

/// Calls `first` on the first SIGINT or SIGTERM, and `second` on the next.
///
/// Usually `first` requests a [`Stop`](super::Stop), and `second` ends the process: the run that follows recovers what
/// it left. Both run on a thread of their own, not in a signal handler, so they may do what they like.
///
/// For a program, once, before the run: from here on the two signals end nothing by themselves as long as the process
/// lives.
///
/// # Errors
///
/// When the system refuses the handlers or the thread.
pub fn on_interrupt(
    first: impl FnOnce() + Send + 'static,
    second: impl FnOnce() + Send + 'static,
) -> io::Result<()> {
    let runtime = Builder::new_current_thread().enable_io().build()?;
    // Registered before the thread starts: no signal that comes after this call is missed.
    let guard = runtime.enter();
    let mut interrupts = Interrupts::new()?;
    drop(guard);
    thread::Builder::new()
        .name("cihe-signals".into())
        .spawn(move || {
            if !runtime.block_on(interrupts.next()) {
                return;
            }
            first();
            if runtime.block_on(interrupts.next()) {
                second();
            }
        })?;
    Ok(())
}

#[cfg(unix)]
struct Interrupts {
    interrupt: tokio::signal::unix::Signal,
    terminate: tokio::signal::unix::Signal,
}

#[cfg(unix)]
impl Interrupts {
    fn new() -> io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        Ok(Self {
            interrupt: signal(SignalKind::interrupt())?,
            terminate: signal(SignalKind::terminate())?,
        })
    }

    /// Waits for the next; false when there can be none.
    async fn next(&mut self) -> bool {
        tokio::select! {
            came = self.interrupt.recv() => came.is_some(),
            came = self.terminate.recv() => came.is_some(),
        }
    }
}

#[cfg(not(unix))]
struct Interrupts;

#[cfg(not(unix))]
impl Interrupts {
    #[expect(clippy::unnecessary_wraps, reason = "the other systems can refuse")]
    fn new() -> io::Result<Self> {
        Ok(Self)
    }

    /// Waits for the next; false when there can be none.
    async fn next(&mut self) -> bool {
        tokio::signal::ctrl_c().await.is_ok()
    }
}
