//! The report as JSON, for machines.

use generator::sync::{ConflictCause, Fact, Rewording, Statement};
use generator::upstream::Upstream;
use serde_json::{Value, json};

use super::Run;

/// The whole report.
pub(super) fn report(run: &Run<'_>) -> Value {
    let report = &run.outcome.report;
    let upstreams = run.request.upstreams;
    let sources = upstreams.iter().zip(&report.covered).map(|(upstream, covered)| {
        json!({
            "name": upstream.name(),
            "kind": upstream.kind,
            "title": upstream.title,
            "operations": covered,
            "diagnostics": upstream.diagnostics,
        })
    });
    let drift = report.drift.iter().map(|drift| {
        let mut fact = fact(upstreams, &drift.fact);
        fact["holds"] = drift.says.clone().into();
        fact
    });
    let conflicts = report.conflicts.iter().map(|conflict| {
        let mut fact = fact(upstreams, &conflict.fact);
        fact["cause"] = cause(conflict.cause).into();
        fact
    });
    let decided = report.decided.iter().map(|(decided, decision)| {
        let mut fact = fact(upstreams, decided);
        fact["decision"] = json!(decision);
        fact
    });
    let prose = report.rewordings.iter().map(|one| rewording(upstreams, one));
    let new_operations = report.new_operations.iter().map(|new| {
        json!({
            "id": new.id,
            "method": new.method,
            "path": new.path,
            "source": upstreams.get(new.source).map(Upstream::name),
            "location": new.location,
            "taken": new.is_taken,
        })
    });
    let unreadable = run
        .unreadable
        .iter()
        .map(|upstream| json!({ "name": upstream.name(), "diagnostics": upstream.diagnostics }));
    json!({
        "clean": run.is_clean() && run.is_readable,
        "written": run.writes(),
        "sources": sources.collect::<Vec<_>>(),
        "unreadable": unreadable.collect::<Vec<_>>(),
        "drift": drift.collect::<Vec<_>>(),
        "conflicts": conflicts.collect::<Vec<_>>(),
        "decided": decided.collect::<Vec<_>>(),
        "unused-decisions": report.idle,
        "by-hand": run.outcome.left.iter().map(Fact::name).collect::<Vec<_>>(),
        "means": run.means,
        "prose": prose.collect::<Vec<_>>(),
        "new-operations": new_operations.collect::<Vec<_>>(),
    })
}

fn rewording(upstreams: &[Upstream], rewording: &Rewording) -> Value {
    let new =
        rewording.new.iter().map(|sentence| json!({ "line": sentence.location.line, "text": sentence.text }));
    json!({
        "operation": rewording.operation,
        "source": upstreams.get(rewording.source).map(Upstream::name),
        "new": new.collect::<Vec<_>>(),
        "gone": rewording.gone,
        "first": rewording.is_first,
    })
}

fn fact(upstreams: &[Upstream], fact: &Fact) -> Value {
    let statement = |statement: &Statement| {
        json!({
            "source": upstreams.get(statement.source).map(Upstream::name),
            "location": statement.location,
            "says": statement.says,
        })
    };
    json!({
        "fact": fact.name(),
        "subject": fact.subject,
        "aspect": fact.aspect.word(),
        "pointer": fact.at,
        "ours": fact.ours,
        "sources": fact.statements.iter().map(statement).collect::<Vec<_>>(),
    })
}

fn cause(cause: ConflictCause) -> &'static str {
    match cause {
        ConflictCause::Undecided => "undecided",
        ConflictCause::Outdated => "outdated",
        ConflictCause::Settled => "settled",
        ConflictCause::Strange => "strange",
    }
}
