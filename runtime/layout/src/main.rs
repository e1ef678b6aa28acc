//! Prints our declarations of the C API as lines `kind name value`; `check.sh` asks a C compiler for the same lines.
#![allow(dead_code, unused_imports)] // the declarations are printed, not used

// Included, not linked: the rest of the runtime needs an interpreter.
#[path = "../../ferrule-cpython/src/ffi/mod.rs"]
mod ffi;

use ffi::catalogue::{Struct, TOPICS};

fn main() {
    for topic in TOPICS {
        topic.structs.iter().for_each(print_struct);
        for constant in topic.constants {
            println!("constant {} {}", constant.name, constant.value);
        }
        for symbol in topic.symbols.iter().copied().flatten() {
            println!("symbol {symbol} exported");
        }
    }
    println!("mask kind {}", ffi::STATE_KIND);
    println!("mask compact {}", ffi::STATE_COMPACT);
    println!("mask ascii {}", ffi::STATE_ASCII);
}

fn print_struct(declared: &Struct) {
    let name = declared.name;
    if declared.whole {
        println!("size {name} {}", declared.size);
        println!("alignment {name} {}", declared.alignment);
    }
    for field in declared.fields {
        println!("offset {name}.{} {}", field.name, field.offset);
        println!("width {name}.{} {}", field.name, field.size);
    }
}
