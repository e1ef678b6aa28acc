//! `user::Point`

use ferrule_cpython::shim::*;

use crate::{special, user};

pub struct PointClass;

// SAFETY: `CLASS_Point` is the definition of this class alone, with its layout; rustc tells what is Send and Sync.
unsafe impl Class for PointClass {
    type Value = user::Point;
    const NAME: &'static str = "Point";
    const PLACE: usize = 0;
    const SEND: bool = is_send!(user::Point);
    const SYNC: bool = is_sync!(user::Point);

    fn definition() -> &'static ClassDefinition {
        &CLASS_Point
    }
}

pub static CLASS_Point: ClassDefinition = ClassDefinition {
    module: c"ferrule_classes",
    name: c"Point",
    doc: c"Point(x, y)\n--\n\nA point.",
    layout: Layout::of::<PointClass>(),
    parent: None,
    constructor: Some(construct_Point),
    methods: METHODS_Point.table(),
    properties: PROPERTIES_Point.table(),
    slots: &[
        Slot::repr(repr_Point),
        Slot::hash(hash_Point),
        Slot::compare(ready::equal::<PointClass>),
        Slot::multiply(multiply_Point),
        Slot::add_assign(add_assign_Point),
        Slot::negative(negative_Point),
    ],
    functions: &[Function::new(
        c"dot",
        c"dot(a, b)\n--\n\nCalls `Point::dot`.",
        Entry::Keywords(function_Point_dot),
    )],
    constants: &[],
    match_args: Some(&[c"x", c"y"]),
};

static METHODS_Point: Methods<5> = Methods::new([
    Method::new(
        c"norm",
        c"norm($self, /)\n--\n\nCalls `Point::norm`.",
        Entry::Positional(method_Point_norm),
    ),
    Method::new(
        c"scale",
        c"scale($self, /, factor)\n--\n\nCalls `Point::scale`.",
        Entry::Keywords(method_Point_scale),
    ),
    Method::new(
        c"distance",
        c"distance($self, /, other)\n--\n\nCalls `Point::distance`.",
        Entry::Keywords(method_Point_distance),
    ),
    Method::new(
        c"swap",
        c"swap($self, /, other)\n--\n\nCalls `Point::swap`.",
        Entry::Keywords(method_Point_swap),
    ),
    Method::of_class(
        c"origin",
        c"origin($type, /)\n--\n\nCalls `Point::origin`.",
        Entry::Positional(method_Point_origin),
    ),
]);

static PROPERTIES_Point: Properties<2> = Properties::new([
    Property::new(c"x", c"`x`", get_Point_x, Some(set_Point_x)),
    Property::new(c"y", c"`y`", get_Point_y, Some(set_Point_y)),
]);

unsafe extern "C" fn construct_Point(
    class: Object,
    arguments: *const Object,
    count: usize,
    keywords: Object,
) -> Object {
    static SIGNATURE: Signature<2> = Signature::new(
        "Point",
        [Parameter::required("x", 0), Parameter::required("y", 1)],
    );
    static GATE: Gate = Gate::new();
    // SAFETY: CPython calls the class with the arguments of `tp_vectorcall`.
    unsafe {
        construct(
            &SIGNATURE,
            &GATE,
            class,
            arguments,
            count,
            keywords,
            |call, [x, y]| {
                let x = call.lower::<c::Float<f64>>(0, x)?;
                let y = call.lower::<c::Float<f64>>(1, y)?;
                let value = call.run(|| user::Point::new(x, y));
                call.instance::<PointClass>(class, value)
            },
        )
    }
}

unsafe extern "C" fn method_Point_norm(
    this: Object,
    arguments: *const Object,
    count: isize,
) -> Object {
    static SIGNATURE: Signature<0> = Signature::new("Point.norm", []);
    static GATE: Gate = Gate::new();
    // SAFETY: CPython calls this method of `Point` with an instance and the arguments of METH_FASTCALL.
    unsafe {
        method_without_arguments(&SIGNATURE, &GATE, this, arguments, count, |call| {
            let this = call.shared::<PointClass>(this)?;
            let value = call.run(|| user::Point::norm(&this));
            call.lift::<c::Float<f64>>(value)
        })
    }
}

