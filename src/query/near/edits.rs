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
    if at_least(a, b) > most {
        return None;
    }
    let edits = strsim::osa_distance(a, b);
    (edits <= most).then_some(edits)
}

/// The parts between the common beginning and the common end.
fn unlike<'t>(a: &'t str, b: &'t str) -> (&'t str, &'t str) {
    let same = a.chars().zip(b.chars()).take_while(|(x, y)| x == y);
    let start: usize = same.map(|(c, _)| c.len_utf8()).sum();
    let (a, b) = (
        a.get(start..).unwrap_or_default(),
        b.get(start..).unwrap_or_default(),
    );
    let same = a.chars().rev().zip(b.chars().rev());
    let end: usize = same
        .take_while(|(x, y)| x == y)
        .map(|(c, _)| c.len_utf8())
        .sum();
    (
        a.get(..a.len() - end).unwrap_or_default(),
        b.get(..b.len() - end).unwrap_or_default(),
    )
}

/// The larger of the numbers of letters that only one of the two has: each edit removes at most one
/// from either.
fn at_least(a: &str, b: &str) -> usize {
    let mut surplus = [0_i16; 64];
    for byte in a.bytes() {
        surplus[usize::from(byte & 63)] += 1;
    }
    for byte in b.bytes() {
        surplus[usize::from(byte & 63)] -= 1;
    }
    if !(a.is_ascii() && b.is_ascii()) {
        return 0;
    }
    let only = |sign: i16| -> i16 { surplus.iter().map(|&n| (n * sign).max(0)).sum() };
    usize::from(only(1).max(only(-1)).unsigned_abs())
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
