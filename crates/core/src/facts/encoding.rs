//! From the bytes of a file to its text.

/// Why bytes are no text that can be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotText {
    /// Two bytes a character, as some Windows programs save "Unicode".
    #[error("the file is UTF-16; save it as UTF-8 (in a spreadsheet: CSV UTF-8)")]
    Utf16,
    /// One byte a letter, as older Windows programs save.
    #[error(
        "line {line}: the file is not UTF-8 but most likely Windows-1252 or a relative of it; save it as UTF-8 (in a spreadsheet: CSV UTF-8)"
    )]
    OneByte {
        /// Where the first byte stands that UTF-8 does not have there.
        line: usize,
    },
    /// A picture, an archive or the like.
    #[error("this is no text file; choose the JSON, YAML or CSV file itself")]
    Binary,
}

impl NotText {
    /// What is wrong, and how to mend it.
    #[must_use]
    pub fn parts(&self) -> (String, String) {
        let whole = self.to_string();
        match whole.split_once("; ") {
            Some((what, mend)) => (what.to_owned(), mend.to_owned()),
            None => (whole, String::new()),
        }
    }
}

/// The text of a file in UTF-8, without the mark of its encoding that some editors begin it with.
///
/// # Errors
/// [`NotText`], which names the encoding that it seems to be in.
pub fn text_of(bytes: Vec<u8>) -> Result<String, NotText> {
    if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) || is_wide(&bytes) {
        return Err(NotText::Utf16);
    }
    if bytes.contains(&0) {
        return Err(NotText::Binary);
    }
    match String::from_utf8(bytes) {
        Ok(text) => Ok(unmarked_start(&text).to_owned()),
        Err(error) => {
            let good = error.utf8_error().valid_up_to();
            let bytes = error.as_bytes();
            let lines = bytes[..good].split(|byte| *byte == b'\n').count();
            let is_control =
                |byte: &u8| *byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r' | 0x0C);
            if bytes.iter().any(is_control) {
                return Err(NotText::Binary);
            }
            Err(NotText::OneByte { line: lines })
        }
    }
}

/// A text without the byte-order mark that it may begin with.
pub(crate) fn unmarked_start(text: &str) -> &str {
    text.strip_prefix('\u{FEFF}').unwrap_or(text)
}

/// Whether every other byte of the beginning is zero, as in UTF-16 without its mark.
fn is_wide(bytes: &[u8]) -> bool {
    let start = &bytes[..bytes.len().min(64)];
    let zeros = |from: usize| start.iter().skip(from).step_by(2).all(|byte| *byte == 0);
    start.len() >= 4 && (zeros(0) || zeros(1)) && !start.iter().all(|byte| *byte == 0)
}

#[cfg(test)]
mod tests {
    use super::{NotText, text_of};

    #[test]
    fn encodings_are_told_apart() {
        let utf16 =
            |text: &str| -> Vec<u8> { text.encode_utf16().flat_map(u16::to_le_bytes).collect() };
        assert_eq!(text_of(b"\xEF\xBB\xBFid".to_vec()), Ok("id".to_owned()));
        assert_eq!(text_of("Amélie".into()), Ok("Amélie".to_owned()));
        assert_eq!(text_of(utf16("\u{FEFF}question")), Err(NotText::Utf16));
        assert_eq!(text_of(utf16("question,answer")), Err(NotText::Utf16));
        assert_eq!(
            text_of(b"a\nAm\xE9lie".to_vec()),
            Err(NotText::OneByte { line: 2 })
        );
        assert_eq!(
            text_of(b"\x89PNG\r\n\x1A\n\0\0".to_vec()),
            Err(NotText::Binary)
        );
        let (what, mend) = NotText::OneByte { line: 2 }.parts();
        assert!(what.contains("line 2") && mend.contains("UTF-8"));
    }
}
