//! `cargo xtask`: see the library.
#![forbid(unsafe_code)]

use std::env;
use std::io::{self, IsTerminal};
use std::process::ExitCode;

use mimalloc::MiMalloc;
use xtask::console::Console;

/// Syntax trees are a great many small pieces: with the system's allocator the generator takes half as long again.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    // https://no-color.org: any value but an empty one.
    let no_color = env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    let color = !no_color && io::stderr().is_terminal();
    let mut console = Console { out: &mut io::stdout(), err: &mut io::stderr(), color };
    xtask::run(env::args_os(), &mut console).into()
}
