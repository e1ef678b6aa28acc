//! `user::Shape`, `user::Color`, `user::Level`

use ferrule_cpython::shim::*;

use crate::{class, entry, user};

class!(ShapeClass of user::Shape, "Shape" at 5, CLASS_Shape, variants |value: &user::Shape| match value {
    user::Shape::Circle { .. } => 6,
    user::Shape::Rect(..) => 7,
    user::Shape::Empty => 8,
});

static METHODS_Shape: Methods<3> = Methods::new([
    Method::new(
        c"area",
        c"area($self, /)\n--\n\n",
        Entry::Keywords(method_Shape_area),
    ),
    Method::new(
        c"clear",
        c"clear($self, /)\n--\n\n",
        Entry::Keywords(method_Shape_clear),
    ),
    Method::of_class(
        c"unit",
        c"unit($type, /)\n--\n\n",
        Entry::Keywords(method_Shape_unit),
    ),
]);

pub static CLASS_Shape: ClassDefinition = ClassDefinition {
    module: c"ferrule_classes",
    name: c"Shape",
    doc: c"A shape.",
    layout: Layout::of::<ShapeClass>(),
    parent: None,
    constructor: None,
    methods: METHODS_Shape.table(),
    properties: PROPERTIES_Empty.table(),
    slots: &[
        Slot::repr(ready::debug::<ShapeClass>),
        Slot::compare(ready::equal::<ShapeClass>),
    ],
    functions: &[],
    constants: &[Constant {
        name: c"ORIGIN",
        // SAFETY: attached, as the runtime promises.
        value: |context| unsafe {
            c::Own::<ShapeClass>::lift(user::Shape::Rect(0.0, 0.0), context)
        },
    }],
    match_args: None,
};

const fn variant(
    name: &'static std::ffi::CStr,
    doc: &'static std::ffi::CStr,
    constructor: ffi_constructor,
    properties: PropertyTable,
    match_args: &'static [&'static std::ffi::CStr],
) -> ClassDefinition {
    ClassDefinition {
        module: c"ferrule_classes",
        name,
        doc,
        layout: Layout::of::<ShapeClass>(),
        parent: Some(5),
        constructor: Some(constructor),
        methods: METHODS_Shape.table(),
        properties,
        slots: &[],
        functions: &[],
        constants: &[],
        match_args: Some(match_args),
    }
}

#[allow(non_camel_case_types)]
type ffi_constructor = unsafe extern "C" fn(Object, *const Object, usize, Object) -> Object;

pub static CLASS_Circle: ClassDefinition = variant(
    c"Shape.Circle",
    c"Circle(radius)\n--\n\n",
    construct_Circle,
    PROPERTIES_Circle.table(),
    &[c"radius"],
);
pub static CLASS_Rect: ClassDefinition = variant(
    c"Shape.Rect",
    c"Rect(_0, _1)\n--\n\n",
    construct_Rect,
    PROPERTIES_Rect.table(),
    &[c"_0", c"_1"],
);
pub static CLASS_Empty: ClassDefinition = variant(
    c"Shape.Empty",
    c"Empty()\n--\n\n",
    construct_Empty,
    PROPERTIES_Empty.table(),
    &[],
);

static PROPERTIES_Empty: Properties<0> = Properties::new([]);
static PROPERTIES_Circle: Properties<1> =
    Properties::new([Property::new(c"radius", c"", get_radius, None)]);
static PROPERTIES_Rect: Properties<2> = Properties::new([
    Property::new(c"_0", c"", get_0, None),
    Property::new(c"_1", c"", get_1, None),
]);

unsafe extern "C" fn get_radius(this: Object, _closure: *mut c_void) -> Object {
    // SAFETY: CPython calls the getter with an instance of the variant.
    unsafe {
        get::<ShapeClass, c::Float<f64>>(this, |value| match value {
            user::Shape::Circle { radius } => *radius,
            _ => unreachable!(),
        })
    }
}

unsafe extern "C" fn get_0(this: Object, _closure: *mut c_void) -> Object {
    // SAFETY: CPython calls the getter with an instance of the variant.
    unsafe {
        get::<ShapeClass, c::Float<f64>>(this, |value| match value {
            user::Shape::Rect(field, _) => *field,
            _ => unreachable!(),
        })
    }
}

