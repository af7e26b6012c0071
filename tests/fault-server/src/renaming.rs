//! What becomes of a file name at upload.

/// Rewrites a file name as GitHub does, as far as reports of users tell.
///
/// ASCII letters, digits and `_ . - @ +` stay. A Latin letter with a diacritic loses it. Every other run of
/// characters becomes one dot, neighbouring dots become one, and dots at both ends go; a name that began with
/// a dot gets `default` before it.
///
/// ```
/// assert_eq!(fault_server::github_name("Über café (1).zip"), "Uber.cafe.1.zip");
/// assert_eq!(fault_server::github_name(".gitignore"), "default.gitignore");
/// ```
#[must_use]
pub fn github_name(name: &str) -> String {
    let mut dotted = String::with_capacity(name.len());
    for letter in name.chars() {
        match plain(letter) {
            Some(kept) => dotted.push(kept),
            None if dotted.ends_with('.') => {}
            None => dotted.push('.'),
        }
    }
    let trimmed = dotted.trim_matches('.');
    match (dotted.starts_with('.'), trimmed.is_empty()) {
        (true, true) => "default".to_owned(),
        (true, false) => format!("default.{trimmed}"),
        (false, _) => trimmed.to_owned(),
    }
}

/// The letter as it stands in a name; nothing where a dot takes its place.
fn plain(letter: char) -> Option<char> {
    if letter.is_ascii_alphanumeric() || "_-@+".contains(letter) {
        return Some(letter);
    }
    let (_, base) = FOLDS.iter().find(|(accented, _)| accented.contains(letter))?;
    Some(*base)
}

/// The letters of Latin-1 that have a diacritic, and what they are without.
const FOLDS: [(&str, char); 16] = [
    ("ÀÁÂÃÄÅ", 'A'),
    ("Ç", 'C'),
    ("ÈÉÊË", 'E'),
    ("ÌÍÎÏ", 'I'),
    ("Ñ", 'N'),
    ("ÒÓÔÕÖ", 'O'),
    ("ÙÚÛÜ", 'U'),
    ("Ý", 'Y'),
    ("àáâãäå", 'a'),
    ("ç", 'c'),
    ("èéêë", 'e'),
    ("ìíîï", 'i'),
    ("ñ", 'n'),
    ("òóôõö", 'o'),
    ("ùúûü", 'u'),
    ("ýÿ", 'y'),
];

#[cfg(test)]
mod tests {
    use super::github_name;

    #[test]
    fn names_become_what_github_makes_of_them() {
        let table = [
            ("tool-1.2_x@y+z.tar.gz", "tool-1.2_x@y+z.tar.gz"),
            ("a b.zip", "a.b.zip"),
            ("a   (b) [c].zip", "a.b.c.zip"),
            ("a..b...c", "a.b.c"),
            ("a ..! b", "a.b"),
            ("~a~", "default.a"),
            ("a.", "a"),
            ("a!", "a"),
            ("..a", "default.a"),
            (".gitignore", "default.gitignore"),
            ("日本.txt", "default.txt"),
            ("日本", "default"),
            ("...", "default"),
            ("Größe.txt", "Gro.e.txt"),
            ("ÀÇÉÏÑÖÛÝàçéïñöûýÿ", "ACEINOUYaceinouyy"),
            ("a/b\\c:d", "a.b.c.d"),
            ("", ""),
        ];
        for (name, expected) in table {
            assert_eq!(github_name(name), expected, "{name}");
        }
    }
}
