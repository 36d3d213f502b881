//! Every policy under `eval/` checks without a finding, and its own tests hold.

use pol::Policy;
use std::fs;

#[test]
fn every_case_holds() {
    let mut run = 0;
    insta::glob!("..", "eval/*.pol", |path| {
        let text = fs::read_to_string(path).expect("the case is there");
        let policy = Policy::compile(path.to_string_lossy(), text).expect("nothing is wrong");
        assert_eq!(policy.warnings(), []);
        for test in policy.test(None) {
            assert!(test.errors.is_empty(), "{test:#?}");
            assert!(test.failures.is_empty(), "{test:#?}");
            run += 1;
        }
    });
    assert!(run >= 2, "only {run} tests were run");
}
