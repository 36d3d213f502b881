//! The Xinfeng plan inside another program. `build.rs` makes it a module; here are a register, some
//! entries as they come in, and what follows from them day by day.
#![expect(clippy::print_stdout, reason = "an example shows what came")]

/// The plan: its types, and what runs it.
mod xinfeng {
    pol_runtime::include_policy!("xinfeng");
}

use xinfeng::state::{Issue, Obligation, Proposing};
use xinfeng::{
    Authority, Card, Date, Declared as _, Error, Evaluator, Inspection, Member, Options, Outcome,
    Proposal, Register, Row, Status, Township, TownshipClass, Verdict, What, Whole,
};

fn main() -> Result<(), Error> {
    let mut register = Register::new();
    let class = TownshipClass::First;
    let jiading = register.add(Member::new("T01", Township { class }).name("嘉定镇"))?;

    let mut run = Evaluator::start(&register, &Options::default())?;

    // Three findings of a city, each under another heading of the plan.
    let found = |clause| Inspection {
        township: Some(jiading),
        authority: Some(Authority::City),
        ..Inspection::new(clause)
    };
    run.take(Row::new(day(2023, 8, 15), found(Whole::of::<2>())).id("f1"))?;
    run.take(Row::new(day(2023, 9, 4), found(Whole::of::<12>())).id("f2"))?;
    run.take(Row::new(day(2023, 9, 20), found(Whole::of::<13>())).id("f3"))?;
    tell(&register, &run.advance_to(day(2023, 9, 30))?, &run);

    // What waits for a decision, and the decision.
    for waiting in run.open()?.proposals {
        println!("waits: {}", waiting.proposal.display());
    }
    let approved = xinfeng::Decision::on(Proposal::FirstCardTownship, jiading, Verdict::Approve);
    run.take(Row::new(day(2023, 10, 12), approved).id("d1"))?;
    tell(&register, &run.advance_to(day(2023, 10, 12))?, &run);

    // The state may rest in a file until there is more to say.
    let state = run.snapshot()?;
    let mut run = Evaluator::resume(&register, &state)?;
    tell(&register, &run.advance_to(day(2023, 12, 12))?, &run);
    for standing in run.open()?.standings {
        let Status::Card(card) = standing.status;
        if card > Card::Clear {
            println!("stands at {}", card.display());
        }
    }
    Ok(())
}

fn tell(register: &Register, outcomes: &[Outcome], run: &Evaluator<'_>) {
    for outcome in outcomes {
        let subject = outcome.subject.and_then(|subject| register.name(subject));
        let evidence: Vec<&str> = run.evidence(outcome).collect();
        println!(
            "{} {}: {} {evidence:?}",
            outcome.date,
            subject.unwrap_or("-"),
            told(&outcome.what)
        );
    }
}

/// An outcome in words; a program would act on it here.
fn told(what: &What) -> String {
    match what {
        What::Status(Status::Card(card), Issue::Issued { .. }) => card.display().to_owned(),
        What::Outcome(outcome, state) => format!("{} {state:?}", outcome.display()),
        What::Duty(duty, Obligation::Owed { last_day }) => {
            format!("{}, until {last_day}", duty.display())
        }
        What::Proposal(proposal, Proposing::Proposed) => {
            format!("{}?", proposal.display())
        }
        other => format!("{other:?}"),
    }
}

fn day(year: i32, month: u32, day: u32) -> Date {
    Date::from_ymd_opt(year, month, day).unwrap_or_default()
}
