//! Lays out a sheet as SVG: the member with points and ranks above a city at night, the figures,
//! and a bar for each topic.
//!
//! Sizes are in pixels of the picture, which Discord shows at about half size: no text is smaller
//! than 24.

use super::fonts::{FAMILY, Fonts, STRETCH, Weight};
use heat_view::escape::clip;
use heat_view::stats::{Figure, Sheet, TopicLine};
use std::fmt::Write as _;

const WIDTH: f32 = 1000.0;
/// The margin around all text.
const MARGIN: f32 = 48.0;
/// The most topics on a card; the message has all.
const TOPICS_MAX: usize = 6;
/// The maximum width of the points: the name needs room as well.
const POINTS_MAX: f32 = 400.0;
/// Figures that stand side by side, and rows of them.
const FIGURES_A_ROW: usize = 3;
const FIGURE_ROWS: usize = 2;
/// The space between two boxes, and the height of a row of them with it.
const GAP: f32 = 16.0;
const ROW: f32 = 162.0;
/// The city's street.
const GROUND: f32 = 196.0;

// Every text has a contrast of at least 7 to 1 against its background:
// <https://www.w3.org/TR/WCAG22/#contrast-enhanced>.
const WHITE: &str = "#f5f7f8";
const PALE: &str = "#c3d0d6";
const AMBER: &str = "#ffc069";
const DARK: &str = "#12181c";

/// The card as an SVG document.
pub(super) fn svg(sheet: &Sheet, fonts: &Fonts) -> String {
    let topics = &sheet.topics[..sheet.topics.len().min(TOPICS_MAX)];
    let rows = topics.len().div_ceil(2);
    #[expect(clippy::cast_precision_loss, reason = "three at most")]
    let height = 444.0 + ROW + rows as f32 * 74.0;
    let mut drawing = Drawing {
        svg: String::with_capacity(16 * 1024),
        fonts,
    };
    drawing.ground(height);
    drawing.head(sheet);
    let mut y = 222.0;
    for row in sheet.figures.chunks(FIGURES_A_ROW).take(FIGURE_ROWS) {
        drawing.figures(row, y);
        y += ROW;
    }
    drawing.topics(topics);
    format!(
        r#"<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}" viewBox="0 0 {WIDTH} {height}">{}</svg>"#,
        drawing.svg
    )
}

struct Drawing<'a> {
    svg: String,
    fonts: &'a Fonts,
}

/// What the given x of a text refers to.
#[derive(Clone, Copy)]
enum Anchor {
    Start,
    Middle,
    End,
}

/// A text's style.
#[derive(Clone, Copy)]
struct Pen {
    size: f32,
    weight: Weight,
    colour: &'static str,
    anchor: Anchor,
}

const fn pen(size: f32, weight: Weight, colour: &'static str, anchor: Anchor) -> Pen {
    Pen {
        size,
        weight,
        colour,
        anchor,
    }
}

