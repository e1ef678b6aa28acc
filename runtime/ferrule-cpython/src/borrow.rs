//! Who uses the value of an instance: Rust's borrow rules at run time.
//!
//! A value is free, shared by some, held by one for changing, moved out, or poisoned by a panic that left it half changed. The flags are plain cells: only the attached
//! thread touches them. A conflict with this thread (a callback, an iterator that still looks at the value) can never end by waiting and is told at once; one with
//! another thread is waited for without the GIL.

use std::cell::Cell;
use std::marker::PhantomData;
use std::ops::{Deref, DerefMut};
use std::sync::Mutex;
use std::time::{Duration, Instant};

use crate::class::Class;
use crate::fault::{Builtin, Fault};
use crate::ffi;
use crate::gate::Detached;
use crate::instance;
use crate::object::Object;
use crate::panic;
use crate::thread;

/// The state of a value: the number of those who share it, or one of the following.
const FREE: u32 = 0;
const EXCLUSIVE: u32 = u32::MAX;
const MOVED: u32 = u32::MAX - 1;
const POISONED: u32 = u32::MAX - 2;
/// More than there can be references in memory.
const MOST_SHARED: u32 = u32::MAX - 3;

/// In place of a thread's mark: among those who share the value is a view, which may live long.
const VIEWED: u32 = 0;

/// How long another thread is waited for.
const PATIENCE: Duration = Duration::from_secs(30);

/// The state of the value in an instance.
pub(crate) struct Flag {
    state: Cell<u32>,
    /// For a value that is Send, the mark of the thread that borrowed first; else the number of the thread where the value lives. Of a value that was moved
    /// out, the place of the mover's name.
    thread: Cell<u32>,
}

/// How a value is to be used.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Wish {
    Share,
    Change,
    Move(&'static str),
}

impl Flag {
    /// The flag of a new value.
    #[inline(always)]
    pub(crate) fn new<K: Class>() -> Self {
        Self {
            state: Cell::new(FREE),
            thread: Cell::new(if K::SEND { 0 } else { thread::number() }),
        }
    }

    /// The flag of a view that shares the value as long as it lives.
    pub(crate) fn shared<K: Class>() -> Self {
        let flag = Self::new::<K>();
        flag.state.set(1);
        flag
    }

    /// Whether the value is in the instance, so that it has to be dropped.
    pub(crate) fn has_value(&self) -> bool {
        self.state.get() != MOVED
    }

    /// Whether this thread may touch the value.
    #[inline(always)]
    pub(crate) fn is_home<K: Class>(&self) -> bool {
        K::SEND || self.state.get() == MOVED || self.thread.get() == thread::number()
    }

    #[inline(always)]
    fn acquire<K: Class>(&self, wish: Wish) -> Result<(), Fault> {
        if !self.is_home::<K>() {
            return Err(not_at_home(K::NAME));
        }
        if self.take(wish, K::SEND) {
            return Ok(());
        }
        self.conflict(wish, K::NAME, K::SEND)
    }

    /// Takes the value if it is free for the wish.
    #[inline(always)]
    fn take(&self, wish: Wish, is_send: bool) -> bool {
        let state = self.state.get();
        let (is_free, next) = match wish {
            Wish::Share => (state < MOST_SHARED, state.wrapping_add(1)),
            Wish::Change => (state == FREE, EXCLUSIVE),
            Wish::Move(_) => (state == FREE, MOVED),
        };
        if is_free {
            if let Wish::Move(mover) = wish {
                self.thread.set(place_of(mover));
            } else if is_send && state == FREE {
                self.thread.set(thread::mark());
            }
            self.state.set(next);
        }
        is_free
    }

    #[inline(always)]
    fn unshare(&self) {
        self.state.set(self.state.get() - 1);
    }

    #[inline(always)]
    fn release(&self, is_poisoned: bool) {
        self.state.set(if is_poisoned { POISONED } else { FREE });
    }

