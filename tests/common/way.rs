//! Whether interactions get to the bot over the gateway or over its HTTP endpoint.

use std::net::{Ipv4Addr, SocketAddr, TcpListener};

use discord_sandbox::Sandbox;
use heat_check::config::Endpoint;

/// By which way interactions get to the bot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    Gateway,
    Endpoint,
}

/// The way of this test program: `tests/endpoint.rs` does the same as `tests/play.rs`,
/// `tests/modes.rs` and `tests/commands.rs`, and sends it to the HTTP endpoint.
fn way() -> Way {
    if env!("CARGO_CRATE_NAME") == "endpoint" {
        Way::Endpoint
    } else {
        Way::Gateway
    }
}

/// The endpoint that a bot is to serve: none over the gateway, else one on a free port.
pub fn endpoint(sandbox: &Sandbox) -> Option<Endpoint> {
    match way() {
        Way::Gateway => None,
        Way::Endpoint => Some(Endpoint::new(free_address(), &sandbox.public_key()).unwrap()),
    }
}

/// An address that was free a moment ago.
pub fn free_address() -> SocketAddr {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    listener.local_addr().unwrap()
}
