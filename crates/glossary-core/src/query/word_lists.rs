//! The word lists in `data/`: a word or a phrase a line, in sections that begin with `[name]`.

/// The lines of a section, without blank ones and comments, which begin with `# `.
pub(super) fn section(list: &'static str, name: &str) -> impl Iterator<Item = &'static str> {
    list.lines()
        .skip_while(move |line| heading(line) != Some(name))
        .skip(1)
        .take_while(|line| heading(line).is_none())
        .filter(|line| !line.is_empty() && !line.starts_with("# "))
}

fn heading(line: &str) -> Option<&str> {
    line.strip_prefix('[')?.strip_suffix(']')
}
