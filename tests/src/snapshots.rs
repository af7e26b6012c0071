//! The fixtures: descriptions of one construct each, and what the generator makes of them.
