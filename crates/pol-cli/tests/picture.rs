//! The pictures in the README are what the tool prints. `UPDATE=1 cargo test -p pol-cli --test
//! picture` draws them anew.

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::process::Command;
use unicode_width::UnicodeWidthChar;

/// Width of a column and height of a line, in pixels.
const COLUMN: usize = 7;
const LINE: usize = 18;
const MARGIN: usize = 16;

#[test]
fn the_pictures_show_what_the_tool_prints() {
    for (lang, policy) in [("en", "xinfeng.en.pol"), ("zh", "xinfeng.zh.pol")] {
        let policy = format!("policies/xinfeng/{policy}");
        let command = format!("pol run {policy} --subject T01 --as-of 2023-10-31");
        let picture = draw(&command, &printed(&command, lang));
        let path = root().join(format!("docs/picture/run.{lang}.svg"));
        if std::env::var_os("UPDATE").is_some() {
            std::fs::write(&path, &picture).unwrap();
        }
        let found = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(
            found == picture,
            "{} is stale: run the test with UPDATE=1, and look at it",
            path.display()
        );
    }
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn printed(command: &str, lang: &str) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_pol"))
        .args(command.split(' ').skip(1))
        .args(["--lang", lang])
        .current_dir(root())
        .env("NO_COLOR", "1")
        .env("COLUMNS", "118")
        .output()
        .unwrap();
    assert!(output.status.success(), "{command}: {output:?}");
    String::from_utf8(output.stdout).unwrap()
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
        write!(svg, "<text y=\"{y}\">").unwrap();
        for (from, run) in runs(line) {
            let (x, length) = (MARGIN + from * COLUMN, width(&run) * COLUMN);
            write!(
                svg,
                "<tspan x=\"{x}\" textLength=\"{length}\" lengthAdjust=\"spacingAndGlyphs\">{}</tspan>",
                escaped(&run)
            )
            .unwrap();
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
