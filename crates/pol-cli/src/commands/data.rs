//! The policy, register and ledger of a run, and what is said about them.

use crate::args::{Data, Encoding, How};
use crate::report::{Reporter, Sink, plural};
use crate::status::{Status, Trouble};
use crate::{files, output};
use pol::{
    Date, Entry, Input, Lang, Mode, Note, Policy, Register, RunOptions, Severity, rejects_csv,
};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::thread::available_parallelism;

/// What was read, and what it was called.
pub struct Read {
    /// Who there is, with those that entries open.
    pub register: Register,
    /// What happened.
    pub entries: Vec<Entry>,
    /// Findings if rows were set aside.
    pub status: Status,
    /// The rows that were set aside, to be written to the file that was named for them.
    pub rejects: Option<Rejects>,
    /// The files that they were read from: policy, register, ledger.
    files: [PathBuf; 3],
}

/// Rows that were set aside.
pub struct Rejects {
    path: PathBuf,
    bytes: Vec<u8>,
    count: usize,
}

impl Rejects {
    /// The file, and what it is to hold.
    pub fn file(&self) -> (&Path, &[u8]) {
        (&self.path, &self.bytes)
    }

    /// Says how many there are, once they are written.
    pub fn say(&self, lang: Lang, reporter: &Reporter) {
        let (count, path) = (self.count, self.path.display());
        reporter.note(&match lang {
            Lang::En => format!("{count} rows set aside in {path}"),
            Lang::Zh => format!("{count}行未能读取，已写入{path}"),
        });
    }
}

impl Read {
    /// Asks, before anything is worked out, whether a result can be written where it is wanted: to a
    /// file that can be made, and that is none of those that this run reads or writes besides.
    pub fn may_write(&self, result: &Path) -> Result<(), Trouble> {
        let rejects = self.rejects.iter().map(|rejects| &*rejects.path);
        let others = self.files.iter().map(PathBuf::as_path).chain(rejects);
        apart(result, others)?;
        output::writable(result)
    }

    /// Writes the rows that were set aside, together with a result that is to be written to a file.
    pub fn write(
        &self,
        result: Option<(&Path, &[u8])>,
        lang: Lang,
        reporter: &Reporter,
    ) -> Result<(), Trouble> {
        let rejects = self.rejects.iter().map(Rejects::file);
        output::files(&rejects.chain(result).collect::<Vec<_>>())?;
        if let Some(rejects) = &self.rejects {
            rejects.say(lang, reporter);
        }
        Ok(())
    }
}

/// Reads and compiles a policy for a run; none if it has errors, which are shown.
pub fn policy(path: &Path, reporter: &Reporter) -> Result<Option<Policy>, Trouble> {
    let checked = files::check(path)?;
    let lang = reporter.lang(checked.lang);
    let Some(policy) = checked.policy else {
        reporter.checked(&checked, Sink::Remark)?;
        return Ok(None);
    };
    let found = policy.warnings().iter();
    let warnings = found
        .filter(|finding| finding.severity == Severity::Warning)
        .count();
    if warnings > 0 {
        let name = path.display();
        reporter.note(&match lang {
            Lang::En => format!(
                "{}: `pol check {name}` shows them",
                plural(warnings, "warning")
            ),
            Lang::Zh => format!("有{warnings}处警告：`pol check {name}` 可查看"),
        });
    }
    Ok(Some(policy))
}

const fn encoding_of(declared: Encoding) -> pol::Encoding {
    match declared {
        Encoding::Utf8 => pol::Encoding::Utf8,
        Encoding::Gb18030 => pol::Encoding::Gb18030,
    }
}

/// Reads register and ledger; none if something is wrong with them, which is shown.
pub fn read(
    policy: &Policy,
    path: &Path,
    data: &Data,
    reporter: &Reporter,
    sink: Sink,
) -> Result<Option<Read>, Trouble> {
    let lang = reporter.lang(policy.lang());
    let encoding = encoding_of(data.encoding);
    let register_encoding = data.register_encoding.map_or(encoding, encoding_of);
    let said = |path: &Path, what| found(path, what, lang, reporter);

    let register_path = match &data.register {
        Some(path) => path.clone(),
        None => said(path, REGISTER)?,
    };
    let (name, bytes) = (files::name(&register_path), files::read(&register_path)?);
    let input = Input::new(&name, &bytes).encoding(register_encoding);
    let register = match policy.read_register(input) {
        Ok(loaded) => {
            notes(&loaded.notes, lang, reporter);
            loaded.register
        }
        Err(errors) => {
            reporter.data_errors(&errors, lang, sink)?;
            return Ok(None);
        }
    };

    let ledger_path = match &data.ledger {
        Some(path) => path.clone(),
        None => said(path, LEDGER)?,
    };
    let (name, bytes) = (files::name(&ledger_path), files::read(&ledger_path)?);
    let mut input = Input::new(&name, &bytes).encoding(encoding);
    if let Some(sheet) = &data.sheet {
        input = input.sheet(sheet);
    }
    let mode = match data.rejects {
        Some(_) => Mode::Rejects,
        None => Mode::Strict,
    };
    match policy.read_ledger(&register, input, mode) {
        Ok(loaded) => {
            notes(&loaded.notes, lang, reporter);
            let status = Status::findings(!loaded.rejects.is_empty());
            let files = [path.to_owned(), register_path, ledger_path];
            if let Some(rejects) = &data.rejects {
                apart(rejects, files.iter().map(PathBuf::as_path))?;
                output::writable(rejects)?;
            }
            let rejects = data.rejects.as_ref().map(|path| Rejects {
                path: path.clone(),
                bytes: rejects_csv(&loaded.rejects, lang),
                count: loaded.rejects.len(),
            });
            Ok(Some(Read {
                register: loaded.register,
                entries: loaded.entries,
                status,
                rejects,
                files,
            }))
        }
        Err(errors) => {
            reporter.data_errors(&errors, lang, sink)?;
            Ok(None)
        }
    }
}

