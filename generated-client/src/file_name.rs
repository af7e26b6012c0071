//! What GitHub makes of the names of files.
//!
//! GitHub [says](https://docs.github.com/rest/releases/assets#upload-a-release-asset) that it changes names with
//! special characters and with dots at their ends, but not how. What this module predicts comes from what users have
//! reported; the name in GitHub's answer is the truth, and [`Uploaded`](crate::Uploaded) has it.
//!
//! - ASCII letters, digits and `_ - + @` stay as they are.
//! - Latin letters lose their diacritics, ligatures are written out: `é` becomes `e`, `æ` becomes `ae`.
//! - Anything else, be it a space, a bracket or a letter of another script, becomes a dot. Of several dots in a row
//!   one is left, at the beginning and at the end none.
//! - `default.` is put before a name that began with a dot, and before one of which a single part is left without a
//!   dot, since that was its extension more often than not.
//!
//! ```
//! use github_release_assets::file_name::{check, collisions, rewritten};
//!
//! assert_eq!(rewritten("Résumé (final).pdf"), "Resume.final.pdf");
//! assert_eq!(rewritten(".gitignore"), "default.gitignore");
//! assert!(!check("tool-1.2.0_x86+64.tar.gz").unwrap().is_changed());
//! assert_eq!(collisions(["out/a b.txt", "c.txt", "a(b).txt"])[0].name, "a.b.txt");
//! ```

mod fold;

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use crate::TransferError;

/// What is known of a name before its file is uploaded; [`check`] gives it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct FileName {
    /// The name as it was given.
    pub given: String,
    /// The name that the asset is expected to have.
    pub expected: String,
}

impl FileName {
    /// Whether the asset is expected to have another name than the file.
    pub fn is_changed(&self) -> bool {
        self.given != self.expected
    }
}

/// Files that would have one name at GitHub; [`collisions`] finds them.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Collision {
    /// The name that all of them are expected to have.
    pub name: String,
    /// The files, in the order in which they were given; two at least.
    pub files: Vec<PathBuf>,
}

/// The name that GitHub is expected to give to an asset that is uploaded under a name; empty if nothing of it is left.
///
/// ```
/// use github_release_assets::file_name::rewritten;
///
/// assert_eq!(rewritten("tool-1.0~rc1.deb"), "tool-1.0.rc1.deb");
/// assert_eq!(rewritten("日本.txt"), "default.txt");
/// ```
pub fn rewritten(name: &str) -> String {
    let mut kept = String::with_capacity(name.len());
    let mut is_gap = false;
    for character in fold::folded(name) {
        if character.is_ascii_alphanumeric() || "_-+@".contains(character) {
            if is_gap && !kept.is_empty() {
                kept.push('.');
            }
            kept.push(character);
            is_gap = false;
        } else {
            is_gap = true;
        }
    }
    let is_dot_file = name.starts_with('.');
    let is_one_part = !kept.contains('.') && kept != name;
    match !kept.is_empty() && (is_dot_file || is_one_part) {
        true => format!("default.{kept}"),
        false => kept,
    }
}

/// Says what will become of a name.
///
/// # Errors
/// [`TransferError::NameUnusable`]: it is empty, or nothing would be left of it.
///
/// ```
/// use github_release_assets::file_name::check;
///
/// # fn main() -> Result<(), github_release_assets::TransferError> {
/// let name = check("my tool.zip")?;
/// if name.is_changed() {
///     println!("GitHub will call {} {}", name.given, name.expected); // my.tool.zip
/// }
/// assert!(check("日本").is_err());
/// # Ok(())
/// # }
/// ```
pub fn check(name: &str) -> Result<FileName, TransferError> {
    let unusable = |reason| TransferError::NameUnusable { name: name.to_owned(), reason };
    let expected = rewritten(name);
    match expected.is_empty() {
        false => Ok(FileName { given: name.to_owned(), expected }),
        true if name.is_empty() => Err(unusable("it is empty")),
        true => Err(unusable("GitHub would keep nothing of it; use Latin letters or digits")),
    }
}

