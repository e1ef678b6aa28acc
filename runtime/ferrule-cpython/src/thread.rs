//! Which thread runs: a cheap mark to tell the holders of borrows apart, and a number for values that must not leave their thread.

use std::cell::Cell;
use std::sync::atomic::{AtomicU32, Ordering::Relaxed};

/// A mark of the running thread, the same as long as it lives, almost certainly another for another thread, never zero.
///
/// It only decides whether a conflict is told at once or waited for, so a rare equal mark does no harm. It is made of the address of the thread's control block,
/// which a register holds: no call, unlike a thread-local of a shared library.
#[inline(always)]
pub(crate) fn mark() -> u32 {
    // Control blocks are at least 64 bytes large.
    (address() >> 6) as u32 | 1 << 31
}

#[cfg(all(target_arch = "x86_64", target_os = "linux", not(miri)))]
#[inline(always)]
fn address() -> usize {
    let address: usize;
    // SAFETY: System V ABI, thread-local storage: `fs:0` holds the address of the thread's control block.
    unsafe {
        std::arch::asm!("mov {}, qword ptr fs:[0]", out(reg) address, options(nostack, preserves_flags, readonly, pure));
    }
    address
}

#[cfg(all(target_arch = "aarch64", target_os = "linux", not(miri)))]
#[inline(always)]
fn address() -> usize {
    let address: usize;
    // SAFETY: the register holds the address of the thread's control block, and user code may read it.
    unsafe {
        std::arch::asm!("mrs {}, tpidr_el0", out(reg) address, options(nostack, preserves_flags, nomem, pure));
    }
    address
}

#[cfg(any(
    miri,
    not(all(
        any(target_arch = "x86_64", target_arch = "aarch64"),
        target_os = "linux"
    ))
))]
#[inline(always)]
fn address() -> usize {
    NUMBER.with(|number| std::ptr::from_ref(number) as usize)
}

thread_local! {
    static NUMBER: Cell<u32> = const { Cell::new(0) };
}

/// The number of the running thread: no other thread of the process ever has it. Never zero.
pub(crate) fn number() -> u32 {
    static NEXT: AtomicU32 = AtomicU32::new(1);
    NUMBER.with(|number| {
        if number.get() == 0 {
            number.set(NEXT.fetch_add(1, Relaxed));
        }
        number.get()
    })
}
