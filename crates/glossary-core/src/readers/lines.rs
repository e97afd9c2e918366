//! Text that is rewritten step by step while each line keeps its number in the file.

/// A text and, for each of its lines, the line of the file that it comes from, counted from 1.
#[derive(Debug, Clone)]
pub(super) struct Lines {
    text: String,
    /// Where each line begins, in bytes, and its number.
    starts: Vec<(usize, usize)>,
}

impl Default for Lines {
    fn default() -> Self {
        Self {
            text: String::new(),
            starts: vec![(0, 1)],
        }
    }
}

impl Lines {
    /// A text as it is in the file, from a line on.
    pub(super) fn new(text: &str, first: usize) -> Self {
        let mut lines = Self::default();
        for (number, line) in (first..).zip(text.split_inclusive('\n')) {
            lines.push(line, number);
        }
        lines
    }

    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// The line of the file at a byte of the text.
    pub(super) fn number(&self, byte: usize) -> usize {
        let line = self.starts.partition_point(|(start, _)| *start <= byte);
        self.starts
            .get(line.saturating_sub(1))
            .map_or(1, |(_, number)| *number)
    }

    /// The line of the file at the end of the text.
    pub(super) fn last_number(&self) -> usize {
        self.number(self.text.len())
    }

    /// The lines with their numbers, without their ends.
    pub(super) fn iter(&self) -> impl Iterator<Item = (usize, &str)> {
        let lines = self.text.lines();
        self.starts.iter().map(|(_, number)| *number).zip(lines)
    }

    /// Appends text that comes from a line of the file.
    pub(super) fn push(&mut self, text: &str, number: usize) {
        let end = self.text.len();
        if let Some((_, last)) = self.starts.last_mut().filter(|(start, _)| *start == end) {
            *last = number;
        }
        let breaks = text.match_indices('\n');
        self.starts
            .extend(breaks.map(|(at, _)| (end + at + 1, number)));
        self.text.push_str(text);
    }
}

/// The spaces at the beginning of a line.
pub(super) fn indent(line: &str) -> usize {
    line.len() - line.trim_start_matches(' ').len()
}

/// The mark of a fence of code that a line opens, and how often it occurs.
pub(super) fn fence(line: &str) -> Option<(char, usize)> {
    let line = line.trim_start_matches([' ', '>', '-', '*']);
    let mark = line.chars().next().filter(|mark| "`~".contains(*mark))?;
    let info = line.trim_start_matches(mark);
    let length = line.len() - info.len();
    (length >= 3 && !(mark == '`' && info.contains('`'))).then_some((mark, length))
}

/// Whether a line closes a fence.
pub(super) fn closes(line: &str, (mark, length): (char, usize)) -> bool {
    let line = line.trim_matches([' ', '\t', '>', '\n']);
    line.len() >= length && line.chars().all(|c| c == mark)
}

/// Names with indented texts under them, as `reStructuredText` has them, become a definition list.
#[derive(Debug, Default)]
pub(super) struct Definitions {
    /// How far the text of the present name is indented.
    indent: Option<usize>,
    after_name: bool,
}

impl Definitions {
    /// Whether the present line is a part of a text under a name.
    pub(super) fn is_in_text(&self) -> bool {
        self.indent.is_some()
    }

    /// The line in a definition list of Markdown.
    pub(super) fn line(&mut self, line: &str) -> String {
        let (indent, text) = (indent(line), line.trim_start());
        if text.is_empty() {
            self.after_name = false;
            return String::new();
        }
        if indent == 0 {
            self.indent = None;
            self.after_name = ![": ", "- ", "* ", "#. ", "1. "]
                .iter()
                .any(|mark| text.starts_with(mark));
            return line.to_string();
        }
        if self.after_name && !text.starts_with(": ") {
            self.indent = Some(indent);
        }
        let is_first = std::mem::take(&mut self.after_name) && self.indent.is_some();
        let own = self.indent.map_or(0, |own| indent.min(own));
        match self.indent {
            Some(_) if is_first => format!(": {text}"),
            Some(_) => format!("  {}", &line[own..]),
            None => line.to_string(),
        }
    }
}