impl Drawing<'_> {
    /// Adds to the document. Writing to a text cannot fail.
    fn add(&mut self, part: std::fmt::Arguments<'_>) {
        let _ = self.svg.write_fmt(part);
    }

    /// The night, the city and its glow, with rounded corners.
    fn ground(&mut self, height: f32) {
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

    /// The name with its first letter, the ranks, the points.
    fn head(&mut self, sheet: &Sheet) {
        let written = |name: &str| self.fonts.written(name, Weight::Bold);
        // A name with letters that the font lacks is replaced by the username; the message has the
        // name.
        let name = written(&sheet.name)
            .or_else(|| written(&sheet.username))
            .unwrap_or_else(|| "Player".to_owned());
        let initial: String = name
            .chars()
            .find(|c| c.is_alphanumeric())
            .map(|c| c.to_uppercase().collect())
            .unwrap_or_default();
        self.add(format_args!(
            r#"<circle cx="94" cy="92" r="46" fill="{AMBER}"/>"#
        ));
        let letter = pen(50.0, Weight::Bold, DARK, Anchor::Middle);
        self.text(94.0, 110.0, letter, &initial);

        let right = WIDTH - MARGIN;
        let points = pen(68.0, Weight::Bold, AMBER, Anchor::End);
        let (points, written) = self.fitted(&sheet.points, points, POINTS_MAX);
        self.text(right, 98.0, points, &written);
        let unit = pen(26.0, Weight::Regular, WHITE, Anchor::End);
        self.text(right, 134.0, unit, "points");

        let points_wide = self.width(&written, points).max(90.0);
        let room = right - points_wide - 36.0 - 164.0;
        let look = pen(48.0, Weight::Bold, WHITE, Anchor::Start);
        let (look, name) = self.fitted(&name, look, room);
        self.text(164.0, 82.0, look, &name);
        for (y, rank) in [120.0, 153.0].into_iter().zip(&sheet.ranks) {
            let look = pen(26.0, Weight::Regular, PALE, Anchor::Start);
            let (look, rank) = self.fitted(rank, look, room);
            self.text(164.0, y, look, &rank);
        }
    }

    /// A row of figures, over the whole width.
    fn figures(&mut self, figures: &[Figure], y: f32) {
        #[expect(clippy::cast_precision_loss, reason = "three at most")]
        let count = figures.len() as f32;
        let width = (WIDTH - 2.0 * MARGIN - (count - 1.0) * GAP) / count;
        let mut x = MARGIN;
        for figure in figures {
            self.figure(figure, (x, y), width);
            x += width + GAP;
        }
    }

    /// One figure, in its box.
    fn figure(&mut self, figure: &Figure, (x, top): (f32, f32), width: f32) {
        self.add(format_args!(
            r##"<rect x="{x}" y="{top}" width="{width}" height="146" rx="16" fill="#ffffff" fill-opacity="0.06"/>"##
        ));
        let (left, room) = (x + 20.0, width - 32.0);
        for (y, look, text) in [
            (
                top + 36.0,
                pen(25.0, Weight::Regular, PALE, Anchor::Start),
                figure.label,
            ),
            (
                top + 90.0,
                pen(48.0, Weight::Bold, WHITE, Anchor::Start),
                &figure.value,
            ),
            (
                top + 126.0,
                pen(25.0, Weight::Regular, PALE, Anchor::Start),
                &figure.note,
            ),
        ] {
            let (look, text) = self.fitted(text, look, room);
            self.text(left, y, look, &text);
        }
    }

    /// A bar for each topic, in two columns, each with its figures.
    fn topics(&mut self, topics: &[TopicLine]) {
        let width = (WIDTH - 2.0 * MARGIN - 44.0) / 2.0;
        let title = pen(25.0, Weight::Regular, PALE, Anchor::Start);
        self.text(MARGIN, 412.0 + ROW, title, "Right answers by topic");
        let brand = pen(25.0, Weight::Bold, AMBER, Anchor::End);
        self.text(WIDTH - MARGIN, 412.0 + ROW, brand, "Heat Check");
        let mut y = 462.0 + ROW;
        for pair in topics.chunks(2) {
            let mut x = MARGIN;
            for topic in pair {
                self.topic(topic, x, y, width);
                x += width + 44.0;
            }
            y += 74.0;
        }
    }

    fn topic(&mut self, topic: &TopicLine, x: f32, y: f32, width: f32) {
        let name = pen(28.0, Weight::Bold, WHITE, Anchor::Start);
        self.text(x, y, name, topic.name);
        let figures = format!("{} %  ·  {}", topic.percent, topic.of);
        let look = pen(26.0, Weight::Regular, PALE, Anchor::End);
        let room = width - self.width(topic.name, name) - 20.0;
        let (look, figures) = self.fitted(&figures, look, room);
        self.text(x + width, y, look, &figures);
        let filled = width * f32::from(topic.percent) / 100.0;
        let bar = y + 14.0;
        self.add(format_args!(
            r##"<rect x="{x}" y="{bar}" width="{width}" height="12" rx="6" fill="#ffffff" fill-opacity="0.13"/>"##
        ));
        if topic.percent > 0 {
            let filled = filled.max(12.0);
            self.add(format_args!(
                r#"<rect x="{x}" y="{bar}" width="{filled:.1}" height="12" rx="6" fill="{AMBER}"/>"#
            ));
        }
    }

    fn width(&self, text: &str, look: Pen) -> f32 {
        self.fonts.width(text, look.size, look.weight)
    }

    /// The text at a size that fits, down to two thirds; cut if that is not enough.
    fn fitted(&self, text: &str, look: Pen, room: f32) -> (Pen, String) {
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

    fn text(&mut self, x: f32, y: f32, look: Pen, text: &str) {
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
