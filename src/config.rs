//! Reads the environment once. Errors name the wrong variable and what was expected; secrets are
//! never printed.

pub mod address;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ed25519_dalek::VerifyingKey;
use heat_core::id::GuildId;
use heat_core::shard::{ShardRange, ShardRangeError};
use reqwest::Url;
use std::fmt;
use std::net::SocketAddr;
use std::path::PathBuf;

/// The default database.
const DATABASE_URL_DEFAULT: &str = "sqlite://heat-check.db";
const INTERACTIONS_ADDR: &str = "INTERACTIONS_ADDR";
const DISCORD_PUBLIC_KEY: &str = "DISCORD_PUBLIC_KEY";
/// What these two are for.
const ENDPOINT: &str = "the HTTP interactions endpoint";
const RESULTS_WEBHOOK_URL: &str = "RESULTS_WEBHOOK_URL";
const RESULTS_WEBHOOK_SECRET: &str = "RESULTS_WEBHOOK_SECRET";
const RESULTS_WEBHOOK_PRIVATE: &str = "RESULTS_WEBHOOK_PRIVATE";
/// The bytes of a webhook's key, as Standard Webhooks requires.
const WEBHOOK_KEY_BYTES: std::ops::RangeInclusive<usize> = 24..=64;
/// The default log level. Libraries log only warnings and errors in any case.
pub const LOG_DEFAULT: &str = "info";

/// Every variable with its description.
pub const VARIABLES: [(&str, &str); 14] = [
    ("DISCORD_TOKEN", "the bot's token (required)"),
    (
        DATABASE_URL,
        "the database: sqlite://PATH or postgres://… (sqlite://heat-check.db)",
    ),
    (
        "DISCORD_GUILD_ID",
        "register the commands in this one server only",
    ),
    (
        "SHARDS",
        "the shards this process serves, for example 0-3/8",
    ),
    (
        "INTERACTIONS_ADDR",
        "receive interactions over HTTP at this address; needs DISCORD_PUBLIC_KEY",
    ),
    ("DISCORD_PUBLIC_KEY", "the application's public key"),
    (
        "DISCORD_API_URL",
        "a Discord-compatible REST endpoint to use instead of Discord's",
    ),
    ("LOG", "log level: error, warn, info, debug or trace (info)"),
    ("LOG_FORMAT", "log format: text or json (text)"),
    (
        "METRICS_ADDR",
        "serve /healthz, /readyz and /metrics at this address",
    ),
    ("PACK_DIR", "a folder of your own question packs"),
    (
        RESULTS_WEBHOOK_URL,
        "send the result of each game to this address; needs RESULTS_WEBHOOK_SECRET",
    ),
    (RESULTS_WEBHOOK_SECRET, "the key that signs it: whsec_…"),
    (
        RESULTS_WEBHOOK_PRIVATE,
        "true: that address may be http:// and in a private network",
    ),
];

/// A secret that must not be printed.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// The secret itself, for the one place that needs it.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// The configuration of `heat-check run`.
#[derive(Clone, PartialEq, Eq)]
pub struct Config {
    /// `DISCORD_TOKEN`.
    pub token: Secret,
    /// `DATABASE_URL`. May contain a password.
    pub database_url: String,
    /// `DISCORD_API_URL`, without a trailing slash.
    pub api_url: Option<String>,
    /// `DISCORD_GUILD_ID`.
    pub guild: Option<GuildId>,
    /// `SHARDS`: the shards of this process; `None` for all.
    pub shards: Option<ShardRange>,
    /// `PACK_DIR`: the folder of the operator's own packs.
    pub pack_dir: Option<PathBuf>,
    /// `METRICS_ADDR`: where the monitoring pages are served.
    pub metrics_addr: Option<SocketAddr>,
    /// `INTERACTIONS_ADDR` and `DISCORD_PUBLIC_KEY`: the HTTP endpoint, instead of the gateway.
    pub endpoint: Option<Endpoint>,
    /// `RESULTS_WEBHOOK_URL` and `RESULTS_WEBHOOK_SECRET`: where results of games are sent.
    pub results: Option<ResultsWebhook>,
}

/// Where results of games are sent, and with which key they are signed.
#[derive(Clone, PartialEq, Eq)]
pub struct ResultsWebhook {
    /// The address. It may hold a secret.
    pub url: Url,
    key: Vec<u8>,
    /// Whether the address may be one without TLS, or in a private network.
    pub allows_private: bool,
}

