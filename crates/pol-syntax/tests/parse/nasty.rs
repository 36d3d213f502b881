//! Texts that would do harm: no panic, no overflow, no waiting, and a message that says why.

use super::report;
use pol_syntax::{Code, Parsed, parse};
use proptest::prelude::*;

const ENGLISH: &str = include_str!("../../../../policies/xinfeng/xinfeng.en.pol");
const CHINESE: &str = include_str!("../../../../policies/xinfeng/xinfeng.zh.pol");

fn rule(condition: &str) -> String {
    format!("rule r\n  for k\n  on e\n  if {condition}\n  then s")
}

/// Reads a text, whatever it is; every place lies within it, on the bounds of characters.
fn survive(text: &str) -> Parsed {
    let parsed = parse(text);
    for diagnostic in &parsed.diagnostics {
        for label in &diagnostic.labels {
            assert!(text.get(label.span.range()).is_some(), "{text:?} {label:?}");
        }
    }
    assert!(parsed.diagnostics.len() <= 100);
    parsed
}

/// The text is refused with exactly one message, of a limit.
fn refused(text: &str) {
    let parsed = survive(text);
    let codes: Vec<Code> = parsed.diagnostics.iter().map(|d| d.code).collect();
    assert_eq!(
        codes,
        [Code::LIMIT],
        "{}",
        report(text, &parsed).chars().take(500).collect::<String>()
    );
}

/// What is within the limits is read.
fn taken(text: &str) {
    let parsed = survive(text);
    assert!(parsed.diagnostics.is_empty(), "{}", report(text, &parsed));
}

fn nested(open: &str, depth: usize, close: &str) -> String {
    rule(&format!("{}a{}", open.repeat(depth), close.repeat(depth)))
}

#[test]
fn depth_is_bounded() {
    taken(&nested("(", 60, ")"));
    taken(&nested("(not (", 30, "))"));
    taken(&nested("(share of k where (", 30, "))"));
    taken(&nested("not ", 60, ""));
    taken(&nested("k 中 ", 60, " 的 占比"));
    taken(&nested("rank of ", 60, " among k"));
    taken(&nested("higher of (b, ", 60, ")"));
    refused(&nested("(", 65, ")"));
    refused(&nested("(\n ", 500_000, ")\n ")[..1_000_000]);
    // Each short, together deep: prefixes within brackets within prefixes.
    refused(&nested(&format!("{}(", "not ".repeat(60)), 60, ")"));
    refused(&nested("- - (", 60, ")"));
    taken(&nested("-(", 60, ")"));
    taken(&rule(&vec!["not (not a)"; 100].join("\n or ")));
    taken(&nested("(higher of (b, ", 30, "))"));
    taken(&nested("(share of k where (not -(", 20, ")))"));
    refused(&nested("not ", 65, ""));
    refused(&nested("非\n ", 20_000, ""));
    refused(&nested("-\n ", 20_000, ""));
    refused(&nested("share of k where ", 65, ""));
    refused(&nested("k 中\n ", 5_000, ""));
    refused(&nested("在 k 中 按 ", 65, ""));
    refused(&format!(
        "param x {}= 1{}",
        "{ a ".repeat(65),
        "}".repeat(65)
    ));
}

#[test]
fn long_chains_are_bounded() {
    taken(&rule(&vec!["a"; 200].join("\n or ")));
    refused(&rule(&vec!["a"; 300].join("\n or ")));
    refused(&rule(&vec!["a"; 300].join(" - ")));
    // Chains within chains: each is short, together they are not.
    refused(&rule(&format!(
        "{}a{}",
        "a or a or a or a or a or a or (".repeat(60),
        ")".repeat(60)
    )));
    refused(&rule(&vec!["a"; 60_000].join("\n or ")));
}

