//! What a value borrows from when it outlives the call that made it.
//!
//! `Document::parse(text: &'a str) -> Document<'a>` becomes an instance whose value is a `Document<'static>`. That is not what the value is, but it may pass for it as long as what it borrows
//! from neither changes nor goes. So an instance of a class that borrows keeps its *owners* beside its value, and drops them after it.
//!
//! An owner is what an argument was lowered into: a [`Scope`] that lasts. It holds a reference to the argument that was lent (a str or bytes never changes), a copy of what Python code could
//! change (a bytearray, a list), and a shared borrow of an instance (until it ends, changing that instance is a RuntimeError). A call collects the owners of all instances that it gets,
//! and every instance of a class that borrows which it makes has them all: what the user's function gave out may come from any of them.
//!
//! rustc checks the rest. What a call lends gets `'static` only by [`Call::lend`]; all other arguments have the lifetime of the call, so a result that borrows from them does not compile. And
//! for every function that is lent something the shim has a copy of its signature with lifetimes of no known length, which shows that the function asks for none of `'static`.

use std::cell::{Cell, RefCell};
use std::panic::{catch_unwind, AssertUnwindSafe};
use std::ptr::{null_mut, NonNull};
use std::rc::Rc;

use crate::call::Call;
use crate::class::Class;
use crate::conversion::{Lower, OwnMut, OwnRef};
use crate::fault::Fault;
use crate::instance;
use crate::object::{Object, Owned};
use crate::scope::Scope;
use crate::state::{gone, Context};

/// What values borrow from; a clone shares it.
#[derive(Clone, Default)]
pub struct Owners(Option<Rc<Owner>>);

#[derive(Default)]
struct Owner {
    /// What an argument lent.
    scope: Option<Box<Scope>>,
    /// Further owners, of values that borrow from more than one.
    others: RefCell<Vec<Owners>>,
}

/// So many owners are looked at before one more is joined: an object that is given the same owner again and again does not grow.
const LOOKED_AT: usize = 8;

impl Owners {
    /// Whether there are none.
    #[inline(always)]
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_none()
    }

    /// A panic left what borrows from them while it was changing it: values that are lent for changing are poisoned.
    pub(crate) fn set_panicked(&self) {
        let Some(owner) = &self.0 else { return };
        if let Some(scope) = &owner.scope {
            scope.set_panicked();
        }
        owner.others.borrow().iter().for_each(Owners::set_panicked);
    }

    /// Adds owners.
    pub(crate) fn join(&mut self, more: Owners) {
        let (Some(own), Some(other)) = (&self.0, &more.0) else {
            if self.is_empty() {
                *self = more;
            }
            return;
        };
        if Rc::ptr_eq(own, other) || own.holds(other) {
            return;
        }
        if Rc::strong_count(own) == 1 {
            own.others.borrow_mut().push(more);
            return;
        }
        if Rc::strong_count(other) == 1 && !other.holds(own) {
            other.others.borrow_mut().push(self.clone());
        }
        if other.holds(own) {
            *self = more;
            return;
        }
        let both = RefCell::new(vec![std::mem::take(self), more]);
        let (scope, others) = (None, both);
        self.0 = Some(Rc::new(Owner { scope, others }));
    }
}

impl Owner {
    fn of(scope: Scope) -> Self {
        let (scope, others) = (Some(Box::new(scope)), RefCell::default());
        Self { scope, others }
    }

    /// Whether the other was joined to this one lately.
    fn holds(&self, other: &Rc<Owner>) -> bool {
        let others = self.others.borrow();
        let mut latest = others.iter().rev().take(LOOKED_AT);
        latest.any(|owners| owners.0.as_ref().is_some_and(|own| Rc::ptr_eq(own, other)))
    }
}

thread_local! {
    /// Where owners wait that are to be dropped when the drop that is going on is over; null while none is.
    static WAITING: Cell<*mut Vec<Rc<Owner>>> = const { Cell::new(null_mut()) };
}

impl Drop for Owners {
    /// An owner may be the last to hold an instance that has owners itself, and so on: a chain of any length is dropped one by one, not one inside the other.
    fn drop(&mut self) {
        let Some(owner) = self.0.take() else { return };
        if Rc::strong_count(&owner) > 1 {
            return;
        }
        let waiting = WAITING.get();
        if !waiting.is_null() {
            // SAFETY: the vector of the drop below on the stack of this thread, which does not look at it now.
            unsafe { (*waiting).push(owner) };
            return;
        }
        let mut waiting = Vec::new();
        let waiting = &raw mut waiting;
        WAITING.set(waiting);
        let mut next = Some(owner);
        while let Some(owner) = next {
            drop(owner);
            // SAFETY: the vector above; what the drop pushed to it is done.
            next = unsafe { (*waiting).pop() };
        }
        WAITING.set(null_mut());
    }
}

impl Drop for Owner {
    fn drop(&mut self) {
        if let Some(scope) = &self.scope {
            // SAFETY: owners are dropped attached, after the values that borrow from them. A kept value whose drop panics has nobody to tell.
            let _ = catch_unwind(AssertUnwindSafe(|| unsafe { scope.end() }));
        }
    }
}

/// What a call collects for what it makes and changes.
#[derive(Default)]
pub(crate) struct Collected {
    /// The owners of the instances that the call met.
    adopted: RefCell<Owners>,
    /// The arguments that were lent, each with an owner of its own.
    lent: RefCell<Vec<(Object, Owners)>>,
    /// Instances of classes that borrow, which the call changes: what it was lent may end up in them. References of their own.
    debtors: RefCell<Vec<Owned>>,
}

