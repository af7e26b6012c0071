//! Edits by chance on texts of many styles: the text that comes out has the value of the edits, or there is none.

use super::*;

const TEXTS: [&str; 10] = [
    "# top\na: 1 # one\nb:\n  # of c\n  c: [x, y]\n  d: {e: 1, f: [2]}\n\ng:\n  - h: 1\n    i: 2\n  # of the second\n  - j\n  - - k\n    - l\n",
    "a: |\n  b: 1\n  # text\n\nc:\n- x\n- y: 1\n  z: >-\n    folded\n    text\n# end\nd:\n",
    "a:\n    b:\n        c: 'q: # r'\n        \"d\": \"two\n          lines\"\n    e: plain\n      text\n",
    "x: &x\n  a: 1\ny: *x\nz:\n  <<: *x\n  b: 2\nw: !t [1, 2]\n",
    "a: 1\r\nb:\r\n  - c\r\n\r\n  - d: 1\r\n    e: 2\r\n",
    "a: {}\nb: []\nc: ~\nd:\n  -\n  - {a: b}\n  - []\ne: |+\n  kept\n\n",
    "---\na:\n  b: 1\n\n  # c\n  c: 2\n\n  d: 3\n    # deep\n # odd\ne: 1\n...\n",
    "l:\n  - - - a\n      - b\n    - c\n  - m: {n: 1}\n    o:\n      - p\n  - >-\n   q\n\n   r",
    "\u{feff}# top\n\na: # beside\n  # below\n  b: 1\n\n  # loose\n\n  c:\n  - # item\n    d: 1\n    # of e\n    e:\n    - f # g\n    -   h: 1\n        i: 2\n  - j: \"#\"\n# end\n",
    "'a b':\t1\n\"c\" : # x\n  d: 1\ne:\n - f:\n   - 1\n   g: \n - |-\n   - h\n   # i\n  # no text\n - 'j\n\n   k'\n",
];

/// A small generator: the same numbers in every run.
struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % u64::try_from(limit).unwrap()).unwrap()
    }

    fn value(&mut self, depth: usize) -> Value {
        let texts = ["text", "on", "1", "a: b", "x\ny\n", "", "p\n\n  q", "#", "ä", "a, b", "it's"];
        match self.below(if depth == 0 { 5 } else { 8 }) {
            0 => json!(null),
            1 => json!(self.below(9)),
            2..=4 => json!(texts[self.below(texts.len())]),
            5 | 6 => {
                let members = (0..self.below(3)).map(|index| (format!("k{index}"), self.value(depth - 1)));
                Value::Object(members.collect())
            }
            _ => (0..self.below(3)).map(|_| self.value(depth - 1)).collect(),
        }
    }

    fn edit(&mut self, root: &Value, name: usize) -> Edit {
        let (mut at, mut value) = (Pointer::root(), root);
        loop {
            let parts: Vec<String> = match value {
                Value::Object(members) => members.keys().cloned().collect(),
                Value::Array(items) => (0..items.len()).map(|index| index.to_string()).collect(),
                _ => Vec::new(),
            };
            if parts.is_empty() || self.below(4) == 0 {
                return self.edit_at(&at, value, &parts, name);
            }
            at = at.join(&parts[self.below(parts.len())]);
            value = root.pointer(at.as_str()).unwrap();
        }
    }

    fn edit_at(&mut self, at: &Pointer, value: &Value, parts: &[String], name: usize) -> Edit {
        let new = self.value(2);
        match (self.below(4), value) {
            (0 | 1, Value::Object(_)) => {
                let position = parts.get(self.below(parts.len() + 2));
                let after = position.map_or(["^", "$"][self.below(2)], String::as_str);
                member(at.as_str(), after, &format!("new{name}"), new)
            }
            (0 | 1, Value::Array(items)) => item(at.as_str(), self.below(items.len() + 1), new),
            (2, _) => replace(at.as_str(), new),
            _ => remove(at.as_str()),
        }
    }
}

#[test]
fn random_edits_give_the_value_that_they_should_or_an_error() {
    let mut chance = Chance(0x5eed);
    let (mut made, mut refused, mut unforeseen) = (0, 0, Vec::new());
    for round in 0..3000 {
        let source = source("api.yaml", TEXTS[round % TEXTS.len()]);
        let root = load::parse(&source).unwrap();
        let edits: Vec<Edit> = (0..=chance.below(4)).map(|name| chance.edit(&root, name)).collect();
        let mut expected = root.clone();
        match (apply(&source, &edits), apply_to_value(&mut expected, &edits)) {
            (Ok(text), Ok(())) => {
                made += 1;
                let changed = Source { name: source.name, text };
                assert_eq!(load::parse(&changed).unwrap(), expected, "{edits:?}");
                assert_eq!(changed.text.ends_with('\n'), source.text.ends_with('\n'), "{edits:?}");
            }
            (Ok(text), Err(error)) => panic!("{error}\n{text}"),
            (Err(error), Ok(()))
                if error.message.contains("in this text") || error.message.contains("around it") =>
            {
                unforeseen.push(format!("{error}\n{}\n{edits:?}", source.text));
            }
            (Err(_), Ok(())) => refused += 1,
            (Err(_), Err(_)) => {}
        }
    }
    assert!(made > 4 * refused, "{made} made, {refused} refused");
    assert!(unforeseen.is_empty(), "{} by the net only, such as\n{}", unforeseen.len(), unforeseen[0]);
}
