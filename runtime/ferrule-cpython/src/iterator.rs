//! Iterators out: a Rust iterator as a lazy Python iterator.
//!
//! One class serves all of them, made on demand in each module. Its value hides the iterator's type behind one call that takes the next item and converts it. An iterator that borrows
//! from an instance keeps it alive and borrowed; both end with the last item.

// The methods write their lifetimes out, as the traits do.
#![allow(clippy::needless_lifetimes)]

use std::marker::PhantomData;
use std::ptr::null_mut;

use crate::borrow;
use crate::call::Call;
use crate::class::{seal, Class, ClassDefinition};
use crate::conversion::{Conversion, Lift};
use crate::error::ErrorConversion;
use crate::exception::raise;
use crate::fault::{Builtin, Fault};
use crate::ffi;
use crate::instance::{self, Layout};
use crate::method::Methods;
use crate::object::{decref, new_reference, Object};
use crate::owners::Owners;
use crate::panic;
use crate::property::Properties;
use crate::ready;
use crate::slot::Slot;
use crate::state::{gone, Context};
use crate::thread;

/// An iterator with its conversion.
trait Items {
    /// The next item, a new reference; null at the end.
    ///
    /// # Safety
    /// The thread is attached.
    unsafe fn next(&mut self, context: &Context) -> Result<Object, Fault>;
}

struct Converted<I, C>(I, PhantomData<C>);

impl<C: Lift, I: Iterator<Item = C::Value<'static>>> Items for Converted<I, C> {
    #[inline]
    unsafe fn next(&mut self, context: &Context) -> Result<Object, Fault> {
        match self.0.next() {
            // SAFETY: the caller's promise is the same.
            Some(item) => unsafe { C::lift(item, context) },
            None => Ok(null_mut()),
        }
    }
}

/// The value of an iterator object.
struct Lazy {
    /// None after the last item.
    items: Option<Box<dyn Items>>,
    /// The instance that the iterator borrows from, a reference and a shared borrow; or null.
    owner: Object,
    /// What else it borrows from, and what its items do.
    owners: Owners,
    /// The thread that it must not leave, or 0.
    home: u32,
}

impl Lazy {
    fn is_home(&self) -> bool {
        self.home == 0 || self.home == thread::number()
    }

    /// Drops the iterator, then what it borrows from.
    fn finish(&mut self) {
        self.items = None;
        self.owners = Owners::default();
        let owner = std::mem::replace(&mut self.owner, null_mut());
        if !owner.is_null() {
            // SAFETY: attached, as every use of a value. Reference and borrow are ours, and the iterator that used them is gone.
            unsafe {
                borrow::unshare(owner);
                decref(owner);
            }
        }
    }
}

impl Drop for Lazy {
    fn drop(&mut self) {
        if self.is_home() {
            self.finish();
        } else {
            // Dropping it here would be unsound.
            std::mem::forget(self.items.take());
            std::mem::forget(std::mem::take(&mut self.owners));
            // SAFETY: instances are dropped attached.
            unsafe {
                instance::leaked("iterator");
            }
        }
    }
}

struct LazyClass;

// SAFETY: the definition is of this class alone. Whether the value may leave its thread is seen to at run time.
unsafe impl Class for LazyClass {
    type Value = Lazy;
    const NAME: &'static str = "iterator";
    const PLACE: usize = usize::MAX;
    const SEND: bool = true;
    const SYNC: bool = false;

    fn definition() -> &'static ClassDefinition {
        &LAZY
    }
}

static METHODS: Methods<0> = Methods::new([]);
static PROPERTIES: Properties<0> = Properties::new([]);
static LAZY: ClassDefinition = ClassDefinition {
    module: c"ferrule",
    name: c"iterator",
    doc: c"An iterator over what Rust gives, one by one.",
    layout: Layout::of::<LazyClass>(),
    parent: None,
    constructor: None,
    methods: METHODS.table(),
    properties: PROPERTIES.table(),
    slots: &[Slot::iter(ready::itself), Slot::next(next)],
    functions: &[],
    constants: &[],
    match_args: None,
};

/// `next(iterator)`
unsafe extern "C" fn next(this: Object) -> Object {
    // SAFETY: CPython calls the slot of an iterator of ours.
    unsafe {
        ready::run(this, |context| {
            let mut lazy = borrow::Exclusive::<LazyClass>::new(this)?;
            if !lazy.is_home() {
                return Err(elsewhere());
            }
            let Lazy { items, owners, .. } = &mut *lazy;
            let Some(items) = items else {
                return Ok(null_mut());
            };
            let guard = Guard(owners);
            let item = items.next(&context.with(owners))?;
            drop(guard);
            if item.is_null() {
                lazy.finish();
            }
            Ok(item)
        })
    }
}

/// Tells the owners when a panic leaves the user's `next`.
struct Guard<'a>(&'a Owners);

impl Drop for Guard<'_> {
    #[inline(always)]
    fn drop(&mut self) {
        if std::thread::panicking() && !panic::is_exception() {
            self.0.set_panicked();
        }
    }
}

#[cold]
fn elsewhere() -> Fault {
    Fault::builtin(
        Builtin::Runtime,
        "the iterator is not Send: it can be used only on the thread that made it",
    )
}

/// Makes the object.
unsafe fn create<C: Lift + 'static, I: Iterator<Item = C::Value<'static>> + 'static>(
    (items, is_send): (I, bool),
    owner: Object,
    owners: Owners,
    context: &Context,
) -> Result<Object, Fault> {
    let lazy = Lazy {
        items: Some(Box::new(Converted::<I, C>(items, PhantomData))),
        owner,
        owners,
        home: if is_send { 0 } else { thread::number() },
    };
    // SAFETY: attached, as the caller promises; the class was made of the definition.
    unsafe { instance::create::<LazyClass>(context.iterator_class()?, lazy, context) }
}