impl ResultsWebhook {
    /// The key, for the one place that signs.
    #[must_use]
    pub fn key(&self) -> &[u8] {
        &self.key
    }
}

impl fmt::Debug for ResultsWebhook {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ResultsWebhook")
            .field("host", &self.url.host_str())
            .finish_non_exhaustive()
    }
}

/// Where the HTTP interactions endpoint listens, and whose signatures it accepts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Endpoint {
    /// The address to listen on.
    pub address: SocketAddr,
    /// The application's public key. It is not secret.
    pub key: VerifyingKey,
}

impl Endpoint {
    /// An endpoint at an address, with a key in hexadecimal digits.
    ///
    /// # Errors
    /// [`ConfigError::NoKey`] if the key is invalid.
    pub fn new(address: SocketAddr, key: &str) -> Result<Self, ConfigError> {
        let key = public_key(key)?;
        Ok(Self { address, key })
    }
}

impl fmt::Debug for Config {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Config")
            .field("token", &self.token)
            .field("database_url", &without_password(&self.database_url))
            .field("api_url", &self.api_url)
            .field("guild", &self.guild)
            .field("shards", &self.shards)
            .field("pack_dir", &self.pack_dir)
            .field("metrics_addr", &self.metrics_addr)
            .field("endpoint", &self.endpoint)
            .field("results", &self.results)
            .finish()
    }
}

/// A variable that is missing or wrong.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ConfigError {
    /// The token is missing.
    #[error(
        "DISCORD_TOKEN is not set; create an application at https://discord.com/developers/applications, copy its bot token, and set DISCORD_TOKEN to it (`heat-check sandbox` needs none)"
    )]
    NoToken,
    /// The token is malformed. It is not shown.
    #[error(
        "DISCORD_TOKEN is not a bot token: it has {0}; copy it again from the Bot page of your application"
    )]
    BadToken(&'static str),
    /// Another variable.
    #[error("{name} is \"{value}\"; expected {expected}")]
    Wrong {
        /// Its name.
        name: &'static str,
        /// Its value.
        value: String,
        /// What was expected.
        expected: &'static str,
    },
    /// `SHARDS` is invalid.
    #[error("SHARDS is \"{value}\": {cause}")]
    Shards {
        /// Its value.
        value: String,
        /// What is wrong with it.
        cause: ShardRangeError,
    },
    /// Not all shards, on a database that only one process can use.
    #[error(
        "SHARDS is \"{0}\", only a part of the servers, but DATABASE_URL is a file, which only one process can use, so the other servers would get no answer; use a shared database (postgres://…), or leave SHARDS empty"
    )]
    PartOnFile(ShardRange),
    /// The key is invalid. It is not shown: it may be a secret put in the wrong line.
    #[error(
        "DISCORD_PUBLIC_KEY is not a public key; copy the 64 hexadecimal digits of Public Key from the General Information page of your application"
    )]
    NoKey,
    /// The address for results is invalid. It is not shown, because it may contain a secret.
    #[error(
        "RESULTS_WEBHOOK_URL is not an https:// address of a public host without a user name and password; for an address in your own network set RESULTS_WEBHOOK_PRIVATE=true"
    )]
    NoWebhook,
    /// The key for results is invalid. It is not shown.
    #[error(
        "RESULTS_WEBHOOK_SECRET is not a key: expected whsec_ and 24 to 64 bytes in base64, as from echo \"whsec_$(openssl rand -base64 32)\""
    )]
    NoWebhookKey,
    /// Only one of two variables that belong together.
    #[error("{set} is set and {missing} is not; {what} needs both")]
    Half {
        /// What they are for.
        what: &'static str,
        /// The one that is set.
        set: &'static str,
        /// The one that is not.
        missing: &'static str,
    },
}

