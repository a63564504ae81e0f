//! A temporary `PostgreSQL` server on this machine, from the installed binaries. The store's own
//! tests use it too.
//!
//! A shell runs it and stops it when its own standard input closes: however the tests end, no
//! server and no folder stays behind.

use std::io::{BufRead, BufReader, Lines, Write};
use std::path::PathBuf;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

const KEEPER: &str = r#"
set -eu
umask 077
bin=$1 port=$2
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
"$bin/initdb" -D "$dir/data" -A trust -U heat -E UTF8 --locale=C --no-sync >"$dir/log" 2>&1
if openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost \
    -addext subjectAltName=DNS:localhost -addext basicConstraints=critical,CA:FALSE \
    -keyout "$dir/data/server.key" -out "$dir/data/server.crt" >>"$dir/log" 2>&1
then ssl=on; else ssl=off; fi
start() {
    "$bin/postgres" -D "$dir/data" -k "$dir" -p "$port" -c listen_addresses=localhost \
        -c ssl=$ssl -c fsync=off -c max_connections=300 -c deadlock_timeout=100ms \
        >>"$dir/log" 2>&1 </dev/null &
    pid=$!
    tries=0
    until "$bin/pg_isready" -q -h "$dir" -p "$port"; do
        tries=$((tries + 1))
        if [ $tries -gt 300 ]; then cat "$dir/log" >&2; exit 1; fi
        sleep 0.1
    done
}
start
echo "$dir $ssl"
while read -r order; do
    case $order in
        stop) kill -INT $pid; wait $pid || true ;;
        crash) kill -QUIT $pid; wait $pid || true ;;
        start) start ;;
    esac
    echo done
done
kill -INT $pid 2>/dev/null || true
wait $pid || true
"#;

/// A running server.
pub struct Server {
    bin: PathBuf,
    port: u16,
    /// Holds the socket.
    folder: String,
    /// Whether it has a certificate, which needs `openssl`.
    pub has_tls: bool,
    _keeper: Child,
    orders: ChildStdin,
    replies: Lines<BufReader<ChildStdout>>,
}

/// The server that the tests of this process share.
pub fn shared() -> &'static Server {
    static SERVER: OnceLock<Server> = OnceLock::new();
    SERVER.get_or_init(Server::start)
}

impl Server {
    /// Starts a server, which takes a second or two. Tests that call this are marked ignored.
    pub fn start() -> Server {
        let bin = binaries().expect("this test needs PostgreSQL (Debian: apt install postgresql)");
        let free = std::net::TcpListener::bind(("localhost", 0)).unwrap();
        let port = free.local_addr().unwrap().port();
        drop(free);
        let mut keeper = as_nobody_special()
            .args(["-c", KEEPER, "keeper"])
            .arg(&bin)
            .arg(port.to_string())
            .current_dir("/")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let orders = keeper.stdin.take().unwrap();
        let mut replies = BufReader::new(keeper.stdout.take().unwrap()).lines();
        let ready = replies.next().expect("the server does not start").unwrap();
        let (folder, tls) = ready.split_once(' ').unwrap();
        Server {
            bin,
            port,
            folder: folder.to_owned(),
            has_tls: tls == "on",
            _keeper: keeper,
            orders,
            replies,
        }
    }

    /// The address of a new, empty schema.
    pub fn schema(&self, isolation: &str) -> String {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let name = format!("t{}", NEXT.fetch_add(1, Ordering::Relaxed));
        self.sql("public", &format!("CREATE SCHEMA {name}"));
        let isolation = isolation.replace(' ', "\\%20");
        format!(
            "postgres:///postgres?user=heat&host={}&port={}&sslmode=disable&options=-csearch_path%3D{name}\
             %20-cdefault_transaction_isolation%3D{isolation}",
            self.folder, self.port
        )
    }

    /// The address by which it is reached over the network.
    pub fn network(&self, options: &str) -> String {
        format!("postgres://heat@localhost:{}/postgres?{options}", self.port)
    }

    /// Runs SQL beside the store, in the schema that this address names.
    pub fn sql(&self, url_or_schema: &str, sql: &str) -> String {
        let schema = match url_or_schema.split_once("search_path%3D") {
            Some((_, rest)) => rest.split('%').next().unwrap(),
            None => url_or_schema,
        };
        let output = self
            .psql()
            .args(["-c", &format!("SET search_path = {schema}"), "-c", sql])
            .output()
            .unwrap();
        let error = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{sql}: {error}");
        String::from_utf8(output.stdout).unwrap().trim().to_owned()
    }

    /// Another session, with these settings, that has run this in a transaction and keeps it open.
    /// It ends with the returned value.
    pub fn pause_in_transaction(&self, url: &str, settings: &str, sql: &str) -> ChildStdin {
        let schema = self.sql(url, "SELECT current_schema()");
        let mut session = self
            .psql()
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut input = session.stdin.take().unwrap();
        writeln!(
            input,
            "SET search_path = {schema}; {settings}; BEGIN; {sql}; SELECT 'there';"
        )
        .unwrap();
        let mut lines = BufReader::new(session.stdout.take().unwrap()).lines();
        assert_eq!(lines.next().unwrap().unwrap(), "there");
        std::thread::spawn(move || session.wait());
        input
    }

    fn psql(&self) -> Command {
        let mut command = Command::new(self.bin.join("psql"));
        command.args([
            "-XqtA",
            "-v",
            "ON_ERROR_STOP=1",
            "-U",
            "heat",
            "-d",
            "postgres",
        ]);
        command.args(["-h", &self.folder, "-p", &self.port.to_string()]);
        command
    }

    pub fn port(&self) -> u16 {
        self.port
    }

    /// Where its certificate is.
    pub fn certificate(&self) -> String {
        format!("{}/data/server.crt", self.folder)
    }

    /// `stop`, `crash` or `start`.
    pub fn order(&mut self, order: &str) {
        writeln!(self.orders, "{order}").unwrap();
        assert_eq!(self.replies.next().unwrap().unwrap(), "done");
    }
}

/// The newest version that Debian's packages, or the `PATH`, have.
fn binaries() -> Option<PathBuf> {
    let versions = std::fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten();
    let mut versions: Vec<_> = versions
        .flatten()
        .filter_map(|entry| {
            let version: u32 = entry.file_name().to_str()?.parse().ok()?;
            Some((version, entry.path().join("bin")))
        })
        .collect();
    versions.sort_unstable();
    let on_path = std::env::var_os("PATH").unwrap_or_default();
    let debian = versions.into_iter().rev().map(|(_, bin)| bin);
    let mut candidates = debian.chain(std::env::split_paths(&on_path).collect::<Vec<_>>());
    candidates.find(|bin| {
        ["initdb", "postgres", "psql"]
            .iter()
            .all(|name| bin.join(name).is_file())
    })
}

/// A shell for the server, which does not run as root.
fn as_nobody_special() -> Command {
    let id = Command::new("id").arg("-u").output().unwrap();
    if id.stdout.trim_ascii() != b"0" {
        return Command::new("sh");
    }
    let mut command = Command::new("runuser");
    command.args(["-u", "postgres", "--", "sh"]);
    command
}
