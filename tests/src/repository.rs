//! The repository itself: what is committed is what would be generated, and the rules of the house hold.