/// The parts of the environment that could be read: the doctor checks whatever is valid.
#[derive(Clone, PartialEq, Eq)]
pub struct PartialConfig {
    /// `DISCORD_TOKEN`.
    pub token: Option<Secret>,
    /// `DATABASE_URL`.
    pub database_url: Option<String>,
    /// `DISCORD_API_URL`; `None` if it is wrong.
    pub api_url: Option<Option<String>>,
    /// `DISCORD_GUILD_ID`.
    pub guild: Option<GuildId>,
    /// `SHARDS`.
    pub shards: Option<ShardRange>,
    /// `PACK_DIR`.
    pub pack_dir: Option<PathBuf>,
    /// `METRICS_ADDR`.
    pub metrics_addr: Option<SocketAddr>,
    /// `INTERACTIONS_ADDR` and `DISCORD_PUBLIC_KEY`.
    pub endpoint: Option<Endpoint>,
    /// `RESULTS_WEBHOOK_URL` and what belongs to it.
    pub results: Option<ResultsWebhook>,
    /// Every variable that is missing or wrong.
    pub faults: Vec<ConfigError>,
}

impl PartialConfig {
    /// Reads the variables through `get`, which is `std::env::var` except in tests. An empty
    /// variable counts as unset.
    #[must_use]
    pub fn read(get: impl Fn(&str) -> Option<String>) -> Self {
        let get = |name: &str| {
            let value = get(name)?.trim().to_owned();
            (!value.is_empty()).then_some(value)
        };
        let mut faults = Vec::new();
        let mut keep = |fault: ConfigError| faults.push(fault);
        let token = token(get("DISCORD_TOKEN")).map_err(&mut keep).ok();
        let database_url = database_url(DATABASE_URL, get(DATABASE_URL))
            .map_err(&mut keep)
            .ok();
        let api_url = api_url(get("DISCORD_API_URL")).map_err(&mut keep).ok();
        let guild = guild(get("DISCORD_GUILD_ID")).map_err(&mut keep).ok();
        let shards = shards(get("SHARDS"), database_url.as_deref())
            .map_err(&mut keep)
            .ok();
        let metrics_addr = metrics_addr(get("METRICS_ADDR")).map_err(&mut keep).ok();
        let addr = address(INTERACTIONS_ADDR, get(INTERACTIONS_ADDR)).map_err(&mut keep);
        let key = get(DISCORD_PUBLIC_KEY).map(|key| public_key(&key));
        let key = key.transpose().map_err(&mut keep);
        let endpoint = match (addr, key) {
            (Ok(addr), Ok(key)) => endpoint(addr, key).map_err(&mut keep).ok(),
            _ => None,
        };
        let results = results_webhook(
            get(RESULTS_WEBHOOK_URL),
            get(RESULTS_WEBHOOK_SECRET),
            get(RESULTS_WEBHOOK_PRIVATE).as_deref(),
        );
        let results = results.map_err(&mut keep).ok();
        Self {
            token,
            database_url,
            api_url,
            guild: guild.flatten().map(GuildId),
            shards: shards.flatten(),
            pack_dir: get("PACK_DIR").map(PathBuf::from),
            metrics_addr: metrics_addr.flatten(),
            endpoint: endpoint.flatten(),
            results: results.flatten(),
            faults,
        }
    }
}

impl Config {
    /// Reads the variables like [`PartialConfig::read`].
    ///
    /// # Errors
    /// Every variable that is missing or wrong, not only the first.
    pub fn read(get: impl Fn(&str) -> Option<String>) -> Result<Self, Vec<ConfigError>> {
        let found = PartialConfig::read(get);
        match (found.token, found.database_url, found.api_url) {
            (Some(token), Some(database_url), Some(api_url)) if found.faults.is_empty() => {
                Ok(Self {
                    token,
                    database_url,
                    api_url,
                    guild: found.guild,
                    shards: found.shards,
                    pack_dir: found.pack_dir,
                    metrics_addr: found.metrics_addr,
                    endpoint: found.endpoint,
                    results: found.results,
                })
            }
            _ => Err(found.faults),
        }
    }
}

fn token(value: Option<String>) -> Result<Secret, ConfigError> {
    let value = value.ok_or(ConfigError::NoToken)?;
    let bare = value.strip_prefix("Bot ").unwrap_or(&value);
    if bare.chars().any(char::is_whitespace) {
        return Err(ConfigError::BadToken("a space in it"));
    }
    if !bare.chars().all(|c| c.is_ascii_graphic()) {
        return Err(ConfigError::BadToken("a character that tokens do not have"));
    }
    Ok(Secret(bare.to_owned()))
}

/// `METRICS_ADDR`.
///
/// # Errors
/// [`ConfigError::Wrong`] if it is not an address with a port.
pub fn metrics_addr(value: Option<String>) -> Result<Option<SocketAddr>, ConfigError> {
    let value = value.filter(|value| !value.trim().is_empty());
    address("METRICS_ADDR", value)
}

