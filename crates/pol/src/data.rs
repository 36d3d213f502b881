//! Registers and ledgers: from bytes or from values that the host holds. No file is opened here.

use crate::{Date, Lang, Policy, Register};
use pol_ledger::{DataErrors, Input, Loaded, LoadedRegister, Mode, WriteError};
use serde_json::{Map, Value};

impl Policy {
    /// Reads a register: CSV, XLSX or JSON Lines, as [`Input`] says.
    ///
    /// # Errors
    /// All that is wrong with it, each with its place.
    pub fn read_register(&self, input: Input<'_>) -> Result<LoadedRegister, DataErrors> {
        pol_ledger::read_register(self.hir(), input)
    }

    /// Reads a register from a CSV in UTF-8; `name` is what messages call it.
    ///
    /// # Errors
    /// All that is wrong with it, each with its place.
    pub fn register_from_csv(&self, name: &str, bytes: &[u8]) -> Result<Register, DataErrors> {
        let loaded = self.read_register(Input::new(name, bytes))?;
        Ok(loaded.register)
    }

    /// Takes a register from rows that the host holds; keys are headers.
    ///
    /// # Errors
    /// All that is wrong with it, each with the row's number from 1.
    pub fn register_from_values(
        &self,
        name: &str,
        rows: &[Map<String, Value>],
    ) -> Result<Register, DataErrors> {
        let loaded = pol_ledger::register_from_values(self.hir(), name, rows)?;
        Ok(loaded.register)
    }

    /// Reads a ledger: CSV, XLSX or JSON Lines, as [`Input`] says. The register comes back with the
    /// members that entries open.
    ///
    /// # Errors
    /// All that is wrong with it, each with its place; with [`Mode::Rejects`] only what is wrong
    /// with the file as a whole.
    pub fn read_ledger(
        &self,
        register: &Register,
        input: Input<'_>,
        mode: Mode,
    ) -> Result<Loaded, DataErrors> {
        pol_ledger::read_ledger(self.hir(), register, input, mode)
    }

    /// Reads a ledger from a CSV in UTF-8; `name` is what messages call it.
    ///
    /// # Errors
    /// All that is wrong with it, each with its place.
    pub fn ledger_from_csv(
        &self,
        register: &Register,
        name: &str,
        bytes: &[u8],
    ) -> Result<Loaded, DataErrors> {
        self.read_ledger(register, Input::new(name, bytes), Mode::Strict)
    }

    /// Takes a ledger from rows that the host holds; keys are headers.
    ///
    /// ```
    /// # let text = "policy p\n  effective 2024-01-01\nsubject market\nevent finding of market\n\
    /// #     ladder order for market\n  clear < warned\nrule warning\n  for market\n  on finding\n  then warned\n";
    /// # let policy = pol::Policy::compile("p.pol", text).unwrap();
    /// # let register = policy.register_from_csv("register", b"id,kind\nM01,market\n").unwrap();
    /// let rows: Vec<serde_json::Map<String, serde_json::Value>> = serde_json::from_str(
    ///     r#"[{ "id": "e1", "date": "2024-03-04", "kind": "finding", "of": "M01" }]"#,
    /// )?;
    /// let loaded = policy.ledger_from_values(&register, "today", &rows)?;
    /// assert_eq!(loaded.entries.len(), 1);
    ///
    /// let wrong = [rows[0].iter().map(|(key, _)| (key.clone(), "?".into())).collect()];
    /// let errors = policy.ledger_from_values(&register, "today", &wrong).unwrap_err();
    /// assert!(errors.len() > 1, "every bad cell is named: {errors}");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// All that is wrong with it, each with the row's number from 1.
    pub fn ledger_from_values(
        &self,
        register: &Register,
        name: &str,
        rows: &[Map<String, Value>],
    ) -> Result<Loaded, DataErrors> {
        pol_ledger::ledger_from_values(self.hir(), register, name, rows, Mode::Strict)
    }

    /// An empty workbook to fill in: headers, choices, and a sheet that explains them.
    ///
    /// # Errors
    /// The workbook cannot be made.
    pub fn ledger_template(&self, lang: Lang) -> Result<Vec<u8>, WriteError> {
        pol_ledger::template(self.hir(), lang)
    }

    /// The first day on which rules fire.
    pub fn effective(&self) -> Date {
        self.hir().effective
    }
}