impl Context {
    /// The class of lazy iterators, made on demand.
    unsafe fn iterator_class(&self) -> Result<*mut ffi::PyTypeObject, Fault> {
        // SAFETY: attached, as the caller promises. Making a type runs no foreign code, so nobody else makes one meanwhile.
        unsafe {
            let state = self.state().ok_or_else(gone)?;
            if let Some(class) = state.iterator.get() {
                return Ok(class.object().cast());
            }
            let module = Context::new(self.module());
            let class = LAZY.create(&module, &[])?;
            seal(&class, false);
            Ok(state.iterator.get_or_init(|| class).object().cast())
        }
    }
}

/// An iterator with whether it is Send, which rustc decides where its type is known: what [`Call::iterator`] and [`Call::view`] take.
#[macro_export]
macro_rules! sendable {
    ($value:expr) => {{
        #[allow(unused_imports)]
        use $crate::iterator::{Asked, IsNotSend as _, IsSend as _};
        let value = $value;
        let is_send = (&Asked(&value)).is_send();
        (value, is_send)
    }};
}

/// The method of a value that is Send is found first, that of the others one reference deeper.
#[doc(hidden)]
pub struct Asked<'a, T>(pub &'a T);

#[doc(hidden)]
pub trait IsSend {
    fn is_send(&self) -> bool {
        true
    }
}

impl<T: Send> IsSend for Asked<'_, T> {}

#[doc(hidden)]
pub trait IsNotSend {
    fn is_send(&self) -> bool {
        false
    }
}

impl<T> IsNotSend for &Asked<'_, T> {}

impl<'c> Call<'c> {
    /// A lazy iterator over items that `C` converts: `call.iterator::<C, _>(sendable!(value))`.
    ///
    /// # Safety
    /// The thread is attached.
    pub unsafe fn iterator<C: Lift + 'static, I>(&self, items: (I, bool)) -> Result<Object, Fault>
    where
        I: Iterator<Item = C::Value<'static>> + 'static,
    {
        // SAFETY: as the caller promises.
        unsafe { create::<C, I>(items, null_mut(), self.scope.owners(), self.context()) }
    }

    /// A lazy iterator that borrows from the receiver, keeps it alive and shared: `call.view::<K, c::Ref<C>, _>(this, |value| sendable!(value.iter()))`.
    ///
    /// The value passes for `'static`, because the borrow lasts as long as the iterator.
    ///
    /// # Safety
    /// The thread is attached; `this` is an instance of `K`. `make` calls a function that is generic over the lifetime of the reference.
    pub unsafe fn view<K: Class, C: Lift + 'static, I>(
        &self,
        this: Object,
        make: impl FnOnce(&'static K::Value) -> (I, bool),
    ) -> Result<Object, Fault>
    where
        I: Iterator<Item = C::Value<'static>> + 'static,
    {
        // SAFETY: as the caller promises. The iterator is dropped before the borrow ends, and the instance, which does not move, after it.
        unsafe {
            let shared = self.shared::<K>(this)?;
            let items = self.run(|| make(&*instance::value::<K>(this)));
            let owner = new_reference(shared.into_object());
            borrow::view::<K>(owner);
            create::<C, I>(items, owner, self.scope.owners(), self.context())
        }
    }
}

/// `Result<T, E>` as an item: an error is raised when it comes, and the iterator can go on after it.
pub struct Fallible<C, E>(PhantomData<(C, E)>);

impl<C: Conversion + 'static, E: ErrorConversion + 'static> Conversion for Fallible<C, E> {
    type Value<'a> = Result<C::Value<'a>, E::Value>;
}

impl<C: Lift + 'static, E: ErrorConversion + 'static> Lift for Fallible<C, E> {
    const LENDS: bool = C::LENDS;

    #[inline]
    unsafe fn lift<'a>(value: Self::Value<'a>, context: &Context) -> Result<Object, Fault> {
        match value {
            // SAFETY: the caller's promise is the same.
            Ok(value) => unsafe { C::lift(value, context) },
            Err(error) => Err(raise::<E>(error, context)),
        }
    }
}

/// `Box<dyn Iterator>`, which stays on its thread: a lazy iterator.
pub struct Iter<C>(PhantomData<C>);

/// `Box<dyn Iterator + Send>`: a lazy iterator.
pub struct SendIter<C>(PhantomData<C>);

impl<C: Conversion + 'static> Conversion for Iter<C> {
    type Value<'a> = Box<dyn Iterator<Item = C::Value<'static>>>;
}

impl<C: Conversion + 'static> Conversion for SendIter<C> {
    type Value<'a> = Box<dyn Iterator<Item = C::Value<'static>> + Send>;
}

impl<C: Lift + 'static> Lift for Iter<C> {
    const LENDS: bool = true;

    unsafe fn lift<'a>(value: Self::Value<'a>, context: &Context) -> Result<Object, Fault> {
        // SAFETY: the caller's promise is the same.
        unsafe { create::<C, _>((value, false), null_mut(), context.owners()?, context) }
    }
}

impl<C: Lift + 'static> Lift for SendIter<C> {
    const LENDS: bool = true;

    unsafe fn lift<'a>(value: Self::Value<'a>, context: &Context) -> Result<Object, Fault> {
        // SAFETY: the caller's promise is the same.
        unsafe { create::<C, _>((value, true), null_mut(), context.owners()?, context) }
    }
}
