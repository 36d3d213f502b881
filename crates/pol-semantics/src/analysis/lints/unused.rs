//! POL0418: a parameter, definition, unit or reading that nothing uses.
//!
//! A definition that cites a clause is a term of the document's glossary, and may stand for its own
//! sake. A unit that counts yield may stay unwritten.

use super::Reads;
use crate::hir::{Named, Policy};
use pol_model::{DefineIx, ParamIx, ReadingIx, UnitIx};
use pol_syntax::{Code, Diagnostic, Text};

pub(super) fn check(policy: &Policy, reads: &Reads<'_>) -> Vec<Diagnostic> {
    let params = (0..).map(ParamIx).zip(&policy.params);
    let params = params
        .filter(|(ix, _)| !reads.params.contains(ix))
        .map(|(_, param)| &param.named);
    let defines = (0..).map(DefineIx).zip(&policy.defines);
    let defines = defines
        .filter(|(ix, define)| !reads.defines.contains(ix) && define.named.cites.is_empty())
        .map(|(_, define)| &define.named);
    let units = (0..).map(UnitIx).zip(&policy.units);
    let units = units
        .filter(|(ix, unit)| !reads.units.contains(ix) && unit.counts.is_none())
        .map(|(_, unit)| &unit.named);
    let readings = (0..).map(ReadingIx).zip(&policy.readings);
    let readings = readings.filter(|(ix, _)| !reads.readings.contains(ix));
    params
        .chain(defines)
        .chain(units)
        .map(unused)
        .chain(readings.map(|(_, reading)| unasked(&reading.named)))
        .collect()
}

fn unused(named: &Named) -> Diagnostic {
    let name = &named.name;
    Diagnostic::warning(
        Code::UNUSED,
        Text::new(
            format!("nothing uses `{name}`"),
            format!("没有地方用到`{name}`"),
        ),
        named.span,
        Text::new("declared here and not used", "在此声明，没有用到"),
    )
    .with_help(Text::new(
        "use it where it was meant, or leave it out",
        "请用在该用的地方，或去掉它",
    ))
}

fn unasked(named: &Named) -> Diagnostic {
    let name = &named.name;
    Diagnostic::warning(
        Code::UNUSED,
        Text::new(
            format!("no condition asks `{name}`, so its answer changes nothing"),
            format!("没有条件问到`{name}`，选哪种读法都一样"),
        ),
        named.span,
        Text::new("this question is never asked", "这个问题没有被问到"),
    )
    .with_help(Text::new(
        format!("ask it where the answers differ: `{name} is …`"),
        format!("请在不同读法有别之处写`{name} 为 …`"),
    ))
}
