//! What a call borrows, and gives back at its end.
//!
//! A [`Scope`] lives outside of the region where panics are caught: it holds buffer exports, values that Rust sees by reference, and changes that are to be
//! written back to Python objects. A call that borrows nothing pays for a few stores; everything else is behind one pointer that starts as null.
//!
//! Soundness rests on two rules. Arguments live as long as the call, because the caller holds them. What hangs *inside* an argument (an element of a list) lives
//! only as long as nobody changes the argument: whoever borrows such a thing calls [`Scope::pin`], so that the GIL stays held while Rust runs, or keeps a
//! reference of its own with [`Scope::keep_object`].

use std::cell::{Cell, UnsafeCell};
use std::collections::HashSet;
use std::ffi::c_int;
use std::marker::PhantomPinned;
use std::mem::MaybeUninit;
use std::ops::Range;
use std::panic::{catch_unwind, AssertUnwindSafe};
use std::ptr::null_mut;

use crate::fault::Fault;
use crate::ffi;
use crate::file::Raised;
use crate::held;
use crate::object::{self, Object, Owned};
use crate::owners::Collected;
use crate::state::Context;

/// A change that goes back to a Python object when the call ends, however it ends.
pub trait WriteBack {
    /// Writes the value.
    ///
    /// # Safety
    /// The thread is attached, and no borrow of the value is left.
    unsafe fn write_back(&mut self) -> Result<(), Fault>;
}

/// What one call borrows. It does not move once something was lowered in it.
pub struct Scope {
    context: Context,
    /// The function that is being called, for the values that it moves out.
    name: &'static str,
    /// The parameter whose value is written back, while it is lowered.
    parameter: Cell<&'static str>,
    size: Cell<usize>,
    pinned: Cell<bool>,
    entered: Cell<bool>,
    /// Other threads may need the GIL before Rust is done.
    let_go: Cell<bool>,
    /// How many of `first` are taken; a byte, so that flags and counts are one aligned word to clear.
    exports: Cell<u8>,
    /// The user's function panicked.
    panicked: Cell<bool>,
    /// How many of `nearest` are taken.
    kept: Cell<u8>,
    /// It is no call's, but of an owner of what a call makes: nothing may be borrowed that Python code could change.
    lasts: Cell<bool>,
    /// Rust may run Python code during the call.
    beside_code: Cell<bool>,
    first: [UnsafeCell<MaybeUninit<Export>>; INLINE],
    nearest: [UnsafeCell<MaybeUninit<Kept>>; INLINE],
    /// Null, or a box that `finish` takes: a scope has no drop, which every call would pay for.
    more: Cell<*mut More>,
    /// The same, for what the call's results borrow from.
    collected: Cell<*mut Collected>,
    _pinned: PhantomPinned,
}

/// How many exports, and how many kept values, need no allocation for themselves.
const INLINE: usize = 2;

/// A buffer export, and whether Rust writes through it.
struct Export {
    view: ffi::Py_buffer,
    mutable: bool,
}

/// The rarer things.
#[derive(Default)]
struct More {
    /// Boxes, because an exporter may point into its view; as pointers, because the call reads the views while they lie here.
    exports: Vec<*mut Export>,
    /// Objects whose content is written back.
    claimed: HashSet<Object>,
    kept: Vec<Kept>,
    pending: Vec<(&'static str, *mut dyn WriteBack)>,
    /// Where files put what they raise.
    watched: Vec<Raised>,
}

/// A value of a type that nobody knows any more.
struct Kept {
    value: *mut (),
    /// How many items lie there, if it is a slice.
    length: usize,
    end: End,
}

/// How a kept thing ends.
enum End {
    /// A value: it is dropped.
    Drop(unsafe fn(*mut (), usize)),
    /// An instance whose value is borrowed: the borrow ends; the flag tells of a panic.
    Release(unsafe fn(Object, bool)),
}

impl Kept {
    /// # Safety
    /// The thread is attached. It happens once, and nobody uses what is kept any more.
    unsafe fn end(self, panicked: bool) {
        // SAFETY: as the caller promises.
        unsafe {
            match self.end {
                End::Drop(drop) => drop(self.value, self.length),
                End::Release(release) => release(self.value.cast(), panicked),
            }
        }
    }
}

unsafe fn drop_boxed<T>(value: *mut (), _length: usize) {
    // SAFETY: made of a `Box<T>` by `keep_mut`, and dropped once.
    drop(unsafe { Box::from_raw(value.cast::<T>()) });
}

unsafe fn drop_slice<T>(value: *mut (), length: usize) {
    let values = std::ptr::slice_from_raw_parts_mut(value.cast::<T>(), length);
    // SAFETY: made of a `Box<[T]>` of that length by `keep_slice`, and dropped once.
    drop(unsafe { Box::from_raw(values) });
}

unsafe fn drop_object(value: *mut (), _length: usize) {
    // SAFETY: a reference that `keep_object` took over; the thread is attached when the scope is released.
    unsafe { object::decref(value.cast()) };
}

impl Scope {
    /// An empty scope for a call of the context's module.
    #[inline(always)]
    pub fn new(context: Context) -> Self {
        Self::of_function(context, "")
    }

