//! What documents show of the tool is what it prints: the README's pictures, and the examples of the
//! manual's chapter on the tool. `UPDATE=1 cargo test -p pol-cli --test documents` writes them anew.

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::process::Command;
use unicode_width::UnicodeWidthChar;

/// Width of a column and height of a line, in pixels.
const COLUMN: usize = 7;
const LINE: usize = 18;
const MARGIN: usize = 16;

const LANGUAGES: [&str; 2] = ["en", "zh"];

/// Examples of the manual: what they show, and the command, `LANG` for its language.
const EXAMPLES: [(&str, &str); 9] = [
    ("check", "pol check docs/examples/mistakes/policy.LANG.pol"),
    ("test", "pol test docs/examples/first.LANG.pol"),
    (
        "run",
        "pol run docs/examples/decisions.LANG.pol -r docs/examples/register.LANG.csv \
         -l docs/examples/ledger.LANG.csv",
    ),
    (
        "explain",
        "pol explain docs/examples/decisions.LANG.pol T01 --on 2024-04-08 \
         -r docs/examples/register.LANG.csv -l docs/examples/ledger.LANG.csv",
    ),
    (
        "coverage",
        "pol coverage --clauses docs/examples/phrases-counts.LANG.pol",
    ),
    (
        "readings",
        "pol readings docs/examples/readings.LANG.pol -r docs/examples/readings/register.LANG.csv \
         -l docs/examples/readings/ledger.LANG.csv",
    ),
    (
        "plan",
        "pol build docs/examples/windows.LANG.pol --emit plan",
    ),
    (
        "bounds",
        "pol build docs/examples/windows.LANG.pol --emit bounds",
    ),
    (
        "ledger",
        "pol ledger check docs/examples/first.LANG.pol -r docs/examples/register.LANG.csv \
         -l docs/examples/mistakes/ledger.LANG.csv",
    ),
];

#[test]
fn the_pictures_show_what_the_tool_prints() {
    for lang in LANGUAGES {
        let command =
            format!("pol run policies/xinfeng/xinfeng.{lang}.pol --subject T01 --as-of 2023-10-31");
        let picture = draw(&command, &printed(&command, lang));
        assert_current(&format!("docs/picture/run.{lang}.svg"), &picture);
    }
}

#[test]
fn the_manual_shows_what_the_tool_prints() {
    for (name, command) in EXAMPLES {
        for lang in LANGUAGES {
            let command = command.replace("LANG", lang);
            let text = format!("$ {command}\n{}", printed(&command, lang));
            assert_current(&format!("docs/generated/{name}.{lang}.txt"), &text);
        }
    }
}

fn assert_current(path: &str, text: &str) {
    let file = root().join(path);
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&file, text).unwrap_or_else(|error| panic!("{path}: {error}"));
    }
    let found = std::fs::read_to_string(&file).unwrap_or_default();
    assert!(
        found == text,
        "{path} is stale: run the test with UPDATE=1, and read the difference"
    );
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Results, and findings where those are what is shown.
fn printed(command: &str, lang: &str) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_pol"))
        .args(command.split(' ').skip(1))
        .args(["--lang", lang])
        .current_dir(root())
        .env("NO_COLOR", "1")
        .output()
        .expect("the tool starts");
    assert!(output.status.code() < Some(2), "{command}: {output:?}");
    let shown = if output.stdout.is_empty() {
        output.stderr
    } else {
        output.stdout
    };
    String::from_utf8(shown).expect("the tool writes UTF-8")
}

/// Each run of narrow or of wide characters has its own place and length, so that columns stand
/// under each other whatever fonts the reader has.
fn draw(command: &str, text: &str) -> String {
    let lines: Vec<String> = std::iter::once(format!("$ {command}"))
        .chain(text.trim_end().lines().map(str::to_owned))
        .collect();
    let columns = lines.iter().map(|line| width(line)).max().unwrap_or(0);
    let (right, bottom) = (
        columns * COLUMN + 2 * MARGIN,
        lines.len() * LINE + 2 * MARGIN,
    );
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {right} {bottom}\" \
         width=\"{right}\" height=\"{bottom}\">\n\
         <rect width=\"{right}\" height=\"{bottom}\" rx=\"8\" fill=\"#1e2430\"/>\n\
         <g fill=\"#e6e9ef\" font-size=\"12\" xml:space=\"preserve\" font-family=\"'Sarasa Mono SC', \
         'Noto Sans Mono CJK SC', 'Source Han Mono SC', Menlo, Consolas, 'PingFang SC', \
         'Microsoft YaHei', monospace\">\n"
    );
    for (at, line) in lines.iter().enumerate() {
        let y = MARGIN + at * LINE + 13;
        let _ = write!(svg, "<text y=\"{y}\">");
        for (from, run) in runs(line) {
            let (x, length) = (MARGIN + from * COLUMN, width(&run) * COLUMN);
            let _ = write!(
                svg,
                "<tspan x=\"{x}\" textLength=\"{length}\" lengthAdjust=\"spacingAndGlyphs\">{}</tspan>",
                escaped(&run)
            );
        }
        svg.push_str("</text>\n");
    }
    svg + "</g>\n</svg>\n"
}

/// The runs of a line with the columns at which they begin; blanks belong to none.
fn runs(line: &str) -> Vec<(usize, String)> {
    let mut runs: Vec<(usize, String)> = Vec::new();
    let mut column = 0;
    let mut last = 0;
    for c in line.chars() {
        let wide = c.width().unwrap_or(0);
        if c == ' ' {
            last = 0;
        } else {
            match runs.last_mut() {
                Some((_, run)) if last == wide => run.push(c),
                _ => runs.push((column, c.to_string())),
            }
            last = wide;
        }
        column += wide;
    }
    runs
}

fn width(text: &str) -> usize {
    text.chars().map(|c| c.width().unwrap_or(0)).sum()
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}
