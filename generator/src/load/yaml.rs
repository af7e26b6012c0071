//! YAML texts.

use saphyr_parser::{Event, Parser};
use serde_json::Value;

use super::build::{Complaint, Reading};
use super::place::{self, Wanted};
use super::{Problem, Span};

/// Reads a YAML text of one document.
pub(super) fn parse(text: &str) -> Result<Value, Problem> {
    if let Some(place) = bottomless(text) {
        return Err(too_deep(place));
    }
    let mut documents = serde_yaml::Deserializer::from_str(text);
    let Some(first) = documents.next() else {
        return Err(empty(text));
    };
    let reading = Reading::new(text.len(), true);
    let value = match reading.read(first) {
        Ok(value) => value,
        Err(error) => return Err(problem(text, &error, reading.complaint())),
    };
    if documents.next().is_some() {
        let start = second_document(text).unwrap_or(text.len());
        return Err(Problem {
            message: "the text holds several YAML documents".to_owned(),
            help: "keep one document in a file; a line `---` starts another",
            place: start..start + 3,
        });
    }
    if value.is_null() { Err(empty(text)) } else { Ok(value) }
}

/// Finds the wanted parts, as far as the text is YAML.
pub(super) fn find(text: &str, wanted: &mut Wanted) {
    let mut walk = Walk { wanted, open: Vec::new() };
    for event in Parser::new_from_str(text) {
        let Ok((event, span)) = event else {
            break;
        };
        walk.see(&event, span.start.index()..span.end.index());
        if matches!(event, Event::DocumentEnd) || walk.wanted.is_complete() {
            break;
        }
    }
    wanted.chars_to_bytes(text);
}

fn empty(text: &str) -> Problem {
    Problem {
        message: "the text is empty".to_owned(),
        help: "give a text that holds a description",
        place: text.len()..text.len(),
    }
}

fn problem(text: &str, error: &serde_yaml::Error, complaint: Option<Complaint>) -> Problem {
    let message = error.to_string();
    let offset = offset(error, &message);
    let place = offset..offset + 1;
    match complaint {
        Some(Complaint::Duplicate(key)) => Problem::duplicate(&key, offset),
        Some(Complaint::Merge) => Problem {
            message: "the value of a merge key `<<` is neither a mapping nor a sequence of mappings"
                .to_owned(),
            help: "give it an alias of a mapping, such as `<<: *common`",
            place,
        },
        Some(Complaint::TooLarge) => too_large(text),
        None if message.starts_with("repetition limit") => too_large(text),
        None if message.starts_with("recursion limit") => too_deep(place),
        None => Problem {
            message: format!("not YAML: {}", without_positions(&message)),
            help: "correct the YAML; the indentation or quotes just before this place may be the cause",
            place,
        },
    }
}

fn too_deep(place: Span) -> Problem {
    Problem {
        message: "not YAML: recursion limit exceeded".to_owned(),
        help: "values may nest 128 deep; a description nests far less",
        place,
    }
}

