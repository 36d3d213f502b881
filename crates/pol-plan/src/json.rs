//! The plan as JSON, with a version and a digest.
//!
//! Promises: what is written is read back as it was, and nothing else is: not another version, not a
//! plan that was changed by hand, not one in which an index leads nowhere. The digest is the same for
//! both spellings of a policy and changes with everything that can change an outcome, the days of its
//! calendars included. Refuses: to depend on display names, citations or the layout of the text.

#[cfg(feature = "compile")]
use crate::Bounds;
use crate::Plan;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use sha2::{Digest as _, Sha256};
use std::borrow::Cow;
use std::fmt;

/// The version of the JSON form. It changes whenever the form does.
pub const VERSION: u32 = 1;

/// What stands for a policy and its calendars: SHA-256 of the plan.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Digest([u8; 32]);

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Serialize for Digest {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Digest {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let wrong = || D::Error::custom(format!("`{text}` is no digest of 64 hexadecimal digits"));
        let mut digest = [0; 32];
        let (pairs, rest) = text.as_bytes().as_chunks::<2>();
        if pairs.len() != digest.len() || !rest.is_empty() {
            return Err(wrong());
        }
        for (byte, [high, low]) in digest.iter_mut().zip(pairs) {
            *byte = nibble(*high)
                .zip(nibble(*low))
                .map(|(high, low)| high * 16 + low)
                .ok_or_else(wrong)?;
        }
        Ok(Self(digest))
    }
}

fn nibble(digit: u8) -> Option<u8> {
    match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        _ => None,
    }
}

#[cfg(feature = "compile")]
impl schemars::JsonSchema for Digest {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Digest".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "description": "SHA-256 of the plan, in hexadecimal digits.",
            "type": "string",
            "pattern": "^[0-9a-f]{64}$",
        })
    }
}

/// A plan with what it is.
#[derive(Serialize, Deserialize)]
#[cfg_attr(feature = "compile", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "compile", schemars(rename = "PlanDocument"))]
struct Document<'a> {
    /// The version of this form.
    version: u32,
    /// The policy's name.
    policy: Cow<'a, str>,
    /// The digest of the plan.
    digest: Digest,
    /// The plan.
    plan: Cow<'a, Plan>,
}

#[cfg(feature = "compile")]
/// The bounds of a policy with what they are of.
#[derive(Serialize, schemars::JsonSchema)]
struct BoundsDocument<'a> {
    /// The version of this form.
    version: u32,
    /// The policy's name.
    policy: &'a str,
    /// The digest of the plan whose aggregates are named by their places.
    digest: Digest,
    /// The bounds.
    bounds: Bounds,
}

/// What is read before anything else is.
#[derive(Deserialize)]
struct Version {
    version: u32,
}

#[cfg(feature = "compile")]
/// The schema of a plan in JSON, as published in `docs/schema/plan.schema.json`.
pub fn schema() -> serde_json::Value {
    schemars::schema_for!(Document).to_value()
}

#[cfg(feature = "compile")]
/// The schema of bounds in JSON, as published in `docs/schema/bounds.schema.json`.
pub fn bounds_schema() -> serde_json::Value {
    schemars::schema_for!(BoundsDocument).to_value()
}

/// Why a JSON text is not taken for a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PlanError {
    /// It is no JSON of this form: what the reader says, in English.
    Unreadable(String),
    /// It has another version.
    Version(u32),
    /// Its content is not what its digest was made of.
    Changed,
    /// Something in it leads nowhere.
    Broken(Vec<String>),
}

impl PlanError {
    /// What is wrong and what to do, in Chinese; [`fmt::Display`] says it in English.
    pub fn in_chinese(&self) -> String {
        match self {
            Self::Unreadable(why) => format!("无法读取计划：{why}"),
            Self::Version(found) => {
                format!("计划的版本是{found}，本程序读取版本{VERSION}；请重新生成")
            }
            Self::Changed => "计划在生成之后被改动：摘要不符；请重新生成".to_owned(),
            Self::Broken(what) => format!("计划自相矛盾（{}）；请重新生成", what.join("；")),
        }
    }
}

impl fmt::Display for PlanError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable(why) => write!(f, "the plan cannot be read: {why}"),
            Self::Version(found) => write!(
                f,
                "the plan is of version {found} and this program reads version {VERSION}; build it again"
            ),
            Self::Changed => f.write_str(
                "the plan was changed after it was built: its digest is another one; build it again",
            ),
            Self::Broken(what) => write!(
                f,
                "the plan contradicts itself ({}); build it again",
                what.join("; ")
            ),
        }
    }
}

impl std::error::Error for PlanError {}

impl Plan {
    /// What stands for the policy and its calendars. Equal for both spellings of a policy.
    #[expect(
        clippy::missing_panics_doc,
        reason = "a plan has no map with keys other than text"
    )]
    pub fn digest(&self) -> Digest {
        let canonical = serde_json::to_vec(self).expect("every key of a map is text");
        Digest(Sha256::digest(canonical).into())
    }

    /// The plan as JSON, with [`VERSION`] and digest, on lines for people to look at.
    #[expect(
        clippy::missing_panics_doc,
        reason = "a plan has no map with keys other than text"
    )]
    pub fn to_json(&self) -> String {
        let written = Document {
            version: VERSION,
            policy: Cow::Borrowed(&self.name),
            digest: self.digest(),
            plan: Cow::Borrowed(self),
        };
        let json = serde_json::to_string_pretty(&written);
        json.expect("every key of a map is text") + "\n"
    }

    #[cfg(feature = "compile")]
    /// Its [bounds](Plan::bounds) as JSON, with [`VERSION`] and digest.
    #[expect(
        clippy::missing_panics_doc,
        reason = "bounds have no map with keys other than text"
    )]
    pub fn bounds_to_json(&self) -> String {
        let written = BoundsDocument {
            version: VERSION,
            policy: &self.name,
            digest: self.digest(),
            bounds: self.bounds(),
        };
        let json = serde_json::to_string_pretty(&written);
        json.expect("every key of a map is text") + "\n"
    }

    /// Reads what [`Plan::to_json`] wrote.
    ///
    /// # Errors
    /// Text of another form or version, and a plan that is not as it was written.
    pub fn from_json(text: &str) -> Result<Self, PlanError> {
        let unreadable = |error: serde_json::Error| PlanError::Unreadable(error.to_string());
        let Version { version } = serde_json::from_str(text).map_err(unreadable)?;
        if version != VERSION {
            return Err(PlanError::Version(version));
        }
        let document: Document = serde_json::from_str(text).map_err(unreadable)?;
        let plan = document.plan.into_owned();
        if document.policy != plan.name || document.digest != plan.digest() {
            return Err(PlanError::Changed);
        }
        let broken = plan.broken();
        if broken.is_empty() {
            Ok(plan)
        } else {
            Err(PlanError::Broken(broken))
        }
    }
}