/// An address to listen on.
fn address(name: &'static str, value: Option<String>) -> Result<Option<SocketAddr>, ConfigError> {
    let Some(value) = value else {
        return Ok(None);
    };
    match value.parse() {
        Ok(address) => Ok(Some(address)),
        Err(_) => Err(ConfigError::Wrong {
            name,
            value,
            expected: "an address and a port of this machine, for instance 127.0.0.1:9184",
        }),
    }
}

/// How log lines are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogFormat {
    /// For people.
    Text,
    /// One JSON object a line.
    Json,
}

/// `LOG_FORMAT`.
///
/// # Errors
/// [`ConfigError::Wrong`] if it is neither `text` nor `json`.
pub fn log_format(value: Option<&str>) -> Result<LogFormat, ConfigError> {
    match value.map(str::trim) {
        None | Some("" | "text") => Ok(LogFormat::Text),
        Some("json") => Ok(LogFormat::Json),
        Some(other) => Err(ConfigError::Wrong {
            name: "LOG_FORMAT",
            value: other.to_owned(),
            expected: "text or json",
        }),
    }
}

/// The name of the variable for the database.
pub const DATABASE_URL: &str = "DATABASE_URL";

/// The database's address, given as `name`: a variable or an option. The store checks the rest.
///
/// # Errors
/// [`ConfigError::Wrong`] if the store does not know its form.
pub fn database_url(name: &'static str, value: Option<String>) -> Result<String, ConfigError> {
    let value = value.unwrap_or_else(|| DATABASE_URL_DEFAULT.to_owned());
    let known = value == "sqlite::memory:"
        || ["sqlite://", "postgres://", "postgresql://"]
            .iter()
            .filter_map(|scheme| value.strip_prefix(scheme))
            .any(|rest| !rest.is_empty());
    if known {
        Ok(value)
    } else {
        Err(ConfigError::Wrong {
            name,
            value: without_password(&value),
            expected: "sqlite://PATH, for instance sqlite://heat-check.db, or postgres://USER:PASSWORD@HOST/DATABASE",
        })
    }
}

/// A database address may contain a password between `:` and `@`, or in the options after a `?`.
fn without_password(url: &str) -> String {
    // Look for the last `@` first: a password may contain a `?`.
    let from_at = url.rfind('@').unwrap_or(0);
    let (shown, options) = match url[from_at..].find('?') {
        Some(mark) => (&url[..from_at + mark], "?…"),
        None => (url, ""),
    };
    match (shown.find("://"), shown.rfind('@')) {
        (Some(scheme), Some(at)) if scheme < at => {
            format!("{}://…{}{options}", &shown[..scheme], &shown[at..])
        }
        _ => format!("{shown}{options}"),
    }
}

fn api_url(value: Option<String>) -> Result<Option<String>, ConfigError> {
    let Some(value) = value else {
        return Ok(None);
    };
    let url = value.trim_end_matches('/');
    let host = url
        .strip_prefix("http://")
        .or_else(|| url.strip_prefix("https://"));
    let good = host.is_some_and(|host| {
        !host.is_empty()
            && host
                .chars()
                .all(|c| c.is_ascii_graphic() && !"?#@".contains(c))
    });
    if good {
        Ok(Some(url.to_owned()))
    } else {
        Err(ConfigError::Wrong {
            name: "DISCORD_API_URL",
            value: without_password(&value),
            expected: "the address of a Discord-compatible REST endpoint, for instance http://127.0.0.1:8080",
        })
    }
}

fn guild(value: Option<String>) -> Result<Option<u64>, ConfigError> {
    let Some(value) = value else {
        return Ok(None);
    };
    match value.parse() {
        Ok(id) if id > 0 => Ok(Some(id)),
        _ => Err(ConfigError::Wrong {
            name: "DISCORD_GUILD_ID",
            value,
            expected: "a server's id: copy it in Discord with developer mode on",
        }),
    }
}

fn shards(
    value: Option<String>,
    database_url: Option<&str>,
) -> Result<Option<ShardRange>, ConfigError> {
    let Some(value) = value else {
        return Ok(None);
    };
    let shards: ShardRange = match value.parse() {
        Ok(shards) => shards,
        Err(cause) => return Err(ConfigError::Shards { value, cause }),
    };
    let is_file = database_url.is_some_and(|url| url.starts_with("sqlite:"));
    if is_file && !shards.is_whole() {
        return Err(ConfigError::PartOnFile(shards));
    }
    Ok(Some(shards))
}