    /// An empty scope for a call of that function.
    #[inline(always)]
    pub(crate) fn of_function(context: Context, name: &'static str) -> Self {
        Self {
            context,
            name,
            panicked: Cell::new(false),
            parameter: Cell::new(""),
            size: Cell::new(0),
            pinned: Cell::new(false),
            entered: Cell::new(false),
            let_go: Cell::new(false),
            exports: Cell::new(0),
            kept: Cell::new(0),
            lasts: Cell::new(false),
            beside_code: Cell::new(false),
            first: [const { UnsafeCell::new(MaybeUninit::uninit()) }; INLINE],
            nearest: [const { UnsafeCell::new(MaybeUninit::uninit()) }; INLINE],
            more: Cell::new(null_mut()),
            collected: Cell::new(null_mut()),
            _pinned: PhantomPinned,
        }
    }

    /// An empty scope for arguments that live on after the call. Whoever makes it ends it.
    pub(crate) fn lasting(context: Context) -> Self {
        let scope = Self::new(context);
        scope.lasts.set(true);
        scope
    }

    /// Rust may run Python code during the call: through an argument that is a callback, an iterable, a file or an object.
    #[inline(always)]
    pub(crate) fn set_beside_code(&self) {
        self.beside_code.set(true);
    }

    /// Whether memory that Python code could change has to be copied: Rust looks at it while such code may run.
    pub(crate) fn copies(&self) -> bool {
        self.lasts() || self.beside_code.get() || held::any()
    }

    /// Whether what is lowered here outlives the call.
    #[inline(always)]
    pub(crate) fn lasts(&self) -> bool {
        self.lasts.get()
    }

    /// Ends a scope that lasted.
    ///
    /// # Safety
    /// The thread is attached; nothing that was borrowed from the scope is used any more.
    pub(crate) unsafe fn end(&self) {
        self.release();
    }

    /// What the results of this call borrow from.
    pub(crate) fn collected(&self) -> &Collected {
        if self.collected.get().is_null() {
            self.collected.set(Box::into_raw(Box::default()));
        }
        // SAFETY: our box, which `release` takes at the end; nobody changes it but through cells.
        unsafe { &*self.collected.get() }
    }

    /// The same, if there is any.
    pub(crate) fn collected_so_far(&self) -> Option<&Collected> {
        // SAFETY: null, or as in `collected`.
        unsafe { self.collected.get().as_ref() }
    }

    /// The module that is being called.
    #[inline(always)]
    pub fn context(&self) -> &Context {
        &self.context
    }

    /// The function that is being called.
    pub(crate) fn name(&self) -> &'static str {
        self.name
    }

    /// What is now lowered belongs to that parameter.
    pub(crate) fn set_parameter(&self, name: &'static str) {
        self.parameter.set(name);
    }

    /// The user's function panicked: what it was changing is poisoned.
    pub(crate) fn set_panicked(&self) {
        self.panicked.set(true);
    }

    /// Adds to the size of the call's input, in bytes or elements: long input is worth releasing the GIL.
    #[inline(always)]
    pub fn add_size(&self, size: usize) {
        self.size.set(self.size.get().saturating_add(size));
    }

    /// The size of the input so far.
    #[inline(always)]
    pub fn size(&self) -> usize {
        self.size.get()
    }

    /// Keeps the GIL held while Rust runs: Rust borrows what other Python code could change.
    #[inline(always)]
    pub fn pin(&self) {
        self.pinned.set(true);
    }

    /// Whether the GIL must stay held.
    #[inline(always)]
    pub fn is_pinned(&self) -> bool {
        self.pinned.get()
    }

    /// Lets go of the GIL while Rust runs, unless it must be held: other threads may wait for it, on which Rust waits.
    pub(crate) fn let_go(&self) {
        self.let_go.set(true);
    }

    /// Whether the GIL is let go of without measuring.
    #[inline(always)]
    pub(crate) fn lets_go(&self) -> bool {
        self.let_go.get()
    }

