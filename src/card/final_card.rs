//! Lays out the end of a game as SVG: the winner above a city at night, a podium, the other
//! players, and the highlights.

use super::drawing::{AMBER, Anchor, DARK, Drawing, GROUND, MARGIN, PALE, WHITE, WIDTH, pen};
use super::fonts::{Fonts, Weight};
use heat_core::lang::Lang;
use heat_view::card as words;
use heat_view::final_card::{FinalSheet, Standing, Wording};

/// The y coordinate of the podium's floor.
const FLOOR: f32 = 560.0;
/// The width of a podium step including the gap to the next.
const STEP: f32 = 276.0;
const GAP: f32 = 18.0;
/// The heights of the first, second and third steps.
const STEPS: [f32; 3] = [134.0, 96.0, 66.0];
/// The height of a line for other players and highlights.
const LINE: f32 = 42.0;

/// The card as an SVG document.
pub(super) fn svg(lang: Lang, sheet: &FinalSheet, fonts: &Fonts) -> String {
    let mut drawing = Drawing::new(fonts, lang);
    let awards = sheet.awards.iter();
    let awards: Vec<String> = awards.filter_map(|award| drawing.written(award)).collect();
    let lines = sheet.rest.len() + awards.len();
    let gaps = usize::from(!sheet.rest.is_empty()) + usize::from(!awards.is_empty());
    #[expect(clippy::cast_precision_loss, reason = "a dozen at most")]
    let height = FLOOR + 32.0 + lines as f32 * LINE + gaps as f32 * 16.0;
    drawing.ground(height);
    drawing.headline(sheet);
    drawing.podium(&sheet.podium);
    let mut y = FLOOR + 16.0;
    if !sheet.rest.is_empty() {
        y += 16.0;
    }
    for standing in &sheet.rest {
        y += LINE;
        drawing.behind(standing, y - 12.0);
    }
    if !awards.is_empty() {
        y += 16.0;
    }
    for award in awards {
        y += LINE;
        drawing.award(&award, y - 12.0);
    }
    drawing.finish(height)
}

impl Drawing<'_> {
    fn headline(&mut self, sheet: &FinalSheet) {
        let brand = pen(25.0, Weight::Bold, AMBER, Anchor::End);
        self.text(WIDTH - MARGIN, 54.0, brand, "Heat Check");
        let room = WIDTH - 2.0 * MARGIN;
        let title = self.written(&sheet.title);
        let title = title.unwrap_or_else(|| words::final_scores(self.lang));
        let look = pen(50.0, Weight::Bold, WHITE, Anchor::Start);
        let (look, title) = self.fitted(&title, look, room);
        self.text(MARGIN, 112.0, look, &title);
        if let Some(subject) = self.fonts.written(&sheet.subject, Weight::Regular) {
            let look = pen(28.0, Weight::Regular, PALE, Anchor::Start);
            let (look, subject) = self.fitted(&subject, look, room);
            self.text(MARGIN, 154.0, look, &subject);
        }
    }

    /// The first in the middle, the second on the left; if there are only two, the first on the
    /// left.
    fn podium(&mut self, podium: &[Standing]) {
        let order: &[usize] = match podium.len() {
            0 => &[],
            1 => &[0],
            2 => &[0, 1],
            _ => &[1, 0, 2],
        };
        #[expect(clippy::cast_precision_loss, reason = "three at most")]
        let wide = order.len() as f32 * (STEP + GAP) - GAP;
        let mut x = (WIDTH - wide) / 2.0;
        for at in order {
            if let Some(standing) = podium.get(*at) {
                self.step(standing, x);
            }
            x += STEP + GAP;
        }
    }

    /// One player on their step. Ties get equal steps.
    fn step(&mut self, standing: &Standing, x: f32) {
        let high = STEPS[(standing.rank.max(1) - 1).min(STEPS.len() - 1)];
        let (top, middle) = (FLOOR - high, x + STEP / 2.0);
        let fill = if standing.rank == 1 { AMBER } else { "#31424d" };
        let ink = if standing.rank == 1 { DARK } else { WHITE };
        self.add(format_args!(
            r#"<rect x="{x}" y="{top}" width="{STEP}" height="{high}" rx="12" fill="{fill}"/>"#
        ));
        let number = pen(44.0, Weight::Bold, ink, Anchor::Middle);
        self.text(
            middle,
            top + high / 2.0 + 16.0,
            number,
            &standing.rank.to_string(),
        );
        let name = self.name(&standing.name, &standing.username);
        self.disc((middle, top - 152.0), 34.0, &name);
        for (up, look, text) in [
            (84.0, pen(34.0, Weight::Bold, WHITE, Anchor::Middle), name),
            (
                48.0,
                pen(30.0, Weight::Bold, AMBER, Anchor::Middle),
                words::points(self.lang, &standing.points),
            ),
            (
                16.0,
                pen(25.0, Weight::Regular, PALE, Anchor::Middle),
                standing.right.clone(),
            ),
        ] {
            let (look, text) = self.fitted(&text, look, STEP);
            self.text(middle, top - up, look, &text);
        }
    }

    fn behind(&mut self, standing: &Standing, y: f32) {
        let name = self.name(&standing.name, &standing.username);
        let name = format!("{}.  {name}", standing.rank);
        let figures = format!(
            "{}  ·  {}",
            words::points(self.lang, &standing.points),
            standing.right
        );
        let look = pen(26.0, Weight::Regular, PALE, Anchor::End);
        let (look, figures) = self.fitted(&figures, look, 420.0);
        self.text(WIDTH - MARGIN, y, look, &figures);
        let room = WIDTH - 2.0 * MARGIN - self.width(&figures, look) - 24.0;
        let look = pen(28.0, Weight::Bold, WHITE, Anchor::Start);
        let (look, name) = self.fitted(&name, look, room);
        self.text(MARGIN, y, look, &name);
    }

    /// A line as the font can write it, if possible.
    fn written(&self, line: &Wording) -> Option<String> {
        let written = |text: &str| self.fonts.written(text, Weight::Bold);
        written(&line.text).or_else(|| written(&line.with_usernames))
    }

    fn award(&mut self, award: &str, y: f32) {
        let x = MARGIN + 28.0;
        let at = y - 9.0;
        self.add(format_args!(
            r#"<circle cx="{}" cy="{at}" r="7" fill="{AMBER}"/>"#,
            MARGIN + 8.0
        ));
        let look = pen(27.0, Weight::Regular, WHITE, Anchor::Start);
        let (look, award) = self.fitted(award, look, WIDTH - MARGIN - x);
        self.text(x, y, look, &award);
    }
}

const _: () = assert!(
    FLOOR - STEPS[0] - 152.0 - 34.0 > GROUND,
    "no head stands in the city"
);