unsafe extern "C" fn get_1(this: Object, _closure: *mut c_void) -> Object {
    // SAFETY: CPython calls the getter with an instance of the variant.
    unsafe {
        get::<ShapeClass, c::Float<f64>>(this, |value| match value {
            user::Shape::Rect(_, field) => *field,
            _ => unreachable!(),
        })
    }
}

entry!(construct construct_Circle "Shape.Circle" [radius: 17] |call, class| {
    let radius = call.lower::<c::Float<f64>>(0, radius)?;
    call.instance::<ShapeClass>(class, user::Shape::Circle { radius })
});
entry!(construct construct_Rect "Shape.Rect" [_0: 18, _1: 19] |call, class| {
    let _0 = call.lower::<c::Float<f64>>(0, _0)?;
    let _1 = call.lower::<c::Float<f64>>(1, _1)?;
    call.instance::<ShapeClass>(class, user::Shape::Rect(_0, _1))
});
entry!(construct construct_Empty "Shape.Empty" [] |call, class| {
    call.instance::<ShapeClass>(class, user::Shape::Empty)
});
entry!(method method_Shape_area "Shape.area" [] |call, this| {
    let receiver = call.shared::<ShapeClass>(this)?;
    let value = call.run(|| user::Shape::area(&receiver));
    call.lift::<c::Float<f64>>(value)
});
entry!(method method_Shape_clear "Shape.clear" [] |call, this| {
    let mut receiver = call.exclusive::<ShapeClass>(this)?;
    call.run(|| user::Shape::clear(&mut receiver));
    call.lift::<c::Unit>(())
});
entry!(method method_Shape_unit "Shape.unit" [] |call, class| {
    let value = call.run(user::Shape::unit);
    call.lift::<c::Own<ShapeClass>>(value)
});

pub struct ColorEnum;

impl Enumeration for ColorEnum {
    type Value = user::Color;
    const NAME: &'static str = "Color";
    const PLACE: usize = 0;

    fn index(value: &user::Color) -> usize {
        match value {
            user::Color::Red => 0,
            user::Color::Green => 1,
        }
    }

    fn value(index: usize) -> Option<user::Color> {
        Some(match index {
            0 => user::Color::Red,
            1 => user::Color::Green,
            _ => return None,
        })
    }
}

pub static ENUM_Color: EnumDefinition = EnumDefinition {
    module: c"ferrule_classes",
    name: c"Color",
    doc: c"A color.",
    members: Members::Plain(&[c"Red", c"Green"]),
    methods: &[
        Function::new(
            c"other",
            c"other($self, /)\n--\n\n",
            Entry::Keywords(method_Color_other),
        ),
        Function::new(
            c"__str__",
            c"__str__($self, /)\n--\n\n",
            Entry::Keywords(method_Color_str),
        ),
    ],
    functions: &[],
    constants: &[],
};

entry!(call method_Color_other "Color.other" [this: 20] |call, module| {
    let this = call.lower::<c::EnumMember<ColorEnum>>(0, this)?;
    let value = call.run(|| user::Color::other(this));
    call.lift::<c::EnumMember<ColorEnum>>(value)
});
entry!(call method_Color_str "Color.__str__" [this: 20] |call, module| {
    let this = call.lower::<c::EnumMember<ColorEnum>>(0, this)?;
    call.lift::<c::Text<String>>(format!("{this:?}!"))
});

pub struct LevelEnum;

impl Enumeration for LevelEnum {
    type Value = user::Level;
    const NAME: &'static str = "Level";
    const PLACE: usize = 1;

    fn index(value: &user::Level) -> usize {
        match value {
            user::Level::Low => 0,
            user::Level::High => 1,
        }
    }

    fn value(index: usize) -> Option<user::Level> {
        Some(match index {
            0 => user::Level::Low,
            1 => user::Level::High,
            _ => return None,
        })
    }
}

pub static ENUM_Level: EnumDefinition = EnumDefinition {
    module: c"ferrule_classes",
    name: c"Level",
    doc: c"A level.",
    members: Members::Int(&[(c"Low", c"-1"), (c"High", c"7")]),
    methods: &[],
    functions: &[],
    constants: &[],
};

entry!(call level "level" [value: 0] |call, module| {
    let value = call.lower::<c::EnumMember<LevelEnum>>(0, value)?;
    call.lift::<c::Int<i64>>(value as i64)
});