    /// The value is not free: says why not, or waits until another thread is done with it.
    #[cold]
    #[inline(never)]
    fn conflict(&self, wish: Wish, name: &'static str, is_send: bool) -> Result<(), Fault> {
        let start = Instant::now();
        let mut pause = Duration::from_micros(20);
        loop {
            match self.state.get() {
                MOVED => return Err(moved(name, self.thread.get())),
                POISONED => return Err(poisoned(name)),
                _ => {}
            }
            if self.take(wish, is_send) {
                return Ok(());
            }
            let holder = self.thread.get();
            if !is_send || holder == VIEWED || holder == thread::mark() {
                return Err(in_use(name, wish, self.state.get() == EXCLUSIVE));
            }
            if start.elapsed() > PATIENCE {
                return Err(in_use_elsewhere(name));
            }
            let detached = Detached::new();
            std::thread::sleep(pause);
            drop(detached);
            pause = (pause * 2).min(Duration::from_millis(2));
            // SAFETY: borrowing happens attached; the handler of a signal may raise.
            unsafe {
                if ffi::PyErr_CheckSignals() != 0 {
                    return Err(Fault::raised());
                }
            }
        }
    }
}

#[cold]
fn runtime(message: String) -> Fault {
    Fault::builtin(Builtin::Runtime, message)
}

#[cold]
fn not_at_home(name: &str) -> Fault {
    runtime(format!(
        "{name} is not Send: it can be used only on the thread that made it"
    ))
}

#[cold]
fn moved(name: &str, place: u32) -> Fault {
    let movers = MOVERS.lock().unwrap_or_else(|error| error.into_inner());
    match movers.get(place as usize) {
        Some(mover) if !mover.is_empty() => runtime(format!("{name} was moved out by {mover}()")),
        _ => runtime(format!("{name} was moved out")),
    }
}

#[cold]
fn poisoned(name: &str) -> Fault {
    runtime(format!(
        "{name} is poisoned: a panic left it while it was being changed"
    ))
}

#[cold]
fn in_use(name: &str, wish: Wish, is_changing: bool) -> Fault {
    runtime(match (wish, is_changing) {
        (_, true) => format!("{name} cannot be used while it is being changed"),
        (Wish::Move(_), false) => format!("{name} cannot be moved out while it is in use"),
        (_, false) => format!("{name} cannot be changed while it is in use"),
    })
}

#[cold]
fn part_of_another(name: &str) -> Fault {
    runtime(format!(
        "{name} is part of another object and cannot be moved out"
    ))
}

#[cold]
fn in_use_elsewhere(name: &str) -> Fault {
    runtime(format!(
        "{name} was in use on another thread for too long ({} seconds)",
        PATIENCE.as_secs()
    ))
}

/// The functions that moved values out; few, and each once.
static MOVERS: Mutex<Vec<&'static str>> = Mutex::new(Vec::new());

#[cold]
fn place_of(mover: &'static str) -> u32 {
    let mut movers = MOVERS.lock().unwrap_or_else(|error| error.into_inner());
    let place = movers.iter().position(|known| *known == mover);
    place.unwrap_or_else(|| {
        movers.push(mover);
        movers.len() - 1
    }) as u32
}

/// A shared borrow of an instance's value.
pub struct Shared<'a, K: Class> {
    object: Object,
    _borrow: PhantomData<&'a K::Value>,
}

impl<'a, K: Class> Shared<'a, K> {
    /// Borrows the value.
    ///
    /// # Safety
    /// The thread is attached, also when the borrow ends; `object` is an instance of `K` that lives as long as `'a`.
    #[inline(always)]
    pub(crate) unsafe fn new(object: Object) -> Result<Self, Fault> {
        // SAFETY: an instance of `K`, as the caller promises.
        unsafe { instance::flag(object).acquire::<K>(Wish::Share)? };
        Ok(Self {
            object,
            _borrow: PhantomData,
        })
    }

    /// Keeps the borrow beyond the guard: [`unshare`] ends it.
    #[inline(always)]
    pub(crate) fn into_object(self) -> Object {
        std::mem::ManuallyDrop::new(self).object
    }
}

impl<K: Class> Deref for Shared<'_, K> {
    type Target = K::Value;

    #[inline(always)]
    fn deref(&self) -> &K::Value {
        // SAFETY: the value is there, and nobody changes it as long as it is shared.
        unsafe { &*instance::value::<K>(self.object) }
    }
}

impl<K: Class> Drop for Shared<'_, K> {
    #[inline(always)]
    fn drop(&mut self) {
        // SAFETY: the instance lives as long as the guard.
        unsafe { unshare(self.object) }
    }
}

