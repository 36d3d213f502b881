//! Bytes to text, in the declared encoding or not at all.

use crate::input::{Encoding, Input};
use crate::problem::{DataError, Place, Problem};
use encoding_rs::GB18030;
use pol_syntax::Code;
use std::borrow::Cow;

const UTF8_MARK: &[u8] = &[0xEF, 0xBB, 0xBF];

/// The text of a file, without its byte order mark.
pub(super) fn text(input: Input<'_>) -> Result<Cow<'_, str>, Box<DataError>> {
    let bytes = input.bytes;
    let found = |problem: Problem, line: u32| {
        let place = Place {
            file: input.name.into(),
            line,
            ..Place::default()
        };
        Box::new(problem.at(place, None))
    };
    if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) {
        let problem = Problem::new(
            Code::DATA_ENCODING,
            "the file is in UTF-16",
            "文件是UTF-16编码",
        );
        return Err(found(
            problem.help(
                "save it as `CSV UTF-8`, or as a workbook (.xlsx)",
                "请另存为“CSV UTF-8”或工作簿（.xlsx）",
            ),
            0,
        ));
    }
    match input.encoding {
        Encoding::Utf8 => {
            let bytes = bytes.strip_prefix(UTF8_MARK).unwrap_or(bytes);
            std::str::from_utf8(bytes).map(Cow::Borrowed).map_err(|e| {
                let line = line_at(bytes, e.valid_up_to());
                found(not_utf8(bytes, e.valid_up_to()), line)
            })
        }
        Encoding::Gb18030 if bytes.starts_with(UTF8_MARK) => Err(found(
            Problem::new(
                Code::DATA_ENCODING,
                "the file begins with the mark of UTF-8, but GB18030 was declared",
                "文件以UTF-8标记开头，却声明为GB18030",
            )
            .help(EACH.0, EACH.1),
            0,
        )),
        Encoding::Gb18030 if is_utf8(bytes) => Err(found(
            Problem::new(
                Code::DATA_ENCODING,
                "the file is in UTF-8, but GB18030 was declared",
                "文件是UTF-8编码，却声明为GB18030",
            )
            .help(EACH.0, EACH.1),
            0,
        )),
        Encoding::Gb18030 => GB18030
            .decode_without_bom_handling_and_without_replacement(bytes)
            .ok_or_else(|| {
                let at = first_bad(bytes);
                let byte = bytes.get(at).copied().unwrap_or(0);
                found(
                    Problem::new(
                        Code::DATA_ENCODING,
                        format!("byte 0x{byte:02X} is not GB18030"),
                        format!("字节0x{byte:02X}不是GB18030编码"),
                    )
                    .help(EACH.0, EACH.1),
                    line_at(bytes, at),
                )
            }),
    }
}

/// So many characters that are not ASCII read as UTF-8 by chance in no file of GB18030.
const TELLING: usize = 8;

/// What to do where two files have encodings of their own.
const EACH: (&str, &str) = (
    "leave the declaration out; if register and ledger are encoded otherwise, declare each: `--encoding gb18030 --register-encoding utf-8`",
    "请去掉编码声明；名册和台账编码不同的，请分别声明：`--encoding gb18030 --register-encoding utf-8`",
);

fn is_utf8(bytes: &[u8]) -> bool {
    std::str::from_utf8(bytes).is_ok_and(|text| {
        text.chars()
            .filter(|c| !c.is_ascii())
            .nth(TELLING - 1)
            .is_some()
    })
}

fn not_utf8(bytes: &[u8], at: usize) -> Problem {
    let byte = bytes.get(at).copied().unwrap_or(0);
    let problem = Problem::new(
        Code::DATA_ENCODING,
        format!("byte 0x{byte:02X} is not UTF-8"),
        format!("字节0x{byte:02X}不是UTF-8编码"),
    );
    let reads = GB18030
        .decode_without_bom_handling_and_without_replacement(bytes)
        .is_some();
    if reads {
        problem.help(
            "the file reads as GB18030 (GBK), as many spreadsheets save CSV: declare it with `--encoding gb18030`, or save the file as `CSV UTF-8`",
            "文件可以按GB18030（GBK）读取，许多表格软件这样保存CSV：请用`--encoding gb18030`声明，或另存为“CSV UTF-8”",
        )
    } else {
        problem.help(
            "save the file as `CSV UTF-8`, or as a workbook (.xlsx); a file in GB18030 (GBK) is declared with `--encoding gb18030`",
            "请另存为“CSV UTF-8”或工作簿（.xlsx）；GB18030（GBK）编码的文件用`--encoding gb18030`声明",
        )
    }
}

/// Where GB18030 goes wrong, to the byte.
fn first_bad(bytes: &[u8]) -> usize {
    let mut decoder = GB18030.new_decoder_without_bom_handling();
    let mut sink = [0_u8; 4096];
    let mut at = 0;
    loop {
        let (result, read, _) = decoder.decode_to_utf8_without_replacement(
            bytes.get(at..).unwrap_or_default(),
            &mut sink,
            true,
        );
        at += read;
        match result {
            encoding_rs::DecoderResult::OutputFull => {}
            encoding_rs::DecoderResult::InputEmpty => return at,
            encoding_rs::DecoderResult::Malformed(bad, beyond) => {
                return at.saturating_sub(usize::from(bad) + usize::from(beyond));
            }
        }
    }
}

fn line_at(bytes: &[u8], at: usize) -> u32 {
    let before = bytes.get(..at).unwrap_or(bytes);
    let lines = before.split(|byte| *byte == b'\n').count();
    u32::try_from(lines).unwrap_or(u32::MAX)
}