    /// The user's function is about to run: from now on changes are written back.
    #[inline(always)]
    pub(crate) fn enter(&self) {
        self.entered.set(true);
    }

    /// Keeps a value until the call ends.
    #[inline(always)]
    pub fn keep<'a, T: 'a>(&'a self, value: T) -> &'a T {
        self.keep_mut(value)
    }

    /// Keeps a value until the call ends, for changing.
    #[allow(clippy::mut_from_ref)] // every call hands out another value
    pub fn keep_mut<'a, T: 'a>(&'a self, value: T) -> &'a mut T {
        let value = Box::into_raw(Box::new(value));
        self.hold(Kept {
            value: value.cast(),
            length: 1,
            end: End::Drop(drop_boxed::<T>),
        });
        // SAFETY: the box lives until `release`, which nobody can reach while `'a` borrows the scope; it is handed out once.
        unsafe { &mut *value }
    }

    /// Keeps the items of a vector until the call ends, for changing.
    #[allow(clippy::mut_from_ref)] // every call hands out another slice
    pub fn keep_slice<'a, T: 'a>(&'a self, values: Vec<T>) -> &'a mut [T] {
        let values = Box::into_raw(values.into_boxed_slice());
        self.hold(Kept {
            value: values.cast(),
            length: values.len(),
            end: End::Drop(drop_slice::<T>),
        });
        // SAFETY: as in `keep_mut`.
        unsafe { &mut *values }
    }

    /// Keeps a reference until the call ends.
    pub fn keep_object(&self, object: Owned) -> Object {
        let object = object.into_object();
        self.hold(Kept {
            value: object.cast(),
            length: 1,
            end: End::Drop(drop_object),
        });
        object
    }

    /// Keeps the borrow of an instance's value until the call ends.
    #[inline]
    pub(crate) fn keep_borrow(&self, object: Object, release: unsafe fn(Object, bool)) {
        self.hold(Kept {
            value: object.cast(),
            length: 1,
            end: End::Release(release),
        });
    }

    #[inline]
    fn hold(&self, kept: Kept) {
        let count = self.kept.get();
        match self.nearest.get(usize::from(count)) {
            Some(slot) => {
                // SAFETY: the slot is free, and no reference to it exists.
                unsafe { (*slot.get()).write(kept) };
                self.kept.set(count + 1);
            }
            None => self.more(|more| more.kept.push(kept)),
        }
    }

    /// Keeps a value that is written back when the call ends: on success, error and panic, if the user's function was reached.
    #[allow(clippy::mut_from_ref)] // every call hands out another value
    pub fn write_back<'a, W: WriteBack + 'a>(&'a self, pending: W) -> &'a mut W {
        let pending = Box::into_raw(Box::new(pending));
        let erased: *mut (dyn WriteBack + 'a) = pending;
        // SAFETY: only the bound on the lifetime changes; `release` runs the box when the borrow `'a` of the scope is over, in the same call.
        let erased = unsafe {
            std::mem::transmute::<*mut (dyn WriteBack + 'a), *mut (dyn WriteBack + 'static)>(erased)
        };
        self.more(|more| more.pending.push((self.parameter.get(), erased)));
        // SAFETY: as in `keep_mut`.
        unsafe { &mut *pending }
    }

    /// What a file raises comes out of the call.
    pub(crate) fn watch(&self, raised: Raised) {
        self.more(|more| more.watched.push(raised));
    }

    /// The first exception of a file, whatever became of it in Rust.
    pub(crate) fn take_raised(&self) -> Option<Fault> {
        if self.more.get().is_null() {
            return None;
        }
        self.more(|more| more.watched.iter().find_map(Raised::take))
    }

    /// Claims an object (list, bytearray) whose content Rust changes in a copy; the same object for two parameters is a ValueError.
    pub fn claim(&self, object: Object) -> Result<(), Fault> {
        let exported = self.any_export(|export| export.view.obj == object);
        let claimed = !self.more(|more| more.claimed.insert(object));
        if claimed || exported {
            return Err(given_twice());
        }
        Ok(())
    }

    /// Borrows the memory of an object until the call ends. Counts its size, keeps the GIL if Python code could change it, and refuses memory that overlaps with
    /// other borrowed memory if one of the two is written (`PyBUF_WRITABLE`).
    ///
    /// # Safety
    /// The thread is attached; `object` is a valid object.
    pub unsafe fn buffer(&self, object: Object, flags: c_int) -> Result<&ffi::Py_buffer, Fault> {
        let slot = self.slot();
        let mutable = flags & ffi::PyBUF_WRITABLE != 0;
        // SAFETY: the slot is free memory that stays where it is; it counts as taken only after a successful export.
        let export = unsafe {
            if ffi::PyObject_GetBuffer(object, &raw mut (*slot).view, flags) != 0 {
                self.give_back(slot);
                return Err(Fault::raised());
            }
            (*slot).mutable = mutable;
            &*slot
        };
        let conflict = self.exports.get() != 0 && {
            let extent = extent(&export.view);
            self.any_export(|other| {
                (mutable || other.mutable) && overlap(&extent, &self::extent(&other.view))
            })
        };
        self.take(slot);
        if conflict || self.is_claimed(object) {
            return Err(given_twice());
        }
        self.add_size(usize::try_from(export.view.len).unwrap_or(0));
        if export.view.readonly == 0 {
            self.pin();
        }
        Ok(&export.view)
    }

    /// Memory for the next export.
    fn slot(&self) -> *mut Export {
        match self.first.get(usize::from(self.exports.get())) {
            Some(slot) => slot.get().cast(),
            None => Box::into_raw(Box::<Export>::new_uninit()).cast(),
        }
    }

    /// The export in `slot` is ours to release.
    fn take(&self, slot: *mut Export) {
        let count = self.exports.get();
        if usize::from(count) < INLINE {
            self.exports.set(count + 1);
        } else {
            self.more(|more| more.exports.push(slot));
        }
    }

    /// There is no export in `slot`.
    fn give_back(&self, slot: *mut Export) {
        if usize::from(self.exports.get()) >= INLINE {
            // SAFETY: `slot` made this box, which was not filled.
            drop(unsafe { Box::from_raw(slot.cast::<MaybeUninit<Export>>()) });
        }
    }

    fn is_claimed(&self, object: Object) -> bool {
        // SAFETY: null or our box; no other reference to it exists during this expression.
        unsafe {
            self.more
                .get()
                .as_ref()
                .is_some_and(|more| more.claimed.contains(&object))
        }
    }

    fn any_export(&self, mut matches: impl FnMut(&Export) -> bool) -> bool {
        let inline = self.first.iter().take(usize::from(self.exports.get()));
        // SAFETY: the first `exports` slots are filled; no other reference to the inside exists during this call.
        unsafe {
            inline
                .into_iter()
                .any(|slot| matches((*slot.get()).assume_init_ref()))
                || self
                    .more
                    .get()
                    .as_ref()
                    .is_some_and(|more| more.exports.iter().any(|slot| matches(&**slot)))
        }
    }

    #[cold]
    fn more<R>(&self, change: impl FnOnce(&mut More) -> R) -> R {
        if self.more.get().is_null() {
            self.more.set(Box::into_raw(Box::default()));
        }
        // SAFETY: our box; no reference to it is handed out (only to what its boxes hold), and no `change` comes back here.
        change(unsafe { &mut *self.more.get() })
    }

    /// Whether the end of the call has anything to do.
    #[inline(always)]
    pub(crate) fn is_used(&self) -> bool {
        self.exports.get() != 0
            || self.kept.get() != 0
            || !self.more.get().is_null()
            || !self.collected.get().is_null()
    }

    /// Writes back what the user's function changed and releases everything. The first failure wins.
    ///
    /// # Safety
    /// The thread is attached; nothing that was borrowed from the scope is used any more, although the borrow checker may not know it.
    pub(crate) unsafe fn finish(&self) -> Result<(), Fault> {
        let is_kept = self.kept.get() != 0 || !self.collected.get().is_null();
        if self.more.get().is_null() && !is_kept {
            // Nothing but exports in their slots, whose release cannot panic.
            self.release_nearest_exports();
            return Ok(());
        }
        // SAFETY: as the caller promises.
        let outcome = catch_unwind(AssertUnwindSafe(|| unsafe { self.settle() }));
        let released = catch_unwind(AssertUnwindSafe(|| self.release()));
        // SAFETY: attached.
        let outcome = outcome
            .unwrap_or_else(|payload| Err(unsafe { crate::panic::fault(payload, &self.context) }));
        // SAFETY: attached.
        let released =
            released.map_err(|payload| unsafe { crate::panic::fault(payload, &self.context) });
        outcome.and(released)
    }

    /// Runs the pending changes.
    unsafe fn settle(&self) -> Result<(), Fault> {
        if self.more.get().is_null() {
            return Ok(());
        }
        let pending = self.more(|more| std::mem::take(&mut more.pending));
        let mut outcome = Ok(());
        for (parameter, pending) in pending {
            // SAFETY: `write_back` made the box, and its borrow is over.
            let mut pending = unsafe { Box::from_raw(pending) };
            if self.entered.get() && outcome.is_ok() {
                // SAFETY: attached, as the caller promises.
                outcome = unsafe { pending.write_back() }.map_err(|fault| match parameter {
                    "" => fault,
                    parameter => fault.in_parameter(parameter),
                });
            }
        }
        outcome
    }

    fn release_nearest_exports(&self) {
        for slot in self.first.iter().take(usize::from(self.exports.replace(0))) {
            // SAFETY: the first `exports` slots were filled, and are released once; the view has not moved since.
            unsafe { ffi::PyBuffer_Release(&raw mut (*slot.get().cast::<Export>()).view) };
        }
    }

    /// Drops what was kept, the latest first, then the exports.
    fn release(&self) {
        if let Some(collected) = self.collected_so_far() {
            // SAFETY: scopes end attached.
            unsafe { collected.settle() };
        }
        let panicked = self.panicked.get();
        let more = self.more.replace(null_mut());
        let mut exports = Vec::new();
        if !more.is_null() {
            // SAFETY: `more` made this box, and no reference to it is left.
            let mut more = unsafe { Box::from_raw(more) };
            while let Some(kept) = more.kept.pop() {
                // SAFETY: dropped once, and nothing borrows from it any more.
                unsafe { kept.end(panicked) };
            }
            exports = more.exports;
        }
        let nearest = self.nearest.iter().take(usize::from(self.kept.replace(0)));
        for slot in nearest.rev() {
            // SAFETY: the first `kept` slots were filled; each is dropped once, and nothing borrows from it any more.
            unsafe { (*slot.get()).assume_init_read().end(panicked) };
        }
        self.release_nearest_exports();
        for slot in exports {
            // SAFETY: as above; `slot()` made the box.
            unsafe {
                ffi::PyBuffer_Release(&raw mut (*slot).view);
                drop(Box::from_raw(slot));
            }
        }
        let collected = self.collected.replace(null_mut());
        if !collected.is_null() {
            // SAFETY: `collected` made this box; what borrows from these owners was dropped above.
            drop(unsafe { Box::from_raw(collected) });
        }
    }
}

/// Reads the memory of an object during `read` only.
///
/// # Safety
/// The thread is attached; `object` is a valid object. `read` runs no Python code that could change the object.
pub unsafe fn with_buffer<R>(
    object: Object,
    flags: c_int,
    read: impl FnOnce(&ffi::Py_buffer) -> Result<R, Fault>,
) -> Result<R, Fault> {
    struct Release<'a>(&'a mut MaybeUninit<ffi::Py_buffer>);
    impl Drop for Release<'_> {
        fn drop(&mut self) {
            // SAFETY: made only after a successful export, whose view has not moved.
            unsafe { ffi::PyBuffer_Release(self.0.as_mut_ptr()) };
        }
    }
    let mut view = MaybeUninit::uninit();
    // SAFETY: attached; the view is released once, and read only while it lives.
    unsafe {
        if ffi::PyObject_GetBuffer(object, view.as_mut_ptr(), flags) != 0 {
            return Err(Fault::raised());
        }
        let view = Release(&mut view);
        read(view.0.assume_init_ref())
    }
}

/// Whether the object's type can export memory.
///
/// # Safety
/// `object` is a valid object.
#[inline(always)]
pub unsafe fn exports_buffer(object: Object) -> bool {
    // SAFETY: slots of a ready type are null or valid.
    unsafe {
        let slots = (*object::type_of(object)).tp_as_buffer;
        !slots.is_null() && (*slots).bf_getbuffer.is_some()
    }
}

/// The addresses that an export touches.
fn extent(view: &ffi::Py_buffer) -> Range<usize> {
    let start = view.buf as usize;
    if view.strides.is_null() || view.shape.is_null() || view.len == 0 {
        return start..start.wrapping_add_signed(view.len);
    }
    let (mut low, mut high) = (start, start.wrapping_add_signed(view.itemsize));
    for axis in 0..usize::try_from(view.ndim).unwrap_or(0) {
        // SAFETY: both arrays have `ndim` entries.
        let (length, stride) = unsafe { (*view.shape.add(axis), *view.strides.add(axis)) };
        let reach = stride.wrapping_mul(length - 1);
        if reach < 0 {
            low = low.wrapping_add_signed(reach);
        } else {
            high = high.wrapping_add_signed(reach);
        }
    }
    low..high
}

fn overlap(one: &Range<usize>, other: &Range<usize>) -> bool {
    one.start < other.end && other.start < one.end
}

#[cold]
fn given_twice() -> Fault {
    Fault::value("the same object is passed twice, and the function changes it")
}
