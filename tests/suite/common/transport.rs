//! Whether interactions reach the bot over the gateway or over its HTTP endpoint.

use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::sync::atomic::{AtomicU16, Ordering};

use discord_sandbox::Sandbox;
use heat_check::config::Endpoint;

/// How interactions reach the bot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Transport {
    Gateway,
    Endpoint,
}

impl Transport {
    /// The endpoint that a bot is to serve: none over the gateway, else one on a free port.
    pub fn endpoint(self, sandbox: &Sandbox) -> Option<Endpoint> {
        match self {
            Self::Gateway => None,
            Self::Endpoint => Some(Endpoint::new(free_address(), &sandbox.public_key()).unwrap()),
        }
    }
}

/// Makes a test of each of these functions for each transport.
macro_rules! over_both_transports {
    ($($body:ident),* $(,)?) => {
        mod gateway {
            $(#[tokio::test(flavor = "multi_thread")]
            async fn $body() {
                super::$body($crate::common::Transport::Gateway).await;
            })*
        }
        mod endpoint {
            $(#[tokio::test(flavor = "multi_thread")]
            async fn $body() {
                super::$body($crate::common::Transport::Endpoint).await;
            })*
        }
    };
}
pub(crate) use over_both_transports;

/// An address that was free a moment ago and is given out once in this process. Its port is below
/// the range from which the system picks ports.
pub fn free_address() -> SocketAddr {
    static NEXT: AtomicU16 = AtomicU16::new(0);
    // Another process of the tests most likely begins elsewhere.
    let first = 10_000 + u16::try_from(std::process::id() % 10_000).unwrap_or(0);
    loop {
        let port = first + NEXT.fetch_add(1, Ordering::Relaxed) % 10_000;
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
        if TcpListener::bind(address).is_ok() {
            return address;
        }
    }
}
