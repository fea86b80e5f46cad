//! Outlives the Ctrl-C that ends the rebuild whose output is read.

/// Makes the first interrupt a matter of the rebuild alone; a second one ends this program, too.
///
/// A terminal sends Ctrl-C to all programs of a pipe. The report of an interrupted rebuild is
/// still wanted, and comes as soon as the rebuild has closed its end of the pipe.
#[cfg(unix)]
pub(crate) fn outlive_the_first() -> std::io::Result<()> {
    use std::sync::Arc;
    use std::sync::atomic::AtomicBool;

    use signal_hook::consts::SIGINT;
    use signal_hook::flag;

    /// What a shell says of a program that an interrupt has ended.
    const INTERRUPTED: i32 = 130;

    // In this order: the flag that the second interrupt looks at is set after it was looked at.
    let seen = Arc::new(AtomicBool::new(false));
    flag::register_conditional_shutdown(SIGINT, INTERRUPTED, Arc::clone(&seen))?;
    flag::register(SIGINT, seen)?;
    Ok(())
}

/// Elsewhere an interrupt ends all programs of a pipe at once.
#[cfg(not(unix))]
pub(crate) fn outlive_the_first() -> std::io::Result<()> {
    Ok(())
}
