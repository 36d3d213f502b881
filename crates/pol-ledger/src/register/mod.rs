//! The register: who there is.
//!
//! Columns: `id`, `kind` (may be left out where the policy has one kind, or where the sheet is
//! called after it), `name`, `within`, `from`, `until`, one for each attribute, and for each ladder
//! its standing (`card`) and since when (`card since`). An attribute's header wins over these.
//!
//! Several rows of one id are spans of its membership: the union of their spans is when it belongs,
//! and the attribute values of each hold in its span. A row without `until` ends where the next
//! begins. Kind, name, `within` and standing are the same in all rows of one id, or given once.
//!
//! Rows of kind `phase` say when a phase is that the policy takes `from register`.

pub(crate) mod columns;
mod member;
mod phases;
mod spans;

pub(crate) use columns::{Col, known, ladders};

use crate::header::{Headed, Table, find};
use crate::input::Input;
use crate::problem::{DataError, DataErrors, Note, Place, Problem};
use crate::row::View;
use crate::source::{self, Sheet};
use crate::text::{listed, normal, visible};
use crate::value::{Reader, day_of, word};
use crate::words::{Members, Vocabulary};
use phases::{Phases, backwards, is_phase};
use pol_calendar::Date;
use pol_model::{KindIx, Register};
use pol_semantics::hir::Policy;
use pol_syntax::{Code, Text};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Sheets that hold a register, wherever they stand; Chinese first.
pub(crate) const SHEETS: [&str; 2] = ["名册", "register"];

/// Sheets that explain, or hold choices: nobody reads them.
pub(crate) const ASIDE: [&str; 4] = ["说明", "about", "选项", "choices"];

/// True if a sheet is called by one of these names.
pub(crate) fn is_called(sheet: &Sheet, names: &[&str]) -> bool {
    let name = sheet.name.as_deref().map(normal);
    name.is_some_and(|name| names.contains(&name.to_lowercase().as_str()))
}

/// A register that was read, and what is worth knowing about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoadedRegister {
    /// The register.
    pub register: Register,
    /// Titles that were skipped, sheets without a register, and the like.
    pub notes: Vec<Note>,
}

/// Reads a register.
///
/// # Errors
/// All that is wrong with it, each with its place.
pub fn read_register(policy: &Policy, input: Input<'_>) -> Result<LoadedRegister, DataErrors> {
    read_sheets(policy, input.name, source::read(input)?)
}

/// Reads a register from rows that the caller holds, headers being the keys.
///
/// # Errors
/// All that is wrong with it, each with the row's number from 1.
pub fn register_from_values(
    policy: &Policy,
    name: &str,
    rows: &[serde_json::Map<String, serde_json::Value>],
) -> Result<LoadedRegister, DataErrors> {
    read_sheets(policy, name, source::rows_of_values(name, rows)?)
}

fn read_sheets(
    policy: &Policy,
    file: &str,
    mut sheets: Vec<Sheet>,
) -> Result<LoadedRegister, DataErrors> {
    let words = Vocabulary::new(policy);
    let mut errors = DataErrors::default();
    let mut notes = Vec::new();
    if sheets.iter().any(|sheet| is_called(sheet, &SHEETS)) {
        sheets.retain(|sheet| is_called(sheet, &SHEETS));
    } else {
        set_aside(&mut sheets, &ASIDE, &mut notes);
    }
    let known = known(&words);
    let mut tables = Vec::new();
    let mut found = Vec::new();
    for sheet in &sheets {
        match find(sheet, &known, &mut errors, &mut notes) {
            Headed::Table(table) => tables.push(table),
            Headed::Not(first) => found.push((sheet, first)),
            Headed::Empty => {}
        }
    }
    if tables.is_empty() {
        errors.push(no_header(file, found.into_iter().next()));
        return Err(errors);
    }
    for (sheet, _) in found {
        notes.push(skipped(sheet));
    }
    let mut drafts = Drafts::default();
    for table in &tables {
        drafts.read(&words, table, &mut errors, &mut notes);
    }
    let phases = std::mem::take(&mut drafts.phases);
    let mut register = drafts.finish(&words, &mut errors);
    register.phases = phases.finish();
    errors.or(LoadedRegister { register, notes })
}

