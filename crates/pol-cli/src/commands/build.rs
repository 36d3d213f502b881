//! `pol build`: what a policy is compiled to.

use super::data;
use crate::args::{Build, Emit, Form};
use crate::output;
use crate::report::Reporter;
use crate::status::{Status, Trouble};

/// Writes the plan of a policy, or what it bounds, to standard output.
pub fn run(args: &Build, reporter: &Reporter) -> Result<Status, Trouble> {
    let Some(policy) = data::policy(&args.policy, reporter)? else {
        return Ok(Status::Findings);
    };
    let lang = reporter.lang(policy.lang());
    let plan = policy.plan();
    let text = match (args.emit, args.format) {
        (Emit::Plan, Form::Human) => plan.to_text(lang),
        (Emit::Plan, Form::Json) => plan.to_json(),
        (Emit::Bounds, Form::Human) => plan.bounds_to_text(lang),
        (Emit::Bounds, Form::Json) => plan.bounds_to_json(),
    };
    output::result(text.as_bytes())?;
    Ok(Status::Clean)
}
