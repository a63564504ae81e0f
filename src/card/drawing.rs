//! The tools for drawing cards: background, fitted text, and styles.
//!
//! Sizes are in pixels of the picture. Discord shows it at about half size, so no text is smaller
//! than 24.

use super::fonts::{FAMILY, Fonts, STRETCH, Weight};
use heat_core::lang::Lang;
use heat_view::card as words;
use heat_view::escape::clip;
use std::fmt::Write as _;

pub(super) const WIDTH: f32 = 1000.0;
/// The margin around all text.
pub(super) const MARGIN: f32 = 48.0;
/// The height of the city's street.
pub(super) const GROUND: f32 = 196.0;

// Every text has a contrast of at least 7 to 1 against its background:
// <https://www.w3.org/TR/WCAG22/#contrast-enhanced>.
pub(super) const WHITE: &str = "#f5f7f8";
pub(super) const PALE: &str = "#c3d0d6";
pub(super) const AMBER: &str = "#ffc069";
pub(super) const DARK: &str = "#12181c";

pub(super) struct Drawing<'a> {
    svg: String,
    pub(super) fonts: &'a Fonts,
    pub(super) lang: Lang,
}

/// What the given x of a text refers to.
#[derive(Clone, Copy)]
pub(super) enum Anchor {
    Start,
    Middle,
    End,
}

/// A text's style.
#[derive(Clone, Copy)]
pub(super) struct Pen {
    pub(super) size: f32,
    weight: Weight,
    colour: &'static str,
    anchor: Anchor,
}

pub(super) const fn pen(size: f32, weight: Weight, colour: &'static str, anchor: Anchor) -> Pen {
    Pen {
        size,
        weight,
        colour,
        anchor,
    }
}

impl<'a> Drawing<'a> {
    /// An empty drawing.
    pub(super) fn new(fonts: &'a Fonts, lang: Lang) -> Self {
        Self {
            svg: String::with_capacity(16 * 1024),
            fonts,
            lang,
        }
    }

    /// The whole document.
    pub(super) fn finish(self, height: f32) -> String {
        format!(
            r#"<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}" viewBox="0 0 {WIDTH} {height}">{}</svg>"#,
            self.svg
        )
    }

    /// Adds to the document. Writing to a text cannot fail.
    pub(super) fn add(&mut self, part: std::fmt::Arguments<'_>) {
        let _ = self.svg.write_fmt(part);
    }

    /// The night, the city and its glow, with rounded corners.
    pub(super) fn ground(&mut self, height: f32) {
        self.add(format_args!(
            r##"<defs><linearGradient id="night" x1="0" y1="0" x2="0" y2="1">
<stop offset="0" stop-color="#0b1b26"/><stop offset="1" stop-color="#101a20"/></linearGradient>
<radialGradient id="glow"><stop offset="0" stop-color="#e8863a" stop-opacity="0.4"/>
<stop offset="0.45" stop-color="#c8603a" stop-opacity="0.18"/><stop offset="1" stop-color="#c8603a" stop-opacity="0"/></radialGradient>
<clipPath id="card"><rect width="{WIDTH}" height="{height}" rx="28"/></clipPath>
<clipPath id="sky"><rect width="{WIDTH}" height="{GROUND}"/></clipPath></defs>
<g clip-path="url(#card)"><rect width="{WIDTH}" height="{height}" fill="url(#night)"/>
<g clip-path="url(#sky)"><circle cx="850" cy="{GROUND}" r="330" fill="url(#glow)"/>"##
        ));
        self.city();
        self.add(format_args!(
            r##"</g><rect y="{GROUND}" width="{WIDTH}" height="3" fill="#e8863a" fill-opacity="0.7"/></g>"##
        ));
    }

