//! `pol build`: what a policy is compiled to.

use super::data;
use crate::args::{Build, Emit, Form};
use crate::report::Reporter;
use crate::status::{Status, Trouble};
use crate::{files, output};
use pol::{Lang, Policy};
use pol_codegen::{Files, Runtime, Settings, WriteError, generate};
use std::path::Path;

/// Writes the plan of a policy, or what it bounds, to standard output; or a crate into a folder.
pub fn run(args: &Build, reporter: &Reporter) -> Result<Status, Trouble> {
    let Some(policy) = data::policy(&args.policy, reporter)? else {
        return Ok(Status::Findings);
    };
    let lang = reporter.lang(policy.lang());
    if let Some(folder) = &args.out {
        return krate(args, folder, &policy, reporter);
    }
    let plan = policy.plan();
    let text = match (args.emit.unwrap_or(Emit::Plan), args.format) {
        (Emit::Plan, Form::Human) => plan.to_text(lang),
        (Emit::Plan, Form::Json) => plan.to_json(),
        (Emit::Bounds, Form::Human) => plan.bounds_to_text(lang) + &flatness(&policy, lang),
        (Emit::Bounds, Form::Json) => plan.bounds_to_json(),
    };
    output::result(text.as_bytes())?;
    Ok(Status::Clean)
}

/// Whether plain files are run on a few words a subject, and why not.
fn flatness(policy: &Policy, lang: Lang) -> String {
    let against = policy.not_flat();
    let head = match (against.is_empty(), lang) {
        (true, Lang::En) => {
            "plain files run in a few dozen bytes a subject, in memory that does not grow with the ledger"
        }
        (true, Lang::Zh) => "普通文件逐行运行，每个对象只占几十个字节，内存不随台账增长",
        (false, Lang::En) => "plain files do not run in a few dozen bytes a subject, since",
        (false, Lang::Zh) => "普通文件不能逐行运行，原因如下",
    };
    let mut text = format!("\n{head}\n");
    for reason in against {
        text.push_str("  - ");
        text.push_str(reason.get(lang));
        text.push('\n');
    }
    text
}

/// Writes the crate of a policy, or says which of its files are stale.
fn krate(
    args: &Build,
    folder: &Path,
    policy: &Policy,
    reporter: &Reporter,
) -> Result<Status, Trouble> {
    let holes = policy.holes();
    if !holes.is_empty() {
        return reporter.run_errors(&holes, policy);
    }
    let called = args.policy.file_name().unwrap_or_default();
    let settings = Settings {
        file: called.to_string_lossy().into_owned(),
        runtime: match &args.runtime_path {
            Some(path) => Runtime::Path(path.clone()),
            None => Runtime::default(),
        },
        documents: files::documents(policy, &args.policy),
    };
    let generated = generate(policy, &settings);
    if args.check {
        return stale(&generated, folder, reporter.lang(policy.lang()));
    }
    generated.write(folder).map_err(|error| trouble(&error))?;
    Ok(Status::Clean)
}

fn stale(generated: &Files, folder: &Path, lang: Lang) -> Result<Status, Trouble> {
    let found = generated.stale(folder).map_err(|error| trouble(&error))?;
    for file in &found {
        let path = folder.join(&file.path);
        let why = file.why.get(lang);
        let line = match lang {
            Lang::En => format!("{} {why}\n", path.display()),
            Lang::Zh => format!("{}：{why}\n", path.display()),
        };
        output::result(line.as_bytes())?;
    }
    Ok(Status::findings(!found.is_empty()))
}

fn trouble(error: &WriteError) -> Trouble {
    Trouble {
        message: error.message(),
        help: Some(error.help()),
    }
}
