//! Where faults can be planted, and the source in which all of them lie at once: each behind a
//! question whether it is the one that this process runs with.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::visit_mut::{self, VisitMut};
use syn::{
    Attribute, BinOp, Block, Expr, ExprMethodCall, ItemConst, ItemFn, ItemMod, Lit, Stmt, UnOp,
};

/// A fault: what stands there, and what stands there instead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The file, from the root of the repository.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// What is right.
    pub right: String,
    /// What is wrong.
    pub wrong: String,
}

/// The source with faults, of which `wanted` says by their number in the file whether they are
/// planted, and under which number.
pub fn planted(
    file: &str,
    source: &str,
    wanted: &mut dyn FnMut(&Fault) -> Option<usize>,
) -> Result<String, syn::Error> {
    let mut tree = syn::parse_file(source)?;
    let mut planter = Planter { file, wanted };
    planter.visit_file_mut(&mut tree);
    Ok(prettyplease::unparse(&tree))
}

struct Planter<'a> {
    file: &'a str,
    wanted: &'a mut dyn FnMut(&Fault) -> Option<usize>,
}

impl Planter<'_> {
    /// The number under which a fault is planted.
    fn plant(&mut self, line: usize, right: &dyn ToTokens, wrong: &dyn ToTokens) -> Option<usize> {
        (self.wanted)(&Fault {
            file: self.file.to_owned(),
            line,
            right: right.to_token_stream().to_string(),
            wrong: wrong.to_token_stream().to_string(),
        })
    }
}

impl VisitMut for Planter<'_> {
    fn visit_item_const_mut(&mut self, _: &mut ItemConst) {}

    fn visit_item_mod_mut(&mut self, module: &mut ItemMod) {
        if !is_test(&module.attrs) {
            visit_mut::visit_item_mod_mut(self, module);
        }
    }

    fn visit_item_fn_mut(&mut self, function: &mut ItemFn) {
        if function.sig.constness.is_none() {
            visit_mut::visit_item_fn_mut(self, function);
        }
    }

    fn visit_impl_item_fn_mut(&mut self, function: &mut syn::ImplItemFn) {
        if function.sig.constness.is_none() {
            visit_mut::visit_impl_item_fn_mut(self, function);
        }
    }

    fn visit_pat_mut(&mut self, _: &mut syn::Pat) {}

    fn visit_type_mut(&mut self, _: &mut syn::Type) {}

    fn visit_block_mut(&mut self, block: &mut Block) {
        visit_mut::visit_block_mut(self, block);
        for statement in &mut block.stmts {
            let Stmt::Expr(expr @ (Expr::MethodCall(_) | Expr::Call(_) | Expr::Assign(_)), Some(_)) =
                statement
            else {
                continue;
            };
            let line = line_of(expr);
            if let Some(number) = self.plant(line, expr, &quote!()) {
                *statement = syn::parse_quote!(if !crate::planted_fault(#number) { #expr; });
            }
        }
    }

    fn visit_expr_mut(&mut self, expr: &mut Expr) {
        let before = expr.clone();
        visit_mut::visit_expr_mut(self, expr);
        let Some(wrong) = wrong(&before) else { return };
        let line = line_of(&before);
        if let Some(number) = self.plant(line, &before, &wrong) {
            *expr = syn::parse_quote!((if crate::planted_fault(#number) { #wrong } else { #expr }));
        }
    }
}

fn line_of(expr: &Expr) -> usize {
    syn::spanned::Spanned::span(expr).start().line
}

fn is_test(attributes: &[Attribute]) -> bool {
    attributes
        .iter()
        .any(|attribute| attribute.path().is_ident("cfg"))
}

/// What could wrongly stand in the place of an expression.
fn wrong(expr: &Expr) -> Option<TokenStream> {
    match expr {
        Expr::Binary(binary) => {
            let (left, right) = (&binary.left, &binary.right);
            if matches!(**left, Expr::Let(_)) || holds_let(left) || holds_let(right) {
                return None;
            }
            let operator = match binary.op {
                BinOp::Lt(_) => quote!(<=),
                BinOp::Le(_) => quote!(<),
                BinOp::Gt(_) => quote!(>=),
                BinOp::Ge(_) => quote!(>),
                BinOp::Eq(_) => quote!(!=),
                BinOp::Ne(_) => quote!(==),
                BinOp::And(_) => quote!(||),
                BinOp::Or(_) => quote!(&&),
                BinOp::Add(_) => quote!(-),
                BinOp::Sub(_) => quote!(+),
                _ => return None,
            };
            Some(quote!((#left) #operator (#right)))
        }
        Expr::Unary(unary) if matches!(unary.op, UnOp::Not(_)) => {
            let inner = &unary.expr;
            Some(quote!(#inner))
        }
        Expr::Lit(literal) => match &literal.lit {
            Lit::Bool(value) => {
                let other = !value.value;
                Some(quote!(#other))
            }
            _ => None,
        },
        Expr::MethodCall(call) => wrong_call(call),
        _ => None,
    }
}

fn holds_let(expr: &Expr) -> bool {
    match expr {
        Expr::Let(_) => true,
        Expr::Binary(binary) => holds_let(&binary.left) || holds_let(&binary.right),
        _ => false,
    }
}

fn wrong_call(call: &ExprMethodCall) -> Option<TokenStream> {
    let (receiver, arguments) = (&call.receiver, &call.args);
    let other = match call.method.to_string().as_str() {
        "any" => "all",
        "all" => "any",
        "min" => "max",
        "max" => "min",
        "is_some" => "is_none",
        "is_none" => "is_some",
        "succ_opt" => "pred_opt",
        "pred_opt" => "succ_opt",
        "is_empty" | "contains" | "contains_key" | "is_some_and" | "is_none_or" | "holds"
        | "belongs" | "shows" => return Some(quote!(!#call)),
        _ => return None,
    };
    let other = syn::Ident::new(other, call.method.span());
    Some(quote!(#receiver.#other(#arguments)))
}
