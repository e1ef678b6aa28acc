//! The object of a class: CPython's header, the flag of the borrows, the list of weak references, and the value itself.

use std::any::Any;
use std::ffi::c_int;
use std::mem::offset_of;
use std::panic::{catch_unwind, AssertUnwindSafe};
use std::ptr::null_mut;

use crate::borrow::Flag;
use crate::class::Class;
use crate::fault::{Builtin, Fault};
use crate::ffi;
use crate::object::{self, decref, incref, Object};
use crate::owners::Owners;
use crate::state::Context;

/// What lies before the value.
#[repr(C)]
struct Head {
    base: ffi::PyObject,
    flag: Flag,
    weak: Object,
}

/// Where CPython finds the list of weak references.
pub(crate) const WEAK_OFFSET: isize = offset_of!(Head, weak) as isize;

/// What CPython's allocator aligns memory to.
const ALIGNMENT: usize = 2 * size_of::<usize>();

/// Where the owners lie, in an instance of a class that borrows or is viewed.
const OWNERS: usize = size_of::<Head>();

/// Where a view has the place of its value, which is null for an instance that holds its value itself.
const VIEW: usize = OWNERS + size_of::<Owners>();

/// Where the value lies, if it asks for no larger alignment than memory has.
const fn offset<K: Class>() -> usize {
    let start = if K::VIEWED {
        VIEW + size_of::<*mut K::Value>()
    } else if K::BORROWS {
        VIEW
    } else {
        OWNERS
    };
    let alignment = align_of::<K::Value>();
    start.next_multiple_of(if alignment < ALIGNMENT {
        alignment
    } else {
        ALIGNMENT
    })
}

/// How large an instance is, with room to move a value of larger alignment.
const fn size<K: Class>() -> usize {
    let extra = align_of::<K::Value>().saturating_sub(ALIGNMENT);
    offset::<K>() + size_of::<K::Value>() + extra
}

/// Whether instances have owners.
const fn keeps<K: Class>() -> bool {
    K::BORROWS || K::VIEWED
}

/// Size and end of the instances of a class.
#[derive(Clone, Copy)]
pub struct Layout {
    pub(crate) size: c_int,
    pub(crate) dealloc: unsafe extern "C" fn(Object),
}

impl Layout {
    /// The layout of the instances of `K`.
    pub const fn of<K: Class>() -> Self {
        let size = size::<K>();
        assert!(size <= c_int::MAX as usize, "too large for an object");
        Self {
            size: size as c_int,
            dealloc: if std::mem::needs_drop::<K::Value>() || keeps::<K>() {
                dealloc::<K>
            } else {
                dealloc_plain
            },
        }
    }
}

/// The flag of an instance.
///
/// # Safety
/// `object` is an instance of a class of ours, and lives as long as `'a`.
#[inline(always)]
pub(crate) unsafe fn flag<'a>(object: Object) -> &'a Flag {
    // SAFETY: every instance begins with a head.
    unsafe { &(*object.cast::<Head>()).flag }
}

/// The place of an instance's value.
///
/// # Safety
/// `object` is an instance of `K`.
#[inline(always)]
pub(crate) unsafe fn value<K: Class>(object: Object) -> *mut K::Value {
    if K::VIEWED {
        // SAFETY: written when the instance was made.
        let place = unsafe { *viewed::<K>(object) };
        if !place.is_null() {
            return place;
        }
    }
    // SAFETY: as the caller promises.
    unsafe { held::<K>(object) }
}

/// Where a class that is viewed has the place of a value inside of another instance.
#[inline(always)]
unsafe fn viewed<K: Class>(object: Object) -> *mut *mut K::Value {
    // SAFETY: an instance of a class that is viewed has it behind its owners.
    unsafe { object.byte_add(VIEW) }.cast()
}

/// Whether the instance refers to a value inside of another one.
///
/// # Safety
/// `object` is an instance of `K`.
#[inline(always)]
pub(crate) unsafe fn is_view<K: Class>(object: Object) -> bool {
    // SAFETY: as the caller promises.
    K::VIEWED && unsafe { !(*viewed::<K>(object)).is_null() }
}