/// Trouble if a file that is to be written is one of some others.
pub fn apart<'a>(file: &Path, mut others: impl Iterator<Item = &'a Path>) -> Result<(), Trouble> {
    // A device is no file that could be overwritten.
    let real = |path: &Path| path.canonicalize().ok().filter(|real| real.is_file());
    let same = |other: &Path| other == file || real(file).is_some_and(|it| real(other) == Some(it));
    if !others.any(same) {
        return Ok(());
    }
    let name = file.display();
    Err(Trouble::new(
        format!("`{name}` would be overwritten: the run reads or writes it besides"),
        format!("`{name}` 会被覆盖：本次运行还要读写它"),
    )
    .help("name another file", "请换一个文件名"))
}

/// The options of a run; trouble if a reading is asked for twice.
pub fn options(how: &How) -> Result<RunOptions, Trouble> {
    let mut readings = BTreeMap::new();
    for (reading, answer) in &how.reading {
        if let Some(first) = readings.insert(reading.clone(), answer.clone()) {
            return Err(Trouble::new(
                format!("`{reading}={first}` and `{reading}={answer}` ask for one reading twice"),
                format!("`{reading}={first}` 和 `{reading}={answer}` 把同一读法写了两次"),
            )
            .help("leave one of them out", "请去掉其中一个"));
        }
    }
    Ok(RunOptions {
        as_of: how.as_of,
        known_on: how.known_on,
        hindsight: how.hindsight,
        assume_approved: how.assume.is_some(),
        evaluator: how.evaluator.into(),
        threads: how.threads.or_else(|| available_parallelism().ok()),
        readings,
    })
}

/// Says so if a run ends before the policy takes effect.
pub fn too_early(policy: &Policy, as_of: Date, lang: Lang, reporter: &Reporter) {
    let effective = policy.effective();
    if as_of < effective {
        let day = pol::text::date(effective, lang);
        reporter.note(&match lang {
            Lang::En => format!("the policy takes effect on {day}: before it no rule fires"),
            Lang::Zh => format!("政策自{day}起施行，此前没有规则触发"),
        });
    }
}

/// Says so if a run assumes decisions.
pub fn assumed(options: &RunOptions, lang: Lang, reporter: &Reporter) {
    if options.assume_approved {
        reporter.note(match lang {
            Lang::En => "each proposal is assumed to be approved on its day: no real decisions",
            Lang::Zh => "假定每项提请当天获批准：并非实际决定",
        });
    }
}

/// The files that a register and a ledger are read from.
pub fn places(
    policy: &Path,
    data: &Data,
    lang: Lang,
    reporter: &Reporter,
) -> Result<[PathBuf; 2], Trouble> {
    let place = |given: &Option<PathBuf>, what| match given {
        Some(path) => Ok(path.clone()),
        None => found(policy, what, lang, reporter),
    };
    Ok([
        place(&data.register, REGISTER)?,
        place(&data.ledger, LEDGER)?,
    ])
}

/// The register has no such subject.
pub fn nobody(subject: &str) -> Trouble {
    Trouble::new(
        format!("the register has no subject `{subject}`, or several of that name"),
        format!("名册中没有对象 `{subject}`，或者有几个同名"),
    )
    .help("write its id", "请写编号")
}

/// A sort of file: its English and Chinese names, its option, and what it may be called.
type Sort = (
    &'static str,
    &'static str,
    &'static str,
    &'static [&'static str],
);

const REGISTER: Sort = (
    "register",
    "名册",
    "--register",
    &[
        "register.csv",
        "register.xlsx",
        "register.jsonl",
        "名册.csv",
        "名册.xlsx",
    ],
);

const LEDGER: Sort = (
    "ledger",
    "台账",
    "--ledger",
    &[
        "ledger.csv",
        "ledger.xlsx",
        "ledger.jsonl",
        "台账.csv",
        "台账.xlsx",
    ],
);

/// The file of a sort that lies beside the policy, and says so.
fn found(policy: &Path, sort: Sort, lang: Lang, reporter: &Reporter) -> Result<PathBuf, Trouble> {
    let (en, zh, option, names) = sort;
    let path = files::beside(policy, names).ok_or_else(|| {
        Trouble::new(
            format!("no {en} was named, and none lies beside the policy"),
            format!("没有指定{zh}，政策旁边也没有"),
        )
        .help(
            format!("name it: {option} FILE"),
            format!("请指定：{option} 文件"),
        )
    })?;
    let name = path.display();
    reporter.note(&match lang {
        Lang::En => format!("{en}: {name} (beside the policy)"),
        Lang::Zh => format!("{zh}：{name}（在政策旁边）"),
    });
    Ok(path)
}

pub fn notes(notes: &[Note], lang: Lang, reporter: &Reporter) {
    for note in notes {
        reporter.note(&note.render(lang));
    }
}
