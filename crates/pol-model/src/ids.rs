//! Dense indices: where a declared thing stands in its list in the typed policy, a member in the
//! register, an entry in the ledger.

macro_rules! index {
    ($($(#[$doc:meta])* $name:ident($inner:ty);)*) => {
        $(
            $(#[$doc])*
            #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
            #[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
            #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
            pub struct $name(pub $inner);

            impl $name {
                /// The index for a list.
                pub const fn at(self) -> usize {
                    self.0 as usize
                }
            }
        )*
    };
}

index! {
    /// A kind of subject.
    KindIx(u16);
    /// A body.
    BodyIx(u16);
    /// An enumeration: a scale, the statuses of a ladder, the answers of a reading, the values of a field.
    EnumIx(u16);
    /// A measure word.
    UnitIx(u16);
    /// A kind of entry or derived event.
    EventIx(u16);
    /// A field of an event or outcome, in the order of declaration.
    FieldIx(u16);
    /// An attribute of a kind of subject.
    AttrIx(u16);
    /// A parameter.
    ParamIx(u16);
    /// A reading.
    ReadingIx(u16);
    /// A definition.
    DefineIx(u16);
    /// A catalogue.
    CatalogueIx(u16);
    /// A phase.
    PhaseIx(u16);
    /// A ladder.
    LadderIx(u16);
    /// A declared outcome.
    OutcomeIx(u16);
    /// A duty.
    DutyIx(u16);
    /// A rule.
    RuleIx(u16);
    /// A property that must hold on every ledger.
    NeverIx(u16);
    /// A member of the register.
    MemberIx(u32);
    /// An entry of the ledger, in the order of the ledger's own list.
    EntryIx(u32);
}