fn public_key(value: &str) -> Result<VerifyingKey, ConfigError> {
    // A weak key would accept forged signatures.
    let key = bytes(value).and_then(|bytes| VerifyingKey::from_bytes(&bytes).ok());
    match key {
        Some(key) if !key.is_weak() => Ok(key),
        _ => Err(ConfigError::NoKey),
    }
}

/// 32 bytes from 64 hexadecimal digits.
fn bytes(hex: &str) -> Option<[u8; 32]> {
    let digits: Vec<u32> = hex.chars().map_while(|c| c.to_digit(16)).collect();
    let pairs = digits.chunks_exact(2);
    let bytes: Vec<u8> = pairs
        .filter_map(|pair| u8::try_from(pair[0] * 16 + pair[1]).ok())
        .collect();
    // A character that is not a digit ended the parsing, so the lengths differ.
    (digits.len() == hex.chars().count())
        .then_some(bytes)?
        .try_into()
        .ok()
}

fn results_webhook(
    url: Option<String>,
    secret: Option<String>,
    private: Option<&str>,
) -> Result<Option<ResultsWebhook>, ConfigError> {
    let allows_private = match private {
        None | Some("false") => false,
        Some("true") => true,
        Some(other) => {
            return Err(ConfigError::Wrong {
                name: RESULTS_WEBHOOK_PRIVATE,
                value: other.to_owned(),
                expected: "true or false",
            });
        }
    };
    let half = |set, missing| ConfigError::Half {
        what: "the webhook for results",
        set,
        missing,
    };
    match (url, secret) {
        (None, None) => Ok(None),
        (Some(_), None) => Err(half(RESULTS_WEBHOOK_URL, RESULTS_WEBHOOK_SECRET)),
        (None, Some(_)) => Err(half(RESULTS_WEBHOOK_SECRET, RESULTS_WEBHOOK_URL)),
        (Some(url), Some(secret)) => Ok(Some(ResultsWebhook {
            url: webhook_url(&url, allows_private).ok_or(ConfigError::NoWebhook)?,
            key: webhook_key(&secret).ok_or(ConfigError::NoWebhookKey)?,
            allows_private,
        })),
    }
}

fn webhook_url(url: &str, allows_private: bool) -> Option<Url> {
    let url = Url::parse(url).ok()?;
    let is_bare = url.username().is_empty() && url.password().is_none();
    let host = url.host_str()?.trim_matches(['[', ']']);
    // A name is looked up when it is used.
    let is_neighbour = host.parse().is_ok_and(|ip| !address::is_public(ip));
    let fits = match url.scheme() {
        "https" => allows_private || !is_neighbour,
        "http" => allows_private,
        _ => false,
    };
    (is_bare && fits).then_some(url)
}

fn webhook_key(secret: &str) -> Option<Vec<u8>> {
    let key = STANDARD.decode(secret.strip_prefix("whsec_")?).ok()?;
    WEBHOOK_KEY_BYTES.contains(&key.len()).then_some(key)
}

