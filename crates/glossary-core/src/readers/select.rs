//! Which files of a folder are read: not those that every repository has beside its glossary.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use super::words::is_in;
use super::{is_index, is_read};

/// Folders that no glossary is in.
const FOLDERS: &str = "node_modules _site _layouts _includes _templates _drafts";

/// Stems of files of a repository, in capitals.
const STEMS: &str = "LICENSE LICENCE COPYING NOTICE CONTRIBUTING CODE_OF_CONDUCT CHANGELOG CHANGES HISTORY \
    SECURITY SUPPORT GOVERNANCE MAINTAINERS AUTHORS SUMMARY TEMPLATE";

/// Whether a walk enters a folder of this name.
#[must_use]
pub fn is_entered(name: &str) -> bool {
    !name.starts_with('.') && !is_in(name, FOLDERS)
}

/// Whether a file may be one of a glossary in whose folder it is.
#[must_use]
pub fn is_candidate(path: &Path) -> bool {
    let stem = path
        .file_stem()
        .and_then(|stem| stem.to_str())
        .unwrap_or_default();
    let is_passed_over =
        stem.starts_with('.') || stem.starts_with('_') && stem != "_index" || is_in(stem, STEMS);
    is_read(path) && !is_passed_over
}

/// The files to read of those in a folder, by their paths in it: an `index` or `README` describes the
/// folder that it is in, unless there is no other page in that and below it.
#[must_use]
pub fn select(paths: &[PathBuf]) -> Vec<PathBuf> {
    let stem = |path: &Path| {
        path.file_stem()
            .map(|stem| stem.to_string_lossy().into_owned())
            .unwrap_or_default()
    };
    let is_page = |path: &Path| {
        let extension = path
            .extension()
            .map(|extension| extension.to_string_lossy().to_lowercase());
        extension.is_some_and(|extension| is_in(&extension, "md markdown mdx rst"))
    };
    let is_readme = |path: &Path| stem(path).eq_ignore_ascii_case("README");
    let describes = |path: &Path| is_page(path) && (is_index(&stem(path)) || is_readme(path));
    let candidates: Vec<&PathBuf> = paths
        .iter()
        .filter(|path| is_candidate(path))
        .filter(|path| {
            path.parent().is_none_or(|parent| {
                parent
                    .iter()
                    .all(|name| is_entered(&name.to_string_lossy()))
            })
        })
        .collect();
    // Folders with a page in them or below; for an index, those of its own folder and deeper ones count.
    let mut with_pages: HashSet<&Path> = HashSet::new();
    let mut with_index: HashSet<&Path> = HashSet::new();
    for path in &candidates {
        let mut folders = path.ancestors().skip(1);
        if is_page(path) && !describes(path) {
            with_pages.extend(folders);
        } else if is_page(path) && is_index(&stem(path)) {
            let own = folders.next();
            with_index.extend(own);
            with_pages.extend(folders);
        }
    }
    let is_selected = |path: &&&PathBuf| {
        let folder = path.parent().unwrap_or(Path::new(""));
        !describes(path)
            || !with_pages.contains(folder) && !(is_readme(path) && with_index.contains(folder))
    };
    candidates
        .iter()
        .filter(is_selected)
        .map(|path| (*path).clone())
        .collect()
}