/// The place of a value that the instance holds itself.
#[inline(always)]
unsafe fn held<K: Class>(object: Object) -> *mut K::Value {
    // SAFETY: the instance is so large.
    let start = unsafe { object.byte_add(offset::<K>()) };
    if align_of::<K::Value>() <= ALIGNMENT {
        return start.cast();
    }
    // SAFETY: `size` has added the room.
    unsafe { start.byte_add(start.cast::<u8>().align_offset(align_of::<K::Value>())) }.cast()
}

/// The owners of an instance of a class that borrows or is viewed.
///
/// # Safety
/// The thread is attached; `object` is an instance of such a class, and nobody else looks at its owners while `'a` lasts.
#[inline(always)]
pub(crate) unsafe fn owners<'a>(object: Object) -> &'a mut Owners {
    // SAFETY: they lie between the head and the value, from the instance's beginning to its end.
    unsafe { &mut *object.byte_add(OWNERS).cast::<Owners>() }
}

/// The owners of what borrows from an instance's value as that does.
///
/// # Safety
/// The thread is attached; `object` is an instance of `K`.
#[inline(always)]
pub(crate) unsafe fn owners_of<K: Class>(object: Object) -> Owners {
    if K::BORROWS {
        // SAFETY: as the caller promises; the reference is gone at once.
        unsafe { owners(object).clone() }
    } else {
        Owners::default()
    }
}

/// Whether the object is an instance of `K`, of any of its variants: recognised by the table of methods, which is the same in every interpreter.
///
/// # Safety
/// `object` is a valid object.
#[inline(always)]
pub(crate) unsafe fn is<K: Class>(object: Object) -> bool {
    // SAFETY: every object has a type.
    unsafe { (*object::type_of(object)).tp_methods == K::definition().methods.pointer().cast() }
}

/// Makes an instance around the value.
///
/// # Safety
/// The thread is attached; `class` is a type object that was made of `K`'s definition, or of one of its variants.
#[inline(always)]
pub(crate) unsafe fn create<K: Class>(
    class: *mut ffi::PyTypeObject,
    content: K::Value,
    context: &Context,
) -> Result<Object, Fault> {
    // SAFETY: the memory is as large as the type says, and filled before anybody sees it. An instance holds a reference to its type.
    unsafe {
        let owners = if K::BORROWS {
            context.owners()?
        } else {
            Owners::default()
        };
        let object = begun::<K>(class, Flag::new::<K>(), owners, null_mut())?;
        held::<K>(object).write(content);
        Ok(object)
    }
}

/// Makes an instance that refers to a value which the owners keep.
///
/// # Safety
/// As of [`create`]. The value stays where it is as long as the owners live; nobody changes it meanwhile if the view is shared, else nobody else uses it.
pub(crate) unsafe fn create_view<K: Class>(
    class: *mut ffi::PyTypeObject,
    place: *mut K::Value,
    is_shared: bool,
    owners: Owners,
) -> Result<Object, Fault> {
    if !K::VIEWED {
        return Err(Fault::builtin(
            Builtin::Runtime,
            format!("{} has no views", K::NAME),
        ));
    }
    let flag = if is_shared {
        Flag::shared::<K>()
    } else {
        Flag::new::<K>()
    };
    // SAFETY: as the caller promises.
    unsafe { begun::<K>(class, flag, owners, place) }
}

/// An instance, but for its value.
#[inline(always)]
unsafe fn begun<K: Class>(
    class: *mut ffi::PyTypeObject,
    flag: Flag,
    owners: Owners,
    place: *mut K::Value,
) -> Result<Object, Fault> {
    // SAFETY: the memory is as large as the type says.
    unsafe {
        let object: Object = ffi::PyObject_Malloc(size::<K>()).cast();
        if object.is_null() {
            return Err(out_of_memory());
        }
        begin(object, class);
        let head = object.cast::<Head>();
        (&raw mut (*head).flag).write(flag);
        (*head).weak = null_mut();
        if keeps::<K>() {
            object.byte_add(OWNERS).cast::<Owners>().write(owners);
        }
        if K::VIEWED {
            viewed::<K>(object).write(place);
        }
        Ok(object)
    }
}

