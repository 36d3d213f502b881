//! The syntax tree: what the text says, in the order in which it says it, with spans.
//!
//! Both spellings give the same tree; names stay as the author wrote them, in NFKC. Nothing here is
//! resolved: `red` may be a status, an event or a typing error. Equality of trees is asked through
//! [`Node`], which compares contents and ignores spans.

mod condition;
mod declaration;
mod rule;
mod test;

pub use condition::*;
pub use declaration::*;
pub use rule::*;
pub use test::*;

use crate::span::Span;

/// A piece of the tree with the place where it stands. Two nodes are equal if their contents are.
#[derive(Debug, Clone)]
pub struct Node<T> {
    /// What stands there.
    pub value: T,
    /// Where it stands.
    pub span: Span,
}

impl<T> Node<T> {
    /// A node at a place.
    pub const fn new(value: T, span: Span) -> Self {
        Self { value, span }
    }
}

impl<T: PartialEq> PartialEq for Node<T> {
    fn eq(&self, other: &Self) -> bool {
        self.value == other.value
    }
}

impl<T: Eq> Eq for Node<T> {}

/// A name as its author wrote it, in NFKC.
pub type Name = Node<String>;

/// The contents of a pair of quotes.
pub type Quoted = Node<String>;

/// Which spelling of the keywords a text mostly uses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Spelling {
    /// `policy`, `rule`, `where`.
    #[default]
    English,
    /// 政策, 规则, 其中.
    Chinese,
}

/// A whole file.
#[derive(Debug, Clone, Default)]
pub struct File {
    /// The spelling that most of its keywords have.
    pub spelling: Spelling,
    /// Its declarations, in order; those that could not be read are missing here and reported.
    pub declarations: Vec<Node<Declaration>>,
    /// Its lines, where the file is written in the one-line form; then `declarations` is empty.
    pub one_liners: Vec<Node<OneLiner>>,
    /// Its comments, in order.
    pub comments: Vec<Comment>,
}

/// `// …` to the end of its line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comment {
    /// The text behind the slashes, without the line's end.
    pub text: String,
    /// From the first slash to the last character.
    pub span: Span,
    /// True if nothing but white space stands before it on its line.
    pub own_line: bool,
}

/// A declared name with what stands behind it: a display name and the clauses that it implements.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// The name.
    pub name: Name,
    /// The display name, which outputs use.
    pub label: Option<Quoted>,
    /// What it cites.
    pub cites: Vec<Cite>,
}

/// `cites plan "三", "四（一）"`: clauses of one source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cite {
    /// The source's name.
    pub source: Name,
    /// The clauses.
    pub clauses: Vec<CitedClause>,
}

/// `"三.4" says "…"`: a clause, perhaps with words of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CitedClause {
    /// Its number, as the document has it.
    pub number: Quoted,
    /// Words that stand in it.
    pub quote: Option<Quoted>,
}

/// A name with an optional display name: a value of an enumeration, a status, an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Labelled {
    /// The name.
    pub name: Name,
    /// The display name.
    pub label: Option<Quoted>,
}

/// A line of the one-line form: `township finding ≥ 3 in year → yellow`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OneLiner {
    /// The kind of subject.
    pub subject: Name,
    /// The condition: a comparison of counts, mostly.
    pub condition: Expr,
    /// What follows.
    pub then: Vec<Action>,
}