#[test]
fn sizes_are_bounded() {
    refused(&" ".repeat(5_000_000));
    refused(&format!("body b \"{}\"", "x".repeat(30_000)));
    refused(&format!(
        "ladder l for {}b\n  c < d",
        "a,\n ".repeat(60_000)
    ));
    assert_eq!(survive(&"x\n".repeat(50_000)).diagnostics.len(), 100);
    assert_eq!(survive(&"\"\n".repeat(50_000)).diagnostics.len(), 100);
    assert_eq!(survive(&"body b }\n".repeat(5_000)).diagnostics.len(), 100);
    assert_eq!(
        survive(&format!("body a\n{}", "  body b\n".repeat(5_000)))
            .diagnostics
            .len(),
        100
    );
    assert_eq!(
        survive(&format!("rule a\n{}", "if b\n".repeat(5_000)))
            .diagnostics
            .len(),
        100
    );
    survive(&"{".repeat(1_000_000));
    survive(&"}\n".repeat(100_000));
}

#[test]
fn odd_texts() {
    for text in [
        "",
        "\n",
        "\u{FEFF}",
        "\u{FEFF}body b",
        "//",
        "／／ x",
        "→",
        "->",
        "{",
        "}",
        "“",
        "\0",
        "\r\n\r\n",
        "body",
        "规则",
        "年",
        "3",
        "\u{3000}",
        "👍",
        "body b\r\n",
        "then",
        "body b //",
    ] {
        survive(text);
    }
    taken("\u{FEFF}body b\r\nbody c\r\n");
    taken("// only a comment");
}

/// The declarations of both texts, cut short at some forty places each.
#[test]
fn truncations() {
    for text in [ENGLISH, CHINESE] {
        for declaration in parse(text).file.declarations {
            let piece = &text[declaration.span.range()];
            let step = (piece.len() / 40).max(1);
            for (end, _) in piece.char_indices().step_by(step) {
                survive(&piece[..end]);
            }
        }
    }
}

/// A declaration of either text.
fn piece() -> impl Strategy<Value = String> {
    let pieces: Vec<String> = [ENGLISH, CHINESE]
        .into_iter()
        .flat_map(|text| {
            let tree = parse(text).file;
            let spans = tree.declarations.into_iter().map(|node| node.span.range());
            spans
                .map(|range| text[range].to_owned())
                .collect::<Vec<_>>()
        })
        .collect();
    proptest::sample::select(pieces)
}

/// Signs and words that matter to the parser.
fn scrap() -> impl Strategy<Value = String> {
    proptest::sample::select(vec![
        "(",
        ")",
        "{",
        "}",
        "｛",
        "｝",
        "（",
        "）",
        "\"",
        "“",
        "”",
        "=",
        ",",
        "、",
        "→",
        "->",
        "//",
        "\n",
        "\n  ",
        " ",
        "3",
        "3月",
        "2个月",
        "not ",
        " and ",
        " where ",
        " in year ",
        "其中 ",
        "自 ",
        "以来 ",
        "的 ",
        "中 ",
        "在 ",
        "期间 ",
        "rule r",
        "规则",
        " then ",
        "2023-02-30",
        "?",
        "以上",
        "前",
        "\u{202E}",
        "👍",
        ".",
        "..",
        "-",
        "e",
        "share of k ",
    ])
    .prop_map(str::to_owned)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn mutations(mut text in piece(), edits in prop::collection::vec((any::<prop::sample::Index>(), scrap(), 0..4usize), 1..6)) {
        for (at, scrap, remove) in edits {
            let bounds: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
            let from = at.index(bounds.len());
            let to = (from + remove).min(bounds.len() - 1);
            text.replace_range(bounds[from]..bounds[to], &scrap);
        }
        survive(&text);
    }

    #[test]
    fn soups(scraps in prop::collection::vec(scrap(), 0..40)) {
        survive(&scraps.concat());
    }

    #[test]
    fn any_text(text in ".*") {
        survive(&text);
    }
}
