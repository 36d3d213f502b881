//! One member from its rows: what it lies within, its attributes, its standings.

use super::columns::{self, Col};
use super::{Draft, spans};
use crate::problem::{DataError, DataErrors, Problem};
use crate::text::visible;
use crate::value::{Reader, day_of, word};
use crate::words::fields;
use pol_model::{KindIx, Member, MemberIx, Register, Standing, Value};
use pol_semantics::hir::Field;
use pol_syntax::Code;
use std::sync::Arc;

/// The member of one id.
pub(super) fn member(
    reader: &Reader<'_>,
    id: &Arc<str>,
    kind: KindIx,
    rows: &[Draft<'_>],
    errors: &mut DataErrors,
) -> Member {
    let declared = reader.words.policy.kinds.get(kind.at());
    let attributes = declared.map_or(&[][..], |kind| kind.attributes.as_slice());
    let outer = declared.and_then(|kind| kind.within);
    let mut spans = Vec::new();
    let mut within = None;
    let mut standings: Vec<Standing> = Vec::new();
    for row in rows {
        let mut found = Vec::new();
        let lies = lies_within(reader, row, outer, &mut found);
        if let (Some(here), Some(there)) = (lies, within)
            && here != there
        {
            let problem = Problem::new(
                Code::DATA_ROWS,
                format!(
                    "`{}` lies within another on line {}",
                    visible(id),
                    rows[0].view.line()
                ),
                format!("`{}`与第{}行的隶属不同", visible(id), rows[0].view.line()),
            );
            found.push(row.view.error(problem, &Col::Within));
        }
        within = within.or(lies);
        let values = attribute_values(reader, row, kind, attributes, &mut found);
        standing(reader, row, kind, &mut standings, &mut found);
        spans.push(spans::Span {
            from: row.from,
            until: row.until,
            values,
            line: row.view.line(),
        });
        errors.extend(found);
    }
    if outer.is_some()
        && within.is_none()
        && rows.iter().all(|r| r.view.cell(&Col::Within).is_none())
    {
        errors.push(rows[0].view.missing(&Col::Within, "within", "隶属"));
    }
    let (memberships, attributes) = match spans::merge(spans, attributes.len()) {
        Ok(merged) => merged,
        Err(overlap) => {
            let row = rows.iter().find(|row| row.view.line() == overlap.line);
            if let Some(row) = row {
                errors.push(row.view.error(overlap.problem(id), &Col::Id));
            }
            (Vec::new(), vec![Vec::new(); attributes.len()])
        }
    };
    Member {
        id: Arc::clone(id),
        kind,
        name: rows
            .iter()
            .find_map(|row| row.name.as_deref())
            .map(Into::into),
        within,
        memberships,
        attributes,
        standings,
    }
}

fn lies_within(
    reader: &Reader<'_>,
    row: &Draft<'_>,
    outer: Option<KindIx>,
    errors: &mut Vec<DataError>,
) -> Option<MemberIx> {
    row.view.read(&Col::Within, errors, |cell| match outer {
        Some(outer) => reader.members.find(&word(cell)?, &[outer], reader.words),
        None => Err(Problem::new(
            Code::DATA_MISPLACED,
            "this kind of subject lies within no other",
            "这种对象不隶属于其他对象",
        )
        .help("leave the cell empty", "请留空")),
    })
}

fn attribute_values(
    reader: &Reader<'_>,
    row: &Draft<'_>,
    kind: KindIx,
    attributes: &[Field],
    errors: &mut Vec<DataError>,
) -> Vec<Option<Value>> {
    let mut values: Vec<Option<Value>> = vec![None; attributes.len()];
    let before = errors.len();
    for (at, column, cell) in row.view.cells() {
        let Some(Col::Attribute(meant)) = &column.is else {
            continue;
        };
        let of_kind = meant.iter().find(|(of, _)| *of == kind);
        let Some((_, attribute)) = of_kind else {
            let name = reader.words.kind(kind).map_or("", |named| named.display());
            let problem = Problem::new(
                Code::DATA_MISPLACED,
                format!("a `{name}` has no `{}`", visible(&column.title)),
                format!("`{name}`没有`{}`", visible(&column.title)),
            )
            .help("leave the cell empty", "请留空");
            errors.push(row.view.error_at(problem, at, column, cell));
            continue;
        };
        let (Some(field), Some(value)) = (
            attributes.get(attribute.at()),
            values.get_mut(attribute.at()),
        ) else {
            continue;
        };
        match reader.field(field, cell) {
            Ok(read) => *value = Some(read),
            Err(problem) => errors.push(row.view.error_at(problem, at, column, cell)),
        }
    }
    if errors.len() > before {
        return values;
    }
    for (at, field) in fields(attributes) {
        let Some(value) = values.get_mut(at.at()) else {
            continue;
        };
        if value.is_none() {
            value.clone_from(&field.default);
        }
        if value.is_none() && field.several {
            *value = Some(Value::List(Vec::new()));
        }
        if value.is_none() && !field.optional {
            let wanted = columns::attribute(reader.words, kind, field);
            let name = field.named.display();
            errors.push(row.view.missing(&wanted, name, name));
        }
    }
    values
}

fn standing(
    reader: &Reader<'_>,
    row: &Draft<'_>,
    kind: KindIx,
    standings: &mut Vec<Standing>,
    errors: &mut Vec<DataError>,
) {
    for (ladder, declared) in columns::ladders(reader.words) {
        let name = declared.named.display();
        let status = row.view.read(&Col::Standing(ladder), errors, |cell| {
            if !declared.subjects.contains(&kind) {
                let kind = reader.words.kind(kind).map_or("", |named| named.display());
                return Err(Problem::new(
                    Code::DATA_MISPLACED,
                    format!("a `{kind}` does not stand on `{name}`"),
                    format!("`{kind}`不在`{name}`之列"),
                )
                .help("leave the cell empty", "请留空"));
            }
            let typed = word(cell)?;
            let list = reader.words.enums.get(declared.statuses.at());
            let list = list.ok_or_else(|| {
                Problem::new(Code::DATA_CHOICE, "this is no status", "这不是档次")
            })?;
            list.one(
                Code::DATA_CHOICE,
                &typed,
                &format!("status of `{name}`"),
                &format!("`{name}`档次"),
            )
        });
        let since = row.view.read(&Col::Since(ladder), errors, day_of);
        match (status, since) {
            (Some(status), since) => {
                let standing = Standing {
                    ladder,
                    status,
                    since,
                };
                let other = standings.iter().find(|other| other.ladder == ladder);
                match other {
                    Some(other) if *other != standing => {
                        let problem = Problem::new(
                            Code::DATA_ROWS,
                            format!("another row of this id gives another `{name}`"),
                            format!("同一编号的另一行写有不同的`{name}`"),
                        );
                        errors.push(row.view.error(problem, &Col::Standing(ladder)));
                    }
                    Some(_) => {}
                    // The bottom status is no standing.
                    None if status == 0 => {}
                    None => standings.push(standing),
                }
            }
            (None, Some(_)) if row.view.cell(&Col::Standing(ladder)).is_none() => {
                errors.push(row.view.missing(&Col::Standing(ladder), name, name));
            }
            (None, _) => {}
        }
    }
}

/// Reports members that lie within themselves, and opens the circle.
pub(super) fn circles(
    register: &mut Register,
    drafts: &[(Arc<str>, KindIx, Vec<Draft<'_>>)],
    errors: &mut DataErrors,
) {
    for start in register.indices() {
        let mut path = vec![start];
        let mut next = register.member(start).within;
        while let Some(member) = next {
            if member == start {
                let ids = path
                    .iter()
                    .chain([&start])
                    .map(|member| visible(&register.member(*member).id));
                let circle = ids.collect::<Vec<_>>().join(" → ");
                let problem = Problem::new(
                    Code::DATA_CIRCLE,
                    format!("this member lies within itself: {circle}"),
                    format!("隶属关系成环：{circle}"),
                );
                if let Some((_, _, rows)) = drafts.get(start.at())
                    && let Some(row) = rows.first()
                {
                    errors.push(row.view.error(problem, &Col::Within));
                }
                if let Some(member) = register.members.get_mut(start.at()) {
                    member.within = None;
                }
                break;
            }
            if path.contains(&member) {
                break;
            }
            path.push(member);
            next = register.member(member).within;
        }
    }
}
