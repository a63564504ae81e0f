//! Keeps out other web sites: a page in the same browser must not reach the sandbox through a name
//! that resolves to loopback, nor post to its page API.

use axum::{
    extract::Request,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};

/// Refuses hosts that are not loopback and calls from other origins, and adds security headers.
pub async fn guard(request: Request, next: Next) -> Response {
    let headers = request.headers();
    if !is_loopback_host(headers) {
        return (
            StatusCode::FORBIDDEN,
            "The sandbox answers on loopback only.",
        )
            .into_response();
    }
    let path = request.uri().path();
    if !path.starts_with("/api/") && !is_same_origin(headers) {
        return (
            StatusCode::FORBIDDEN,
            "The sandbox answers its own page only.",
        )
            .into_response();
    }
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    headers.insert(
        "x-content-type-options",
        HeaderValue::from_static("nosniff"),
    );
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static(
            "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; \
             connect-src 'self' ws://127.0.0.1:* ws://localhost:*; \
             frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
        ),
    );
    response
}

fn text(headers: &HeaderMap, name: header::HeaderName) -> Option<&str> {
    headers.get(name)?.to_str().ok()
}

fn is_loopback_host(headers: &HeaderMap) -> bool {
    let Some(host) = text(headers, header::HOST) else {
        return false;
    };
    let name = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|b| b.is_ascii_digit()) => name,
        _ => host,
    };
    matches!(name, "127.0.0.1" | "localhost" | "[::1]")
}

fn is_same_origin(headers: &HeaderMap) -> bool {
    let Some(origin) = headers.get(header::ORIGIN) else {
        // Not a browser, or a plain navigation.
        return true;
    };
    let host = text(headers, header::HOST).unwrap_or_default();
    origin
        .to_str()
        .is_ok_and(|origin| origin == format!("http://{host}"))
}
