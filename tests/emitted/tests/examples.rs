//! Every example of a description, decoded into its type and written again, is the same JSON.

use emitted::{EXAMPLES, Example};
use serde_json::Value;

/// What is lost and should not be, and why. One that comes back has to be taken out here.
const LOST: [(&str, &str); 0] = [];

#[test]
fn examples_come_back_as_they_were() {
    assert!(!EXAMPLES.is_empty(), "the descriptions give no examples");
    let mut failures: Vec<String> = EXAMPLES.iter().filter_map(difference).collect();
    for (place, difference) in LOST {
        let known = format!("{place}: {difference}");
        match failures.iter().position(|failure| *failure == known) {
            Some(index) => drop(failures.remove(index)),
            None => failures.push(format!("no longer so: {known}")),
        }
    }
    assert!(failures.is_empty(), "{} of {}:\n{}", failures.len(), EXAMPLES.len(), failures.join("\n"));
}

/// What is not as it was, if anything.
fn difference(example: &Example) -> Option<String> {
    let Example { place, text, again } = example;
    let before: Value = serde_json::from_str(text).unwrap();
    match again(text) {
        Err(error) => Some(format!("{place}: {error}")),
        Ok(again) => {
            let mut found = Vec::new();
            compare("", &before, &serde_json::from_str(&again).unwrap(), &mut found);
            (!found.is_empty()).then(|| format!("{place}: {}", found.join("; ")))
        }
    }
}

/// Compares by value: `1` is `1.0`, and the order of members is nobody's business.
fn compare(at: &str, before: &Value, after: &Value, found: &mut Vec<String>) {
    match (before, after) {
        (Value::Object(before), Value::Object(after)) => {
            for (key, value) in before {
                match after.get(key) {
                    Some(other) => compare(&format!("{at}/{key}"), value, other, found),
                    None => found.push(format!("{at}/{key} is lost: {value}")),
                }
            }
            let new = after.keys().filter(|key| !before.contains_key(*key));
            found.extend(new.map(|key| format!("{at}/{key} is new")));
        }
        (Value::Array(before), Value::Array(after)) if before.len() == after.len() => {
            let pairs = before.iter().zip(after).enumerate();
            pairs
                .for_each(|(index, (before, after))| compare(&format!("{at}/{index}"), before, after, found));
        }
        (Value::Number(before), Value::Number(after)) if before.as_f64() == after.as_f64() => {
            let (before, after) = (before.to_string(), after.to_string());
            // Two integers that are one as floating point are not the same.
            let is_integer = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
            if is_integer(&before) && is_integer(&after) && before != after {
                found.push(format!("{at} was {before}, is {after}"));
            }
        }
        _ if before == after => {}
        _ => found.push(format!("{at} was {before}, is {after}")),
    }
}
