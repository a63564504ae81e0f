//! Makes text from packs and members harmless inside a message.

/// Escapes Discord's markdown, so that foreign text shows as it was written and can neither
/// format, link, mention nor break out of what surrounds it.
///
/// Line breaks become spaces; control and invisible formatting characters (bidirectional
/// overrides, zero-width characters) are dropped.
#[must_use]
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            '\n' | '\r' | '\t' => out.push(' '),
            '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{2069}'
            | '\u{feff}' => {}
            c if c.is_control() => {}
            '\\' | '*' | '_' | '~' | '`' | '|' | '>' | '<' | '#' | '[' | ']' | '(' | ')' | '@'
            | ':' | '-' => {
                // A letter-joined hyphen or colon formats nothing, and escaping it would only
                // make the raw text longer.
                if matches!(c, '-' | ':' | '(' | ')' | '#' | '>')
                    && !out.is_empty()
                    && !starts_markup(&out, c)
                {
                    out.push(c);
                } else {
                    out.push('\\');
                    out.push(c);
                }
            }
            c => out.push(c),
        }
    }
    out
}

/// Whether `c` could begin or close markup after what has been written so far.
fn starts_markup(written: &str, c: char) -> bool {
    match c {
        // List items, headings and quotes count at the start of a line only.
        '-' | '#' | '>' => written.trim_end().is_empty(),
        // "://" would make a bare address a link.
        ':' => written.ends_with("http") || written.ends_with("https"),
        // "](" would make a masked link; the bracket before it is escaped already.
        _ => false,
    }
}

/// Cuts to at most `max` characters, ending in "…" where something was cut.
#[must_use]
pub fn clip(text: &str, max: usize) -> String {
    if text.chars().count() <= max {
        return text.to_owned();
    }
    let mut out: String = text.chars().take(max.saturating_sub(1)).collect();
    out.push('…');
    out
}
