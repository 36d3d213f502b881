//! A policy as a module, by a macro: what `pol_codegen::build` does, without a build script.
//!
//! Promises: the crate is compiled anew when the policy changes, or a file that lies beside it; what is
//! wrong with the policy is shown where the macro is called. Refuses: to look anywhere but at the path
//! that it is given.

use litrs::StringLit;
use pol_codegen::{Compiled, Settings, compile, generate_module, string};
use proc_macro::{TokenStream, TokenTree};
use std::path::{Path, PathBuf};

/// The types of a policy, and what runs it, as [`pol_codegen::generate_module`] makes them. The path is
/// that of the policy from the folder of the crate's manifest. The crate needs `pol-runtime`.
///
/// ```ignore
/// /// The plan of Xinfeng.
/// pub mod xinfeng {
///     pol_macros::policy!("policies/xinfeng/xinfeng.en.pol");
/// }
/// ```
#[proc_macro]
pub fn policy(input: TokenStream) -> TokenStream {
    let generated = path(input).and_then(|path| module(&path));
    let code = generated.unwrap_or_else(|error| format!("compile_error!({});", string(&error)));
    code.parse().unwrap_or_default()
}

/// The path that the macro is given.
fn path(input: TokenStream) -> Result<PathBuf, String> {
    let wanted = "write the path of a policy: policy!(\"policies/xinfeng.pol\")";
    let mut tokens = input.into_iter();
    let (Some(TokenTree::Literal(literal)), None) = (tokens.next(), tokens.next()) else {
        return Err(wanted.to_owned());
    };
    let literal = StringLit::try_from(literal).map_err(|_| wanted.to_owned())?;
    let folder = std::env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default();
    Ok(Path::new(&folder).join(literal.value()))
}

fn module(path: &Path) -> Result<String, String> {
    let Compiled {
        policy,
        documents,
        read,
    } = compile(path).map_err(|error| error.to_string())?;
    let file = path.file_name().unwrap_or_default();
    let settings = Settings {
        file: file.to_string_lossy().into_owned(),
        documents,
        ..Settings::default()
    };
    let module = generate_module(&policy, &settings, None);
    // What is included is watched by the compiler.
    let watched = read.iter().map(|file| {
        let file = string(&file.display().to_string());
        format!("const _: &[u8] = include_bytes!({file});\n")
    });
    Ok(module + &watched.collect::<String>())
}
