//! The card's fonts: text widths and available letters.
//!
//! They are embedded in the program and read in place; only the parts that are drawn are loaded.

use super::CardError;
use skrifa::charmap::Charmap;
use skrifa::instance::{LocationRef, Size};
use skrifa::metrics::GlyphMetrics;
use skrifa::{FontRef, MetadataProvider};

/// The family name of both faces in SVG.
pub(super) const FAMILY: &str = "DejaVu Sans";
/// What SVG calls their width.
pub(super) const STRETCH: &str = "condensed";

/// The weight of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Weight {
    Regular,
    Bold,
}

impl Weight {
    pub(super) fn bytes(self) -> &'static [u8] {
        match self {
            Self::Regular => dejavu::sans_condensed::regular(),
            Self::Bold => dejavu::sans_condensed::bold(),
        }
    }

    /// The name in SVG.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Regular => "400",
            Self::Bold => "700",
        }
    }
}

/// Both faces, ready to measure.
pub(super) struct Fonts {
    regular: Face,
    bold: Face,
}

struct Face {
    letters: Charmap<'static>,
    /// In units of a font one pixel high.
    widths: GlyphMetrics<'static>,
}

impl Face {
    fn load(weight: Weight) -> Result<Self, CardError> {
        let font = FontRef::new(weight.bytes()).map_err(|e| CardError::Fonts(e.to_string()))?;
        Ok(Self {
            letters: font.charmap(),
            widths: font.glyph_metrics(Size::new(1.0), LocationRef::default()),
        })
    }
}

impl Fonts {
    pub(super) fn load() -> Result<Self, CardError> {
        Ok(Self {
            regular: Face::load(Weight::Regular)?,
            bold: Face::load(Weight::Bold)?,
        })
    }

    /// A text's width in pixels. Letters that the font lacks count as zero.
    pub(super) fn width(&self, text: &str, size: f32, weight: Weight) -> f32 {
        let face = self.face(weight);
        let width = |c: char| face.widths.advance_width(face.letters.map(c)?);
        text.chars().filter_map(width).sum::<f32>() * size
    }

    /// The part of the text that the font can draw, or none if more than an occasional symbol is
    /// missing.
    pub(super) fn written(&self, text: &str, weight: Weight) -> Option<String> {
        let letters = &self.face(weight).letters;
        let is_known = |c: &char| letters.map(*c).is_some();
        let known: String = text.chars().filter(is_known).collect();
        let known = known.split_whitespace().collect::<Vec<_>>().join(" ");
        let words = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).count();
        (words(&known) > 0 && words(&known) == words(text)).then_some(known)
    }

    fn face(&self, weight: Weight) -> &Face {
        match weight {
            Weight::Regular => &self.regular,
            Weight::Bold => &self.bold,
        }
    }
}
