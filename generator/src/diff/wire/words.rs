//! What changed in a text for people, told in few words.

/// How much of a sentence is shown, in characters.
const SHOWN: usize = 90;

/// How one text differs from another: the first sentence that is new, or the first that is gone.
pub(super) fn change(what: &str, old: &str, new: &str) -> Option<String> {
    let (before, after) = (sentences(old), sentences(new));
    if before == after {
        return None;
    }
    let added: Vec<&String> = after.iter().filter(|sentence| !before.contains(sentence)).collect();
    let removed: Vec<&String> = before.iter().filter(|sentence| !after.contains(sentence)).collect();
    Some(match (added.as_slice(), removed.as_slice()) {
        ([first, others @ ..], _) => format!("{what} now says “{}”{}", cut(first), and_more(others.len())),
        ([], [first, others @ ..]) => {
            format!("{what} no longer says “{}”{}", cut(first), and_more(others.len()))
        }
        ([], []) => format!("{what} has its sentences in another order"),
    })
}

/// The sentences of a text, however its lines are broken.
fn sentences(text: &str) -> Vec<String> {
    let mut sentences = Vec::new();
    let mut sentence = String::new();
    for word in text.split_whitespace() {
        if !sentence.is_empty() {
            sentence.push(' ');
        }
        sentence.push_str(word);
        if word.ends_with(['.', '!', '?', ':']) {
            sentences.push(std::mem::take(&mut sentence));
        }
    }
    if !sentence.is_empty() {
        sentences.push(sentence);
    }
    sentences
}

fn cut(sentence: &str) -> String {
    if sentence.chars().count() <= SHOWN {
        return sentence.to_owned();
    }
    let start: String = sentence.chars().take(SHOWN).collect();
    format!("{}…", start.trim_end())
}

fn and_more(count: usize) -> String {
    match count {
        0 => String::new(),
        1 => " and one more sentence".to_owned(),
        more => format!(" and {more} more sentences"),
    }
}
