//! A table on stdout.

use std::io::{self, Write as _};

use anyhow::{Context as _, Result};

/// Rows of named figures, one column for each program.
pub(crate) struct Table {
    title: String,
    columns: Vec<String>,
    rows: Vec<(String, Vec<Option<f64>>)>,
}

impl Table {
    pub(crate) fn new(title: impl Into<String>, columns: &[&str]) -> Self {
        Self { title: title.into(), columns: columns.iter().map(|name| (*name).to_owned()).collect(), rows: Vec::new() }
    }

    pub(crate) fn row(&mut self, name: impl Into<String>, figures: impl IntoIterator<Item = Option<f64>>) {
        self.rows.push((name.into(), figures.into_iter().collect()));
    }

    /// As Markdown. With two programs there is a third column: how many times the first the second needs.
    pub(crate) fn print(&self) -> Result<()> {
        let compares = self.columns.len() == 2;
        let mut heads = self.columns.clone();
        heads.extend(compares.then(|| "ratio".to_owned()));
        let mut lines = vec![String::new(), self.title.clone(), String::new()];
        lines.push(format!("| | {} |", heads.join(" | ")));
        lines.push(format!("|---|{}", "---:|".repeat(heads.len())));
        for (name, figures) in &self.rows {
            let mut cells: Vec<_> = figures.iter().map(|figure| figure.map_or_else(|| "–".to_owned(), shown)).collect();
            if compares {
                let ratio = figures.first().copied().flatten().zip(figures.get(1).copied().flatten());
                let ratio = ratio.filter(|(ours, _)| *ours > 0.0).map(|(ours, theirs)| format!("{:.1}", theirs / ours));
                cells.push(ratio.unwrap_or_default());
            }
            lines.push(format!("| {name} | {} |", cells.join(" | ")));
        }
        lines.push(String::new());
        let text = lines.join("\n");
        io::stdout().write_all(text.as_bytes()).context("writing to stdout")
    }
}

fn shown(figure: f64) -> String {
    if figure.fract() == 0.0 && figure.abs() < 1e9 { format!("{figure:.0}") } else { format!("{figure:.3}") }
}