/// Takes sheets of these names out, if others are left, and notes it.
pub(crate) fn set_aside(sheets: &mut Vec<Sheet>, names: &[&str], notes: &mut Vec<Note>) {
    if sheets.iter().all(|sheet| is_called(sheet, names)) {
        return;
    }
    for sheet in sheets.extract_if(.., |sheet| is_called(sheet, names)) {
        notes.push(Note {
            place: sheet.place(0, 0, None),
            text: Text::new(
                "this sheet holds no entries by its name, and was not read",
                "从表名看，此表不是数据，未读取",
            ),
        });
    }
}

/// The note on a sheet without a header.
pub(crate) fn skipped(sheet: &Sheet) -> Note {
    Note {
        place: sheet.place(0, 0, None),
        text: Text::new(
            "this sheet has no header that is known and was not read",
            "此表没有可识别的表头，未读取",
        ),
    }
}

fn no_header(file: &str, found: Option<(&Sheet, Vec<String>)>) -> DataError {
    no_table(file, found, "`id` `kind` `name`", "`编号` `种类` `名称`")
}

/// No sheet has a header: what was looked for, and what is there.
pub(crate) fn no_table(
    file: &str,
    found: Option<(&Sheet, Vec<String>)>,
    en: &str,
    zh: &str,
) -> DataError {
    let (place, there) = match found {
        Some((sheet, first)) => (
            sheet.place(sheet.rows.first().map_or(0, |row| row.line), 0, None),
            listed(first.iter().map(String::as_str), 12),
        ),
        None => (
            Place {
                file: file.into(),
                ..Place::default()
            },
            String::new(),
        ),
    };
    let problem = if there.is_empty() {
        Problem::new(
            Code::DATA_HEADER,
            "there is nothing to read",
            "没有可读取的内容",
        )
    } else {
        Problem::new(
            Code::DATA_HEADER,
            format!("no header was found in the first 10 rows; they begin with {there}"),
            format!("前10行中没有找到表头，开头是 {there}"),
        )
    };
    problem
        .help(
            format!("a header names columns such as {en}"),
            format!("表头应有 {zh} 等列"),
        )
        .at(place, None)
}

/// A row of the register, read but for what names other members.
struct Draft<'t> {
    view: View<'t, Col>,
    name: Option<String>,
    from: Option<Date>,
    until: Option<Date>,
}

/// All rows, by id.
#[derive(Default)]
struct Drafts<'t> {
    places: BTreeMap<String, usize>,
    members: Vec<(Arc<str>, KindIx, Vec<Draft<'t>>)>,
    phases: Phases,
}

impl<'t> Drafts<'t> {
    fn read(
        &mut self,
        words: &Vocabulary<'_>,
        table: &'t Table<'t, Col>,
        errors: &mut DataErrors,
        notes: &mut Vec<Note>,
    ) {
        let of_sheet = table
            .sheet
            .name
            .as_deref()
            .and_then(|name| words.kinds.find(name).first().copied());
        let only = (words.policy.kinds.len() == 1).then_some(KindIx(0));
        let assumed = of_sheet.or(only);
        let sheet_of_phases = table
            .sheet
            .name
            .as_deref()
            .is_some_and(|name| is_phase(words, name));
        for row in table.rows {
            let view = View::new(table, row);
            if view.is_blank() {
                continue;
            }
            let of_phase = match view.cell(&Col::Kind) {
                Some(cell) => is_phase(words, &cell.shown()),
                None => sheet_of_phases,
            };
            if of_phase {
                self.phases.read(words, &view, errors);
                continue;
            }
            let mut found = Vec::new();
            let id = view.read(&Col::Id, &mut found, word);
            if id.is_none() && found.is_empty() {
                found.push(view.missing(&Col::Id, "id", "编号"));
            }
            let kind = view.read(&Col::Kind, &mut found, |cell| {
                let typed = word(cell)?;
                words.kinds.one(
                    Code::DATA_UNKNOWN_KIND,
                    &typed,
                    "kind of subject",
                    "对象种类",
                )
            });
            if view.cell(&Col::Kind).is_none() && assumed.is_none() {
                found.push(view.missing(&Col::Kind, "kind", "种类"));
            }
            let name = view.read(&Col::Name, &mut found, word);
            let from = view.read(&Col::From, &mut found, day_of);
            let until = view.read(&Col::Until, &mut found, day_of);
            if let (Some(first), Some(last)) = (from, until)
                && last < first
            {
                found.push(view.error(backwards(first, last), &Col::Until));
            }
            if let (Some(id), Some(kind), true) = (id, kind.or(assumed), found.is_empty()) {
                let draft = Draft {
                    view,
                    name,
                    from,
                    until,
                };
                self.add(words, &id, kind, draft, errors, notes);
            }
            errors.extend(found);
        }
    }

