//! Files as they were at a git revision.

use std::ffi::OsStr;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use anyhow::{Context, bail};

/// A commit of the repository that a folder is in.
#[derive(Debug)]
pub(super) struct Revision<'a> {
    root: &'a Path,
    /// As the user wrote it.
    pub(super) name: String,
    commit: String,
}

impl<'a> Revision<'a> {
    /// Looks a revision up.
    ///
    /// Fails without git, outside of a repository, and when there is no such commit.
    pub(super) fn find(root: &'a Path, name: &str) -> anyhow::Result<Self> {
        let found = git(root, ["rev-parse", "--is-inside-work-tree"])?;
        if !found.status.success() {
            bail!(
                "{} is not in a git repository, so there is no revision `{name}` to compare with",
                root.display()
            );
        }
        let commit = format!("{name}^{{commit}}");
        let found = git(root, ["rev-parse", "--verify", "--quiet", "--end-of-options", &commit])?;
        if !found.status.success() {
            bail!(
                "there is no revision `{name}` here: give a commit, branch or tag that `git log` shows; a shallow \
                 clone may have to be deepened first, with `git fetch --unshallow`"
            );
        }
        let commit = text(found.stdout)?.trim().to_owned();
        Ok(Self { root, name: name.to_owned(), commit })
    }

    /// Reads a file; the path is relative to the root of the workspace.
    pub(super) fn read(&self, path: &Path) -> anyhow::Result<String> {
        // Git takes a path that starts with `./` from where it runs, not from the top of the repository.
        let name = format!("{}:./{}", self.commit, path.display()).replace('\\', "/");
        let shown = git(self.root, ["show", "--end-of-options", &name])?;
        if !shown.status.success() {
            let said = String::from_utf8_lossy(&shown.stderr);
            let said = said.lines().next().unwrap_or_default().trim_start_matches("fatal: ").to_owned();
            bail!("cannot read {} at revision `{}`: {said}", path.display(), self.name);
        }
        let text = text(shown.stdout)
            .with_context(|| format!("cannot read {} at revision `{}`", path.display(), self.name))?;
        Ok(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text))
    }
}

fn git<'s>(root: &Path, arguments: impl IntoIterator<Item = &'s str>) -> anyhow::Result<Output> {
    let arguments = arguments.into_iter().map(OsStr::new);
    let mut command = Command::new("git");
    // Its messages are shown, so they are to be in one language; and it is not to ask for anything.
    command.arg("-C").arg(root).args(arguments).env("LC_ALL", "C").stdin(Stdio::null());
    command.output().context("cannot run git")
}

fn text(bytes: Vec<u8>) -> anyhow::Result<String> {
    String::from_utf8(bytes).context("what git gave is not UTF-8")
}
