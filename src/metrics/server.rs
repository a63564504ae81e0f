//! Serves the monitoring pages, with few connections at once and none for long.

use super::page::{CONTENT_TYPE, Page};
use super::{Monitored, health};
use axum::body::Body;
use axum::http::{Method, Request, Response, StatusCode, header};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use std::convert::Infallible;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;

/// The most connections at once; others wait in the system's queue.
const CONNECTIONS_MAX: usize = 16;
/// How long request headers may take to arrive.
const HEAD_MAX: Duration = Duration::from_secs(3);
/// The longest life of a connection, even if busy.
const CONNECTION_MAX: Duration = Duration::from_secs(15);
/// The most bytes of request headers.
const HEAD_BYTES_MAX: usize = 16 << 10;
/// The pause after accepting fails, for example when the process is out of file descriptors.
const ACCEPT_PAUSE: Duration = Duration::from_millis(200);

/// Why the pages cannot be served.
#[derive(Debug, thiserror::Error)]
pub enum MetricsError {
    /// We cannot listen on the address.
    #[error(
        "METRICS_ADDR (in the sandbox --metrics): cannot listen on {address}: {cause}; choose another port, or stop what uses this one"
    )]
    Listen {
        /// The requested address.
        address: SocketAddr,
        /// The system's error.
        cause: std::io::Error,
    },
}

/// A bound address, not served yet.
#[derive(Debug)]
pub struct Listener(TcpListener);

/// Binds the address.
///
/// # Errors
/// [`MetricsError::Listen`] if it is in use or not this machine's.
pub async fn listen(address: SocketAddr) -> Result<Listener, MetricsError> {
    match TcpListener::bind(address).await {
        Ok(listener) => Ok(Listener(listener)),
        Err(cause) => Err(MetricsError::Listen { address, cause }),
    }
}

impl Listener {
    /// Serves the pages. Never returns.
    pub async fn serve(self, watched: Arc<Monitored>) -> Infallible {
        if let Ok(address) = self.0.local_addr() {
            tracing::info!(%address, "metrics.listening");
        }
        let page = Arc::new(Page::new(Arc::clone(&watched)));
        let free = Arc::new(Semaphore::new(CONNECTIONS_MAX));
        loop {
            let Ok(turn) = Arc::clone(&free).acquire_owned().await else {
                std::future::pending::<()>().await;
                continue;
            };
            let stream = match self.0.accept().await {
                Ok((stream, _)) => stream,
                Err(error) => {
                    tracing::warn!(%error, "metrics.not_accepted");
                    tokio::time::sleep(ACCEPT_PAUSE).await;
                    continue;
                }
            };
            let (watched, page) = (Arc::clone(&watched), Arc::clone(&page));
            tokio::spawn(async move {
                // Slow clients are cut off; clients that disconnect do not matter.
                let serving = connection(stream, &watched, &page);
                let _ = tokio::time::timeout(CONNECTION_MAX, serving).await;
                drop(turn);
            });
        }
    }
}

async fn connection(stream: TcpStream, watched: &Monitored, page: &Page) {
    let answer = async |request: Request<Incoming>| {
        Ok::<_, Infallible>(answer(request.method(), request.uri().path(), watched, page).await)
    };
    let served = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_MAX)
        .max_buf_size(HEAD_BYTES_MAX)
        .keep_alive(false)
        .serve_connection(TokioIo::new(stream), service_fn(answer))
        .await;
    if let Err(error) = served {
        tracing::debug!(%error, "metrics.connection_broken");
    }
}

async fn answer(method: &Method, path: &str, watched: &Monitored, page: &Page) -> Response<Body> {
    if method != Method::GET && method != Method::HEAD {
        return response(
            StatusCode::METHOD_NOT_ALLOWED,
            "text/plain",
            "GET only\n".into(),
        );
    }
    match path {
        "/healthz" => report(&health::health(watched).await),
        "/readyz" => report(&health::readiness(watched)),
        "/metrics" => match page.text() {
            Ok(text) => response(StatusCode::OK, CONTENT_TYPE, text),
            Err(_) => response(
                StatusCode::INTERNAL_SERVER_ERROR,
                "text/plain",
                String::new(),
            ),
        },
        _ => {
            let known = "/healthz, /readyz, /metrics\n".to_owned();
            response(StatusCode::NOT_FOUND, "text/plain", known)
        }
    }
}

fn report(report: &health::Report) -> Response<Body> {
    let status = if report.well {
        StatusCode::OK
    } else {
        StatusCode::SERVICE_UNAVAILABLE
    };
    response(status, "application/json", format!("{}\n", report.body))
}

fn response(status: StatusCode, content_type: &'static str, body: String) -> Response<Body> {
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = status;
    let value = header::HeaderValue::from_static(content_type);
    response.headers_mut().insert(header::CONTENT_TYPE, value);
    response
}
