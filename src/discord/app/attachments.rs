//! Fetches a file that a member attached: only from Discord's attachment hosts, limited in size and
//! time, and without following redirects elsewhere.

use heat_core::facts::{Decoded, NotText, decode};
use heat_core::lang::Lang;
use heat_view::message::Message;
use heat_view::packs::{self, Unreadable};
use reqwest::redirect::Policy;
use reqwest::{Client, Url};
use std::time::Duration;

/// The hosts where Discord keeps attachments.
const HOSTS: [&str; 2] = ["cdn.discordapp.com", "media.discordapp.net"];
/// How long fetching may take, from the first byte sent to the last one received.
const TIME_MAX: Duration = Duration::from_secs(10);

/// Why a file cannot be fetched.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FetchError {
    /// The address is not one of Discord's.
    #[error("it is not a Discord attachment")]
    Elsewhere,
    /// It is larger than allowed.
    #[error("it is too large")]
    TooLarge,
    /// Discord did not deliver it, and answered with this HTTP status.
    #[error("Discord did not deliver it ({0})")]
    Refused(u16),
    /// It took longer than [`TIME_MAX`].
    #[error("Discord did not deliver it in time")]
    Slow,
    /// The connection broke.
    #[error("the connection broke")]
    Broken,
    /// It is not text, or not in the named encoding.
    #[error("{0}")]
    NotText(NotText),
}

impl FetchError {
    /// What the member reads.
    #[must_use]
    pub fn message(&self, lang: Lang, bytes_max: usize) -> Message {
        let why = match self {
            Self::TooLarge => return packs::too_large(lang, bytes_max),
            Self::Elsewhere => Unreadable::Elsewhere,
            Self::Refused(status) => Unreadable::Refused(*status),
            Self::Slow => Unreadable::Slow,
            Self::Broken => Unreadable::Broken,
            Self::NotText(why) => Unreadable::NotText(why),
        };
        packs::unreadable(lang, why)
    }
}

/// Fetches attachments.
#[derive(Debug, Clone)]
pub struct AttachmentFetcher {
    client: Client,
    /// The sandbox, which keeps its own attachments; always on this machine.
    sandbox: Option<Url>,
}

impl AttachmentFetcher {
    /// A fetcher for Discord, or for the sandbox if `api_url` points to this very machine.
    ///
    /// # Errors
    /// If this machine's TLS cannot be set up.
    pub fn new(api_url: Option<&str>) -> Result<Self, reqwest::Error> {
        let client = Client::builder()
            .redirect(Policy::none())
            .timeout(TIME_MAX)
            .build()?;
        let url = api_url.and_then(|url| Url::parse(url).ok());
        Ok(Self {
            client,
            sandbox: url.filter(is_loopback),
        })
    }

    /// The text of an attachment of at most `bytes_max` bytes, in the named encoding or the one it
    /// seems to be in.
    ///
    /// # Errors
    /// [`FetchError`].
    pub async fn text(
        &self,
        url: &str,
        bytes_max: usize,
        encoding: Option<&str>,
    ) -> Result<Decoded, FetchError> {
        let url = self.allowed(url).ok_or(FetchError::Elsewhere)?;
        let failed = |error: reqwest::Error| {
            if error.is_timeout() {
                FetchError::Slow
            } else {
                FetchError::Broken
            }
        };
        let mut response = self.client.get(url).send().await.map_err(failed)?;
        if !response.status().is_success() {
            return Err(FetchError::Refused(response.status().as_u16()));
        }
        let is_too_large = |bytes: usize| bytes > bytes_max;
        let length = response
            .content_length()
            .map(|bytes| usize::try_from(bytes).unwrap_or(usize::MAX));
        if length.is_some_and(is_too_large) {
            return Err(FetchError::TooLarge);
        }
        let mut bytes = Vec::with_capacity(length.unwrap_or_default());
        while let Some(chunk) = response.chunk().await.map_err(failed)? {
            if is_too_large(bytes.len() + chunk.len()) {
                return Err(FetchError::TooLarge);
            }
            bytes.extend_from_slice(&chunk);
        }
        decode(&bytes, encoding).map_err(FetchError::NotText)
    }

