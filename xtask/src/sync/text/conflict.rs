//! Where sources disagree: a table, and what to record once it is decided.

use std::collections::BTreeMap;

use comfy_table::{ContentArrangement, Table, presets};
use generator::sync::{Aspect, ConflictCause, Fact, Said, words};
use generator::upstream::Kind;

use super::{COLUMNS, Report, place, plural};

impl Report<'_> {
    pub(super) fn conflicts(&mut self) {
        let conflicts = &self.run.outcome.report.conflicts;
        if conflicts.is_empty() {
            return;
        }
        self.heading(&format!("{} to decide about", plural(conflicts.len(), "fact")));
        for conflict in conflicts {
            self.text.push('\n');
            self.wrapped(&conflict.fact.name(), 2, 4);
            self.wrapped(why(conflict.cause), 4, 4);
            self.table(&conflict.fact);
            if conflict.cause != ConflictCause::Settled {
                self.snippet(&conflict.fact);
            }
        }
    }

    fn table(&mut self, fact: &Fact) {
        let mut table = Table::new();
        table.load_style(presets::ASCII_MARKDOWN).set_content_arrangement(ContentArrangement::Dynamic);
        table.set_width(u16::try_from(COLUMNS - 4).unwrap_or(u16::MAX)).set_header(["says", "where", "text"]);
        table.add_row([words(fact.aspect, &fact.ours), "our description".to_owned(), String::new()]);
        for statement in &fact.statements {
            let (place, line) = place(self.run.request.upstreams, statement);
            let place = place.rsplit(['/', '\\']).next().unwrap_or_default().to_owned();
            table.add_row([words(fact.aspect, &statement.says), place, line]);
        }
        for line in table.lines() {
            self.text.push_str(&format!("    {}\n", line.trim_end()));
        }
    }

    /// What to add to `spec/codegen.toml`.
    fn snippet(&mut self, fact: &Fact) {
        let kinds = self.run.request.upstreams.iter().map(|upstream| upstream.kind).collect::<Vec<_>>();
        let mut says: BTreeMap<Kind, Vec<Said>> = BTreeMap::new();
        for statement in &fact.statements {
            if let Some(kind) = kinds.get(statement.source) {
                says.entry(*kind).or_default().push(Said::of(&statement.says));
            }
        }
        if says.values().any(|said| said.len() > 1) {
            let shared = "One source contradicts itself. If it means it, give the places that differ a part of their \
                own in the description in place of a reference; if not, correct the copy of the source.";
            let single = "One source contradicts itself: correct the copy of it, or wait for its authors.";
            let is_shared = fact.at.as_str().starts_with("/components/");
            return self.wrapped(if is_shared { shared } else { single }, 4, 4);
        }
        let says: BTreeMap<Kind, Said> =
            says.into_iter().filter_map(|(kind, said)| Some((kind, said.into_iter().next()?))).collect();
        let value =
            |said: &Said| toml::Value::try_from(said).map(|value| value.to_string()).unwrap_or_default();
        let says: Vec<String> =
            says.iter().map(|(kind, said)| format!("{} = {}", key(*kind), value(said))).collect();
        let example = value(&Said::of(&fact.ours));
        self.text.push_str("    To decide, add this to spec/codegen.toml:\n\n");
        self.text.push_str("      [[decisions]]\n");
        self.text.push_str(&format!("      fact = {}\n", toml::Value::from(fact.name())));
        self.text.push_str(&format!("      says = {{ {} }}\n", says.join(", ")));
        let comment = if fact.aspect == Aspect::Presence { "true keeps it" } else { "what is true" };
        self.text.push_str(&format!("      holds = {example} # {comment}\n      why = \"\"\n"));
    }
}

fn why(cause: ConflictCause) -> &'static str {
    match cause {
        ConflictCause::Undecided => "The sources disagree.",
        ConflictCause::Outdated => "The sources disagree, and not as they did when it was decided.",
        ConflictCause::Settled => "The sources agree now: remove the decision from spec/codegen.toml.",
        ConflictCause::Strange => {
            "What was decided is of another kind than all that is said: correct `holds` in spec/codegen.toml."
        }
    }
}

/// The name of a kind as `spec/codegen.toml` spells it.
fn key(kind: Kind) -> &'static str {
    match kind {
        Kind::ReferencePage => "reference-page",
        Kind::EndpointPage => "endpoint-page",
        Kind::Description => "description",
    }
}
