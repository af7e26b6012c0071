// @generated from the API description; edits are lost. Regenerate with `cargo xtask codegen`.
//! `ReactionRollup`.

use client_runtime as rt;

/// How often people reacted to something, reaction by reaction.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct ReactionRollup {
    /// Where the API lists the reactions.
    pub url: String,
    /// How many reactions there are altogether.
    pub total_count: i64,
    /// How many thumbs up.
    pub plus_1: i64,
    /// How many thumbs down.
    pub minus_1: i64,
    /// How many laughing faces.
    pub laugh: i64,
    /// How many confused faces.
    pub confused: i64,
    /// How many hearts.
    pub heart: i64,
    /// How many party poppers.
    pub hooray: i64,
    /// How many pairs of eyes.
    pub eyes: i64,
    /// How many rockets.
    pub rocket: i64,
}

rt::object! {
    ReactionRollup {
        url required "url",
        total_count required "total_count",
        plus_1 required "+1",
        minus_1 required "-1",
        laugh required "laugh",
        confused required "confused",
        heart required "heart",
        hooray required "hooray",
        eyes required "eyes",
        rocket required "rocket",
    }
}
