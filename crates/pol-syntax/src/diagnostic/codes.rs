//! The registry of codes. A code is never reused (`POL0490`, a form that could be read and not yet
//! computed, has had its day); each has a page in both languages, and a case in
//! the tests that produces it.
//!
//! `POL01xx` reading the text, `POL02xx` names, `POL03xx` types and units, `POL04xx` what the
//! policy says as a whole, `POL05xx` registers and ledgers, `POL06xx` runs.

/// A stable code, such as `POL0103`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Code(&'static str);

impl Code {
    /// The code as it is printed.
    pub const fn as_str(self) -> &'static str {
        self.0
    }

    /// The page that explains the code: one Markdown text, Chinese and English.
    pub fn page(self) -> &'static str {
        CODES
            .iter()
            .find(|(code, _)| *code == self)
            .map_or("", |(_, page)| page)
    }

    /// The code that an author typed, in any case, with or without `POL`.
    pub fn find(typed: &str) -> Option<Self> {
        let typed = typed.trim().to_ascii_uppercase();
        let digits = typed.strip_prefix("POL").unwrap_or(&typed);
        CODES
            .iter()
            .map(|(code, _)| *code)
            .find(|code| &code.0[3..] == digits)
    }
}

impl std::fmt::Display for Code {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.0)
    }
}

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $code:literal;)*) => {
        impl Code {
            $($(#[$doc])* pub const $name: Self = Self($code);)*
        }

        /// Every code with its page, in order.
        pub const CODES: &[(Code, &str)] = &[
            $((Code::$name, include_str!(concat!("../../../../docs/codes/", $code, ".md"))),)*
        ];
    };
}

codes! {
    /// The text is too large, too deep, or not text.
    LIMIT = "POL0101";
    /// Something else was expected here.
    UNEXPECTED = "POL0102";
    /// A word in column 0 opens no declaration.
    UNKNOWN_DECLARATION = "POL0103";
    /// A bracket is not closed, or closes nothing.
    UNCLOSED_BRACKET = "POL0104";
    /// A text in quotes does not end on its line.
    UNCLOSED_QUOTE = "POL0105";
    /// A declaration is indented, or a clause is not.
    INDENTATION = "POL0106";
    /// Keywords run together with names.
    RUN_TOGETHER = "POL0107";
    /// There is no such day or time.
    BAD_DATE = "POL0108";
    /// A number is written in a way that is not taken.
    BAD_NUMBER = "POL0109";
    /// A word is nearly a keyword.
    MISSPELT = "POL0110";
    /// A rule's clauses are out of order, stand twice, or are missing.
    CLAUSE_ORDER = "POL0111";
    /// `=` stands where a comparison is meant.
    EQUALS_COMPARES = "POL0112";
    /// A month of the year stands where a span of time is meant.
    MONTH_FOR_MONTHS = "POL0113";
    /// `end of year` stands where a point in time is meant.
    POINT_WITHOUT_EACH = "POL0114";
    /// An invisible character stands outside a text.
    INVISIBLE = "POL0115";
    /// A window or `where` stands behind a comparison that it cannot belong to.
    MISPLACED_WINDOW = "POL0116";
    /// A word of the language is used as a name.
    RESERVED_NAME = "POL0117";
    /// Nothing is declared under this name.
    UNKNOWN_NAME = "POL0201";
    /// A name is declared twice.
    DUPLICATE = "POL0202";
    /// Two names look alike.
    LOOK_ALIKE = "POL0203";
    /// A name stands for something else than is wanted here.
    WRONG_SORT = "POL0204";
    /// A name may mean several things here.
    AMBIGUOUS = "POL0205";
    /// A definition goes back to itself.
    CIRCULAR = "POL0206";
    /// An event, outcome or kind has no such field.
    UNKNOWN_FIELD = "POL0207";
    /// The policy does not say its name, or from which day it is effective.
    NO_HEADER = "POL0208";
    /// The days of a calendar cannot be used.
    CALENDAR = "POL0209";
    /// Two things do not fit together.
    TYPES = "POL0301";
    /// Two units do not fit together.
    UNITS = "POL0302";
    /// A value stands where a condition is wanted.
    NOT_A_CONDITION = "POL0303";
    /// Values without an order are compared by size.
    NO_ORDER = "POL0304";
    /// A condition on an event counts, or asks for a standing.
    NOT_OF_THE_EVENT = "POL0305";
    /// A field is asked for where there is no event.
    NO_EVENT = "POL0306";
    /// A fixed value is wanted.
    NOT_FIXED = "POL0307";
    /// A number lies outside what can stand here.
    OUT_OF_RANGE = "POL0308";
    /// A table has no row for a value.
    MISSING_ROW = "POL0309";
    /// A table does not fit its keys.
    TABLE = "POL0310";
    /// A ladder, event or attribute is not that of the subject.
    NOT_OF_THE_SUBJECT = "POL0311";
    /// A field of an action is missing or given twice.
    ACTION_FIELDS = "POL0312";
    /// A window does not fit where it stands.
    WINDOW = "POL0313";
    /// Events set each other off without end.
    TRIGGER_CYCLE = "POL0401";
    /// Clauses of a rule do not go together.
    CLAUSES = "POL0402";
    /// Words are quoted that do not stand in the clause.
    MISQUOTED = "POL0403";
    /// No rule enters a status.
    STATUS_NEVER_ENTERED = "POL0410";
    /// No rule takes a subject down from a status.
    STATUS_NEVER_LEFT = "POL0411";
    /// Nobody imposes an outcome.
    OUTCOME_NEVER_IMPOSED = "POL0412";
    /// Nothing can meet a duty.
    DUTY_NEVER_MET = "POL0413";
    /// No rule reaches a kind of subject.
    KIND_UNREACHED = "POL0414";
    /// A count may count twice and does not say so.
    COUNTS_TWICE = "POL0415";
    /// A status can be issued to one that stands above it.
    STATUS_ABOVE = "POL0416";
    /// A parameter's dates leave a gap.
    DATE_GAP = "POL0417";
    /// Nothing uses what is declared.
    UNUSED = "POL0418";
    /// A rule can never fire.
    NEVER_FIRES = "POL0419";
    /// A window is shorter than the step at which it is looked at.
    WINDOW_MISSES = "POL0420";
    /// Two rules fight over one ladder at one moment.
    RIVALS = "POL0421";
    /// A member or an entry of a test leaves out what must be given.
    MISSING_FIELD = "POL0450";
    /// A line of a test cannot be entered so.
    TEST_LINE = "POL0451";
    /// A test expects what can never come.
    EXPECTATION = "POL0452";
    /// A test expects nothing.
    EXPECTS_NOTHING = "POL0453";
    /// The document leaves values open.
    HOLES = "POL0480";
    /// The policy has holes and does not run.
    HOLE_RUN = "POL0601";
    /// An id stands at two entries that differ.
    REPEATED_ID = "POL0602";
    /// An entry is recorded before it happened.
    RECORDED_EARLY = "POL0603";
    /// A withdrawal names nothing on record.
    WITHDRAWS_NOTHING = "POL0604";
    /// A withdrawal names a withdrawal.
    WITHDRAWS_WITHDRAWAL = "POL0605";
    /// A decision could mean several rules.
    TWO_PROPOSALS = "POL0606";
    /// A date lies in a year that the calendar does not have.
    MISSING_YEAR = "POL0607";
    /// A date cannot be computed.
    UNDATED = "POL0608";
    /// A run goes over more days than are run.
    RUN_TOO_LONG = "POL0609";
    /// A phase takes its dates from the register, which does not give them.
    PHASE_WITHOUT_DATES = "POL0610";
    /// An entry came when the day on which it was recorded was over.
    DAY_OVER = "POL0611";
    /// A saved state is of another policy, calendar, register or form.
    OTHER_STATE = "POL0612";
    /// A run asks for a reading or an answer that the policy does not have.
    UNKNOWN_READING = "POL0690";
    /// A file of data is beyond a limit.
    DATA_LIMIT = "POL0501";
    /// The bytes are not text in the declared encoding.
    DATA_ENCODING = "POL0502";
    /// The file is broken, or of another format.
    DATA_FORMAT = "POL0503";
    /// No header row, or a header without a column that is needed.
    DATA_HEADER = "POL0504";
    /// A column that nothing is known of.
    DATA_COLUMN = "POL0505";
    /// Two columns mean the same.
    DATA_DOUBLE_COLUMN = "POL0506";
    /// The workbook has no sheet of that name.
    DATA_SHEET = "POL0507";
    /// Merged cells among the data.
    DATA_MERGED = "POL0508";
    /// A value that is needed is missing.
    DATA_MISSING = "POL0510";
    /// No kind of entry or of subject has that name.
    DATA_UNKNOWN_KIND = "POL0511";
    /// No member of the register has that id or name.
    DATA_UNKNOWN_MEMBER = "POL0512";
    /// It exists, but is of another kind than is taken here.
    DATA_WRONG_KIND = "POL0513";
    /// No body or rule has that name.
    DATA_UNKNOWN_NAME = "POL0514";
    /// Not one of the values that the field takes.
    DATA_CHOICE = "POL0515";
    /// Not a number, or none that can be read exactly.
    DATA_NUMBER = "POL0516";
    /// The number is outside what the field takes.
    DATA_RANGE = "POL0517";
    /// Not a date or time that can be read exactly.
    DATA_DATE = "POL0518";
    /// The cell holds nothing that can be read.
    DATA_CELL = "POL0519";
    /// Several values where one is taken, or one value twice.
    DATA_SEVERAL = "POL0520";
    /// A value that this kind of row does not take.
    DATA_MISPLACED = "POL0521";
    /// The unit in the cell is not the field's.
    DATA_UNIT = "POL0522";
    /// Recorded before it happened.
    DATA_RECORDED = "POL0523";
    /// Two entries of one id say different things.
    DATA_ID = "POL0524";
    /// A withdrawal or correction names nothing that it could.
    DATA_REFERENCE = "POL0525";
    /// Rows of one member contradict each other.
    DATA_ROWS = "POL0526";
    /// A span that ends before it begins.
    DATA_SPAN = "POL0527";
    /// A member that lies within itself.
    DATA_CIRCLE = "POL0528";
}
