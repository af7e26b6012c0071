//! How letters outside ASCII are written with those inside.

/// Latin letters, by what GitHub writes for them. These are the ones that Ruby on Rails folds by default, which
/// GitHub is made with: the letters of Latin-1 and Latin Extended-A, and two pairs more.
const FOLDS: [(&str, &str); 52] = [
    ("A", "ÀÁÂÃÄÅĀĂĄ"),
    ("a", "àáâãäåāăą"),
    ("AE", "Æ"),
    ("ae", "æ"),
    ("C", "ÇĆĈĊČ"),
    ("c", "çćĉċč"),
    ("D", "ÐĎĐ"),
    ("d", "ðďđ"),
    ("E", "ÈÉÊËĒĔĖĘĚ"),
    ("e", "èéêëēĕėęě"),
    ("G", "ĜĞĠĢ"),
    ("g", "ĝğġģ"),
    ("H", "ĤĦ"),
    ("h", "ĥħ"),
    ("I", "ÌÍÎÏĨĪĬĮİ"),
    ("i", "ìíîïĩīĭįı"),
    ("IJ", "Ĳ"),
    ("ij", "ĳ"),
    ("J", "Ĵ"),
    ("j", "ĵ"),
    ("K", "Ķ"),
    ("k", "ķĸ"),
    ("L", "ĹĻĽĿŁ"),
    ("l", "ĺļľŀł"),
    ("N", "ÑŃŅŇ"),
    ("n", "ñńņň"),
    ("'n", "ŉ"),
    ("NG", "Ŋ"),
    ("ng", "ŋ"),
    ("O", "ÒÓÔÕÖØŌŎŐǪǬ"),
    ("o", "òóôõöøōŏőǫǭ"),
    ("OE", "Œ"),
    ("oe", "œ"),
    ("R", "ŔŖŘ"),
    ("r", "ŕŗř"),
    ("S", "ŚŜŞŠ"),
    ("s", "śŝşš"),
    ("SS", "ẞ"),
    ("ss", "ß"),
    ("T", "ŢŤŦ"),
    ("t", "ţťŧ"),
    ("Th", "Þ"),
    ("th", "þ"),
    ("U", "ÙÚÛÜŨŪŬŮŰŲ"),
    ("u", "ùúûüũūŭůűų"),
    ("W", "Ŵ"),
    ("w", "ŵ"),
    ("x", "×"),
    ("Y", "ÝŶŸ"),
    ("y", "ýÿŷ"),
    ("Z", "ŹŻŽ"),
    ("z", "źżž"),
];

/// The characters of a text, those that fold folded.
///
/// A diacritic that stands by itself after its letter, as macOS writes file names, is left out.
pub(super) fn folded(text: &str) -> impl Iterator<Item = char> {
    let mut after_letter = false;
    text.chars().flat_map(move |character| {
        let is_mark = matches!(character, '\u{300}'..='\u{36f}');
        let fold = FOLDS.iter().find(|(_, letters)| !character.is_ascii() && letters.contains(character));
        let (own, fold) = match fold {
            Some((fold, _)) => (None, *fold),
            None if is_mark && after_letter => (None, ""),
            None => (Some(character), ""),
        };
        after_letter = character.is_ascii_alphabetic() || !fold.is_empty() || (is_mark && after_letter);
        own.into_iter().chain(fold.chars())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_lose_their_diacritics() {
        let all: Vec<String> =
            ["é", "Łódź", "æ", "ð", "ŋ", "ß", "ŉ", "日é"].map(|text| folded(text).collect()).to_vec();
        assert_eq!(all, ["e", "Lodz", "ae", "d", "ng", "ss", "'n", "日e"]);
    }

    #[test]
    fn diacritics_may_stand_alone() {
        assert_eq!(folded("e\u{301}\u{323}a\u{308}.\u{301}").collect::<String>(), "ea.\u{301}");
    }

    #[test]
    fn no_letter_folds_twice() {
        let mut letters: Vec<char> = FOLDS.iter().flat_map(|(_, letters)| letters.chars()).collect();
        letters.sort_unstable();
        assert!(
            letters.windows(2).all(|pair| pair[0] != pair[1])
                && letters.iter().all(|letter| !letter.is_ascii())
        );
        assert!(FOLDS.iter().all(|(fold, _)| fold.is_ascii()));
    }
}
