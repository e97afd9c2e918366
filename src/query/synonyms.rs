//! Words that mean nearly the same, for readers who do not know the field's own word.
//!
//! Owns how the list is asked. It must not know which entries there are; the list, `synonyms.txt`, is
//! everyday English beside the words that explanations use, and nothing in it is made for one entry. A
//! line is a group: in it each word may stand for each, and a word may be in several groups.

/// A line for each stem that is in the list, in their order: it, and those that may stand for it. The
/// build makes it from the groups.
const KIN: &str = include_str!(concat!(env!("OUT_DIR"), "/kin.txt"));

/// The stems of the words that may stand for one with this stem.
pub fn of(stem: &str) -> impl Iterator<Item = &'static str> {
    let mut lines = KIN;
    let line = loop {
        let middle = lines.get(..lines.len() / 2).unwrap_or_default();
        let start = middle.rfind('\n').map_or(0, |end| end + 1);
        let (before, rest) = lines.split_at(start);
        let (line, after) = rest.split_once('\n').unwrap_or((rest, ""));
        let own = line.split(' ').next().unwrap_or_default();
        match own.cmp(stem) {
            _ if own.is_empty() => break "",
            std::cmp::Ordering::Equal => break line,
            std::cmp::Ordering::Less => lines = after,
            std::cmp::Ordering::Greater => lines = before,
        }
    };
    line.split(' ').skip(1)
}

#[cfg(test)]
mod tests {
    use super::{KIN, of};

    #[test]
    fn a_word_stands_for_those_of_all_its_groups() {
        assert!(of("pictur").any(|kin| kin == "imag"));
        assert!(of("forecast").any(|kin| kin == "predict"));
        assert!(of("guess").any(|kin| kin == "predict"));
        assert!(of("guess").any(|kin| kin == "estim"));
        assert_eq!(of("xyzzy").count(), 0);
        assert_eq!(of("").count(), 0);
    }

    #[test]
    fn every_stem_is_found() {
        for line in KIN.lines() {
            let (own, kin) = line.split_once(' ').expect("a stem and its kin");
            assert!(of(own).eq(kin.split(' ')), "{line}");
        }
    }
}
