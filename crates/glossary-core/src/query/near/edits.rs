//! How many edits lie between two spellings.
//!
//! Owns what can be told faster than by the distance; the distance itself is strsim's.

/// A spelling to compare others with.
pub(super) struct Spelling<'t> {
    text: &'t str,
    length: usize,
    /// Where each letter stands, a bit a place; letters that share a number are taken for the same.
    places: [u64; NUMBERS],
}

/// The numbers of letters.
const NUMBERS: usize = 64;

impl<'t> Spelling<'t> {
    /// Of a text.
    pub(super) fn of(text: &'t str) -> Self {
        let mut places = [0; NUMBERS];
        let mut length = 0;
        for c in text.chars() {
            places[c as usize % NUMBERS] |= 1_u64.checked_shl(length).unwrap_or(0);
            length += 1;
        }
        Self {
            text,
            length: length as usize,
            places,
        }
    }

    /// The optimal string alignment distance (insertions, omissions, substitutions, transpositions of
    /// neighbours; Damerau, 1964) if it is at most `most`.
    pub(super) fn within(&self, other: &str, most: usize) -> Option<usize> {
        if self.at_least(other) > most {
            return None;
        }
        let edits = strsim::osa_distance(self.text, other);
        (edits <= most).then_some(edits)
    }

    /// A bound from below: the distance as it would be if all letters of one number were the same. Bits
    /// stand for a column of its table (Hyyrö, 2003: A bit-vector algorithm for computing Levenshtein
    /// and Damerau edit distances).
    fn at_least(&self, other: &str) -> usize {
        let Some(last) = self.length.checked_sub(1).filter(|last| *last < 64) else {
            return 0;
        };
        let mut distance = self.length;
        // Where a column grows downwards, where it falls, where its diagonal stays, and where the letter
        // before stands.
        let (mut more, mut less, mut same, mut before) = (u64::MAX, 0, 0, 0);
        for c in other.chars() {
            let here = self.places[c as usize % NUMBERS];
            let swapped = ((!same & here) << 1) & before;
            same = ((here & more).wrapping_add(more) ^ more) | here | less | swapped;
            let right_more = less | !(same | more);
            let right_less = same & more;
            distance += (right_more >> last & 1) as usize;
            distance -= (right_less >> last & 1) as usize;
            let right_more = right_more << 1 | 1;
            more = right_less << 1 | !(same | right_more);
            less = right_more & same;
            before = here;
        }
        distance
    }
}

#[cfg(test)]
mod tests {
    use super::Spelling;

    #[test]
    fn the_short_cut_changes_nothing() {
        let long = "hallucination".repeat(5);
        let mut words: Vec<String> = [
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
            &long[..62],
            &long[1..64],
            &long[..64],
            &long[1..],
            &long,
        ]
        .map(str::to_string)
        .to_vec();
        // All of up to four letters, of three.
        let mut shorter = vec![String::new()];
        for _ in 0..4 {
            words.append(&mut shorter.clone());
            shorter = shorter
                .iter()
                .flat_map(|word| ["a", "b", "c"].map(|letter| format!("{word}{letter}")))
                .collect();
        }
        words.append(&mut shorter);
        for a in &words {
            let spelling = Spelling::of(a);
            for b in &words {
                let edits = strsim::osa_distance(a, b);
                for most in 0..4 {
                    let expected = (edits <= most).then_some(edits);
                    assert_eq!(spelling.within(b, most), expected, "{a} {b} {most}");
                }
            }
        }
    }
}
