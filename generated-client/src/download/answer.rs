//! What a server answers to whoever asks for the rest of a file (RFC 9110, section 14).

use crate::{ByteStream, Response};

/// Which bytes were asked for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Asked<'a> {
    /// From where on; 0 without a range.
    pub(super) from: u64,
    /// The entity tag of the file that the range is of.
    pub(super) etag: Option<&'a str>,
    /// The size of the file.
    pub(super) size: u64,
}

/// What came, as its status and headers say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Answer {
    /// The bytes that were asked for, or the first of them.
    Rest,
    /// The file from its beginning.
    Whole,
    /// A part of it that is of no use.
    OtherPart,
    /// A file of another size, or with more bytes than it has.
    OtherSize(u64),
}

/// The headers that matter.
#[derive(Debug, Clone, Copy, Default)]
struct Head<'a> {
    is_partial: bool,
    length: Option<u64>,
    content_range: Option<&'a str>,
    etag: Option<&'a str>,
}

impl Asked<'_> {
    pub(super) fn judge(self, response: &Response<ByteStream>) -> Answer {
        let headers = response.headers();
        self.judge_head(Head {
            is_partial: response.status() == 206,
            length: response.value().content_length(),
            content_range: headers.get("content-range"),
            etag: headers.etag(),
        })
    }

    fn judge_head(self, head: Head<'_>) -> Answer {
        if !head.is_partial {
            return match head.length {
                Some(length) if length != self.size => Answer::OtherSize(length),
                _ => Answer::Whole,
            };
        }
        let range = head.content_range.and_then(ContentRange::parse);
        let Some(range) = range.filter(|range| range.first == self.from && range.last < self.size) else {
            return Answer::OtherPart;
        };
        if range.total.is_some_and(|total| total != self.size) || (self.from > 0 && head.etag != self.etag) {
            return Answer::OtherPart;
        }
        match head.length {
            Some(length) if length > self.size - self.from => {
                Answer::OtherSize(self.from.saturating_add(length))
            }
            // Who did not ask for a part may get one that happens to begin at the beginning.
            _ if self.from == 0 => Answer::Whole,
            _ => Answer::Rest,
        }
    }
}

/// An entity tag that says that two files are equal byte by byte, which a weak one does not (RFC 9110, 8.8.1).
pub(super) fn strong(etag: Option<&str>) -> Option<&str> {
    etag.filter(|etag| etag.len() >= 2 && etag.starts_with('"') && etag.ends_with('"'))
}

/// The value of `Content-Range`: `bytes 5-9/10`, or `bytes 5-9/*`.
struct ContentRange {
    first: u64,
    last: u64,
    total: Option<u64>,
}

impl ContentRange {
    fn parse(text: &str) -> Option<Self> {
        let (unit, range) = text.trim().split_once(' ')?;
        let (range, total) = range.trim().split_once('/')?;
        let (first, last) = range.split_once('-')?;
        let total = match total {
            "*" => None,
            total => Some(total.parse().ok()?),
        };
        let range = Self { first: first.parse().ok()?, last: last.parse().ok()?, total };
        (unit.eq_ignore_ascii_case("bytes") && range.first <= range.last).then_some(range)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ETAG: Option<&str> = Some("\"a\"");

    /// What the last four of ten bytes come as.
    fn part(content_range: &str, length: Option<u64>) -> Answer {
        let head = Head { is_partial: true, length, content_range: Some(content_range), etag: ETAG };
        Asked { from: 6, etag: ETAG, size: 10 }.judge_head(head)
    }

    #[test]
    fn the_rest_begins_where_it_was_asked_for() {
        for (content_range, expected) in [
            ("bytes 6-9/10", Answer::Rest),
            ("Bytes 6-9/*", Answer::Rest),
            ("bytes 6-7/10", Answer::Rest),
            ("bytes 7-9/10", Answer::OtherPart),
            ("bytes 0-9/10", Answer::OtherPart),
            ("bytes 6-9/11", Answer::OtherPart),
            ("bytes 6-10/*", Answer::OtherPart),
            ("bytes 6-5/10", Answer::OtherPart),
            ("bytes */10", Answer::OtherPart),
            ("bytes 6-9", Answer::OtherPart),
            ("lines 6-9/10", Answer::OtherPart),
            ("bytes 6-9/99999999999999999999", Answer::OtherPart),
            ("", Answer::OtherPart),
        ] {
            assert_eq!(part(content_range, None), expected, "{content_range}");
        }
    }

    #[test]
    fn more_bytes_than_are_left_are_another_size() {
        assert_eq!(part("bytes 6-9/10", Some(4)), Answer::Rest);
        assert_eq!(part("bytes 6-9/10", Some(5)), Answer::OtherSize(11));
        assert_eq!(part("bytes 6-9/10", Some(u64::MAX)), Answer::OtherSize(u64::MAX));
    }

    #[test]
    fn a_rest_of_another_file_is_of_no_use() {
        let asked = Asked { from: 6, etag: ETAG, size: 10 };
        for etag in [None, Some("\"b\""), Some("W/\"a\"")] {
            let head = Head { is_partial: true, content_range: Some("bytes 6-9/10"), etag, length: None };
            assert_eq!(asked.judge_head(head), Answer::OtherPart);
        }
    }

    #[test]
    fn a_whole_file_has_its_size() {
        let asked = Asked { from: 6, etag: ETAG, size: 10 };
        for (length, expected) in [
            (None, Answer::Whole),
            (Some(10), Answer::Whole),
            (Some(4), Answer::OtherSize(4)),
            (Some(11), Answer::OtherSize(11)),
        ] {
            assert_eq!(asked.judge_head(Head { length, ..Head::default() }), expected);
        }
    }

    #[test]
    fn a_part_that_nobody_asked_for_is_taken_from_the_beginning_only() {
        let asked = Asked { from: 0, etag: None, size: 10 };
        let head = Head { is_partial: true, ..Head::default() };
        for (content_range, expected) in [
            (Some("bytes 0-9/10"), Answer::Whole),
            (Some("bytes 0-3/10"), Answer::Whole),
            (Some("bytes 1-9/10"), Answer::OtherPart),
            (None, Answer::OtherPart),
        ] {
            assert_eq!(asked.judge_head(Head { content_range, ..head }), expected);
        }
    }

    #[test]
    fn weak_tags_are_none() {
        assert_eq!(strong(ETAG), ETAG);
        for etag in [None, Some("W/\"a\""), Some("a"), Some("\""), Some("")] {
            assert_eq!(strong(etag), None);
        }
    }
}