fn endpoint(
    address: Option<SocketAddr>,
    key: Option<VerifyingKey>,
) -> Result<Option<Endpoint>, ConfigError> {
    match (address, key) {
        (Some(address), Some(key)) => Ok(Some(Endpoint { address, key })),
        (None, None) => Ok(None),
        (Some(_), None) => Err(ConfigError::Half {
            what: ENDPOINT,
            set: INTERACTIONS_ADDR,
            missing: DISCORD_PUBLIC_KEY,
        }),
        (None, Some(_)) => Err(ConfigError::Half {
            what: ENDPOINT,
            set: DISCORD_PUBLIC_KEY,
            missing: INTERACTIONS_ADDR,
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(pairs: &[(&str, &str)]) -> Result<Config, Vec<ConfigError>> {
        Config::read(|name| {
            let found = pairs.iter().find(|(key, _)| *key == name);
            found.map(|(_, value)| (*value).to_owned())
        })
    }

    #[test]
    fn the_list_of_variables_is_that_of_the_example() {
        let example = include_str!("../.env.example").lines();
        let named = example.filter_map(|line| line.trim_start_matches('#').split_once('='));
        let is_name = |name: &&str| name.bytes().all(|b| b.is_ascii_uppercase() || b == b'_');
        let mut named: Vec<&str> = named.map(|(name, _)| name).filter(is_name).collect();
        let mut listed = VARIABLES.map(|(name, _)| name);
        named.sort_unstable();
        listed.sort_unstable();
        assert_eq!(named, listed);
    }

    #[test]
    fn only_a_token_is_required() {
        let config = read(&[("DISCORD_TOKEN", " abc.def.ghi ")]).expect("a whole configuration");
        assert_eq!(config.token.expose(), "abc.def.ghi");
        assert_eq!(config.database_url, "sqlite://heat-check.db");
        assert_eq!((config.api_url, config.guild), (None, None));
    }

    #[test]
    fn every_fault_is_reported_at_once() {
        let faults = read(&[
            ("DISCORD_TOKEN", ""),
            ("DATABASE_URL", "mysql://me:secret@host/db"),
            ("DISCORD_API_URL", "localhost:8080"),
            ("DISCORD_GUILD_ID", "my server"),
            ("METRICS_ADDR", "localhost"),
        ])
        .expect_err("five faults");
        let text: Vec<String> = faults.iter().map(ToString::to_string).collect();
        assert_eq!(text.len(), 5, "{text:?}");
        for (line, name) in text.iter().zip([
            "DISCORD_TOKEN",
            "DATABASE_URL",
            "DISCORD_API_URL",
            "DISCORD_GUILD_ID",
            "METRICS_ADDR",
        ]) {
            assert!(line.starts_with(name), "{line}");
        }
        assert!(!text.concat().contains("secret"), "{text:?}");
    }

    #[test]
    fn a_database_is_a_file_or_a_server() {
        for url in [
            "sqlite://heat-check.db",
            "sqlite::memory:",
            "postgres://bot:hunter2@db/heat",
            "postgresql:///heat?host=/run/postgresql&password=hunter2",
            "postgres://bot:hun?ter2@db/heat?sslmode=require",
        ] {
            let pairs = [("DISCORD_TOKEN", "a.b.c"), ("DATABASE_URL", url)];
            let config = read(&pairs).expect(url);
            assert_eq!(config.database_url, url);
            let shown = format!("{config:?}");
            assert!(!shown.contains("hun"), "{shown}");
        }
        for url in [
            "sqlite://",
            "postgres://",
            "heat-check.db",
            "mysql://a?b=hunter2",
        ] {
            let error = database_url(DATABASE_URL, Some(url.to_owned()))
                .expect_err(url)
                .to_string();
            assert!(error.contains("postgres://USER"), "{error}");
            assert!(!error.contains("hunter2"), "{error}");
        }
    }

    #[test]
    fn a_part_of_the_servers_needs_a_database_that_can_be_shared() {
        let with = |shards, url| {
            let pairs = [
                ("DISCORD_TOKEN", "a.b.c"),
                ("SHARDS", shards),
                ("DATABASE_URL", url),
            ];
            read(&pairs).map(|config| config.shards)
        };
        let server = "postgres://bot@db/heat";
        assert_eq!(with("", ""), Ok(None));
        assert_eq!(with("1-2/4", server), Ok("1-2/4".parse().ok()));
        assert_eq!(with("0-3/4", ""), Ok("0-3/4".parse().ok()));
        for (shards, url, sentence) in [
            ("1-2/4", "", "a part of the servers"),
            ("1-2/4", "sqlite::memory:", "postgres://"),
            (
                "4-4/4",
                server,
                "SHARDS is \"4-4/4\": shards 4 to 4 are not within 4",
            ),
            ("2", server, "expected first-last/total"),
        ] {
            let faults = with(shards, url).expect_err(shards);
            let [fault] = faults.as_slice() else {
                panic!("{faults:?}");
            };
            assert!(fault.to_string().contains(sentence), "{fault}");
        }
    }

    #[test]
    fn a_token_is_never_shown() {
        let config = read(&[("DISCORD_TOKEN", "very-secret")]).expect("a whole configuration");
        assert!(!format!("{config:?}").contains("very-secret"));
        let faults = read(&[("DISCORD_TOKEN", "very secret")]).expect_err("a space in it");
        assert!(!format!("{faults:?}{}", faults[0]).contains("secret"));
    }

    const KEY: &str = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a";

    #[test]
    fn an_endpoint_is_an_address_and_a_key() {
        let with = |more: &[(&str, &str)]| read(&[&[("DISCORD_TOKEN", "a.b.c")], more].concat());
        let config = with(&[
            ("INTERACTIONS_ADDR", "[::1]:8080"),
            ("DISCORD_PUBLIC_KEY", KEY),
        ]);
        let endpoint = config.expect("both").endpoint.expect("an endpoint");
        assert_eq!(endpoint.address.port(), 8080);
        assert_eq!(endpoint.key.as_bytes()[..2], [0xd7, 0x5a]);
        for (name, value, other) in [
            ("INTERACTIONS_ADDR", "127.0.0.1:8080", "DISCORD_PUBLIC_KEY"),
            ("DISCORD_PUBLIC_KEY", KEY, "INTERACTIONS_ADDR"),
        ] {
            let faults = with(&[(name, value)]).expect_err("half of an endpoint");
            let text = faults[0].to_string();
            assert!(text.starts_with(name) && text.contains(other), "{text}");
            assert_eq!(faults.len(), 1);
        }
    }

    #[test]
    fn a_webhook_has_a_public_address_and_a_key_and_shows_neither() {
        let key = format!("whsec_{}", STANDARD.encode([7; 32]));
        let with = |url: &str, key: &str, private: &str| {
            let pairs = [
                ("DISCORD_TOKEN", "a.b.c"),
                (RESULTS_WEBHOOK_URL, url),
                (RESULTS_WEBHOOK_SECRET, key),
                (RESULTS_WEBHOOK_PRIVATE, private),
            ];
            read(&pairs).map(|config| config.results)
        };
        let good = "https://example.org/hidden?key=1";
        let found = with(good, &key, "").expect("a webhook").expect("one");
        assert_eq!(found.key(), [7; 32]);
        assert!(!format!("{found:?}").contains("hidden"));
        assert!(with("http://10.0.0.1:8/x", &key, "true").is_ok_and(|found| found.is_some()));
        for (url, key, private, name) in [
            (
                "http://example.org/hidden",
                key.as_str(),
                "",
                RESULTS_WEBHOOK_URL,
            ),
            ("https://127.0.0.1/hidden", &key, "", RESULTS_WEBHOOK_URL),
            ("https://[::1]/hidden", &key, "false", RESULTS_WEBHOOK_URL),
            ("https://2130706433/hidden", &key, "", RESULTS_WEBHOOK_URL),
            (
                "https://me:hidden@example.org/",
                &key,
                "true",
                RESULTS_WEBHOOK_URL,
            ),
            ("file:///hidden", &key, "true", RESULTS_WEBHOOK_URL),
            (good, "", "", RESULTS_WEBHOOK_URL),
            ("", &key, "", RESULTS_WEBHOOK_SECRET),
            (good, "whsec_aGlkZGVu", "", RESULTS_WEBHOOK_SECRET),
            (good, "hidden", "", RESULTS_WEBHOOK_SECRET),
            (good, &key, "maybe", RESULTS_WEBHOOK_PRIVATE),
        ] {
            let faults = with(url, key, private).expect_err(url);
            let text = faults[0].to_string();
            assert!(faults.len() == 1 && text.starts_with(name), "{text}");
            assert!(!text.contains("hidden"), "{text}");
        }
    }

    #[test]
    fn a_wrong_endpoint_is_reported() {
        for (name, value) in [
            ("INTERACTIONS_ADDR", "8080"),
            ("INTERACTIONS_ADDR", "localhost:8080"),
            ("DISCORD_PUBLIC_KEY", "d75a"),
            ("DISCORD_PUBLIC_KEY", &KEY.replace('d', "x")),
            ("DISCORD_PUBLIC_KEY", &format!("{KEY}00")),
            // Not a point of the curve, and a point of small order.
            ("DISCORD_PUBLIC_KEY", &"02".repeat(32)),
            ("DISCORD_PUBLIC_KEY", &format!("01{}", "00".repeat(31))),
        ] {
            let pairs = [("DISCORD_TOKEN", "a.b.c"), (name, value)];
            let faults = read(&pairs).expect_err(value);
            assert_eq!(faults.len(), 1, "{faults:?}");
            let text = faults[0].to_string();
            assert!(text.starts_with(name), "{text}");
            let is_shown = text.contains(value);
            assert_eq!(is_shown, name == "INTERACTIONS_ADDR", "{text}");
        }
    }
}
