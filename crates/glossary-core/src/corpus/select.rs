//! Which files of a folder are read: not those that every repository has beside its glossary.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use crate::readers::{is_in, is_index, reader};

/// Whether a walk enters a folder of this name.
#[must_use]
pub fn is_entered(name: &str) -> bool {
    !name.starts_with('.') && !is_in(name, "passed-folder")
}

/// Whether a file may be one of the glossary in whose folder it is.
#[must_use]
pub fn is_candidate(path: &Path) -> bool {
    let stem = stem(path);
    let is_hidden = stem.starts_with('.') || stem.starts_with('_') && stem != "_index";
    reader(path).is_some() && !is_hidden && !is_in(&stem, "passed-file")
}

/// The files to read of those in a folder, by their paths in it: an `index` or `README` describes the
/// folder that it is in, unless there is no other page in that or below it.
#[must_use]
pub fn select(paths: &[PathBuf]) -> Vec<PathBuf> {
    let is_inside = |path: &Path| {
        let mut folders = path.parent().into_iter().flatten();
        folders.all(|name| is_entered(&name.to_string_lossy()))
    };
    let candidates = paths
        .iter()
        .filter(|path| is_candidate(path) && is_inside(path));
    let candidates: Vec<&PathBuf> = candidates.collect();
    let mut with_pages: HashSet<&Path> = HashSet::new();
    for path in candidates.iter().filter(|path| is_page(path)) {
        // An index is a page of the folder above its own.
        let skipped = if describes(path) { 2 } else { 1 };
        with_pages.extend(path.ancestors().skip(skipped));
    }
    let is_selected = |path: &&&PathBuf| {
        let folder = path.parent().unwrap_or(Path::new(""));
        !describes(path) || !with_pages.contains(folder)
    };
    candidates
        .iter()
        .filter(is_selected)
        .map(|path| (*path).clone())
        .collect()
}

fn stem(path: &Path) -> String {
    path.file_stem()
        .map(|stem| stem.to_string_lossy().into_owned())
        .unwrap_or_default()
}

fn is_page(path: &Path) -> bool {
    let extension = path
        .extension()
        .map(|extension| extension.to_string_lossy().to_lowercase());
    extension.is_some_and(|extension| ["md", "markdown", "mdx"].contains(&extension.as_str()))
}

/// Whether a page describes its folder.
fn describes(path: &Path) -> bool {
    is_page(path) && (is_index(&stem(path)) || stem(path).eq_ignore_ascii_case("README"))
}
