//! Reading a text: both spellings give equal trees, every form is read, mistakes are reported at
//! their place, and no text does harm.

#[path = "parse/mod.rs"]
mod cases;
