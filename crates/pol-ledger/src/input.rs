//! What is handed in: bytes with a name, and how to read them.

/// A file's bytes and how they are to be read.
#[derive(Debug, Clone, Copy)]
pub struct Input<'a> {
    /// The file's name, for messages.
    pub name: &'a str,
    /// Its bytes.
    pub bytes: &'a [u8],
    /// What it is.
    pub format: Format,
    /// How text is encoded, in CSV and JSON Lines.
    pub encoding: Encoding,
    /// The one sheet to read of a workbook; none: every sheet that has a header.
    pub sheet: Option<&'a str>,
}

impl<'a> Input<'a> {
    /// Bytes whose format is told by their beginning, in UTF-8.
    pub const fn new(name: &'a str, bytes: &'a [u8]) -> Self {
        Self {
            name,
            bytes,
            format: Format::Auto,
            encoding: Encoding::Utf8,
            sheet: None,
        }
    }

    /// The same in another format.
    #[must_use]
    pub const fn format(mut self, format: Format) -> Self {
        self.format = format;
        self
    }

    /// The same in another encoding.
    #[must_use]
    pub const fn encoding(mut self, encoding: Encoding) -> Self {
        self.encoding = encoding;
        self
    }

    /// Only one sheet of a workbook.
    #[must_use]
    pub const fn sheet(mut self, sheet: &'a str) -> Self {
        self.sheet = Some(sheet);
        self
    }
}

/// What a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Format {
    /// Told by the file's beginning: a workbook by its signature, JSON Lines by `{`, else CSV.
    #[default]
    Auto,
    /// Comma-separated values; separated by tabs if the first line has tabs and no commas.
    Csv,
    /// A workbook (`.xlsx`).
    Xlsx,
    /// One JSON object on each line.
    JsonLines,
}

/// How text is encoded. Never guessed: a wrong guess would read wrong names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Encoding {
    /// UTF-8, with or without a byte order mark.
    #[default]
    Utf8,
    /// GB18030, which GBK and GB2312 are part of.
    Gb18030,
}

/// The largest file that is read: 2 GiB less a byte, what all machines can address.
pub const MAX_BYTES: usize = (2 << 30) - 1;

/// The largest workbook, unpacked: 512 MiB. A small file may unpack to one that fills all memory.
pub const MAX_UNPACKED: u64 = 512 << 20;

/// The most rows that are read: 20 million, the entries of a province in ten years.
pub const MAX_ROWS: usize = 20_000_000;

/// The most filled cells that are read: 200 million.
pub const MAX_CELLS: usize = 200_000_000;

/// The longest text of a cell: 32 KiB, what a spreadsheet holds.
pub const MAX_CELL: usize = 32 << 10;