unsafe extern "C" fn method_Point_scale(
    this: Object,
    arguments: *const Object,
    count: isize,
    keywords: Object,
) -> Object {
    static SIGNATURE: Signature<1> =
        Signature::new("Point.scale", [Parameter::required("factor", 2)]);
    static GATE: Gate = Gate::new();
    // SAFETY: CPython calls this method of `Point` with an instance and the arguments of METH_FASTCALL | METH_KEYWORDS.
    unsafe {
        method(
            &SIGNATURE,
            &GATE,
            this,
            arguments,
            count,
            keywords,
            |call, [factor]| {
                let factor = call.lower::<c::Float<f64>>(0, factor)?;
                let mut value = call.exclusive::<PointClass>(this)?;
                call.run(|| user::Point::scale(&mut value, factor));
                call.same(this)
            },
        )
    }
}

unsafe extern "C" fn method_Point_distance(
    this: Object,
    arguments: *const Object,
    count: isize,
    keywords: Object,
) -> Object {
    static SIGNATURE: Signature<1> =
        Signature::new("Point.distance", [Parameter::required("other", 3)]);
    static GATE: Gate = Gate::new();
    // SAFETY: as of `method_Point_scale`.
    unsafe {
        method(
            &SIGNATURE,
            &GATE,
            this,
            arguments,
            count,
            keywords,
            |call, [other]| {
                let other = call.lower::<c::OwnRef<PointClass>>(0, other)?;
                let this = call.shared::<PointClass>(this)?;
                let value = call.run(|| user::Point::distance(&this, other));
                call.lift::<c::Float<f64>>(value)
            },
        )
    }
}

unsafe extern "C" fn method_Point_swap(
    this: Object,
    arguments: *const Object,
    count: isize,
    keywords: Object,
) -> Object {
    static SIGNATURE: Signature<1> =
        Signature::new("Point.swap", [Parameter::required("other", 3)]);
    static GATE: Gate = Gate::new();
    // SAFETY: as of `method_Point_scale`.
    unsafe {
        method(
            &SIGNATURE,
            &GATE,
            this,
            arguments,
            count,
            keywords,
            |call, [other]| {
                let other = call.lower::<c::OwnMut<PointClass>>(0, other)?;
                let mut this = call.exclusive::<PointClass>(this)?;
                call.run(|| user::Point::swap(&mut this, other));
                call.lift::<c::Unit>(())
            },
        )
    }
}

unsafe extern "C" fn method_Point_origin(
    class: Object,
    arguments: *const Object,
    count: isize,
) -> Object {
    static SIGNATURE: Signature<0> = Signature::new("Point.origin", []);
    static GATE: Gate = Gate::new();
    // SAFETY: CPython calls this class method with the class and the arguments of METH_FASTCALL.
    unsafe {
        method_without_arguments(&SIGNATURE, &GATE, class, arguments, count, |call| {
            let value = call.run(user::Point::origin);
            call.lift::<c::Own<PointClass>>(value)
        })
    }
}

unsafe extern "C" fn function_Point_dot(
    module: Object,
    arguments: *const Object,
    count: isize,
    keywords: Object,
) -> Object {
    static SIGNATURE: Signature<2> = Signature::new(
        "Point.dot",
        [Parameter::required("a", 4), Parameter::required("b", 5)],
    );
    static GATE: Gate = Gate::new();
    // SAFETY: CPython calls this function with the arguments of METH_FASTCALL | METH_KEYWORDS.
    unsafe {
        call(
            &SIGNATURE,
            &GATE,
            module,
            arguments,
            count,
            keywords,
            |call, [a, b]| {
                let a = call.lower::<c::OwnRef<PointClass>>(0, a)?;
                let b = call.lower::<c::OwnRef<PointClass>>(1, b)?;
                let value = call.run(|| user::Point::dot(a, b));
                call.lift::<c::Float<f64>>(value)
            },
        )
    }
}

unsafe extern "C" fn get_Point_x(this: Object, _closure: *mut c_void) -> Object {
    // SAFETY: CPython calls the getter of a property of `Point`.
    unsafe { get::<PointClass, c::Float<f64>>(this, |value| value.x) }
}

unsafe extern "C" fn set_Point_x(this: Object, new: Object, _closure: *mut c_void) -> c_int {
    // SAFETY: CPython calls the setter of a property of `Point`.
    unsafe { set::<PointClass, c::Float<f64>>(this, new, "Point.x", |value, new| value.x = new) }
}

