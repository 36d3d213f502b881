//! Policies that lack something are analysed without a panic, and what is missing is said.

use pol_semantics::analyse;
use pol_syntax::ast::{Declaration, File};
use pol_syntax::{Diagnostic, parse};

fn read(spelling: &str) -> String {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../../policies/xinfeng/");
    let path = format!("{root}xinfeng.{spelling}.pol");
    std::fs::read_to_string(path).expect("the policy is there")
}

fn without(file: &File, left_out: impl Fn(usize) -> bool) -> File {
    let kept = file.declarations.iter().enumerate();
    File {
        declarations: kept
            .filter(|(at, _)| !left_out(*at))
            .map(|(_, declaration)| declaration.clone())
            .collect(),
        ..file.clone()
    }
}

/// True for what nothing else of the plan names.
fn stands_alone(declaration: &Declaration) -> bool {
    match declaration {
        Declaration::Prose(_)
        | Declaration::Rule(_)
        | Declaration::Duty(_)
        | Declaration::Never(_)
        | Declaration::Test(_) => true,
        Declaration::Define(define) => !define.head.cites.is_empty(),
        _ => false,
    }
}

#[test]
fn any_one_declaration_may_be_missing() {
    for spelling in ["en", "zh"] {
        let file = parse(&read(spelling)).file;
        assert!(file.declarations.len() > 80);
        for (at, declaration) in file.declarations.iter().enumerate() {
            let analysis = analyse(&without(&file, |other| other == at));
            let missed = analysis.diagnostics.iter().any(Diagnostic::is_error);
            assert_eq!(analysis.policy.is_none(), missed);
            assert!(
                missed || stands_alone(&declaration.value),
                "nothing is said of a missing {declaration:?}"
            );
        }
    }
}

#[test]
fn many_declarations_may_be_missing() {
    let file = parse(&read("zh")).file;
    for step in 2..12 {
        for first in 0..step {
            let analysis = analyse(&without(&file, |at| at % step == first));
            assert!(analysis.policy.is_none());
            let analysis = analyse(&without(&file, |at| at % step != first));
            assert!(analysis.policy.is_none());
        }
    }
}

#[test]
fn the_text_may_end_anywhere() {
    let text = read("zh");
    let places: Vec<_> = text.char_indices().map(|(at, _)| at).collect();
    for at in places.into_iter().step_by(397) {
        let cut = parse(&text[..at]);
        let analysis = analyse(&cut.file);
        let missed = analysis.diagnostics.iter().any(Diagnostic::is_error);
        assert_eq!(analysis.policy.is_none(), missed);
    }
}
