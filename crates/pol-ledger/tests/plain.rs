//! The fast reader beside this one: what it reads, this one reads too, and as the same.

#![allow(clippy::unwrap_used, reason = "a test that cannot be set up fails")]

mod common;

use common::{named, policy};
use pol_kernel::{Digits, DigitsOf, KindLetters, Letters, Row};
use pol_ledger::{
    Input, Mode, ledger_schema, read_ledger, read_register, register_schema, value_of,
};
use pol_model::{EntryBody, EventIx, FieldIx, KindIx, Number, Register};
use pol_rows::{Members, Reader, RegisterSchema, Schema, Stop, Subjects, Why};
use pol_semantics::hir::{Event, EventOf, Field, Policy, Type};
use proptest::prelude::*;
use std::collections::BTreeSet;
use std::sync::LazyLock;

const MEMBERS: &str = "\
id,kind,name,class
T01,township,嘉定镇,first
镇二,township,大阿镇,二类
department-3,department,县林业局,
";

static POLICY: LazyLock<Policy> = LazyLock::new(plain_policy);
static SCHEMA: LazyLock<Schema> = LazyLock::new(|| ledger_schema(&POLICY).unwrap());
static REGISTER_SCHEMA: LazyLock<RegisterSchema> = LazyLock::new(|| register_schema(&POLICY));
static LETTERS: LazyLock<Letters> = LazyLock::new(letters);
static REGISTER: LazyLock<Register> = LazyLock::new(|| {
    let input = Input::new("register.csv", MEMBERS.as_bytes());
    read_register(&POLICY, input).unwrap().register
});
static SUBJECTS: LazyLock<Subjects> = LazyLock::new(|| Subjects::of(&REGISTER).unwrap());

/// The small policy without what plain ledgers cannot have: members that entries open, or name in
/// fields. A fine has an amount.
fn plain_policy() -> Policy {
    let mut policy = policy();
    policy.kinds.truncate(2);
    policy.events.truncate(3);
    let of = |kind| EventOf {
        kind: KindIx(kind),
        every: false,
        and_every: None,
    };
    let inspection = &mut policy.events[0];
    inspection.of = vec![of(0)];
    inspection
        .fields
        .retain(|field| !matches!(field.ty, Type::Member(_)));
    policy.events.push(Event {
        named: named("fine", "罚款"),
        of: vec![of(1), of(0)],
        fields: vec![Field {
            named: named("amount", "罚款额"),
            ty: Type::Money,
            range: None,
            optional: false,
            several: false,
            default: None,
        }],
    });
    policy
}

/// Letters in which every field that can takes part.
fn letters() -> Letters {
    let mut count = 0;
    let kinds = POLICY.events.iter().map(|event| {
        let first = count;
        let mut stride = 1;
        let fields = event.fields.iter().map(|field| {
            let (of, digits) = match field.ty {
                Type::Enum(list) => {
                    let values = POLICY.enums[list.at()].values.len();
                    (DigitsOf::Symbols, u32::try_from(values).unwrap())
                }
                Type::Bool => (DigitsOf::Bool, 2),
                Type::Number(_) | Type::Money | Type::Share => {
                    let half = Number::whole(5).over(Number::whole(2)).unwrap();
                    let breaks = vec![Number::whole(1), half, Number::whole(10)];
                    (DigitsOf::Numbers(breaks), 7)
                }
                _ => return None,
            };
            let taking_part = Digits {
                stride,
                count: digits + 1,
                absent: digits,
                of,
            };
            stride *= digits + 1;
            Some(taking_part)
        });
        let fields = fields.collect();
        count += stride;
        KindLetters {
            first,
            fields,
            amount: (event.named.name == "fine").then_some(FieldIx(0)),
        }
    });
    let kinds = kinds.collect();
    Letters { kinds, count }
}

fn fast(bytes: &[u8]) -> Result<Vec<Row>, Stop> {
    let mut rows = Vec::new();
    let reader = Reader {
        schema: &SCHEMA,
        letters: &LETTERS,
        subjects: &SUBJECTS,
        since: POLICY.counting_from,
    };
    reader.read(bytes, &mut |some: &[Row]| rows.extend_from_slice(some))?;
    Ok(rows)
}

