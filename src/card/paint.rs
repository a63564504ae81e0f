//! Renders SVG to PNG.

use super::CardError;
use super::fonts::{FAMILY, Weight};
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::fontdb::{Database, Source};
use resvg::usvg::{Options, Tree};
use std::sync::Arc;

/// Draws an SVG at its own size, with the card's fonts and no others.
pub(super) fn png(svg: &str) -> Result<Vec<u8>, CardError> {
    let mut fonts = Database::new();
    for weight in [Weight::Regular, Weight::Bold] {
        fonts.load_font_source(Source::Binary(Arc::new(weight.bytes())));
    }
    let options = Options {
        font_family: FAMILY.to_owned(),
        fontdb: Arc::new(fonts),
        ..Options::default()
    };
    let tree = Tree::from_str(svg, &options).map_err(|e| CardError::Svg(e.to_string()))?;
    let size = tree.size().to_int_size();
    let mut canvas = Pixmap::new(size.width(), size.height())
        .ok_or_else(|| CardError::Svg("it has no size".to_owned()))?;
    resvg::render(&tree, Transform::identity(), &mut canvas.as_mut());
    canvas
        .encode_png()
        .map_err(|e| CardError::Png(e.to_string()))
}
