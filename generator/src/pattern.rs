//! Patterns of operation ids, as options give them.

/// Whether a text matches a pattern in which `*` stands for any characters and `?` for one.
pub(crate) fn matches(pattern: &str, text: &str) -> bool {
    let (pattern, text): (Vec<char>, Vec<char>) = (pattern.chars().collect(), text.chars().collect());
    // `reachable[i]` says whether the pattern so far matches the first `i` characters.
    let mut reachable = vec![false; text.len() + 1];
    if let Some(first) = reachable.first_mut() {
        *first = true;
    }
    for part in pattern {
        let before = reachable.clone();
        let mut any = false;
        for (index, reached) in reachable.iter_mut().enumerate() {
            let previous = index.checked_sub(1).and_then(|index| before.get(index)).copied().unwrap_or(false);
            any |= before.get(index).copied().unwrap_or(false);
            let same = index
                .checked_sub(1)
                .and_then(|index| text.get(index))
                .is_some_and(|char| part == '?' || *char == part);
            *reached = if part == '*' { any } else { previous && same };
        }
    }
    reachable.last().copied().unwrap_or(false)
}

#[cfg(test)]
mod tests {
    use super::matches;

    #[test]
    fn patterns_match_whole_ids() {
        assert!(matches("repos/*-asset", "repos/get-release-asset"));
        assert!(matches("*", ""));
        assert!(matches("get?", "gets"));
        assert!(!matches("repos/*-asset", "repos/list-release-assets"));
        assert!(!matches("get", "gets"));
    }
}
