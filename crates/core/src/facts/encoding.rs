//! Decodes the bytes of a file into text.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

/// Why bytes cannot be read as text.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotText {
    /// Two bytes per character, the way some Windows programs save "Unicode".
    #[error("the file is UTF-16; save it as UTF-8 (in a spreadsheet: CSV UTF-8)")]
    Utf16,
    /// One byte per letter, the way older Windows programs save.
    #[error(
        "line {line}: the file is not UTF-8 but probably Windows-1252 or similar; save it as UTF-8 (in a spreadsheet: CSV UTF-8)"
    )]
    OneByte {
        /// The line of the first byte that is invalid in UTF-8.
        line: usize,
    },
    /// An image, an archive or similar.
    #[error("this is not a text file; choose the JSON, YAML or CSV file itself")]
    Binary,
    /// It contains bytes that do not exist in this encoding.
    #[error(
        "the file is not {name}; name another encoding, or save it as UTF-8 (in a spreadsheet: CSV UTF-8)"
    )]
    Not {
        /// The encoding.
        name: &'static str,
    },
    /// There is no encoding with this name.
    #[error("no encoding has that name; write one like UTF-8, UTF-16, Windows-1252 or ISO-8859-2")]
    UnknownEncoding,
}

/// The text of a file in UTF-8, without the byte-order mark that some editors add.
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

/// A decoded text, and its encoding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded {
    /// The text, without a byte-order mark.
    pub text: String,
    /// The encoding, if it was only guessed and should be checked by a person:
    /// <https://encoding.spec.whatwg.org/#names-and-labels>.
    pub guess: Option<&'static str>,
}

/// The text of a file in any encoding of the web: the named one if there is a name, otherwise the
/// one its first bytes declare, otherwise UTF-8, otherwise the likeliest.
///
/// # Errors
/// [`NotText`] if the file is not text, or not in the named encoding.
pub fn decode(bytes: &[u8], named: Option<&str>) -> Result<Decoded, NotText> {
    if let Some(label) = named.filter(|label| !label.trim().is_empty()) {
        let encoding = named_encoding(label, bytes).ok_or(NotText::UnknownEncoding)?;
        return sure(bytes, encoding);
    }
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return sure(bytes, encoding);
    }
    if is_wide(bytes) {
        return sure(bytes, wide(bytes));
    }
    match text_of(bytes.to_vec()) {
        Err(NotText::OneByte { .. }) => {}
        read => return read.map(|text| Decoded { text, guess: None }),
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let encoding = detector.guess(None, Utf8Detection::Deny);
    let Decoded { text, .. } = sure(bytes, encoding)?;
    let guess = Some(encoding.name());
    Ok(Decoded { text, guess })
}

/// The encoding with this name. "UTF-16" alone does not say which byte comes first.
fn named_encoding(label: &str, bytes: &[u8]) -> Option<&'static Encoding> {
    let label = label.trim();
    if label.eq_ignore_ascii_case("utf-16") || label.eq_ignore_ascii_case("utf16") {
        let by_mark = Encoding::for_bom(bytes).map(|(encoding, _)| encoding);
        return Some(
            by_mark
                .filter(|by_mark| *by_mark != UTF_8)
                .unwrap_or(wide(bytes)),
        );
    }
    Encoding::for_label_no_replacement(label.as_bytes())
}

/// The text, if all of it is valid in this encoding.
fn sure(bytes: &[u8], encoding: &'static Encoding) -> Result<Decoded, NotText> {
    let (text, is_broken) = encoding.decode_with_bom_removal(bytes);
    let is_control = |c: char| {
        c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\u{C}' | '\u{80}'..='\u{9F}')
    };
    if is_broken || text.contains(is_control) {
        let name = encoding.name();
        return Err(NotText::Not { name });
    }
    Ok(Decoded {
        text: text.into_owned(),
        guess: None,
    })
}

/// Which kind of UTF-16 a text is, judged by the side on which most of its Latin letters, spaces
/// and line breaks are.
fn wide(bytes: &[u8]) -> &'static Encoding {
    let zeros = |from: usize| {
        let half = bytes.iter().skip(from).step_by(2);
        half.filter(|byte| **byte == 0).count()
    };
    if zeros(0) > zeros(1) {
        UTF_16BE
    } else {
        UTF_16LE
    }
}

/// A text without its byte-order mark, if it has one.
pub(crate) fn unmarked_start(text: &str) -> &str {
    text.strip_prefix('\u{FEFF}').unwrap_or(text)
}

/// Whether every other byte at the start is zero, as in UTF-16 without a byte-order mark.
fn is_wide(bytes: &[u8]) -> bool {
    let start = &bytes[..bytes.len().min(64)];
    let zeros = |from: usize| start.iter().skip(from).step_by(2).all(|byte| *byte == 0);
    start.len() >= 4 && (zeros(0) || zeros(1)) && !start.iter().all(|byte| *byte == 0)
}

#[cfg(test)]
mod tests {
    use super::{Decoded, NotText, decode, text_of};

    fn utf16(text: &str) -> Vec<u8> {
        text.encode_utf16().flat_map(u16::to_le_bytes).collect()
    }

    #[test]
    fn encodings_are_distinguished() {
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
    }

    #[test]
    fn any_encoding_is_read_and_a_guess_is_reported() {
        let text = "Frage;Antwort\nWie heißt der Film über ein Mädchen?;Amélie\nWie lautet das Stück für Flöte?;Die Zauberflöte\n";
        let be: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        let latin: Vec<u8> = text
            .chars()
            .map(|c| u8::try_from(c).expect("a letter of Latin-1"))
            .collect();
        let known = |guess| {
            Ok(Decoded {
                text: text.to_owned(),
                guess,
            })
        };
        for (bytes, named, guess) in [
            (text.as_bytes().to_vec(), None, None),
            (format!("\u{FEFF}{text}").into_bytes(), None, None),
            (utf16(text), None, None),
            (utf16(&format!("\u{FEFF}{text}")), None, None),
            (utf16(&format!("\u{FEFF}{text}")), Some("UTF-16"), None),
            (be.clone(), None, None),
            (be, Some("utf-16"), None),
            (latin.clone(), None, Some("windows-1252")),
            (latin.clone(), Some("Windows-1252"), None),
        ] {
            assert_eq!(decode(&bytes, named), known(guess), "{named:?}");
        }
        let not = |bytes: Vec<u8>, named| decode(&bytes, named).expect_err("no text").to_string();
        assert!(not(latin.clone(), Some("utf-8")).contains("the file is not UTF-8"));
        assert!(not(latin, Some("klingon")).contains("no encoding has that name"));
        assert_eq!(decode(b"\x89PNG\r\n\x1A\n\0\0", None), Err(NotText::Binary));
    }
}
