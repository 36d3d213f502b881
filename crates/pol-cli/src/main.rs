//! The command-line tool `pol`.

fn main() {}
