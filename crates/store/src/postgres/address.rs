//! Parses `postgres://…` into what connections need.

use super::tls::{self, Trust};
use crate::OpenError;
use std::path::PathBuf;
use std::time::Duration;
use tokio_postgres::Config;
use tokio_postgres::config::{Host, SslMode};
use tokio_postgres_rustls::MakeRustlsConnect;

/// How long a server may take to accept a connection, unless the address says otherwise.
const CONNECT_WAIT: Duration = Duration::from_secs(5);
/// How long sent bytes may stay unacknowledged before the connection is closed.
const SILENCE_MAX: Duration = Duration::from_secs(10);

/// Where the server is and how to connect to it.
pub(super) struct Address {
    pub(super) config: Config,
    /// `None` for an unencrypted connection or a local socket.
    pub(super) tls: Option<MakeRustlsConnect>,
    /// Database and server, for messages, without the password.
    pub(super) name: String,
}

/// Whether this backend handles an address.
pub(crate) fn is_address(url: &str) -> bool {
    url.starts_with("postgres://") || url.starts_with("postgresql://")
}

impl Address {
    /// Parses an address. We read the TLS options here, because the driver knows fewer of them.
    pub(super) fn read(url: &str) -> Result<Address, OpenError> {
        let refuse = |reason: String| OpenError::Url { reason };
        let (base, query) = url.split_once('?').unwrap_or((url, ""));
        let mut options = Vec::new();
        let (mut mode, mut roots) = (None, None);
        for option in query.split('&').filter(|option| !option.is_empty()) {
            match option.split_once('=') {
                Some(("sslmode", value)) => mode = Some(value),
                Some(("sslrootcert", value)) if value.contains('%') => {
                    return Err(refuse("write the path of sslrootcert without %".to_owned()));
                }
                Some(("sslrootcert", value)) => roots = Some(PathBuf::from(value)),
                _ => options.push(option),
            }
        }
        let mut config: Config = format!("{base}?{}", options.join("&"))
            .parse()
            .map_err(|error| refuse(super::error::describe(&error)))?;
        let (mode, checked) = match mode {
            Some("disable") => (SslMode::Disable, false),
            None | Some("prefer") => (SslMode::Prefer, false),
            Some("require") => (SslMode::Require, false),
            Some("verify-full") => (SslMode::Require, true),
            Some(_) => {
                return Err(refuse(
                    "sslmode must be disable, prefer, require or verify-full".to_owned(),
                ));
            }
        };
        let trust = match (roots, checked) {
            (Some(file), _) => Trust::File(file),
            (None, true) => Trust::Public,
            (None, false) => Trust::Anyone,
        };
        config.ssl_mode(mode);
        settle(&mut config);
        Ok(Address {
            name: name(&config),
            tls: if mode == SslMode::Disable || is_local(&config) {
                None
            } else {
                Some(tls::connector(&trust).map_err(refuse)?)
            },
            config,
        })
    }
}

/// Whether every host is a local socket, where no one can listen in.
fn is_local(config: &Config) -> bool {
    #[cfg(unix)]
    return config
        .get_hosts()
        .iter()
        .all(|host| matches!(host, Host::Unix(_)));
    #[cfg(not(unix))]
    return false;
}

/// Defaults for every connection, unless the address says otherwise.
fn settle(config: &mut Config) {
    if config.get_application_name().is_none() {
        config.application_name("heat-check");
    }
    if config.get_connect_timeout().is_none() {
        config.connect_timeout(CONNECT_WAIT);
    }
    if config.get_tcp_user_timeout().is_none() {
        config.tcp_user_timeout(SILENCE_MAX);
    }
}

fn name(config: &Config) -> String {
    let hosts = config.get_hosts().iter().map(|host| match host {
        Host::Tcp(host) => host.clone(),
        #[cfg(unix)]
        Host::Unix(folder) => folder.display().to_string(),
    });
    let hosts: Vec<_> = hosts.collect();
    let database = config.get_dbname().or(config.get_user()).unwrap_or("?");
    match config.get_ports() {
        [port] => format!("{database} at {}:{port}", hosts.join(",")),
        _ => format!("{database} at {}", hosts.join(",")),
    }
}
