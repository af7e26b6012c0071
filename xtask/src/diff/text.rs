//! A comparison for a terminal of 80 columns.

use generator::diff::{Comparison, Impact};
use textwrap::{WordSeparator, WordSplitter};

use super::Options;
use super::layout::{self, Entry, Group, Section};

const COLUMNS: usize = 80;

/// Renders a whole report; lines have at most 80 columns unless a single word is longer.
pub fn render(comparison: &Comparison, options: &Options<'_>) -> String {
    let sections = layout::sections(comparison);
    let mut report = Report { text: String::new(), color: options.color };
    if !options.old.is_empty() {
        report.wrapped(&format!("From {} to {}", options.old, options.new), "", "");
    }
    let summary = layout::summary(comparison, &sections);
    report.styled(Style::Bold, &format!("{summary}{}", if sections.is_empty() { "" } else { "." }));
    let because = layout::because(comparison, str::to_owned);
    let lines = because.into_iter().chain(layout::version(comparison, options));
    for line in lines.chain(layout::missing(comparison)) {
        report.wrapped(&line, "", "");
    }
    let todo = options.release.map(|release| release.todo.as_slice()).unwrap_or_default();
    if !todo.is_empty() {
        report.heading(Style::Red, "To do");
        todo.iter().for_each(|step| report.wrapped(step, "  - ", "    "));
    }
    for section in &sections {
        report.section(section, options.verbose);
    }
    report.text
}

/// How many changes of an impact are shown unless all are wanted.
fn limit(impact: Impact) -> usize {
    match impact {
        Impact::Breaking => 300,
        Impact::Addition => 100,
        Impact::Note => 25,
        Impact::Prose => 10,
    }
}

#[derive(Clone, Copy)]
enum Style {
    Bold,
    Red,
    Green,
    Yellow,
    Dim,
}

struct Report {
    text: String,
    color: bool,
}

impl Report {
    fn section(&mut self, section: &Section<'_>, verbose: bool) {
        let style = match section.impact {
            Impact::Breaking => Style::Red,
            Impact::Addition => Style::Green,
            Impact::Note => Style::Yellow,
            Impact::Prose => Style::Bold,
        };
        self.heading(style, &format!("{} ({})", layout::heading(section.impact), section.len()));
        let mut left = if verbose { usize::MAX } else { limit(section.impact) };
        for group in &section.groups {
            if left == 0 {
                break;
            }
            self.wrapped(&operations(group, verbose), "  ", "    ");
            for entry in group.entries.iter().take(left) {
                self.entry(entry, verbose);
            }
            left = left.saturating_sub(group.entries.len());
        }
        let hidden = section.len().saturating_sub(if verbose { usize::MAX } else { limit(section.impact) });
        if hidden > 0 {
            let hidden = layout::counted(section.impact, hidden);
            self.styled(Style::Dim, &format!("  … and {hidden} more; --verbose shows all"));
        }
    }

    fn entry(&mut self, entry: &Entry<'_>, verbose: bool) {
        let (subject, message) = (clean(entry.subject), clean(entry.message));
        let joint = entry.joint;
        let code = self.painted(Style::Dim, &format!("[{}]", entry.code));
        let text = if entry.is_rust {
            format!("Rust: `{subject}`{joint}{message} {code}")
        } else {
            format!("{subject}{joint}{message} {code}")
        };
        self.lines(wrap(&text, "    - ", "      "));
        if verbose {
            let signatures = [("was", entry.old), ("is", entry.new)];
            for (word, signature) in signatures.into_iter().filter_map(|(word, it)| Some((word, it?))) {
                self.wrapped(&format!("{word} {signature}"), "        ", "          ");
            }
        }
    }

    fn heading(&mut self, style: Style, text: &str) {
        self.text.push('\n');
        self.styled(style, text);
    }

    fn styled(&mut self, style: Style, text: &str) {
        for line in wrap(text, "", "") {
            let line = self.painted(style, &line);
            self.text.push_str(&line);
            self.text.push('\n');
        }
    }

    fn wrapped(&mut self, text: &str, first: &str, rest: &str) {
        self.lines(wrap(&clean(text), first, rest));
    }

    fn lines(&mut self, lines: Vec<String>) {
        for line in lines {
            self.text.push_str(&line);
            self.text.push('\n');
        }
    }

    fn painted(&self, style: Style, text: &str) -> String {
        let code = match style {
            Style::Bold => "1",
            Style::Red => "1;31",
            Style::Green => "1;32",
            Style::Yellow => "1;33",
            Style::Dim => "2",
        };
        if self.color { format!("\x1b[{code}m{text}\x1b[0m") } else { text.to_owned() }
    }
}

/// What a group is about.
fn operations(group: &Group<'_>, verbose: bool) -> String {
    match layout::named(group.operations, verbose) {
        ([], _) => group.about().to_owned(),
        (shown, 0) => shown.join(", "),
        (shown, hidden) => format!("{} and {hidden} more; --verbose names all", shown.join(", ")),
    }
}

/// Text without what controls a terminal: descriptions are not to.
fn clean(text: &str) -> String {
    text.replace(char::is_control, " ")
}

fn wrap(text: &str, first: &str, rest: &str) -> Vec<String> {
    let options = textwrap::Options::new(COLUMNS)
        .initial_indent(first)
        .subsequent_indent(rest)
        .word_separator(WordSeparator::AsciiSpace)
        .word_splitter(WordSplitter::NoHyphenation)
        // A name that is cut in two can be neither searched for nor copied.
        .break_words(false);
    textwrap::wrap(text, options).into_iter().map(|line| line.into_owned()).collect()
}