/// Where brackets nest so deep that the parser, which looks at all open ones at every token, would take for
/// ever. Brackets in plain text are no nesting, so only what looks suspicious is scanned for true ones.
fn bottomless(text: &str) -> Option<Span> {
    const SUSPICIOUS: usize = 200;
    let mut depth = 0_usize;
    let is_suspicious = text.bytes().any(|byte| {
        match byte {
            b'[' | b'{' => depth += 1,
            b']' | b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth > SUSPICIOUS
    });
    if !is_suspicious {
        return None;
    }
    let mut depth = 0_usize;
    let too_deep = Parser::new_from_str(text).map_while(|event| match event {
        Ok((Event::SequenceStart(..) | Event::MappingStart(..), span)) => {
            depth += 1;
            Some((depth > SUSPICIOUS).then_some(span.start))
        }
        Ok((Event::SequenceEnd | Event::MappingEnd, _)) => {
            depth = depth.saturating_sub(1);
            Some(None)
        }
        Ok(_) => Some(None),
        Err(error) if error.info().contains("recursion limit") => Some(Some(*error.marker())),
        Err(_) => None,
    });
    let mark = too_deep.flatten().next()?;
    let start = place::byte_of_char(text, mark.index());
    Some(start..start + 1)
}

fn too_large(text: &str) -> Problem {
    let place = first_alias(text).unwrap_or(0..0);
    Problem {
        message: "the aliases of this text multiply it beyond all measure".to_owned(),
        help: "write out what the aliases stand for, or use `$ref`",
        place,
    }
}

/// The offset in bytes that an error speaks of.
fn offset(error: &serde_yaml::Error, message: &str) -> usize {
    match error.location() {
        Some(location) if location.index() > 0 => location.index(),
        // A character that may not stand in YAML at all is named by its byte only.
        _ => message
            .split_once(" at position ")
            .and_then(|(_, rest)| rest.split(|c: char| !c.is_ascii_digit()).next()?.parse().ok())
            .unwrap_or(0),
    }
}

/// The message without what the diagnostic's location says better.
fn without_positions(message: &str) -> String {
    let mut words = message.split(' ').peekable();
    let mut kept: Vec<&str> = Vec::new();
    let is_number = |word: &&str| word.trim_end_matches(',').parse::<usize>().is_ok();
    while let Some(word) = words.next() {
        if word == "at" && words.next_if(|next| matches!(*next, "line" | "position")).is_some() {
            words.next_if(is_number);
            if words.next_if_eq(&"column").is_some() {
                words.next_if(is_number);
            }
        } else {
            kept.push(word);
        }
    }
    kept.join(" ").trim_end_matches(',').to_owned()
}

fn second_document(text: &str) -> Option<usize> {
    let mut starts = Parser::new_from_str(text)
        .map_while(Result::ok)
        .filter(|(event, _)| matches!(event, Event::DocumentStart(_)));
    let (_, span) = starts.nth(1)?;
    Some(place::byte_of_char(text, span.start.index()))
}

fn first_alias(text: &str) -> Option<Span> {
    let mut events = Parser::new_from_str(text).map_while(Result::ok);
    let (_, span) = events.find(|(event, _)| matches!(event, Event::Alias(_)))?;
    Some(place::byte_of_char(text, span.start.index())..place::byte_of_char(text, span.end.index()))
}

/// A walk over the events of a text, following those of the wanted parts.
struct Walk<'w> {
    wanted: &'w mut Wanted,
    /// The mappings and sequences around the next event.
    open: Vec<Frame>,
}

struct Frame {
    /// Which wanted part this is, if it is one or leads to one.
    node: Option<usize>,
    next: Next,
}

/// What the next event in a mapping or sequence is.
enum Next {
    Key,
    Value(Option<usize>),
    Item(usize),
}

impl Walk<'_> {
    fn see(&mut self, event: &Event<'_>, span: Span) {
        let next = match event {
            Event::MappingStart(..) => Some(Next::Key),
            Event::SequenceStart(..) => Some(Next::Item(0)),
            Event::Scalar(..) | Event::Alias(_) => None,
            Event::MappingEnd | Event::SequenceEnd => {
                self.open.pop();
                return;
            }
            _ => return,
        };
        let node = self.enter(event, span);
        if let Some(next) = next {
            self.open.push(Frame { node, next });
        }
    }

    /// Notes the place of a key, item or root; gives the wanted part that the event begins.
    fn enter(&mut self, event: &Event<'_>, span: Span) -> Option<usize> {
        let Some(frame) = self.open.last_mut() else {
            self.wanted.found(Wanted::ROOT, span);
            return Some(Wanted::ROOT);
        };
        match frame.next {
            Next::Key => {
                let node = match (event, frame.node) {
                    (Event::Scalar(key, ..), Some(parent)) => self.wanted.child(parent, key),
                    _ => None,
                };
                if let Some(node) = node {
                    self.wanted.found(node, span);
                }
                frame.next = Next::Value(node);
                None
            }
            Next::Value(node) => {
                frame.next = Next::Key;
                node
            }
            Next::Item(index) => {
                frame.next = Next::Item(index + 1);
                let parent = frame.node.filter(|node| self.wanted.has_children(*node))?;
                let node = self.wanted.child(parent, &index.to_string())?;
                self.wanted.found(node, span);
                Some(node)
            }
        }
    }
}
