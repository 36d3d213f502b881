//! The columns of a register.

use crate::header::Known;
use crate::words::{Vocabulary, fields, numbered};
use pol_model::{AttrIx, KindIx, LadderIx};
use pol_semantics::hir::{Field, Ladder};

/// A column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Col {
    Id,
    Kind,
    Name,
    Within,
    From,
    Until,
    /// An attribute, of the kinds that have one of this name.
    Attribute(Vec<(KindIx, AttrIx)>),
    Standing(LadderIx),
    Since(LadderIx),
}

/// The fixed columns with their headers, English and Chinese first.
pub(crate) const FIXED: [(Col, &[&str]); 6] = [
    (Col::Id, &["id", "编号"]),
    (Col::Kind, &["kind", "种类", "对象种类"]),
    (Col::Name, &["name", "名称"]),
    (Col::Within, &["within", "隶属"]),
    (Col::From, &["from", "自", "起"]),
    (Col::Until, &["until", "至", "止"]),
];

/// All headers of a policy's register. What the policy declares wins over the fixed ones.
pub(crate) fn known(words: &Vocabulary<'_>) -> Known<Col> {
    let mut known = Known::new();
    for (kind, declared) in (0_u16..).zip(&words.policy.kinds) {
        for (field, attribute) in fields(&declared.attributes) {
            let meant = (KindIx(kind), AttrIx(field.0));
            for spelling in spellings(attribute) {
                if let Some(Col::Attribute(kinds)) = known.get_mut(spelling) {
                    if !kinds.contains(&meant) {
                        kinds.push(meant);
                    }
                } else {
                    known.add(spelling, Col::Attribute(vec![meant]));
                }
            }
        }
    }
    for (ladder, declared) in ladders(words) {
        let named = &declared.named;
        for spelling in [Some(&named.name), named.label.as_ref()]
            .into_iter()
            .flatten()
        {
            known.add(spelling, Col::Standing(ladder));
            for since in [" since", " 自", "自"] {
                known.add(&format!("{spelling}{since}"), Col::Since(ladder));
            }
        }
    }
    for (column, spellings) in FIXED {
        for spelling in spellings {
            known.add(spelling, column.clone());
        }
    }
    known
}

/// The ladders with their indices.
pub(crate) fn ladders<'a>(
    words: &Vocabulary<'a>,
) -> impl Iterator<Item = (LadderIx, &'a Ladder)> + use<'a> {
    let list = &words.policy.ladders;
    numbered(list, |ladder| &ladder.named, LadderIx)
        .zip(list)
        .map(|((ladder, _), declared)| (ladder, declared))
}

/// The column of an attribute as its header means it.
pub(crate) fn attribute(words: &Vocabulary<'_>, kind: KindIx, field: &Field) -> Col {
    let known = known(words);
    match known.meaning(field.named.display()) {
        Some(crate::header::Meaning::Column(column)) => column,
        _ => Col::Attribute(vec![(kind, AttrIx(0))]),
    }
}

fn spellings(field: &Field) -> impl Iterator<Item = &str> {
    [
        Some(field.named.name.as_str()),
        field.named.label.as_deref(),
    ]
    .into_iter()
    .flatten()
}
