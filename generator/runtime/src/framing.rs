//! How the bytes of a response are cut into records: lines, record separators, or events.

use std::{collections::VecDeque, time::Duration};

use bytes::Bytes;
use serde::de::IgnoredAny;

/// What `application/json-seq` puts before each value (RFC 7464).
const RECORD_SEPARATOR: u8 = 0x1e;

/// A record, whose data is not decoded yet.
#[derive(Debug, Default)]
pub(crate) struct Record {
    pub(crate) name: Option<String>,
    pub(crate) id: Option<String>,
    pub(crate) retry: Option<Duration>,
    pub(crate) data: Bytes,
}

/// Cuts bytes into records as they come.
#[derive(Debug)]
pub(crate) struct Framing {
    ready: VecDeque<Record>,
    /// The beginning of a line or a value.
    rest: Vec<u8>,
    /// The event being read; `None` where there are no events.
    event: Option<EventDraft>,
    /// Whether values stand between record separators.
    is_sequence: bool,
    /// Whether the last line has ended in a carriage return, to which a line feed belongs.
    after_return: bool,
}

/// An event being read.
#[derive(Debug, Default)]
struct EventDraft {
    name: Option<String>,
    /// It holds for the events that follow, too.
    id: Option<String>,
    retry: Option<Duration>,
    data: Option<Vec<u8>>,
    /// Whether a line was read; a byte order mark can stand before the first.
    has_begun: bool,
    /// The data of an event after which nothing follows.
    last: Option<&'static str>,
    is_done: bool,
}

impl Framing {
    /// A value on each line, or after each record separator.
    pub(crate) fn lines() -> Self {
        Self {
            ready: VecDeque::new(),
            rest: Vec::new(),
            event: None,
            is_sequence: false,
            after_return: false,
        }
    }

    /// Events (WHATWG HTML, "server-sent events"), up to one with the data `last`.
    pub(crate) fn events(last: Option<&'static str>) -> Self {
        Self { event: Some(EventDraft { last, ..EventDraft::default() }), ..Self::lines() }
    }

    /// The next record that is complete.
    pub(crate) fn record(&mut self) -> Option<Record> {
        self.ready.pop_front()
    }

    /// Takes bytes that have arrived.
    pub(crate) fn feed(&mut self, bytes: &[u8]) {
        for byte in bytes {
            match byte {
                b'\n' if std::mem::take(&mut self.after_return) => {}
                b'\n' if !self.is_sequence => self.end_line(),
                b'\r' if self.event.is_some() => {
                    self.end_line();
                    self.after_return = true;
                }
                &RECORD_SEPARATOR if self.event.is_none() => {
                    self.is_sequence = true;
                    self.end_value();
                }
                byte => {
                    self.after_return = false;
                    self.rest.push(*byte);
                }
            }
        }
        // The separator before the next value can be long in coming, but the line feed says that this one is whole.
        if self.is_sequence
            && self.rest.ends_with(b"\n")
            && serde_json::from_slice::<IgnoredAny>(&self.rest).is_ok()
        {
            self.end_value();
        }
    }

    /// Takes the end of the bytes. The last line needs no end, but an event that has none is not complete.
    pub(crate) fn finish(&mut self) {
        if self.event.is_none() {
            self.end_value();
        }
    }

    fn end_line(&mut self) {
        let Some(event) = &mut self.event else { return self.end_value() };
        let line = std::mem::take(&mut self.rest);
        let record = event.line(&String::from_utf8_lossy(&line));
        self.ready.extend(record);
    }

    fn end_value(&mut self) {
        let value = std::mem::take(&mut self.rest);
        if !value.trim_ascii().is_empty() {
            self.ready.push_back(Record { data: value.into(), ..Record::default() });
        }
    }
}

impl EventDraft {
    /// Takes a line; an empty one completes an event.
    fn line(&mut self, line: &str) -> Option<Record> {
        let is_first = !std::mem::replace(&mut self.has_begun, true);
        let line = if is_first { line.trim_start_matches('\u{feff}') } else { line };
        if line.is_empty() {
            return self.dispatch();
        }
        let (field, value) = line.split_once(':').unwrap_or((line, ""));
        let value = value.strip_prefix(' ').unwrap_or(value);
        match field {
            "event" => self.name = Some(value.to_owned()),
            "id" if !value.contains('\0') => self.id = Some(value.to_owned()),
            "retry" => self.retry = value.parse().ok().map(Duration::from_millis).or(self.retry),
            "data" => match &mut self.data {
                Some(data) => data.extend([b"\n", value.as_bytes()].concat()),
                None => self.data = Some(value.into()),
            },
            _ => {}
        }
        None
    }

    fn dispatch(&mut self) -> Option<Record> {
        let (name, data) = (self.name.take(), self.data.take());
        let data = data.filter(|_| !self.is_done)?;
        self.is_done = self.last.is_some_and(|last| data == last.as_bytes());
        let retry = self.retry.take();
        (!self.is_done).then(|| Record { name, id: self.id.clone(), retry, data: data.into() })
    }
}