/// Finds files that would have one name at GitHub, which gives a name only once: sorted by that name.
///
/// Of a path the last part counts. Files that are given twice collide with themselves.
///
/// ```
/// use github_release_assets::file_name::collisions;
///
/// for collision in collisions(["linux/tool", "mac/tool", "notes.txt"]) {
///     println!("{:?} would all be {}", collision.files, collision.name); // ["linux/tool", "mac/tool"] …
/// }
/// ```
pub fn collisions<P: AsRef<Path>>(files: impl IntoIterator<Item = P>) -> Vec<Collision> {
    let mut by_name: BTreeMap<String, Vec<PathBuf>> = BTreeMap::new();
    for file in files {
        let path = file.as_ref();
        let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy();
        by_name.entry(rewritten(&name)).or_default().push(path.to_owned());
    }
    let collisions = by_name.into_iter().map(|(name, files)| Collision { name, files });
    collisions.filter(|collision| collision.files.len() > 1).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Names before and after, as users of GitHub and its tools have reported them.
    const REPORTED: [(&str, &str); 15] = [
        ("erick%%%%%!!!zhao.txt", "erick.zhao.txt"),
        ("erick@256éoooz!.txt", "erick@256eoooz.txt"),
        ("fake.      file.txt", "fake.file.txt"),
        ("tobwen-1.1.0-1~buster_amd64.deb", "tobwen-1.1.0-1.buster_amd64.deb"),
        ("app.prod-v1.3.0-(15-5)-6064eac-release.apk", "app.prod-v1.3.0-.15-5.-6064eac-release.apk"),
        ("appName(x64)_1.0.0.xx.msi", "appName.x64._1.0.0.xx.msi"),
        ("My App 1.0.0 Setup.exe", "My.App.1.0.0.Setup.exe"),
        ("茶话室-0.1.2-mac-arm64.dmg", "-0.1.2-mac-arm64.dmg"),
        ("test~file!!!", "test.file"),
        (".config", "default.config"),
        ("🎉.pdf", "default.pdf"),
        ("Hello, दुनिया", "default.Hello"),
        ("façade.exposé", "facade.expose"),
        ("this+has+plusses.jpg", "this+has+plusses.jpg"),
        ("this@has@at@signs.jpg", "this@has@at@signs.jpg"),
    ];

    #[test]
    fn names_become_what_users_have_seen() {
        for (given, expected) in REPORTED {
            assert_eq!(rewritten(given), expected, "{given}");
            assert_eq!(check(given).unwrap().is_changed(), given != expected, "{given}");
        }
    }

    #[test]
    fn a_name_that_was_rewritten_stays_as_it_is() {
        for (_, expected) in REPORTED {
            assert_eq!(rewritten(expected), expected);
        }
    }

    #[test]
    fn dots_are_single_and_inside() {
        assert_eq!(rewritten("a5_ !#$%&'b.txt"), "a5_.b.txt");
        assert_eq!(rewritten("..a...b..c.."), "default.a.b.c");
        assert_eq!(rewritten("a.b."), "a.b");
        assert_eq!(rewritten(" a.b "), "a.b");
        assert_eq!(rewritten("a"), "a");
        assert_eq!(rewritten("a "), "default.a");
    }

    #[test]
    fn a_name_of_which_nothing_is_left_is_unusable() {
        for name in ["", ".", "...", "日本", " "] {
            assert_eq!(rewritten(name), "", "{name:?}");
            assert!(matches!(check(name), Err(TransferError::NameUnusable { name: of, .. }) if of == name));
        }
    }

    #[test]
    fn files_collide_once_they_were_rewritten() {
        let files = ["x/a b.txt", "y", "c/z.txt", "a.b.txt", "a!b.txt", "z.txt"];
        let found = collisions(files);
        let found: Vec<_> = found.iter().map(|it| (it.name.as_str(), it.files.as_slice())).collect();
        let paths = |paths: &[&str]| paths.iter().map(PathBuf::from).collect::<Vec<_>>();
        let (first, second) = (paths(&["x/a b.txt", "a.b.txt", "a!b.txt"]), paths(&["c/z.txt", "z.txt"]));
        assert_eq!(found, [("a.b.txt", first.as_slice()), ("z.txt", second.as_slice())]);
        assert!(collisions(["a.txt", "A.txt"]).is_empty());
    }
}
