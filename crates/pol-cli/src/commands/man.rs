//! `pol man`: the manual pages, one for each command.

use crate::args::{self, Man};
use crate::output;
use crate::report::Reporter;
use crate::status::{Status, Trouble};
use std::path::{Path, PathBuf};

/// Writes the first page to standard output, or all pages into a folder.
pub fn run(args: &Man, reporter: &Reporter) -> Result<Status, Trouble> {
    let mut command = args::command(reporter.lang_of_the_place());
    command.build();
    match &args.folder {
        None => output::result(&page(&command, "pol")?)?,
        Some(folder) => {
            let mut made = Vec::new();
            pages(&command, "pol", folder, &mut made)?;
            let made = made.iter().map(|(path, page)| (&**path, &**page));
            output::files(&made.collect::<Vec<(&Path, &[u8])>>())?;
        }
    }
    Ok(Status::Clean)
}

fn pages(
    command: &clap::Command,
    name: &str,
    folder: &Path,
    made: &mut Vec<(PathBuf, Vec<u8>)>,
) -> Result<(), Trouble> {
    made.push((folder.join(format!("{name}.1")), page(command, name)?));
    for sub in command.get_subcommands() {
        pages(sub, &format!("{name}-{}", sub.get_name()), folder, made)?;
    }
    Ok(())
}

fn page(command: &clap::Command, name: &str) -> Result<Vec<u8>, Trouble> {
    let mut page = Vec::new();
    clap_mangen::Man::new(command.clone())
        .title(name)
        .render(&mut page)
        .map_err(|error| {
            Trouble::new(
                format!("cannot make the page of `{name}`: {error}"),
                format!("无法生成 `{name}` 的手册页：{error}"),
            )
        })?;
    Ok(page)
}
