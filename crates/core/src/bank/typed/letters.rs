//! Words in the forms used for comparing: with their own letters, and with common simplifications.

use crate::facts::unmarked;
use unicode_normalization::UnicodeNormalization;

/// One word of an answer, in lower case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Word {
    /// As written.
    pub text: String,
    /// Without accents: "köln" becomes "koln".
    pub plain: String,
    /// With umlauts as two letters: "köln" becomes "koeln".
    pub wide: String,
    /// Whether it began with a capital.
    pub is_capital: bool,
}

impl Word {
    pub fn new(written: &str) -> Self {
        let text: String = written.to_lowercase().nfc().collect();
        Self {
            plain: plain(&text),
            wide: wide(&text),
            text,
            is_capital: written.starts_with(char::is_uppercase),
        }
    }

    /// Several words written as one.
    pub fn joined(words: &[&Self]) -> Self {
        let join = |part: fn(&Self) -> &str| words.iter().copied().map(part).collect::<String>();
        Self {
            text: join(|word| &word.text),
            plain: join(|word| &word.plain),
            wide: join(|word| &word.wide),
            is_capital: words.first().is_some_and(|word| word.is_capital),
        }
    }

    /// Whether it has an accent that does not make another letter. Leaving it out is forgiven;
    /// another accent is not ("avô" for "avó").
    pub fn has_accent(&self) -> bool {
        let is_accent = |c: char| {
            let is_letter = matches!(c, 'ä' | 'ö' | 'ü' | 'å' | 'ø' | 'æ' | 'œ' | 'ß');
            ('\u{C0}'..='\u{24F}').contains(&c) && !is_letter
        };
        self.text.chars().any(is_accent)
    }

    /// The letters as a question about a language compares them. Only accents that do not make a
    /// different letter are ignored, and umlauts may be written as two letters.
    pub fn strict(&self) -> String {
        let mut kept = String::with_capacity(self.text.len());
        for c in self.text.chars() {
            match c {
                'ñ' | 'ş' | 'ğ' | 'ł' | 'ı' | 'č' | 'š' | 'ž' | 'ő' | 'ű' => {
                    kept.push(c);
                    // Marks a letter whose accent is about to be removed.
                    kept.push('~');
                }
                c => kept.push(c),
            }
        }
        wide(&kept)
    }
}

/// Letters without accents; those that Unicode does not decompose become what people type for them.
pub(super) fn plain(text: &str) -> String {
    if text.is_ascii() {
        return text.to_owned();
    }
    let bare = unmarked(text);
    let mut kana = bare
        .chars()
        .filter(|c| matches!(c, '\u{3041}'..='\u{30FA}'));
    // A single kana may be the very thing asked for; in a word, both kinds of kana are equal.
    let has_kana = kana.next().is_some() && kana.next().is_some();
    let mut plain = String::with_capacity(bare.len());
    for c in bare.chars() {
        match c {
            'ß' => plain.push_str("ss"),
            'æ' => plain.push_str("ae"),
            'œ' => plain.push_str("oe"),
            'ø' => plain.push('o'),
            'ł' => plain.push('l'),
            'đ' | 'ð' => plain.push('d'),
            'þ' => plain.push_str("th"),
            'ı' => plain.push('i'),
            'ς' => plain.push('σ'),
            // Persian and final forms of Arabic letters, and the stroke that only stretches a word.
            'ى' | 'ی' => plain.push('ي'),
            'ک' => plain.push('ك'),
            'ة' => plain.push('ه'),
            'ـ' => {}
            '\u{3041}'..='\u{3096}' if has_kana => {
                plain.push(char::from_u32(u32::from(c) + 0x60).unwrap_or(c));
            }
            c => plain.push(c),
        }
    }
    plain
}

/// Letters without accents; umlauts and similar become two letters.
fn wide(text: &str) -> String {
    if text.is_ascii() {
        return text.to_owned();
    }
    let mut wide = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            'ä' => wide.push_str("ae"),
            'ö' | 'ø' => wide.push_str("oe"),
            'ü' => wide.push_str("ue"),
            'å' => wide.push_str("aa"),
            c => wide.push(c),
        }
    }
    plain(&wide)
}

#[cfg(test)]
mod tests {
    use super::Word;

    #[test]
    fn umlauts_are_left_out_or_written_as_two_letters() {
        let word = Word::new("Köln");
        assert_eq!((&*word.plain, &*word.wide), ("koln", "koeln"));
        assert_eq!(word.strict(), Word::new("Koeln").strict());
        assert_ne!(word.strict(), Word::new("Koln").strict());
        assert_ne!(Word::new("año").strict(), Word::new("ano").strict());
        assert_eq!(Word::new("café").strict(), Word::new("cafe").strict());
    }
}
