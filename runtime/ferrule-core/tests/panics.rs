//! Real panics, caught and told apart.
#![allow(clippy::arithmetic_side_effects, unconditional_panic)]

use std::collections::VecDeque;
use std::hint::black_box;
use std::panic::{catch_unwind, panic_any, resume_unwind, AssertUnwindSafe};

use ferrule_core::{caught, install, Class, Panic};

fn everything() -> bool {
    true
}

fn panic_of<R>(code: impl FnOnce() -> R) -> Panic {
    install(everything);
    match catch_unwind(AssertUnwindSafe(code)) {
        Ok(_) => panic!("the code did not panic"),
        Err(payload) => caught(payload),
    }
}

fn class_of<R>(code: impl FnOnce() -> R) -> Class {
    let panic = panic_of(code);
    assert!(panic.place.is_some(), "{panic:?}");
    println!("{}", panic.message);
    panic.class
}

#[test]
#[cfg_attr(not(debug_assertions), ignore = "release builds wrap")]
fn arithmetic_overflows() {
    let (zero, one, big, low, shift) = black_box((0_u8, 1_u8, u8::MAX, i8::MIN, 8_u32));
    assert_eq!(class_of(|| big + one), Class::Overflow);
    assert_eq!(class_of(|| zero - one), Class::Overflow);
    assert_eq!(class_of(|| big * big), Class::Overflow);
    assert_eq!(class_of(|| -low), Class::Overflow);
    assert_eq!(class_of(|| low / black_box(-1)), Class::Overflow);
    assert_eq!(class_of(|| low % black_box(-1)), Class::Overflow);
    assert_eq!(class_of(|| one << shift), Class::Overflow);
    assert_eq!(class_of(|| one >> shift), Class::Overflow);
    assert_eq!(class_of(|| low.abs()), Class::Overflow);
    assert_eq!(class_of(|| big.pow(2)), Class::Overflow);
    assert_eq!(
        class_of(|| black_box([big, one]).iter().sum::<u8>()),
        Class::Overflow
    );
}

#[test]
fn divides_by_zero() {
    let (zero, one) = black_box((0_i32, 1_i32));
    assert_eq!(class_of(|| one / zero), Class::DivisionByZero);
    assert_eq!(class_of(|| one % zero), Class::DivisionByZero);
    assert_eq!(class_of(|| one.rem_euclid(zero)), Class::DivisionByZero);
    assert_eq!(class_of(|| one.div_euclid(zero)), Class::DivisionByZero);
}

#[test]
#[allow(clippy::reversed_empty_ranges)]
fn indexes_outside_of_slices() {
    let numbers = black_box(vec![1, 2, 3]);
    let (two, four) = black_box((2_usize, 4_usize));
    assert_eq!(class_of(|| numbers[four]), Class::Index);
    assert_eq!(class_of(|| numbers[four..].len()), Class::Index);
    assert_eq!(class_of(|| numbers[..four].len()), Class::Index);
    assert_eq!(class_of(|| numbers[two..1].len()), Class::Index);
    assert_eq!(
        class_of(|| numbers[1..=black_box(usize::MAX)].len()),
        Class::Index
    );
    assert_eq!(class_of(|| numbers.clone().remove(four)), Class::Index);
    assert_eq!(class_of(|| numbers.clone().swap_remove(four)), Class::Index);
    assert_eq!(class_of(|| numbers.clone().insert(four, 1)), Class::Index);
    assert_eq!(class_of(|| numbers.clone().split_off(four)), Class::Index);
    assert_eq!(
        class_of(|| VecDeque::from(numbers.clone())[four]),
        Class::Index
    );
}

#[test]
#[allow(clippy::reversed_empty_ranges)]
fn indexes_outside_of_text() {
    let text = black_box("añb".to_owned());
    let (two, nine) = black_box((2_usize, 9_usize));
    assert_eq!(class_of(|| text[two..].len()), Class::Index);
    assert_eq!(class_of(|| text[..two].len()), Class::Index);
    assert_eq!(class_of(|| text[nine..].len()), Class::Index);
    assert_eq!(class_of(|| text[..nine].len()), Class::Index);
    assert_eq!(class_of(|| text[1..nine].len()), Class::Index);
    assert_eq!(class_of(|| text[black_box(3)..1].len()), Class::Index);
}

#[test]
fn everything_else_is_other() {
    assert_eq!(class_of(|| black_box(None::<u8>).unwrap()), Class::Other);
    assert_eq!(
        class_of(|| black_box(Err::<u8, _>("no")).expect("yes")),
        Class::Other
    );
    assert_eq!(class_of(|| assert_eq!(black_box(1), 2)), Class::Other);
    assert_eq!(
        class_of(|| black_box([0; 3]).copy_from_slice(&black_box(vec![0; 2]))),
        Class::Other
    );
    assert_eq!(
        class_of(|| panic!("byte index cards are {}", black_box("fun"))),
        Class::Other
    );
}

#[test]
fn tells_message_file_and_line() {
    let line = line!() + 1;
    let panic = panic_of(|| panic!("value {}", black_box(7)));
    assert_eq!(panic.message, "value 7");
    let place = panic.place.expect("a place");
    assert!(place.file.ends_with("panics.rs"), "{}", place.file);
    assert_eq!(place.line, line);
}

#[test]
fn a_payload_that_is_no_text() {
    let panic = panic_of(|| panic_any(7_u64));
    assert_eq!(
        (panic.message.as_str(), panic.class),
        ("panicked", Class::Other)
    );
    assert!(panic.place.is_some());
}

#[test]
fn a_resumed_panic_has_no_place_of_another() {
    let panic = panic_of(|| {
        let _ = catch_unwind(|| panic!("caught by the user"));
        resume_unwind(Box::new("resumed"))
    });
    assert_eq!(
        panic,
        Panic {
            message: "resumed".to_owned(),
            place: None,
            class: Class::Other
        }
    );
}

#[test]
fn a_record_is_used_once() {
    let _ = panic_of(|| panic!("twice"));
    assert_eq!(panic_of(|| resume_unwind(Box::new("twice"))).place, None);
}

#[test]
fn a_payload_that_panics_when_dropped() {
    struct Grenade;
    impl Drop for Grenade {
        fn drop(&mut self) {
            panic!("boom");
        }
    }
    assert_eq!(panic_of(|| panic_any(Grenade)).message, "panicked");
}
