//! `pol init`: a small policy with register and ledger that runs, and tests that pass.

use crate::args::Init;
use crate::output;
use crate::report::Reporter;
use crate::status::{Status, Trouble};
use pol::Lang;
use std::path::Path;

/// A file to write: its name and what it holds.
type Template = (&'static str, &'static str);

const ENGLISH: [Template; 3] = [
    ("policy.pol", include_str!("../../templates/en/policy.pol")),
    (
        "register.csv",
        include_str!("../../templates/en/register.csv"),
    ),
    ("ledger.csv", include_str!("../../templates/en/ledger.csv")),
];

const CHINESE: [Template; 3] = [
    ("policy.pol", include_str!("../../templates/zh/policy.pol")),
    (
        "register.csv",
        include_str!("../../templates/zh/register.csv"),
    ),
    ("ledger.csv", include_str!("../../templates/zh/ledger.csv")),
];

/// Writes the files, and none of them if one is there already.
pub fn run(args: &Init, reporter: &Reporter) -> Result<Status, Trouble> {
    let lang = reporter.lang_of_the_place();
    let templates = match lang {
        Lang::En => ENGLISH,
        Lang::Zh => CHINESE,
    };
    for (name, _) in templates {
        let path = args.folder.join(name);
        if path.exists() {
            let path = path.display();
            return Err(Trouble::new(
                format!("`{path}` is there already; nothing was written"),
                format!("`{path}` 已经存在，没有写入任何文件"),
            )
            .help("name another folder", "请换一个文件夹"));
        }
    }
    std::fs::create_dir_all(&args.folder).map_err(|error| {
        let folder = args.folder.display();
        Trouble::new(
            format!("cannot make the folder `{folder}`: {error}"),
            format!("无法建立文件夹 `{folder}`：{error}"),
        )
    })?;
    let files = templates.map(|(name, text)| (args.folder.join(name), text));
    let pairs: Vec<(&Path, &[u8])> = (files.iter())
        .map(|(path, text)| (path.as_path(), text.as_bytes()))
        .collect();
    output::files(&pairs)?;
    let written = files.each_ref().map(|(path, _)| path.display().to_string());
    output::result(format!("{}\n", written.join("\n")).as_bytes())?;
    let policy = args.folder.join(templates[0].0);
    let policy = policy.display();
    reporter.note(&match lang {
        Lang::En => format!("next: pol run {policy}"),
        Lang::Zh => format!("接下来：pol run {policy}"),
    });
    Ok(Status::Clean)
}
