//! `pol coverage --clauses`: which clauses of the documents a policy accounts for.

use super::data;
use crate::args::{Coverage, Table};
use crate::report::Reporter;
use crate::status::{Status, Trouble};
use crate::{files, output, table};
use pol::{Documents, Fate, Lang, Policy};
use std::fmt::Write as _;
use std::path::Path;

/// Writes the coverage; findings if a clause is forgotten, or cited and not there.
pub fn run(args: &Coverage, reporter: &Reporter) -> Result<Status, Trouble> {
    let Some(policy) = data::policy(&args.policy, reporter)? else {
        return Ok(Status::Findings);
    };
    let lang = reporter.lang(policy.lang());
    let coverage = policy.coverage(&documents(&policy, &args.policy)?);
    let bytes = match args.format {
        Table::Human => text(&coverage, &policy, lang, false).into_bytes(),
        Table::Md => text(&coverage, &policy, lang, true).into_bytes(),
        Table::Json => output::json(&coverage)?,
    };
    output::result(&bytes)?;
    Ok(Status::findings(!coverage.is_whole()))
}

/// The texts of the documents that name one; here each of them must be there.
fn documents(policy: &Policy, path: &Path) -> Result<Documents, Trouble> {
    let folder = path.parent().unwrap_or(Path::new(""));
    let mut documents = Documents::new();
    for source in &policy.hir().sources {
        let Some(text) = &source.text else { continue };
        let path = folder.join(text);
        let file = pol::source_file(files::name(&path), &files::read(&path)?).map_err(|_| {
            let path = path.display();
            Trouble::new(
                format!("`{path}` is not text in UTF-8"),
                format!("`{path}` 不是UTF-8文本"),
            )
        })?;
        documents.insert(source.named.name.clone(), file.text().to_owned());
    }
    if documents.is_empty() {
        return Err(Trouble::new(
            "the policy names no text of a document",
            "政策没有写明文件的原文",
        )
        .help(
            "name it in the header: source plan \"…\" text \"sources/plan.md\"",
            "请在开头写明：文件 方案 “…” 原文 “sources/方案.md”",
        ));
    }
    Ok(documents)
}

fn text(coverage: &pol::Coverage, policy: &Policy, lang: Lang, markdown: bool) -> String {
    let pick = |en: &str, zh: &str| match lang {
        Lang::En => en.to_owned(),
        Lang::Zh => zh.to_owned(),
    };
    let hashes = if markdown { "# " } else { "" };
    let mut text = format!("{hashes}{}\n", policy.title());
    let several = coverage
        .clauses
        .windows(2)
        .any(|two| two[0].source != two[1].source);
    let place = |source: &str, clause: &str| {
        if several {
            format!("{source} {clause}")
        } else {
            clause.to_owned()
        }
    };
    let fate = |fate: Fate| match fate {
        Fate::Encoded => pick("encoded", "已写入"),
        Fate::Prose => pick("prose", "仅作说明"),
        Fate::Heading => pick("heading", "标题"),
        Fate::Unaccounted => pick("NOT ACCOUNTED FOR", "未交代"),
    };
    let rows: Vec<Vec<String>> = coverage
        .clauses
        .iter()
        .map(|clause| {
            vec![
                place(&clause.source, &clause.clause),
                fate(clause.fate),
                clause.words.clone(),
                clause.by.join(&pick(", ", "、")),
            ]
        })
        .collect();
    let header = [
        pick("clause", "条款"),
        pick("what became of it", "处理"),
        pick("words", "内容"),
        pick("by", "对应的声明"),
    ];
    block(&mut text, &header, &rows, markdown);
    if !coverage.unfounded.is_empty() {
        let rows: Vec<Vec<String>> = coverage
            .unfounded
            .iter()
            .map(|cite| {
                vec![
                    place(&cite.source, &cite.clause),
                    cite.by.join(&pick(", ", "、")),
                ]
            })
            .collect();
        let header = [
            pick("cited, and not in the text", "所引条款，原文没有"),
            pick("by", "引用者"),
        ];
        block(&mut text, &header, &rows, markdown);
    }
    if !coverage.misquoted.is_empty() {
        let rows: Vec<Vec<String>> = coverage
            .misquoted
            .iter()
            .map(|quote| {
                vec![
                    place(&quote.source, &quote.clause),
                    quote.words.clone(),
                    quote.stands_in.clone().unwrap_or_default(),
                ]
            })
            .collect();
        let header = [
            pick("quoted, and not in the clause", "所引的话，条款里没有"),
            pick("words", "内容"),
            pick("they stand in", "见于"),
        ];
        block(&mut text, &header, &rows, markdown);
    }
    let (open, all) = (coverage.unaccounted.len(), coverage.clauses.len());
    let sum = match lang {
        Lang::En => format!("{all} clauses, {open} not accounted for"),
        Lang::Zh => format!("共{all}条，{open}条未交代"),
    };
    let _ = writeln!(text, "\n{sum}");
    text
}

/// A table for people, or in Markdown.
pub fn block(text: &mut String, header: &[String], rows: &[Vec<String>], markdown: bool) {
    let table = if markdown {
        table::markdown(header, rows)
    } else {
        table::draw(header, rows, Some(2.min(header.len() - 1)))
    };
    let _ = writeln!(text, "\n{table}");
}