    /// Towers with a few lit windows, low behind the name and high at the right.
    fn city(&mut self) {
        let mut x = -6.0;
        for tower in 0_u32..34 {
            let mixed = tower.wrapping_mul(2_654_435_761) >> 16;
            let wide = 24.0 + f32::from(u8::try_from(mixed % 23).unwrap_or(0));
            let rise = f32::from(u8::try_from(mixed / 23 % 29).unwrap_or(0));
            let near = 1.0 - ((x - 800.0) / 900.0_f32).abs();
            let high = 8.0 + 0.6 * rise * near + 22.0 * near.powi(3);
            let top = GROUND - high;
            self.add(format_args!(
                r##"<rect x="{x:.0}" y="{top:.0}" width="{wide:.0}" height="{high:.0}" fill="#0d141a" fill-opacity="0.94"/>"##
            ));
            let mut y = top + 8.0;
            for floor in 0..8_u32 {
                let lit = (mixed ^ floor.wrapping_mul(0x9e37)) % 5;
                if y < GROUND - 8.0 && lit < 2 {
                    let at = x + 6.0 + 8.0 * f32::from(u8::try_from(lit).unwrap_or(0));
                    self.add(format_args!(
                        r##"<rect x="{at:.0}" y="{y:.0}" width="4" height="5" fill="#ffc069" fill-opacity="0.55"/>"##
                    ));
                }
                y += 12.0;
            }
            x += wide + 3.0;
        }
    }

    /// A player's name as the font can write it. If the font lacks its letters, the username is
    /// used instead; the message has the full name.
    pub(super) fn name(&self, name: &str, username: &str) -> String {
        let written = |name: &str| self.fonts.written(name, Weight::Bold);
        written(name)
            .or_else(|| written(username))
            .unwrap_or_else(|| words::player(self.lang))
    }

    /// The first letter of a name on a disc.
    pub(super) fn disc(&mut self, (x, y): (f32, f32), radius: f32, name: &str) {
        let initial: String = name
            .chars()
            .find(|c| c.is_alphanumeric())
            .map(|c| c.to_uppercase().collect())
            .unwrap_or_default();
        self.add(format_args!(
            r#"<circle cx="{x}" cy="{y}" r="{radius}" fill="{AMBER}"/>"#
        ));
        let size = radius * 1.08;
        let letter = pen(size, Weight::Bold, DARK, Anchor::Middle);
        self.text(x, y + size * 0.36, letter, &initial);
    }

    pub(super) fn width(&self, text: &str, look: Pen) -> f32 {
        self.fonts.width(text, look.size, look.weight)
    }

    /// The text at a size that fits, down to two thirds; truncated if that is not enough.
    pub(super) fn fitted(&self, text: &str, look: Pen, room: f32) -> (Pen, String) {
        let wide = self.width(text, look);
        let least = (look.size / 1.5).max(24.0);
        let size = (look.size * room / wide.max(1.0)).clamp(least, look.size);
        let look = Pen { size, ..look };
        let mut cut = text.to_owned();
        for length in (1..=text.encode_utf16().count()).rev() {
            cut = clip(text, length);
            if self.width(&cut, look) <= room {
                break;
            }
        }
        (look, cut)
    }

    pub(super) fn text(&mut self, x: f32, y: f32, look: Pen, text: &str) {
        let Pen {
            size,
            weight,
            colour,
            anchor,
        } = look;
        let (weight, anchor) = (weight.name(), anchor.name());
        self.add(format_args!(
            r#"<text x="{x:.1}" y="{y:.1}" font-family="{FAMILY}" font-stretch="{STRETCH}" font-size="{size:.1}" font-weight="{weight}" fill="{colour}" text-anchor="{anchor}">{}</text>"#,
            escaped(text)
        ));
    }
}

impl Anchor {
    fn name(self) -> &'static str {
        match self {
            Self::Start => "start",
            Self::Middle => "middle",
            Self::End => "end",
        }
    }
}

/// Text escaped for XML. What XML cannot represent, such as control characters, is dropped.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&apos;"),
            '\u{fffe}' | '\u{ffff}' => {}
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}
