//! Tables of texts, for terminals and in Markdown.

use std::fmt::Write;

/// The side of a column that its texts stand at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// Texts.
    Left,
    /// Numbers.
    Right,
}

/// A table in Markdown that can also be read as it is; the first row is the header.
pub fn markdown(rows: &[Vec<String>], side: impl Fn(usize) -> Side) -> String {
    let widths = widths(rows, 3);
    let mut table = String::new();
    for (index, row) in rows.iter().enumerate() {
        table.push('|');
        for (column, (cell, width)) in row.iter().zip(&widths).enumerate() {
            let cell = cell.replace('|', "\\|");
            // Writing to a string cannot fail.
            _ = write!(table, " {} |", padded(&cell, *width, side(column)));
        }
        table.push('\n');
        if index == 0 {
            table.push('|');
            for (column, width) in widths.iter().enumerate() {
                _ = match side(column) {
                    Side::Left => write!(table, "{:-<1$}|", "", width + 2),
                    Side::Right => write!(table, "{:->1$}:|", "", width + 1),
                };
            }
            table.push('\n');
        }
    }
    table
}

/// A table for a terminal; the first row is the header.
pub fn plain(rows: &[Vec<String>], side: impl Fn(usize) -> Side) -> String {
    let widths = widths(rows, 1);
    let mut table = String::new();
    for row in rows {
        let cells = row.iter().zip(&widths).enumerate();
        let cells = cells.map(|(column, (cell, width))| padded(cell, *width, side(column)));
        let line = cells.collect::<Vec<_>>().join("  ");
        table.push_str(line.trim_end());
        table.push('\n');
    }
    table
}

fn widths(rows: &[Vec<String>], least: usize) -> Vec<usize> {
    let columns = rows.first().map_or(0, Vec::len);
    let cells = |column: usize| rows.iter().filter_map(move |row| row.get(column));
    (0..columns)
        .map(|column| cells(column).map(|cell| cell.chars().count()).max().unwrap_or(0).max(least))
        .collect()
}

fn padded(cell: &str, width: usize, side: Side) -> String {
    match side {
        Side::Left => format!("{cell:<width$}"),
        Side::Right => format!("{cell:>width$}"),
    }
}