/// What the fast reader should say, from the entries of this crate's reader.
fn general(bytes: &[u8]) -> Vec<(u16, u32, u32, i64)> {
    let input = Input::new("ledger.csv", bytes);
    let loaded = read_ledger(&POLICY, &REGISTER, input, Mode::Strict)
        .unwrap_or_else(|errors| panic!("{errors}"));
    let rows = loaded.entries.iter().map(|entry| {
        assert_eq!(entry.recorded, entry.date);
        assert_eq!((entry.time, &entry.instead_of), (None, &None));
        let days = entry.date.signed_duration_since(POLICY.counting_from);
        let EntryBody::Event { event, of, fields } = &entry.body else {
            panic!("no event");
        };
        let [subject] = of.as_slice() else {
            panic!("not of one");
        };
        let spelling = &LETTERS.kinds[event.at()];
        (
            u16::try_from(days.num_days()).unwrap(),
            subject.0,
            spelling.letter(fields).unwrap(),
            spelling.amount(fields).unwrap(),
        )
    });
    rows.collect()
}

/// The rows, of those that have the same content only the first.
fn once(rows: Vec<Row>) -> Vec<(u16, u32, u32, i64)> {
    let mut seen = BTreeSet::new();
    rows.into_iter()
        .filter(|row| row.content == 0 || seen.insert(row.content))
        .map(|row| (row.day, row.subject, row.letter, row.amount))
        .collect()
}

/// Compares both readers, and says whether the fast one read the file.
fn agrees(bytes: &[u8]) -> bool {
    let Ok(rows) = fast(bytes) else { return false };
    assert_eq!(once(rows), general(bytes));
    true
}

const HEADERS: [&[&str]; 14] = [
    &["date", "日期"],
    &["of", "对象"],
    &["kind", "事项"],
    &["id", "编号"],
    &["recorded", "录入日"],
    &["note", "备注"],
    &["clause", "情形"],
    &["level", "级别", "inspection.level"],
    &["households", "户数"],
    &["exposed", "媒体曝光"],
    &["document", "文号"],
    &["result", "结论"],
    &["amount", "罚款额"],
    &["time", "by", "rate", "单位"],
];

fn cell(header: usize) -> BoxedStrategy<String> {
    let words: &[&str] = match header {
        0 => &[
            "2023-08-07",
            "2023-08-07",
            "2023-08-08",
            "2023/8/9",
            "2023-08-06",
        ],
        1 => &[
            "T01",
            "T01",
            "镇二",
            "department-3",
            "嘉定镇",
            "T01;镇二",
            "",
            "t01",
        ],
        2 => &[
            "inspection",
            "检查",
            "fine",
            "verification",
            "罚款",
            "decision",
            "Fine",
        ],
        3 => &["", "", "", "1", "2", " 3"],
        4 => &["", "", "2023-08-07", "2023-08-09"],
        5 => &["", "seen", "a \"b\"", "\"a,b\"", "\"a\nb\""],
        6 => &["1", "3", "03", "15", "16", "", "３"],
        7 => &["county", "城市", "市级", "", "City"],
        8 => &["0", "2", "3户", "12", "", "2.5"],
        9 => &["", "yes", "no", "否", "TRUE", "maybe"],
        10 => &["", "a", "a ", "第3号", "x;y"],
        11 => &["passed", "不合格", "", "fail"],
        12 => &["100", "3", "2.5", "1万", "", "-4"],
        _ => &["", "", "9:30", "1", "0.5"],
    };
    prop_oneof![
        60 => prop::sample::select(words).prop_map(str::to_owned),
        5 => prop::sample::select(words).prop_map(|word| format!("\"{word}\"")),
        1 => "[a-z0-9 ,\"\r、]{0,12}",
    ]
    .boxed()
}

/// A row as its kind wants it, so that many files are sound.
fn sound(header: usize, kind: usize) -> BoxedStrategy<String> {
    let inspection = kind == 0;
    let words: &[&str] = match header {
        0 => &["2023-08-07", "2023-08-07", "2023-08-08", "2023-12-31"],
        1 if inspection => &["T01", "镇二"],
        1 => &["T01", "镇二", "department-3"],
        2 => [
            &["inspection", "检查"][..],
            &["fine", "罚款"],
            &["verification"],
        ][kind],
        5 => &["", "seen", "a \"b\""],
        6 if inspection => &["1", "3", "03", "15"],
        7 if inspection => &["county", "市级", ""],
        8 if inspection => &["0", "2", "12", ""],
        9 if inspection => &["", "yes", "no", "否", "TRUE"],
        10 if inspection => &["", "a", "第3号", "x;y"],
        11 if kind == 2 => &["passed", "不合格"],
        12 if kind == 1 => &["100", "3", "250000"],
        _ => &[""],
    };
    prop::sample::select(words).prop_map(str::to_owned).boxed()
}

