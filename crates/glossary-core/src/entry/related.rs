//! The list under "Related terms": titles of other entries, as people write such lists.
//!
//! Owns how that list is taken apart. It must not know which entries exist.

use std::collections::HashSet;

use super::key::fold;
use super::markdown::is_unprintable;

/// Further titles are left out: a list as long is none, and each of them costs a look-up.
const MOST: usize = 256;

/// The titles in the text of the section, in order, each once.
///
/// The list is the first paragraph, comma-separated, or all items of the first bulleted list; what
/// follows is prose about them. It is read from the source and not as Markdown, in which the
/// asterisk of `A* Search, D* Lite` would be emphasis.
#[must_use]
pub fn titles(text: &str) -> Vec<String> {
    let lines: Vec<&str> = text
        .lines()
        .map(str::trim)
        .skip_while(|line| line.is_empty())
        .collect();
    let items: Vec<&str> = if lines.first().is_some_and(|line| bullet(line).is_some()) {
        lines
            .iter()
            .filter(|line| !line.is_empty())
            .map_while(|line| bullet(line))
            .collect()
    } else {
        let paragraph: Vec<&str> = lines
            .into_iter()
            .take_while(|line| !line.is_empty())
            .collect();
        return unique(split(&paragraph.join(" ")).iter().map(|title| clean(title)));
    };
    unique(items.into_iter().map(clean))
}

fn bullet(line: &str) -> Option<&str> {
    let numbered = line.trim_start_matches(|c: char| c.is_ascii_digit());
    ["- ", "* ", "+ "]
        .iter()
        .find_map(|mark| line.strip_prefix(mark))
        .or_else(|| {
            [". ", ") "]
                .iter()
                .find_map(|mark| numbered.strip_prefix(mark))
                .filter(|_| numbered.len() < line.len())
        })
}

/// Splits at commas that stand outside of parentheses and brackets.
fn split(list: &str) -> Vec<String> {
    let mut titles = vec![String::new()];
    let mut depth = 0_i32;
    for c in list.chars() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = (depth - 1).max(0),
            _ => {}
        }
        match titles.last_mut() {
            Some(title) if c != ',' || depth > 0 => title.push(c),
            _ => titles.push(String::new()),
        }
    }
    titles
}

/// A title without what the list puts around it: a link, emphasis, quotes, "and", a final period.
fn clean(item: &str) -> String {
    let mut title = item.trim();
    if let Some(rest) = title.strip_prefix("and ") {
        title = rest.trim_start();
    }
    let linked = link_text(title);
    let mut title = linked.as_deref().unwrap_or(title).trim();
    loop {
        let before = title;
        for mark in ["**", "__", "\"", "“", "”", "`"] {
            title = title.strip_prefix(mark).unwrap_or(title);
            title = title.strip_suffix(mark).unwrap_or(title);
        }
        for mark in ['*', '_'] {
            let wrapped = title
                .strip_prefix(mark)
                .and_then(|inner| inner.strip_suffix(mark));
            title = wrapped.filter(|inner| !inner.is_empty()).unwrap_or(title);
        }
        let dotted = title.trim_end_matches('.').contains('.');
        if !dotted {
            title = title.strip_suffix(['.', ',']).unwrap_or(title);
        }
        title = title.trim();
        if title == before {
            return title.chars().filter(|c| !is_unprintable(*c)).collect();
        }
    }
}

/// The text of `[text](address)` or `[text][reference]`, with whatever follows the link.
fn link_text(title: &str) -> Option<String> {
    let rest = title.strip_prefix('[')?;
    let close = rest.find(']')?;
    let after = rest.get(close + 1..)?;
    let end = match after.chars().next() {
        Some('(') => after.find(')')? + 1,
        Some('[') => after.find(']')? + 1,
        _ => 0,
    };
    Some(format!("{}{}", &rest[..close], after.get(end..)?))
}

fn unique(titles: impl Iterator<Item = String>) -> Vec<String> {
    let mut seen = HashSet::new();
    titles
        .filter(|title| {
            let key = fold(title);
            !key.is_empty() && seen.insert(key)
        })
        .take(MOST)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::titles;

    #[test]
    fn lists_are_read_as_people_write_them() {
        for (written, read) in [
            ("Recall, F1 Score", vec!["Recall", "F1 Score"]),
            ("\nRecall, F1 Score.\n", vec!["Recall", "F1 Score"]),
            ("\"Recall\", \"F1 Score\"", vec!["Recall", "F1 Score"]),
            ("“Recall,” “F1 Score.”", vec!["Recall", "F1 Score"]),
            (
                "ETL (Extract, Transform, Load), Data Lake",
                vec!["ETL (Extract, Transform, Load)", "Data Lake"],
            ),
            (
                "Precision and Recall, and Accuracy",
                vec!["Precision and Recall", "Accuracy"],
            ),
            ("A* Search, D* Lite", vec!["A* Search", "D* Lite"]),
            ("R&D, TCP/IP", vec!["R&D", "TCP/IP"]),
            (
                "- Recall\n- [F1 Score](f1-score)\n",
                vec!["Recall", "F1 Score"],
            ),
            (
                "* Recall\n\n* **F1 Score**\n\nRead on.",
                vec!["Recall", "F1 Score"],
            ),
            ("1. Recall\n2. F1 Score", vec!["Recall", "F1 Score"]),
            (
                "[Recall](/glossary/recall/), [F1][f1]",
                vec!["Recall", "F1"],
            ),
            ("Recall, recall, RECALL", vec!["Recall"]),
            (
                "Recall,\nF1 Score\n\nThese, too, matter.",
                vec!["Recall", "F1 Score"],
            ),
            ("", vec![]),
        ] {
            assert_eq!(titles(written), read, "{written:?}");
        }
    }
}
