//! What every host of a module made by Ferrule needs and no host owns: panics, caught quietly and told apart.

mod capture;
mod class;

pub use capture::{caught, install, Panic, Place};
pub use class::Class;
