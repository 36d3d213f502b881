//! Makes the Xinfeng plan a module of this program.

fn main() -> Result<(), pol_codegen::BuildError> {
    pol_codegen::build("../../policies/xinfeng/xinfeng.en.pol")
}
