//! Eight bytes at a time: where a cell ends, and hashes of short texts.

/// A factor whose multiples spread: 2⁶⁴ over the golden ratio.
const SPREAD: u64 = 0x9E37_79B9_7F4A_7C15;

const EACH: u64 = 0x0101_0101_0101_0101;
const HIGH: u64 = 0x8080_8080_8080_8080;

/// Eight bytes from a place on; nought where there are not as many left.
#[inline]
pub(crate) fn word(block: &[u8], at: usize) -> u64 {
    block
        .get(at..)
        .and_then(|rest| rest.first_chunk::<8>())
        .map_or(0, |eight| u64::from_le_bytes(*eight))
}

/// The high bits of the bytes of a word that equal one; of several only the first is sure.
#[inline]
const fn equal(word: u64, byte: u8) -> u64 {
    let differ = word ^ (EACH * byte as u64);
    differ.wrapping_sub(EACH) & !differ & HIGH
}

/// How many bytes of a word lie before the first that equals one; none: it has none.
#[inline]
pub(crate) const fn before(word: u64, byte: u8) -> Option<u32> {
    let found = equal(word, byte);
    if found == 0 {
        None
    } else {
        Some(found.trailing_zeros() / 8)
    }
}

/// The first bytes of a word.
#[inline]
pub(crate) const fn first(word: u64, bytes: u32) -> u64 {
    if bytes >= 8 {
        word
    } else {
        word & ((1 << (8 * bytes)) - 1)
    }
}

/// Where a cell that begins here ends, and whether its row goes on behind it; none: the row does not
/// end within the block, or holds a byte that no text has.
#[inline]
pub(crate) fn cell_end(block: &[u8], from: usize) -> Option<(usize, bool)> {
    let mut at = from;
    loop {
        let word = word(block, at);
        // Bytes below `-`, which holds the comma, the line feed and nought; all are ASCII.
        let mut low = !((word | HIGH) - EACH * 0x2D) & HIGH & !word;
        while low != 0 {
            let here = at + (low.trailing_zeros() / 8) as usize;
            match block.get(here) {
                Some(b',') => return Some((here, true)),
                Some(b'\n') => return Some((here, false)),
                None | Some(0) => return None,
                Some(_) => low &= low - 1,
            }
        }
        at += 8;
    }
}

/// One more word of a text that is hashed.
#[inline]
pub(crate) const fn mixed(hash: u64, word: u64) -> u64 {
    let product = (hash ^ word).wrapping_mul(SPREAD);
    product ^ (product >> 29)
}

/// A hash of a text, the same in every run.
pub(crate) fn hash(text: &[u8]) -> u64 {
    let mut words = text.chunks_exact(8);
    let mut hash = mixed(0, text.len() as u64);
    for eight in &mut words {
        hash = mixed(hash, word(eight, 0));
    }
    let mut last = [0; 8];
    for (to, from) in last.iter_mut().zip(words.remainder()) {
        *to = *from;
    }
    mixed(hash, u64::from_le_bytes(last))
}

#[cfg(test)]
mod tests {
    use super::{before, cell_end, first, word};
    use proptest::prelude::*;

    #[test]
    fn a_cell_ends_at_comma_or_line_feed() {
        let block = b"a \"b\",-.\xE5\xAF\xB9,123456789\n\0\0\0\0\0\0\0\0";
        assert_eq!(cell_end(block, 0), Some((5, true)));
        assert_eq!(cell_end(block, 6), Some((11, true)));
        assert_eq!(cell_end(block, 12), Some((21, false)));
        assert_eq!(cell_end(b"open\0\0\0\0\0\0", 0), None);
    }

    proptest! {
        #[test]
        fn the_first_of_a_byte_is_found(bytes: [u8; 8], byte: u8) {
            let expected = bytes.iter().position(|other| *other == byte);
            let found = before(word(&bytes, 0), byte).map(|at| at as usize);
            prop_assert_eq!(found, expected);
        }

        #[test]
        fn cells_end_where_a_plain_search_says(mut block: Vec<u8>) {
            block.extend([0; 16]);
            let plain = block.iter().position(|byte| matches!(byte, b',' | b'\n' | 0));
            let plain = plain.filter(|at| block[*at] != 0).map(|at| (at, block[at] == b','));
            prop_assert_eq!(cell_end(&block, 0), plain);
        }

        #[test]
        fn the_first_bytes_are_kept(bytes: [u8; 8], count in 0_u32..=8) {
            let mut kept = bytes;
            kept[count as usize..].fill(0);
            prop_assert_eq!(first(word(&bytes, 0), count), u64::from_le_bytes(kept));
        }
    }
}
