//! The letters that a name keeps: what rustc takes without a warning, in any crate.
//!
//! Its lints `uncommon_codepoints` and `mixed_script_confusables` count for a whole crate and cannot be allowed in a
//! module of it, so that names have to do without what they complain of (Unicode Technical Standard 39, section 3.1).

/// Letters beside ASCII that are neither uncommon nor a presentation of another, by alphabet.
const LETTERS: [(char, char); 40] = [
    // Latin, with the letters of Romanian, Pinyin and Vietnamese.
    ('À', 'Ö'),
    ('Ø', 'ö'),
    ('ø', 'İ'),
    ('Ĵ', 'ķ'),
    ('Ĺ', 'ľ'),
    ('Ł', 'ň'),
    ('Ŋ', 'ž'),
    ('Ơ', 'ơ'),
    ('Ư', 'ư'),
    ('Ǎ', 'ǜ'),
    ('Ș', 'ț'),
    ('Ạ', 'ỹ'),
    // Greek and Cyrillic.
    ('Ά', 'Ά'),
    ('Έ', 'ώ'),
    ('Ѐ', 'џ'),
    ('Ґ', 'ґ'),
    // Armenian, Hebrew, Arabic and Persian.
    ('Ա', 'Ֆ'),
    ('ա', 'ֆ'),
    ('א', 'ת'),
    ('ء', 'غ'),
    ('ف', 'ي'),
    ('پ', 'پ'),
    ('چ', 'چ'),
    ('ژ', 'ژ'),
    ('ک', 'ک'),
    ('گ', 'گ'),
    ('ی', 'ی'),
    // Devanagari, Thai and Georgian.
    ('अ', 'ह'),
    ('\u{93E}', '\u{94D}'),
    ('ก', 'า'),
    ('\u{E34}', '\u{E3A}'),
    ('เ', '\u{E4E}'),
    ('ა', 'ჰ'),
    ('Ა', 'Ჰ'),
    // Kana, Han and Hangul.
    ('ぁ', 'ゖ'),
    ('ァ', 'ヺ'),
    ('ー', 'ー'),
    ('㐀', '䶵'),
    ('一', '龥'),
    ('가', '힣'),
];

/// The letters of Greek and Cyrillic that look like no other, small or capital: beside one of them the others are fine.
const UNMISTAKABLE: &str = "άέήίόύώξψωджийцчшщъэяёї";

/// What a name that is made of a text can keep of it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Alphabet {
    /// Whether the text is in Greek beyond doubt.
    greek: bool,
    /// Whether the text is in Cyrillic beyond doubt.
    cyrillic: bool,
}

impl Alphabet {
    /// That of a text.
    pub(super) fn of(text: &str) -> Self {
        let is_sure = |char: char, greek: bool| {
            let mut letters = char.to_lowercase();
            letters.any(|letter| UNMISTAKABLE.contains(letter) && is_greek(letter) == greek)
        };
        let has = |greek: bool| text.chars().any(|char| !char.is_ascii() && is_sure(char, greek));
        Self { greek: has(true), cyrillic: has(false) }
    }

    /// Whether the name can keep the character.
    pub(super) fn keeps(self, char: char) -> bool {
        if char.is_ascii() {
            return char.is_ascii_alphanumeric() || char == '_';
        }
        let is_letter = LETTERS.iter().any(|(first, last)| (*first..=*last).contains(&char));
        let is_sure = if is_greek(char) { self.greek } else { self.cyrillic };
        is_letter && (is_sure || !may_be_mistaken(char))
    }
}

/// Whether the character is of an alphabet with letters that look like Latin ones.
fn may_be_mistaken(char: char) -> bool {
    is_greek(char) || ('Ѐ'..='ґ').contains(&char)
}

fn is_greek(char: char) -> bool {
    ('Ά'..='ώ').contains(&char)
}

#[cfg(test)]
mod tests {
    use super::Alphabet;

    fn kept(text: &str) -> String {
        text.chars().filter(|char| Alphabet::of(text).keeps(*char)).collect()
    }

    #[test]
    fn words_of_living_languages_are_kept() {
        for word in [
            "größe",
            "año",
            "ștergere",
            "количество",
            "μέγεθος",
            "日本語の名前",
            "이름",
            "שם",
            "ქართული",
            "Ქართული",
        ] {
            assert_eq!(kept(word), word);
        }
    }

    #[test]
    fn what_a_lint_complains_of_is_not() {
        for (text, rest) in [("taphʿel", "taphel"), ("µg", "g"), ("ﬁle", "le"), ("Нal", "al"), ("αβ", "")]
        {
            assert_eq!(kept(text), rest);
        }
    }
}
