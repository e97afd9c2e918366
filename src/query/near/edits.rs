//! How many edits lie between two spellings.
//!
//! Owns what can be told without comparing letter by letter; the distance itself is strsim's.

/// The optimal string alignment distance (insertions, omissions, substitutions, transpositions of
/// neighbours; Damerau, 1964) if it is at most `most`.
///
/// What both have in common at their ends changes nothing and is left out, and a difference in which
/// letters occur is a bound from below, so that most pairs need no table.
pub(super) fn within(a: &str, b: &str, most: usize) -> Option<usize> {
    let (a, b) = unlike(a, b);
    if a.is_empty() || b.is_empty() {
        let edits = a.chars().count().max(b.chars().count());
        return (edits <= most).then_some(edits);
    }
    let letter = if a.is_ascii() && b.is_ascii() {
        1
    } else {
        LONGEST_LETTER
    };
    if at_least(a.as_bytes(), b.as_bytes()) > most * letter {
        return None;
    }
    let edits = strsim::osa_distance(a, b);
    (edits <= most).then_some(edits)
}

/// An edit of a letter changes at most so many bytes.
const LONGEST_LETTER: usize = 4;

/// The parts between the common beginning and the common end.
fn unlike<'t>(a: &'t str, b: &'t str) -> (&'t str, &'t str) {
    let (x, y) = (a.as_bytes(), b.as_bytes());
    let same = x.iter().zip(y).take_while(|(x, y)| x == y).count();
    let start = (0..=same)
        .rev()
        .find(|&at| a.is_char_boundary(at) && b.is_char_boundary(at));
    let start = start.unwrap_or(0);
    let (a, b) = (
        a.get(start..).unwrap_or_default(),
        b.get(start..).unwrap_or_default(),
    );
    let (x, y) = (a.as_bytes(), b.as_bytes());
    let same = x
        .iter()
        .rev()
        .zip(y.iter().rev())
        .take_while(|(x, y)| x == y)
        .count();
    let whole = |at: &usize| a.is_char_boundary(a.len() - at) && b.is_char_boundary(b.len() - at);
    let end = (0..=same).rev().find(whole).unwrap_or(0);
    (
        a.get(..a.len() - end).unwrap_or_default(),
        b.get(..b.len() - end).unwrap_or_default(),
    )
}

/// The bytes that only one of the two has, or only the other, whichever are more: each edit removes
/// at most those of one letter from either.
fn at_least(a: &[u8], b: &[u8]) -> usize {
    let mut left = [0_u16; 64];
    for byte in a {
        left[usize::from(byte & 63)] += 1;
    }
    let mut shared = 0;
    for byte in b {
        let left = &mut left[usize::from(byte & 63)];
        if *left > 0 {
            *left -= 1;
            shared += 1;
        }
    }
    a.len().max(b.len()) - shared
}

#[cfg(test)]
mod tests {
    use super::within;

    #[test]
    fn the_short_cuts_change_nothing() {
        let words = [
            "",
            "a",
            "ab",
            "ba",
            "abc",
            "acb",
            "cab",
            "token",
            "taken",
            "tokne",
            "tokens",
            "layer",
            "lawyer",
            "layers",
            "ällo",
            "allo",
            "aällo",
            "hallucination",
            "halucinaiton",
        ];
        for a in words {
            for b in words {
                let edits = strsim::osa_distance(a, b);
                for most in 0..4 {
                    let expected = (edits <= most).then_some(edits);
                    assert_eq!(within(a, b, most), expected, "{a} {b} {most}");
                }
            }
        }
    }
}