/// The header of a new object.
#[cfg(not(feature = "debug"))]
#[inline(always)]
unsafe fn begin(object: Object, class: *mut ffi::PyTypeObject) {
    // SAFETY: as the caller promises; what `PyObject_Init` does in a build without debugging.
    unsafe {
        incref(class.cast());
        object.write(ffi::PyObject {
            ob_refcnt: 1,
            #[cfg(all(feature = "py314", target_pointer_width = "64"))]
            ob_overflow: 0,
            #[cfg(all(feature = "py314", target_pointer_width = "64"))]
            ob_flags: 0,
            ob_type: class,
        });
    }
}

/// The header of a new object, which the interpreter counts.
#[cfg(feature = "debug")]
unsafe fn begin(object: Object, class: *mut ffi::PyTypeObject) {
    // SAFETY: as the caller promises.
    unsafe { ffi::PyObject_Init(object, class) };
}

#[cold]
fn out_of_memory() -> Fault {
    Fault::builtin(Builtin::Memory, "no memory for an object")
}

/// `tp_dealloc` where the value needs no drop.
unsafe extern "C" fn dealloc_plain(object: Object) {
    // SAFETY: CPython calls this for an instance that nobody holds any more.
    unsafe {
        clear_weak(object);
        free(object);
    }
}

/// `tp_dealloc`
unsafe extern "C" fn dealloc<K: Class>(object: Object) {
    // SAFETY: CPython calls this for an instance that nobody holds any more. What the drop does to Python objects must not meet a pending exception.
    unsafe {
        clear_weak(object);
        let flag = flag(object);
        let has_value = flag.has_value() && !is_view::<K>(object);
        if has_value || keeps::<K>() {
            let pending = Fault::pending();
            if !has_value {
                drop_owners::<K>(object);
            } else if flag.is_home::<K>() {
                let content = value::<K>(object);
                let outcome = catch_unwind(AssertUnwindSafe(|| content.drop_in_place()));
                if let Err(payload) = outcome {
                    told(object, payload);
                }
                drop_owners::<K>(object);
            } else {
                leaked(K::NAME);
            }
            if let Some(pending) = pending {
                pending.raise("");
            }
        }
        free(object);
    }
}

/// Drops the owners, after the value. With a value that is leaked they are leaked too.
unsafe fn drop_owners<K: Class>(object: Object) {
    if keeps::<K>() {
        // SAFETY: as the caller promises; they are not looked at again.
        unsafe { std::ptr::drop_in_place(object.byte_add(OWNERS).cast::<Owners>()) };
    }
}

unsafe fn clear_weak(object: Object) {
    // SAFETY: as the caller promises.
    unsafe {
        if !(*object.cast::<Head>()).weak.is_null() {
            ffi::PyObject_ClearWeakRefs(object);
        }
    }
}

unsafe fn free(object: Object) {
    // SAFETY: as the caller promises; the type outlives its instance by this reference.
    unsafe {
        let class = object::type_of(object);
        ffi::PyObject_Free(object.cast());
        decref(class.cast());
    }
}

/// A drop panicked: nobody can catch that, so it is told as unraisable.
#[cold]
unsafe fn told(object: Object, payload: Box<dyn Any + Send>) {
    // SAFETY: attached, as every `tp_dealloc`; the type is alive.
    unsafe {
        let class: Object = object::type_of(object).cast();
        crate::panic::fault(payload, &Context::new(class)).raise("");
        ffi::PyErr_WriteUnraisable(class);
    }
}

/// A value that is not Send dies on another thread: dropping it there would be wrong, so it is leaked, and that is told.
#[cold]
pub(crate) unsafe fn leaked(name: &str) {
    let message = format!("{name} is not Send: it was made on another thread, and is leaked");
    // SAFETY: attached, as every `tp_dealloc`.
    unsafe {
        Fault::builtin(Builtin::Runtime, message).raise("");
        ffi::PyErr_WriteUnraisable(object::none());
    }
}

/// Gives an instance the class of the variant that its value is now.
///
/// # Safety
/// The thread is attached; `object` is an instance of `K` with a value.
pub(crate) unsafe fn follow_variant<K: Class>(object: Object) {
    // SAFETY: as the caller promises; all variants have one layout. Without a module the old class stays.
    unsafe {
        let old: Object = object::type_of(object).cast();
        let context = Context::new(old);
        if let Ok(new) = context.class(K::place(&*value::<K>(object))) {
            if new.cast() != old {
                incref(new.cast());
                (*object).ob_type = new;
                decref(old);
            }
        }
    }
}