/// A file, mostly sound.
fn file() -> impl Strategy<Value = Vec<u8>> {
    let columns = prop::sample::subsequence(vec![3, 4, 5, 7, 8, 9, 10, 13], 0..8);
    let columns = columns.prop_map(|mut rest| {
        rest.extend([0, 1, 2, 6, 11, 12]);
        rest
    });
    let all = columns.prop_shuffle();
    all.prop_flat_map(|columns| {
        let header: Vec<_> = columns
            .iter()
            .map(|column| prop::sample::select(HEADERS[*column]))
            .collect();
        let of_kind = {
            let columns = columns.clone();
            (0_usize..3).prop_flat_map(move |kind| {
                columns
                    .iter()
                    .map(|at| sound(*at, kind))
                    .collect::<Vec<_>>()
            })
        };
        let random: Vec<_> = columns.iter().map(|column| cell(*column)).collect();
        let row = prop_oneof![30 => of_kind, 1 => random];
        let date = columns.iter().position(|column| *column == 0).unwrap_or(0);
        let rows = prop::collection::vec(row, 0..20).prop_map(move |mut rows| {
            rows.sort_by_key(|row: &Vec<String>| row[date].clone());
            rows
        });
        (
            header,
            rows,
            prop_oneof![4 => Just("\n"), 1 => Just("\r\n")],
            any::<[bool; 2]>(),
            prop::option::weighted(0.05, (any::<prop::sample::Index>(), any::<u8>())),
        )
    })
    .prop_map(|(header, rows, end, [mark, ended], changed)| {
        let lines = std::iter::once(header.join(","));
        let lines = lines.chain(rows.into_iter().map(|row| row.join(",")));
        let mut text = lines.collect::<Vec<_>>().join(end);
        if ended {
            text.push_str(end);
        }
        let mut bytes = if mark {
            b"\xEF\xBB\xBF".to_vec()
        } else {
            Vec::new()
        };
        bytes.extend_from_slice(text.as_bytes());
        if let Some((place, byte)) = changed {
            let place = place.index(bytes.len());
            bytes[place] = byte;
        }
        bytes
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn what_the_fast_reader_reads_is_read_alike(file in file()) {
        agrees(&file);
    }

    #[test]
    fn any_bytes_are_read_or_left(bytes: Vec<u8>) {
        let _ = fast(&bytes);
        let _ = Members::read(&*bytes, &REGISTER_SCHEMA);
        let mut headed = b"date,of,kind,note,clause\n".to_vec();
        headed.extend_from_slice(&bytes);
        agrees(&headed);
        let mut headed = b"id,kind,name,class\n".to_vec();
        headed.extend_from_slice(&bytes);
        registers_agree(&headed);
    }

    #[test]
    fn what_is_read_of_a_register_is_read_alike(
        rows in prop::collection::vec((
            prop::sample::select(&["T01", "T02", "镇", "a b", " T03", "Ｔ01", "long-identifier"][..]),
            prop::sample::select(&["township", "乡镇", "department", "", "phase"][..]),
            prop::sample::select(&["", "name", "名称", "\"a,b\""][..]),
            prop::sample::select(&["first", "二类", "first", "", "third"][..]),
            prop::sample::select(&["", "", "", "", "2023-01-01", "yellow"][..]),
        ), 0..5),
        header in prop::sample::select(&["id,kind,name,class,from", "编号,种类,名称,类别,挂牌"][..]),
    ) {
        let mut file = format!("{header}\n");
        for (id, kind, name, class, last) in rows {
            file.push_str(&[id, kind, name, class, last].join(","));
            file.push('\n');
        }
        registers_agree(file.as_bytes());
    }
}

/// Compares both readers of a register, and says whether the fast one read it.
fn registers_agree(bytes: &[u8]) -> bool {
    let Ok(members) = Members::read(bytes, &REGISTER_SCHEMA) else {
        return false;
    };
    let register = read_register(&POLICY, Input::new("register.csv", bytes))
        .unwrap_or_else(|errors| panic!("{errors}"))
        .register;
    assert_eq!(register.phases, std::collections::BTreeMap::new());
    assert_eq!(register.members.len(), members.subjects.len());
    for (member, subject) in register.members.iter().zip(0_u32..) {
        assert_eq!(member.id.as_bytes(), members.subjects.id(subject));
        assert_eq!(Some(member.kind), members.subjects.kind(subject));
        assert_eq!((member.within, member.memberships.len()), (None, 0));
        assert_eq!(member.standings, []);
        let shape = &members.shapes[usize::from(members.shape_of[subject as usize])];
        assert_eq!(shape.kind, member.kind);
        let declared = &POLICY.kinds[member.kind.at()].attributes;
        assert_eq!(shape.values.len(), member.attributes.len());
        for ((value, dated), field) in shape.values.iter().zip(&member.attributes).zip(declared) {
            let [always] = dated.as_slice() else {
                panic!("not one value");
            };
            assert_eq!(always.from, None);
            assert_eq!(always.value, value.and_then(|value| value_of(field, value)));
        }
    }
    true
}

fn file_of(rows: &[&str]) -> Vec<u8> {
    format!(
        "id,date,kind,of,clause,level,document,amount,note\n{}\n",
        rows.join("\n")
    )
    .into_bytes()
}

#[test]
fn plain_rows_are_read() {
    let rows = [
        ",2023-08-07,inspection,T01,3,city,第1号,,",
        ",2023-08-07,检查,T01,03,市级,第1号,,the same with other words",
        "7,2023-08-07,检查,T01,3,city,第1号,,not the same: it has an id",
        "\"8\",2023/8/9,\"fine\",\"镇二\",,,,500,\r",
        "",
        ",2023-08-09,fine,department-3,,,,0,",
    ];
    let file = file_of(&rows);
    assert!(agrees(&file));
    let read = fast(&file).unwrap();
    assert_eq!(read.len(), 5);
    assert_eq!(read[0].content, read[1].content);
    assert_eq!(read[2].content, 0);
    assert_eq!((read[3].day, read[3].subject, read[3].amount), (2, 1, 500));
    assert_eq!((read[4].subject, read[4].amount), (2, 0));
}

#[test]
fn each_thing_that_is_not_understood_is_named() {
    let plain = "1,2023-08-07,inspection,T01,3,city,,,";
    for (row, why) in [
        ("2,2023-08-06,inspection,T01,3,city,,,", Why::Date),
        ("2,2023-08-07 9:30,inspection,T01,3,city,,,", Why::Date),
        ("2,2023-08-07,Inspection,T01,3,city,,,", Why::Kind),
        ("2,2023-08-07,decision,T01,3,city,,,", Why::Kind),
        ("2,2023-08-07,inspection,嘉定镇,3,city,,,", Why::Subject),
        (
            "2,2023-08-07,inspection,department-3,3,city,,,",
            Why::Subject,
        ),
        ("2,2023-08-07,inspection,,3,city,,,", Why::Subject),
        ("2,2023-08-07,inspection,T01,16,city,,,", Why::Value),
        ("2,2023-08-07,inspection,T01,,city,,,", Why::Value),
        ("2,2023-08-07,inspection,T01,3,city,,7,", Why::Value),
        ("2,2023-08-07,fine,T01,,,,2.5,", Why::Value),
        ("2,2023-08-07,inspection,T01,3,city,,,\"a,b\"", Why::Quotes),
        ("2,2023-08-07,inspection,T01,3,city,,", Why::Shape),
        ("2,2023-08-07,inspection,T01,3,city,,,,", Why::Shape),
        ("1,2023-08-07,inspection,T01,3,city,,,", Why::Id),
        (" 2,2023-08-07,inspection,T01,3,city,,,", Why::Id),
    ] {
        match fast(&file_of(&[plain, row])) {
            Err(Stop::Unread(unread)) => assert_eq!(unread.why, why, "{row}"),
            other => panic!("{row}: {other:?}"),
        }
    }
    let later = "1,2023-08-08,inspection,T01,3,city,,,";
    let earlier = "2,2023-08-07,inspection,T01,3,city,,,";
    let unsorted = fast(&file_of(&[later, earlier]));
    assert!(matches!(unsorted, Err(Stop::Unread(unread)) if unread.why == Why::Order));
    assert!(registers_agree(MEMBERS.as_bytes()));
}

#[test]
fn kinds_of_entry_that_are_of_all_are_left() {
    let event = POLICY
        .events
        .iter()
        .position(|e| e.named.name == "collation");
    let event = EventIx(u16::try_from(event.unwrap()).unwrap());
    assert_eq!(SCHEMA.events[event.at()], None);
}
