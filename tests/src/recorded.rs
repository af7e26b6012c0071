//! The GitHub client against recorded traffic of GitHub; see `cargo xtask ci --recorded`.
