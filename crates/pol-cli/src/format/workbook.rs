//! A workbook for people: what must be known first, the timeline, and a sheet for each thing that is
//! open.

use super::impossible;
use crate::status::Trouble;
use pol::{Lang, OutCell, OutTable, Run, write_xlsx};

pub fn write(run: &Run<'_>, lang: Lang) -> Result<Vec<u8>, Trouble> {
    let sections = std::iter::once(run.timeline(lang)).chain(run.sections(lang));
    let tables: Vec<OutTable> = sections
        .map(|section| section.sheet())
        .chain([about(run, lang)])
        .collect();
    write_xlsx(&tables).map_err(|error| impossible(&error))
}

fn about(run: &Run<'_>, lang: Lang) -> OutTable {
    let name = match lang {
        Lang::En => "about this run",
        Lang::Zh => "运行说明",
    };
    OutTable {
        name: name.to_owned(),
        headers: vec![run.policy().title().to_owned()],
        rows: run
            .head(lang)
            .into_iter()
            .map(|line| vec![OutCell::Text(line)])
            .collect(),
    }
}
