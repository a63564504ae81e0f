//! The web page, embedded file by file. It needs no build step and no network.

use axum::{
    Router,
    http::header,
    response::{IntoResponse, Response},
    routing::get,
};

/// A text file of the page: its path, its media type, its text.
type Asset = (&'static str, &'static str, &'static str);

const HTML: &str = "text/html; charset=utf-8";
const CSS: &str = "text/css; charset=utf-8";
const SCRIPT: &str = "text/javascript; charset=utf-8";
const SVG: &str = "image/svg+xml";

const ASSETS: [Asset; 18] = [
    ("/", HTML, include_str!("page/index.html")),
    ("/app.css", CSS, include_str!("page/app.css")),
    ("/icon.svg", SVG, include_str!("page/icon.svg")),
    ("/app.js", SCRIPT, include_str!("page/app.js")),
    ("/composer.js", SCRIPT, include_str!("page/composer.js")),
    (
        "/conversation.js",
        SCRIPT,
        include_str!("page/conversation.js"),
    ),
    ("/crowd.js", SCRIPT, include_str!("page/crowd.js")),
    ("/dom.js", SCRIPT, include_str!("page/dom.js")),
    ("/emoji.js", SCRIPT, include_str!("page/emoji.js")),
    ("/files.js", SCRIPT, include_str!("page/files.js")),
    ("/markdown.js", SCRIPT, include_str!("page/markdown.js")),
    ("/messages.js", SCRIPT, include_str!("page/messages.js")),
    ("/nav.js", SCRIPT, include_str!("page/nav.js")),
    ("/options.js", SCRIPT, include_str!("page/options.js")),
    ("/panels.js", SCRIPT, include_str!("page/panels.js")),
    ("/skyline.js", SCRIPT, include_str!("page/skyline.js")),
    ("/state.js", SCRIPT, include_str!("page/state.js")),
    (
        "/suggestions.js",
        SCRIPT,
        include_str!("page/suggestions.js"),
    ),
];

/// A route for each file of the page.
pub(super) fn routes<S: Clone + Send + Sync + 'static>() -> Router<S> {
    ASSETS
        .into_iter()
        .fold(Router::new(), |router, (path, media_type, text)| {
            router.route(path, get(async move || asset(media_type, text)))
        })
}

fn asset(media_type: &'static str, text: &'static str) -> Response {
    // A rebuilt program may have another page, so the browser must revalidate.
    let headers = [
        (header::CONTENT_TYPE, media_type),
        (header::CACHE_CONTROL, "no-cache"),
    ];
    (headers, text).into_response()
}
