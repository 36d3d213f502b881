//! Comments, blank lines and line breaks of the author.

use super::{SPELLINGS, formatted};
use pol_syntax::ast::Spelling;

/// A text that is as it should be.
fn stays(text: &str) {
    let text = text.trim_start_matches('\n');
    assert_eq!(formatted(text, Spelling::English), text);
}

fn becomes(before: &str, after: &str) {
    let after = after.trim_start_matches('\n');
    assert_eq!(formatted(before, Spelling::English), after);
}

#[test]
fn comments_stay_where_they_stand() {
    stays(
        r"
// before all

// before the subject
subject a {
  // before a field
  x: number  // behind a field
  // before the brace
}  // behind the brace
// before the rule
rule r  // behind the name
  // before the subjects
  for a
  on e  // behind the trigger
  // before the condition
  if x > 1
   and y  // behind an operand
   // before an operand
   and z
  // before `counting again`
  counting again
  // before the decider
  decided by b
  // before the actions
  then c
  // before the refusal
  otherwise d
  // at the end of the rule

// behind all
",
    );
}

#[test]
fn comments_in_braces() {
    stays(
        r#"
param p by x {
  // first
  a = 1,  // one
  // second
  b {
    // deeper
    <= 3 = 2,
    else = 3
    // deep end
  }
  // end
}
catalogue k from e by f {  // behind the brace
  // before an item
  1 "甲"  // behind an item
  2 "乙" {
    // before a branch
    a "丙"
    // behind the branches
  }
  // behind the items
}
test "丁"
  // before a step
  given a T01  // behind it
  2024-01-01 e of T01
"#,
    );
}

#[test]
fn a_comment_within_a_line_goes_behind_it() {
    becomes(
        "subject a // one\n  within b // two\n",
        "subject a within b  // one\n  // two\n",
    );
    becomes(
        "rule r\n  on // why\n    e\n  then c\n",
        "rule r\n  on e  // why\n  then c\n",
    );
}

#[test]
fn blank_lines_are_kept_once() {
    becomes(
        "\n\nunit a\n\n\n\nunit b\nunit c\n\nrule r\n\n  on e\n  then c\n\n",
        "unit a\n\nunit b\nunit c\n\nrule r\n\n  on e\n  then c\n",
    );
    becomes(
        "subject a {\n\n  x: number\n\n  y: number\n\n}\n",
        "subject a {\n  x: number\n\n  y: number\n}\n",
    );
    // What stands behind the head of its declaration takes no blank line with it to its own line.
    becomes(
        "subject a\n\nladder l for a b < c\n",
        "subject a\n\nladder l for a\n  b < c\n",
    );
}

#[test]
fn breaks_of_the_author_stay() {
    stays("reading r\n  = a | b\nreading s = a | b\nscale k = a\n          < b\n");
    stays("rule r\n  for a,\n      b\n  on e\n  if x or y\n   or z\n  then c,\n       d\n");
    // A break behind the word goes before it.
    becomes(
        "rule r\n  on e\n  if x and\n    y\n  then c\n",
        "rule r\n  on e\n  if x\n   and y\n  then c\n",
    );
}

#[test]
fn what_is_too_wide_is_broken_at_its_outermost_words() {
    let x = "a_rather_long_name_of_a_field";
    let line = format!("{x} or {x} and {x} or {x} and ({x} or {x})");
    becomes(
        &format!("rule r\n  on e\n  if {line}\n  then c\n"),
        &format!(
            "rule r\n  on e\n  if {x}\n   or {x} and {x}\n   or {x}\n      and ({x} or {x})\n  then c\n"
        ),
    );
    let line = format!("{x} or {x} and {x} and {x} and ({x} or {x} or {x} or {x})");
    becomes(
        &format!("rule r\n  on e\n  if {line}\n  then c\n"),
        &format!(
            "rule r\n  on e\n  if {x}\n   or {x}\n      and {x}\n      and {x}\n      and ({x}\n        or {x}\n        or {x}\n        or {x})\n  then c\n"
        ),
    );
}

#[test]
fn one_line_of_fields_stays_one_if_it_fits() {
    stays("event e of a { x: number, y: a | b }\n");
    let x = "a_rather_long_name_of_a_field";
    becomes(
        &format!("event e of a {{ {x}: number, {x}2: number, {x}3: number }}\n"),
        &format!("event e of a {{\n  {x}:  number\n  {x}2: number\n  {x}3: number\n}}\n"),
    );
}

#[test]
fn declarations_together_stand_in_columns() {
    becomes(
        "unit household \"户\"\nunit item \"项\" counts kinds\nunit b\n\nunit x \"丙\"\n",
        "unit household \"户\"\nunit item      \"项\" counts kinds\nunit b\n\nunit x \"丙\"\n",
    );
    becomes(
        "outcome a \"甲乙\" concerns \"丙\"\noutcome long \"丁\" concerns \"戊\"\n",
        "outcome a    \"甲乙\" concerns \"丙\"\noutcome long \"丁\"   concerns \"戊\"\n",
    );
}

#[test]
fn a_text_of_comments_alone() {
    for spelling in SPELLINGS {
        assert_eq!(
            formatted("// 甲\n\n\n  // 乙", spelling),
            "// 甲\n\n// 乙\n"
        );
        assert_eq!(formatted("", spelling), "");
    }
}
