//! What the text does by habit: how deep it indents, and how its lines end.

use super::super::layout::{Entry, Node, Style};
use super::super::write::Habits;

/// The indentation that most mappings and most sequences of a text have.
pub(super) fn of(root: &Node, line_break: &'static str) -> Habits {
    let (mut steps, mut dashes) = ([0_usize; 9], [0_usize; 9]);
    let mut open = vec![root];
    while let Some(node) = open.pop() {
        open.extend(node.entries.iter().map(|entry| &entry.node));
        if node.style == Style::Mapping {
            for entry in &node.entries {
                count(entry, Style::Mapping, &mut steps);
                count(entry, Style::Sequence, &mut dashes);
            }
        }
    }
    Habits { step: most(&steps).max(1), dash: most(&dashes), line_break, literals: true }
}

fn count(entry: &Entry, style: Style, counts: &mut [usize; 9]) {
    let first = entry.node.entries.first().filter(|_| entry.node.style == style);
    if let Some(count) = first.and_then(|first| counts.get_mut(first.column.checked_sub(entry.column)?)) {
        *count += 1;
    }
}

/// The depth that most have; two where nothing tells.
fn most(counts: &[usize; 9]) -> usize {
    let most = counts.iter().max().filter(|most| **most > 0);
    most.and_then(|most| counts.iter().position(|count| count == most)).unwrap_or(2)
}
