//! The members that a run is about: all of the register, or one part of it.
//!
//! A part is run as if it were all there is, with the indices of the whole: its records can be put
//! together with those of other parts as they are.

use crate::record::Subject;
use pol_model::{MemberIx, Register};
use std::sync::Arc;

/// Some members of the register, in its order.
#[derive(Debug, Clone)]
pub(crate) struct Part {
    members: Arc<[MemberIx]>,
    /// Where their accounts lie.
    pub seats: Seats,
}

/// Where the account of each member lies.
#[derive(Debug, Clone, Default)]
pub(crate) enum Seats {
    /// Every member has one, in the order of the register.
    #[default]
    Everyone,
    /// The members of one part have one.
    Of {
        /// The part.
        part: u32,
        /// For each member of the register its part, and its place in it.
        all: Arc<[(u32, u32)]>,
    },
}

impl Part {
    /// All members.
    pub(crate) fn everyone(register: &Register) -> Self {
        Self {
            members: register.indices().collect(),
            seats: Seats::Everyone,
        }
    }

    /// The members of one part.
    pub(crate) fn new(members: Vec<MemberIx>, seats: Seats) -> Self {
        Self {
            members: members.into(),
            seats,
        }
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.members.len()
    }

    /// Each of them.
    pub(crate) fn members(&self) -> impl Iterator<Item = MemberIx> + use<> {
        let members = Arc::clone(&self.members);
        (0..members.len()).map(move |at| members[at])
    }
}

impl Seats {
    /// The place of a subject's account among so many; that of nobody in particular is the last. None
    /// for members of other parts.
    pub(crate) fn place(&self, subject: Subject, accounts: usize) -> Option<usize> {
        let Some(member) = subject else {
            return Some(accounts - 1);
        };
        match self {
            Self::Everyone => Some(member.at()),
            Self::Of { part, all } => {
                let (of, place) = all[member.at()];
                (of == *part).then_some(place as usize)
            }
        }
    }
}