impl Collected {
    /// All owners.
    fn all(&self) -> Owners {
        let mut owners = self.adopted.borrow().clone();
        for (_, owner) in &*self.lent.borrow() {
            owners.join(owner.clone());
        }
        owners
    }

    /// What the call was lent is kept by the instances that it changed, but for a borrow of the instance itself: it would never end.
    ///
    /// # Safety
    /// The thread is attached. The call makes nothing any more.
    pub(crate) unsafe fn settle(&self) {
        let debtors = self.debtors.take();
        // SAFETY: instances of classes that borrow; joining runs no Python code.
        let owners_of = |debtor: &Owned| unsafe { instance::owners(debtor.object()) };
        let adopted = self.adopted.take();
        for debtor in &debtors {
            owners_of(debtor).join(adopted.clone());
        }
        // What is shared is joined in a new owner; a debtor that has its own for itself grows in place.
        drop(adopted);
        for debtor in &debtors {
            for (object, owner) in &*self.lent.borrow() {
                if *object != debtor.object() {
                    owners_of(debtor).join(owner.clone());
                }
            }
        }
    }
}

impl Scope {
    /// Adds to the owners of what the call makes.
    pub(crate) fn adopt(&self, owners: Owners) {
        if !owners.is_empty() {
            self.collected().adopted.borrow_mut().join(owners);
        }
    }

    /// The owners of what the call makes.
    pub(crate) fn owners(&self) -> Owners {
        let collected = self.collected_so_far();
        collected.map_or_else(Owners::default, Collected::all)
    }

    /// What the call is lent may end up in this instance.
    ///
    /// # Safety
    /// The thread is attached; `object` is an instance of a class that borrows.
    pub(crate) unsafe fn owe(&self, object: Object) {
        // SAFETY: as the caller promises.
        let debtor = unsafe { Owned::of(object) };
        self.collected().debtors.borrow_mut().push(debtor);
    }

    /// The scope that an argument is lent into: that of a new owner, which keeps the argument.
    ///
    /// # Safety
    /// The thread is attached; `object` is a valid object. What is lowered there is used no longer than the owners of this scope live.
    unsafe fn lending(&self, object: Object) -> Result<&'static Scope, Fault> {
        let module = self.context().module();
        if module.is_null() {
            return Err(gone());
        }
        // SAFETY: attached. The scope keeps the module, the anchor of its context; what is kept first is given back last. The owner does not move, and is kept by this scope and by what
        // the call makes, as the caller promises.
        unsafe {
            let owner = Rc::new(Owner::of(Scope::lasting(Context::new(module))));
            let scope = owner.scope.as_deref().map(NonNull::from);
            let scope: &'static Scope = scope.ok_or_else(gone)?.as_ref();
            let owners = Owners(Some(owner));
            self.collected().lent.borrow_mut().push((object, owners));
            scope.keep_object(Owned::of(module));
            scope.keep_object(Owned::of(object));
            Ok(scope)
        }
    }
}

impl Scope {
    /// Lowers an argument that what the call makes may borrow from.
    ///
    /// # Safety
    /// As of [`Call::lend`]; `object` is a valid object.
    pub(crate) unsafe fn lend<C: Lower>(&self, object: Object) -> Result<C::Value<'static>, Fault> {
        // SAFETY: as the caller promises; the reference that the owner keeps makes the argument live as long as it.
        unsafe {
            let scope = self.lending(object)?;
            let value = C::lower(object, scope)?;
            if scope.is_pinned() {
                self.pin();
            }
            self.add_size(scope.size());
            Ok(value)
        }
    }
}

impl<'c> Call<'c> {
    /// Converts an argument that the result, or another argument, may borrow from: it lives as long as what the call makes.
    ///
    /// # Safety
    /// As of [`Call::lower`]. The value goes to the user's function only, and what that returns is lifted by this call.
    pub unsafe fn lend<C: Lower>(
        &self,
        index: usize,
        object: Object,
    ) -> Result<C::Value<'static>, Fault> {
        // SAFETY: as the caller promises.
        unsafe {
            if object.is_null() {
                return self.missing::<C>(index);
            }
            let value = self.scope.lend::<C>(object);
            value.map_err(|fault| self.blame(index, fault))
        }
    }

    /// `&self` of a method whose result borrows from it.
    ///
    /// # Safety
    /// As of [`Call::lend`]; `this` is the receiver of this call, an instance of `K`.
    pub unsafe fn lent<K: Class>(&self, this: Object) -> Result<&'static K::Value, Fault> {
        // SAFETY: as the caller promises.
        unsafe { self.lend::<OwnRef<K>>(usize::MAX, this) }
    }

    /// `&mut self` of a method whose result borrows from it: nobody else can use the instance as long as that lives.
    ///
    /// # Safety
    /// As of [`Call::lent`].
    pub unsafe fn lent_mut<K: Class>(&self, this: Object) -> Result<&'static mut K::Value, Fault> {
        // SAFETY: as the caller promises.
        unsafe { self.lend::<OwnMut<K>>(usize::MAX, this) }
    }

    /// What the call is lent may end up in the instance `object`, which keeps the owners when the call is over. An object that is none will be refused.
    ///
    /// # Safety
    /// The thread is attached; `object` is null or a valid object.
    pub unsafe fn owing<K: Class>(&self, object: Object) {
        // SAFETY: as the caller promises; the class is checked.
        unsafe {
            if K::BORROWS && !object.is_null() && instance::is::<K>(object) {
                self.scope.owe(object);
            }
        }
    }
}