unsafe extern "C" fn get_Point_y(this: Object, _closure: *mut c_void) -> Object {
    // SAFETY: CPython calls the getter of a property of `Point`.
    unsafe { get::<PointClass, c::Float<f64>>(this, |value| value.y) }
}

unsafe extern "C" fn set_Point_y(this: Object, new: Object, _closure: *mut c_void) -> c_int {
    // SAFETY: CPython calls the setter of a property of `Point`.
    unsafe { set::<PointClass, c::Float<f64>>(this, new, "Point.y", |value, new| value.y = new) }
}

pub unsafe extern "C" fn centroid(
    module: Object,
    arguments: *const Object,
    count: isize,
    keywords: Object,
) -> Object {
    static SIGNATURE: Signature<1> = Signature::new("centroid", [Parameter::required("points", 6)]);
    static GATE: Gate = Gate::new();
    // SAFETY: CPython calls this function with the arguments of METH_FASTCALL | METH_KEYWORDS.
    unsafe {
        call(
            &SIGNATURE,
            &GATE,
            module,
            arguments,
            count,
            keywords,
            |call, [points]| {
                let points = call.lower::<c::Slice<c::OwnClone<PointClass>>>(0, points)?;
                let value = call.run(|| user::centroid(points));
                call.lift::<c::Own<PointClass>>(value)
            },
        )
    }
}

pub unsafe extern "C" fn shift(
    module: Object,
    arguments: *const Object,
    count: isize,
    keywords: Object,
) -> Object {
    static SIGNATURE: Signature<2> = Signature::new(
        "shift",
        [
            Parameter::required("points", 6),
            Parameter::required("by", 7),
        ],
    );
    static GATE: Gate = Gate::new();
    // SAFETY: CPython calls this function with the arguments of METH_FASTCALL | METH_KEYWORDS.
    unsafe {
        call(
            &SIGNATURE,
            &GATE,
            module,
            arguments,
            count,
            keywords,
            |call, [points, by]| {
                let points = call.lower::<c::SliceMut<c::OwnClone<PointClass>>>(0, points)?;
                let by = call.lower::<c::Float<f64>>(1, by)?;
                call.run(|| user::shift(points, by));
                call.lift::<c::Unit>(())
            },
        )
    }
}

special!(repr_Point "Point.__repr__" [] -> Object, |call, this| {
    let receiver = call.shared::<PointClass>(this)?;
    call.represent(
        "Point",
        [
            ("x", call.lift::<c::Float<f64>>(receiver.x)),
            ("y", call.lift::<c::Float<f64>>(receiver.y)),
        ],
    )
});
special!(hash_Point "Point.__hash__" [] -> isize, |call, this| {
    let receiver = call.shared::<PointClass>(this)?;
    Ok(ready::hash_of(receiver.x.to_bits() ^ receiver.y.to_bits().rotate_left(32)))
});
special!(negative_Point "Point.__neg__" [] -> Object, |call, this| {
    let receiver = call.cloned::<PointClass>(this)?;
    let value = call.run(|| -receiver);
    call.lift::<c::Own<PointClass>>(value)
});
special!(add_assign_Point "Point.__iadd__" [other] -> Object, |call, this| {
    let Some(other) = call.operand::<c::OwnClone<PointClass>>(other)? else {
        return Ok(not_implemented());
    };
    let mut receiver = call.exclusive::<PointClass>(this)?;
    call.run(|| *receiver += other);
    call.same(this)
});

/// `Point * float` and `float * Point`
unsafe extern "C" fn multiply_Point(left: Object, right: Object) -> Object {
    static SIGNATURE: Signature<2> = Signature::new(
        "Point.__mul__",
        [
            Parameter::required("left", 0),
            Parameter::required("right", 0),
        ],
    );
    static GATE: Gate = Gate::new();
    // SAFETY: CPython calls the slot because one of the operands is a `Point`.
    unsafe {
        operator::<PointClass>(&SIGNATURE, &GATE, left, right, |call, [left, right]| {
            let pair = match call.operand::<c::OwnClone<PointClass>>(left)? {
                Some(left) => (Some(left), call.operand::<c::Float<f64>>(right)?),
                None => (
                    call.operand::<c::OwnClone<PointClass>>(right)?,
                    call.operand::<c::Float<f64>>(left)?,
                ),
            };
            let (Some(point), Some(factor)) = pair else {
                return Ok(not_implemented());
            };
            let value = call.run(|| point * factor);
            call.lift::<c::Own<PointClass>>(value)
        })
    }
}
