//! The Chinese help texts.

use clap::Command;

/// The command with Chinese texts throughout.
pub fn translate(command: Command) -> Command {
    translated(command, "")
}

fn translated(command: Command, path: &str) -> Command {
    let about = text(path).unwrap_or_default();
    let template = "{about}\n\n用法：{usage}\n\n{all-args}";
    let command = command
        .about(about)
        .help_template(template)
        .subcommand_help_heading("命令")
        .mut_args(|arg| {
            let id = arg.get_id().as_str().to_owned();
            let heading = if arg.is_positional() {
                "参数"
            } else {
                "选项"
            };
            let arg = arg.help_heading(heading);
            match text(&format!("{path}.{id}")).or_else(|| text(&format!(".{id}"))) {
                Some(help) => arg.help(help),
                None => arg,
            }
        });
    let names: Vec<String> = command
        .get_subcommands()
        .map(|sub| sub.get_name().to_owned())
        .collect();
    names.into_iter().fold(command, |command, name| {
        let path = if path.is_empty() {
            name.clone()
        } else {
            format!("{path} {name}")
        };
        command.mut_subcommand(name, |sub| translated(sub, &path))
    })
}

/// The text of a command (`ledger check`), of an argument of one (`run.policy`), or of an argument
/// wherever it stands (`.ledger`).
fn text(key: &str) -> Option<&'static str> {
    TEXTS
        .iter()
        .find(|(known, _)| *known == key)
        .map(|(_, text)| *text)
}

const TEXTS: &[(&str, &str)] = &[
    ("", "逐级督办政策：检查、运行、解释、测试"),
    ("check", "检查政策，一次列出全部问题"),
    ("fmt", "按标准格式重写政策，中英文写法任选"),
    ("run", "用名册和台账运行政策，逐日列出结果"),
    ("explain", "说明某个对象为什么有某个结果，或者为什么还没有"),
    ("coverage", "说明政策交代了文件中的哪些条款"),
    ("coverage.policy", "政策文件；文件原文放在政策写明的位置"),
    ("coverage.clauses", "读取文件中编号的条款"),
    ("coverage.format", "结果的格式：human、json、md"),
    (
        "readings",
        "每个读法逐一换用别的答案运行，列出结果有哪些不同",
    ),
    ("readings.format", "结果的格式：human、json、md"),
    ("test", "运行政策中写的用例"),
    ("build", "显示政策编译成什么，或生成政策自己的 Rust 程序包"),
    ("build.policy", "政策文件；- 表示标准输入"),
    (
        "build.emit",
        "输出什么：plan（计划），或 bounds（每条记录的步数和每个对象保存量的上限）",
    ),
    ("build.format", "结果的格式：human、json"),
    ("build.out", "把政策的 Rust 程序包写入这个文件夹"),
    ("build.check", "不写文件：列出程序包中与政策不一致的文件"),
    (
        "build.runtime_path",
        "清单中写明的 pol-runtime 所在文件夹；不写则用其版本",
    ),
    ("ledger", "生成空白台账，或者检查台账"),
    (
        "ledger template",
        "生成空白台账工作簿：表头、可选值和填写说明",
    ),
    ("ledger check", "读取名册和台账，一次列出全部问题"),
    ("rule", "显示错误代码的说明"),
    ("init", "写出一份可以运行的小政策，连同名册和台账"),
    ("completions", "输出命令行补全脚本"),
    ("man", "输出手册页"),
    (
        ".lang",
        "信息和表格的语言：zh、en，或 auto（随政策所用的关键词，其次随系统）",
    ),
    (
        ".message_format",
        "问题的输出方式：human，或 json（每行一个对象）",
    ),
    (".help", "显示帮助"),
    (".version", "显示版本"),
    (".files", "政策文件；- 表示标准输入"),
    (".policy", "政策文件"),
    ("fmt.files", "政策文件；- 表示标准输入，结果写到标准输出"),
    (
        "fmt.spelling",
        "关键词的写法：zh 或 en；不写则各文件保持原样",
    ),
    ("fmt.check", "不改文件，只列出格式不标准的文件"),
    ("fmt.diff", "不改文件，只显示会改什么"),
    (
        ".ledger",
        "台账：CSV、XLSX 或 JSON Lines；不写则用政策旁边的 ledger.*",
    ),
    (
        ".register",
        "名册：CSV、XLSX 或 JSON Lines；不写则用政策旁边的 register.*",
    ),
    (".encoding", "CSV 和 JSON Lines 的编码：utf-8 或 gb18030"),
    (".register_encoding", "名册的编码与台账不同时，另行说明"),
    (".sheet", "只读台账工作簿中的这一张表"),
    (".rejects", "把读不了的行连同原因写入此文件，其余照常运行"),
    (".as_of", "运行到哪一天；不写则到最后一条的录入日期"),
    (".known_on", "只用这一天以前（含当天）录入的内容"),
    (".hindsight", "按发生日期运行，如同当天就已录入"),
    (".assume", "假定每项提请当天即获批准：--assume approved"),
    (".reading", "选用某个读法的答案：读法=答案，可给多个"),
    (
        ".evaluator",
        "由哪个求值器运行：incremental（增量）或 reference（参照）",
    ),
    (
        ".threads",
        "最多用几个线程运行，结果不因此而异；不写则每个处理器一个",
    ),
    (".subject", "只看这个对象，写编号或名称"),
    ("explain.subject", "对象，写编号或名称"),
    ("explain.on", "要说明的日期；不写则为运行的最后一天"),
    (
        "explain.test",
        "不用台账，改为说明政策中名称含有这些字的用例",
    ),
    (".strict", "有无法判定的情况时，退出码为 1"),
    (
        ".format",
        "结果的格式：human、json、jsonl、csv、lines、xlsx、md；不写则按 -o 的扩展名，否则为 human",
    ),
    (".output", "把结果写入此文件，不写到标准输出"),
    ("test.filter", "只运行名称含有这些字的用例"),
    ("ledger template.output", "要写出的工作簿"),
    ("rule.code", "代码，如 POL0103 或 0103；不写则列出全部代码"),
    ("init.folder", "写到哪个文件夹"),
    (
        "completions.shell",
        "命令行解释器：bash、zsh、fish、elvish 或 powershell",
    ),
    (
        "man.folder",
        "每个命令一页，写入此文件夹；不写则把首页写到标准输出",
    ),
];

#[cfg(test)]
mod tests {
    use super::text;
    use clap::{Command, CommandFactory};

    #[test]
    fn every_help_text_has_a_chinese_one() {
        check(&crate::args::Cli::command(), "");
    }

    fn check(command: &Command, path: &str) {
        assert!(text(path).is_some(), "no Chinese text for `{path}`");
        for arg in command.get_arguments() {
            let id = arg.get_id().as_str();
            let own = text(&format!("{path}.{id}")).or_else(|| text(&format!(".{id}")));
            assert!(own.is_some(), "no Chinese text for `{path}.{id}`");
        }
        for sub in command.get_subcommands() {
            check(sub, format!("{path} {}", sub.get_name()).trim_start());
        }
    }
}
