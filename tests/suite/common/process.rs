//! The bot as a separate process, as in production.

use std::fs::{File, OpenOptions};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use super::compiled::compiled;
use super::ledger::Books;
use super::postgres::Server;

/// The name of an operator's pack.
const PACK: &str = "pack.json";

/// A bot's home: its database and its log.
pub struct Home {
    folder: tempfile::TempDir,
    /// The database server and the address of the database there, instead of a file.
    server: Option<(&'static Server, String)>,
    /// Whether an earlier start has left compiled packs here.
    has_compiled_packs: bool,
}

impl Home {
    pub fn new() -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
            server: None,
            has_compiled_packs: true,
        }
    }

    /// Where the bot was never started: it has to compile its packs.
    pub fn untouched() -> Self {
        Self {
            has_compiled_packs: false,
            ..Self::new()
        }
    }

    /// With its state in a new database of this server.
    pub fn on(server: &'static Server) -> Self {
        Self {
            server: Some((server, server.schema("read committed"))),
            ..Self::new()
        }
    }

    /// With an operator's pack.
    pub fn with_pack(self, pack: &str) -> Self {
        let folder = self.folder.path().join("packs");
        std::fs::create_dir(&folder).unwrap();
        std::fs::write(folder.join(PACK), pack).unwrap();
        self
    }

    /// The folder of the operator's packs, if there is one.
    pub fn packs(&self) -> Option<PathBuf> {
        let folder = self.folder.path().join("packs");
        folder.is_dir().then_some(folder)
    }

    /// Leaves the compiled packs beside the database, unless the bot has to make them.
    pub fn leave_compiled_packs(&self) {
        let path = self.database().with_extension("db.packs");
        if !self.has_compiled_packs || self.server.is_some() || path.exists() {
            return;
        }
        let pack = self.packs().map(|folder| {
            let text = std::fs::read_to_string(folder.join(PACK)).unwrap();
            (PACK.to_owned(), text)
        });
        let packs = compiled(pack.as_slice());
        std::fs::write(path, packs).unwrap();
    }

    /// Another home whose state is in the same database.
    pub fn beside(&self) -> Self {
        Self {
            server: self.server.clone(),
            ..Self::new()
        }
    }

    /// The address of the state.
    pub fn url(&self) -> String {
        match &self.server {
            Some((_, url)) => url.clone(),
            None => format!("sqlite://{}", self.database().display()),
        }
    }

    /// The database, read without our own code.
    pub fn books(&self) -> Books {
        match &self.server {
            Some((server, url)) => Books::Server(server, url.clone()),
            None => Books::File(self.database()),
        }
    }

    /// The database file, if it is one.
    pub fn database(&self) -> PathBuf {
        self.folder.path().join("heat.db")
    }

    pub fn log(&self) -> String {
        std::fs::read_to_string(self.folder.path().join("log")).unwrap_or_default()
    }

    /// Starts the bot with more variables. The wrapper is a program that runs the one named by its
    /// arguments.
    pub fn start(
        &self,
        api_url: &str,
        token: &str,
        wrapper: &[&str],
        variables: &[(&str, &str)],
    ) -> Process {
        self.leave_compiled_packs();
        let bot = env!("CARGO_BIN_EXE_heat-check");
        let mut words = wrapper.iter().copied().chain([bot, "run"]);
        let mut command = Command::new(words.next().unwrap());
        command
            .args(words)
            .env_clear()
            .env("DISCORD_TOKEN", token)
            .env("DISCORD_API_URL", api_url)
            .env("DATABASE_URL", self.url())
            .envs(variables.iter().copied())
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(log(self.folder.path()));
        Process(command.spawn().expect("the bot starts"))
    }
}

fn log(folder: &Path) -> File {
    let mut options = OpenOptions::new();
    let opened = options.create(true).append(true).open(folder.join("log"));
    opened.unwrap()
}

/// A running bot; killed when dropped.
pub struct Process(Child);

impl Process {
    pub fn id(&self) -> u32 {
        self.0.id()
    }

    /// SIGKILL: no chance to finish anything.
    pub fn kill(&mut self) {
        // It may have ended by itself; the log then says why.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }

    /// Sends a signal by its name, as `TERM`.
    pub fn signal(&self, name: &str) {
        let sent = Command::new("kill")
            .args([&format!("-{name}"), &self.0.id().to_string()])
            .status();
        assert!(sent.unwrap().success(), "kill -{name}");
    }

    /// Waits until it has ended; fails after the limit.
    pub async fn wait(&mut self, limit: Duration) -> std::process::ExitStatus {
        let deadline = Instant::now() + limit;
        loop {
            if let Some(status) = self.ended() {
                return status;
            }
            assert!(Instant::now() < deadline, "it has not ended in {limit:?}");
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }

    /// How it ended, if it ended on its own.
    pub fn ended(&mut self) -> Option<std::process::ExitStatus> {
        self.0.try_wait().unwrap()
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.kill();
    }
}