    fn add(
        &mut self,
        words: &Vocabulary<'_>,
        id: &str,
        kind: KindIx,
        draft: Draft<'t>,
        errors: &mut DataErrors,
        notes: &mut Vec<Note>,
    ) {
        let Some(at) = self.places.get(&normal(id)) else {
            self.places.insert(normal(id), self.members.len());
            self.members.push((id.into(), kind, vec![draft]));
            return;
        };
        let Some((_, first_kind, rows)) = self.members.get_mut(*at) else {
            return;
        };
        let Some(first) = rows.first() else { return };
        let line = first.view.line();
        let shown = visible(id);
        if *first_kind != kind {
            let kind_of = |kind| words.kind(kind).map_or("", |named| named.display());
            let (here, there) = (kind_of(kind), kind_of(*first_kind));
            let problem = Problem::new(
                Code::DATA_ROWS,
                format!("`{shown}` is a `{here}` here and a `{there}` on line {line}"),
                format!("`{shown}`此处是`{here}`，第{line}行是`{there}`"),
            )
            .help("give one of them another id", "请改用不同的编号");
            errors.push(draft.view.error(problem, &Col::Id));
            return;
        }
        if let (Some(here), Some(there)) = (&draft.name, rows.iter().find_map(|r| r.name.as_ref()))
            && normal(here) != normal(there)
        {
            let (here, there) = (visible(here), visible(there));
            let problem = Problem::new(
                Code::DATA_ROWS,
                format!("`{shown}` is called `{here}` here and `{there}` on line {line}"),
                format!("`{shown}`此处名为`{here}`，第{line}行名为`{there}`"),
            )
            .help(
                "give one of them another id; one member has one name",
                "请改用不同的编号；同一编号只有一个名称",
            );
            errors.push(draft.view.error(problem, &Col::Id));
            return;
        }
        if let Some(twin) = rows.iter().find(|row| same_cells(row, &draft)) {
            let line = twin.view.line();
            notes.push(Note {
                place: draft.view.whole(),
                text: Text::new(
                    format!("the same as line {line}; it counts once"),
                    format!("与第{line}行相同，只算一次"),
                ),
            });
            return;
        }
        rows.push(draft);
    }

    fn finish(self, words: &Vocabulary<'_>, errors: &mut DataErrors) -> Register {
        let mut members = Members::empty();
        for (id, kind, rows) in &self.members {
            let name = rows.iter().find_map(|row| row.name.as_deref());
            members.add(id, *kind, name);
        }
        let reader = Reader {
            words,
            members: &members,
        };
        let mut register = Register::default();
        for (id, kind, rows) in &self.members {
            let member = member::member(&reader, id, *kind, rows, errors);
            register.members.push(member);
        }
        member::circles(&mut register, &self.members, errors);
        register
    }
}

/// True if two rows say the same in every column.
fn same_cells(a: &Draft<'_>, b: &Draft<'_>) -> bool {
    let said = |draft: &Draft<'_>| -> Vec<(Option<Col>, String)> {
        let cells = draft.view.cells();
        let mut said: Vec<_> = cells
            .map(|(_, column, cell)| (column.is.clone(), normal(&cell.shown())))
            .collect();
        said.sort_by(|a, b| a.1.cmp(&b.1));
        said
    };
    said(a) == said(b)
}
