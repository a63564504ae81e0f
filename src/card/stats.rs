//! Lays out a member's stats as SVG: the member with points and ranks above a city at night, the
//! figures, and a bar for each topic.

use super::drawing::{AMBER, Anchor, Drawing, MARGIN, PALE, WHITE, WIDTH, pen};
use super::fonts::{Fonts, Weight};
use heat_core::lang::Lang;
use heat_view::stats::{Figure, Sheet, TopicLine};

/// Figures per row, and rows of them.
const FIGURES_A_ROW: usize = 3;
const FIGURE_ROWS: usize = 2;
/// The gap between two boxes, and the height of a row including its gap.
const GAP: f32 = 16.0;
const ROW: f32 = 162.0;
/// The most topics on a card; the message has all.
const TOPICS_MAX: usize = 6;
/// The maximum width of the points: the name needs room as well.
const POINTS_MAX: f32 = 400.0;

/// The card as an SVG document.
pub(super) fn svg(lang: Lang, sheet: &Sheet, fonts: &Fonts) -> String {
    let topics = &sheet.topics[..sheet.topics.len().min(TOPICS_MAX)];
    let rows = topics.len().div_ceil(2);
    #[expect(clippy::cast_precision_loss, reason = "three at most")]
    let height = 444.0 + ROW + rows as f32 * 74.0;
    let mut drawing = Drawing::new(fonts, lang);
    drawing.ground(height);
    drawing.head(sheet);
    let mut y = 222.0;
    for row in sheet.figures.chunks(FIGURES_A_ROW).take(FIGURE_ROWS) {
        drawing.figures(row, y);
        y += ROW;
    }
    drawing.topics(topics, &sheet.topics_label);
    drawing.finish(height)
}

impl Drawing<'_> {
    /// The name with its first letter, the ranks, the points.
    fn head(&mut self, sheet: &Sheet) {
        let name = self.name(&sheet.name, &sheet.username);
        self.disc((94.0, 92.0), 46.0, &name);

        let right = WIDTH - MARGIN;
        let points = pen(68.0, Weight::Bold, AMBER, Anchor::End);
        let (points, written) = self.fitted(&sheet.points, points, POINTS_MAX);
        self.text(right, 98.0, points, &written);
        let unit = pen(26.0, Weight::Regular, WHITE, Anchor::End);
        self.text(right, 134.0, unit, &sheet.points_label);

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
                &figure.label,
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
    fn topics(&mut self, topics: &[TopicLine], label: &str) {
        let width = (WIDTH - 2.0 * MARGIN - 44.0) / 2.0;
        let title = pen(25.0, Weight::Regular, PALE, Anchor::Start);
        self.text(MARGIN, 412.0 + ROW, title, label);
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
        self.text(x, y, name, &topic.name);
        let figures = format!("{} %  ·  {}", topic.percent, topic.of);
        let look = pen(26.0, Weight::Regular, PALE, Anchor::End);
        let room = width - self.width(&topic.name, name) - 20.0;
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
}
