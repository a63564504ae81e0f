//! Share codes, which replay the questions of a game.

use rand::RngExt;
use rand_chacha::ChaCha8Rng;

/// The letters of share codes: none that looks like a digit.
const CODE_LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// The length of a share code: 40 bits.
const CODE_LENGTH: usize = 8;

/// A fresh share code in Crockford's base 32: <https://www.crockford.com/base32.html>.
pub(super) fn new_code(luck: &mut ChaCha8Rng) -> String {
    (0..CODE_LENGTH)
        .map(|_| char::from(CODE_LETTERS[luck.random_range(0..CODE_LETTERS.len())]))
        .collect()
}

/// A share code as a member typed it: any case, hyphens and spaces, O for 0, I and L for 1.
pub(super) fn read_code(typed: &str) -> Option<String> {
    let code: String = typed
        .chars()
        .filter(|c| !matches!(c, ' ' | '-'))
        .map(|c| match c.to_ascii_uppercase() {
            'O' => '0',
            'I' | 'L' => '1',
            c => c,
        })
        .collect();
    let known = code.len() == CODE_LENGTH && code.bytes().all(|b| CODE_LETTERS.contains(&b));
    known.then_some(code)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::SeedableRng;

    #[test]
    fn codes_are_read_as_members_type_them() {
        let mut luck = ChaCha8Rng::seed_from_u64(7);
        for _ in 0..200 {
            let code = new_code(&mut luck);
            assert_eq!(read_code(&code), Some(code.clone()));
            let typed = format!(" {}-{} ", code[..4].to_lowercase(), &code[4..]);
            let confused = typed.replace('0', "o").replace('1', "l");
            assert_eq!(read_code(&confused), Some(code));
        }
        for wrong in ["", "ABC", "ABCDEFGHJ", "ABCDEFG!", "ABCDEFGU", "ÄBCDEFG"] {
            assert_eq!(read_code(wrong), None, "{wrong}");
        }
    }
}