    /// The address, if attachments may come from there.
    fn allowed(&self, url: &str) -> Option<Url> {
        let url = Url::parse(url).ok()?;
        let is_bare = url.username().is_empty() && url.password().is_none();
        let is_discords = url.scheme() == "https"
            && url.port().is_none()
            && url.host_str().is_some_and(|host| HOSTS.contains(&host));
        let is_sandboxes = self
            .sandbox
            .as_ref()
            .is_some_and(|own| own.origin() == url.origin());
        (is_bare && (is_discords || is_sandboxes)).then_some(url)
    }
}

/// Whether an address points to this machine, as a number and not as a name that may resolve to
/// anything.
fn is_loopback(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default();
    let host = host.trim_start_matches('[').trim_end_matches(']');
    url.scheme() == "http"
        && host
            .parse::<std::net::IpAddr>()
            .is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may fail by panicking")]
mod tests {
    use super::{AttachmentFetcher, FetchError};
    use axum::Router;
    use axum::response::Redirect;
    use axum::routing::get;

    #[test]
    fn nothing_is_fetched_from_elsewhere() {
        let at_discord = AttachmentFetcher::new(None).unwrap();
        let in_sandbox = AttachmentFetcher::new(Some("http://127.0.0.1:8420")).unwrap();
        let by_proxy = AttachmentFetcher::new(Some("http://proxy.example:8420")).unwrap();
        for (url, discord, sandbox) in [
            (
                "https://cdn.discordapp.com/attachments/1/2/pack.json?ex=a",
                true,
                true,
            ),
            (
                "https://media.discordapp.net/attachments/1/2/pack.json",
                true,
                true,
            ),
            ("http://127.0.0.1:8420/attachments/1", false, true),
            ("http://cdn.discordapp.com/a", false, false),
            ("https://cdn.discordapp.com:444/a", false, false),
            ("https://cdn.discordapp.com.evil.example/a", false, false),
            ("https://cdn.discordapp.com@evil.example/a", false, false),
            ("https://me:you@cdn.discordapp.com/a", false, false),
            ("https://evil.example/cdn.discordapp.com", false, false),
            ("http://127.0.0.1:8421/a", false, false),
            ("http://localhost:8420/a", false, false),
            ("http://169.254.169.254/latest", false, false),
            ("file:///etc/passwd", false, false),
            ("", false, false),
        ] {
            assert_eq!(at_discord.allowed(url).is_some(), discord, "{url}");
            assert_eq!(in_sandbox.allowed(url).is_some(), sandbox, "{url}");
            assert_eq!(by_proxy.allowed(url).is_some(), discord, "{url}");
        }
    }

    #[tokio::test]
    async fn a_file_that_becomes_too_large_is_cut_off() {
        let endless = || async {
            let chunks =
                futures_util::stream::repeat_with(|| Ok::<_, std::io::Error>(vec![b'x'; 1024]));
            axum::body::Body::from_stream(chunks)
        };
        let app = Router::new()
            .route("/small", get(|| async { "{}" }))
            .route("/large", get(|| async { "x".repeat(2000) }))
            .route("/endless", get(endless))
            .route("/binary", get(|| async { vec![b'a', 0, 1, 2] }))
            .route(
                "/away",
                get(|| async { Redirect::temporary("http://127.0.0.1:1/") }),
            );
        let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0))
            .await
            .unwrap();
        let origin = format!("http://{}", listener.local_addr().unwrap());
        let server = tokio::spawn(async move { axum::serve(listener, app).await });
        let fetcher = AttachmentFetcher::new(Some(&origin)).unwrap();
        for (path, expected) in [
            ("small", Ok("{}".to_owned())),
            ("large", Err(FetchError::TooLarge)),
            ("endless", Err(FetchError::TooLarge)),
            (
                "binary",
                Err(FetchError::NotText(heat_core::facts::NotText::Binary)),
            ),
            ("away", Err(FetchError::Refused(307))),
            ("nowhere", Err(FetchError::Refused(404))),
        ] {
            let read = fetcher.text(&format!("{origin}/{path}"), 1000, None).await;
            assert_eq!(read.map(|read| read.text), expected, "{path}");
        }
        server.abort();
    }
}