/// Ends a shared borrow that [`Shared::into_object`] kept.
///
/// # Safety
/// The thread is attached; `object` is an instance whose value is borrowed so.
#[inline(always)]
pub(crate) unsafe fn unshare(object: Object) {
    // SAFETY: as the caller promises.
    unsafe { instance::flag(object).unshare() }
}

/// Says that a view is among those who share the value: whoever wants to change it is not to wait.
///
/// # Safety
/// The thread is attached; `object` is an instance of `K` whose value is shared.
pub(crate) unsafe fn view<K: Class>(object: Object) {
    if K::SEND {
        // SAFETY: as the caller promises.
        unsafe { instance::flag(object).thread.set(VIEWED) };
    }
}

/// A borrow of an instance's value for changing it. A panic meanwhile poisons the value.
pub struct Exclusive<'a, K: Class> {
    object: Object,
    was_panicking: bool,
    _borrow: PhantomData<&'a mut K::Value>,
}

impl<'a, K: Class> Exclusive<'a, K> {
    /// Borrows the value.
    ///
    /// # Safety
    /// As of [`Shared::new`].
    #[inline(always)]
    pub(crate) unsafe fn new(object: Object) -> Result<Self, Fault> {
        // SAFETY: an instance of `K`, as the caller promises.
        unsafe { instance::flag(object).acquire::<K>(Wish::Change)? };
        Ok(Self {
            object,
            was_panicking: std::thread::panicking(),
            _borrow: PhantomData,
        })
    }

    /// Keeps the borrow beyond the guard: [`release`] ends it.
    #[inline(always)]
    pub(crate) fn into_object(self) -> Object {
        std::mem::ManuallyDrop::new(self).object
    }
}

impl<K: Class> Deref for Exclusive<'_, K> {
    type Target = K::Value;

    #[inline(always)]
    fn deref(&self) -> &K::Value {
        // SAFETY: the value is there, and nobody else uses it.
        unsafe { &*instance::value::<K>(self.object) }
    }
}

impl<K: Class> DerefMut for Exclusive<'_, K> {
    #[inline(always)]
    fn deref_mut(&mut self) -> &mut K::Value {
        // SAFETY: the value is there, and nobody else uses it.
        unsafe { &mut *instance::value::<K>(self.object) }
    }
}

impl<K: Class> Drop for Exclusive<'_, K> {
    #[inline(always)]
    fn drop(&mut self) {
        let is_panic = std::thread::panicking() && !self.was_panicking && !panic::is_exception();
        // SAFETY: the instance lives as long as the guard.
        unsafe { release::<K>(self.object, is_panic) }
    }
}

/// Ends a borrow that [`Exclusive::into_object`] kept.
///
/// # Safety
/// The thread is attached; `object` is an instance of `K` whose value is borrowed so.
#[inline(always)]
pub(crate) unsafe fn release<K: Class>(object: Object, is_poisoned: bool) {
    // SAFETY: as the caller promises.
    unsafe {
        instance::flag(object).release(is_poisoned);
        if (K::BORROWS || K::VIEWED) && is_poisoned {
            instance::owners(object).set_panicked();
        }
        if K::VARIANTS && !is_poisoned {
            instance::follow_variant::<K>(object);
        }
    }
}

/// Moves the value out; `mover` is the function that does it.
///
/// # Safety
/// The thread is attached; `object` is an instance of `K`.
pub(crate) unsafe fn take<K: Class>(
    object: Object,
    mover: &'static str,
) -> Result<K::Value, Fault> {
    // SAFETY: as the caller promises; the flag says from now on that the value is gone, so it is read once.
    unsafe {
        if instance::is_view::<K>(object) {
            return Err(part_of_another(K::NAME));
        }
        instance::flag(object).acquire::<K>(Wish::Move(mover))?;
        Ok(instance::value::<K>(object).read())
    }
}

/// Whether [`take`] would succeed now; nothing changes.
///
/// # Safety
/// The thread is attached; `object` is an instance of `K`.
pub(crate) unsafe fn check_movable<K: Class>(object: Object) -> Result<(), Fault> {
    // SAFETY: as the caller promises; what is taken is given back at once.
    unsafe {
        if instance::is_view::<K>(object) {
            return Err(part_of_another(K::NAME));
        }
        instance::flag(object).acquire::<K>(Wish::Change)?;
        instance::flag(object).release(false);
    }
    Ok(())
}
