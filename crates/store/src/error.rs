//! Errors, each with a hint on how to fix it.

use heat_core::id::GameId;
use heat_core::shard::ShardRange;
use std::io;
use std::path::PathBuf;

/// Why the database could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The address is not understood. The message does not repeat it, because it may contain a
    /// password.
    #[error(
        "the database address is not understood: {reason}; expected sqlite://PATH, for example \
         sqlite://heat-check.db, or postgres://USER:PASSWORD@HOST/DATABASE"
    )]
    Url {
        /// What is wrong with it.
        reason: String,
    },
    /// The file's folder does not exist.
    #[error(
        "cannot open the database {}: the folder {} does not exist; create it first",
        path.display(), folder.display()
    )]
    NoFolder {
        /// The file.
        path: PathBuf,
        /// The missing folder.
        folder: PathBuf,
    },
    /// The path is a folder, a device or similar.
    #[error(
        "cannot open the database {}: it is not a regular file; name a file in an existing folder",
        path.display()
    )]
    NotAFile {
        /// The path.
        path: PathBuf,
    },
    /// The system does not let us read and write it.
    #[error(
        "cannot open the database {}: {reason}; the bot must be able to read and write the file \
         and to create files beside it",
        path.display()
    )]
    Access {
        /// The file that was refused: the database or its lock.
        path: PathBuf,
        /// What the system said.
        reason: String,
    },
    /// Another bot has it open.
    #[error(
        "the database {} is in use by another running bot; stop that one, or give this one a \
         database of its own",
        path.display()
    )]
    InUse {
        /// The file.
        path: PathBuf,
    },
    /// Another program has locked it.
    #[error(
        "the database {} is locked by another program; close that program (a database browser, a \
         backup) and start again",
        path.display()
    )]
    Locked {
        /// The file.
        path: PathBuf,
    },
    /// The file, or the server's database, belongs to another program.
    #[error(
        "{name} is not a database of Heat Check: {reason}; name another file or database, or move \
         this one away"
    )]
    Foreign {
        /// The file, or the database and its server.
        name: String,
        /// How we know.
        reason: String,
    },
    /// No server answers at the address, or it refuses the login.
    #[error("cannot open the database {name}: {reason}; {mend}")]
    Server {
        /// The database and its server, without a password.
        name: String,
        /// What happened.
        reason: String,
        /// How to fix it.
        mend: &'static str,
    },
    /// It was written by a newer version.
    #[error(
        "the database {name} has version {found}, and this program knows versions up to {known}; \
         start a newer heat-check, or restore a backup from before the upgrade"
    )]
    Newer {
        /// The file, or the database and its server.
        name: String,
        /// Its version.
        found: i64,
        /// The newest version that this program knows.
        known: i64,
    },
    /// Any other error of the database engine.
    #[error("cannot open the database {name}: {reason}")]
    Engine {
        /// The file, or the database and its server.
        name: String,
        /// What it reported.
        reason: String,
    },
}

/// Why a write or a read failed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// The write does not fit what is stored: its events exist already or leave a gap, the game
    /// exists already, or there is no such game. Trying again will not help.
    #[error("the write does not match what is stored for game {game}: {reason}")]
    Conflict {
        /// Which game.
        game: GameId,
        /// What does not fit.
        reason: String,
    },
    /// The write breaks a limit. Trying again will not help.
    #[error("a step of game {game} cannot be stored: {reason}")]
    Invalid {
        /// Which game.
        game: GameId,
        /// Which limit.
        reason: String,
    },
    /// The disk is full, read-only or failing, another program has locked the database, or its
    /// server does not answer. Nothing was stored; trying again may help once that is fixed.
    #[error("the database cannot be used at the moment: {reason}")]
    Unavailable {
        /// What was reported.
        reason: String,
    },
    /// The file is damaged or was changed by another program.
    #[error("the database is damaged or altered: {reason}; restore a backup")]
    Damaged {
        /// What was reported.
        reason: String,
    },
    /// Another live process owns a shard that was to be claimed.
    #[error(
        "the shards {wanted} cannot be claimed: {reason}; stop the other process, or wait until it \
         has gone"
    )]
    ShardsTaken {
        /// The shards that were to be claimed.
        wanted: ShardRange,
        /// Which process owns which shard.
        reason: String,
    },
    /// Another process has claimed this one's shards because it seemed dead. Nothing was stored,
    /// and nothing will be: this process must stop.
    #[error("another process has taken over this one's shards; this one must stop")]
    LeaseLost,
    /// The store was closed.
    #[error("the database is closed: the bot is stopping")]
    Closed,
}

/// Why a backup was not taken or not restored. Nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// The target file exists.
    #[error("{} already exists; name a new file", path.display())]
    Exists {
        /// The file.
        path: PathBuf,
    },
    /// The file cannot be read or written.
    #[error("{}: {cause}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What the system says.
        cause: io::Error,
    },
    /// The file is not a backup, or is damaged.
    #[error("{} is not a sound backup of Heat Check: {reason}", path.display())]
    Unsound {
        /// The file.
        path: PathBuf,
        /// What was found.
        reason: String,
    },
    /// The database would be overwritten.
    #[error(
        "{name} holds games or packs already; restore into an empty database, or pass --replace \
         to discard its contents"
    )]
    NotEmpty {
        /// The database.
        name: String,
    },
    /// The database is only in memory.
    #[error(
        "an in-memory database ends with its process; name a file (sqlite://PATH) or a server instead"
    )]
    InMemory,
    /// The server's tables have another version.
    #[error(
        "{name} has version {found} and this program version {known}: use the heat-check that made \
         it, or start this one on it once to upgrade it"
    )]
    OtherVersion {
        /// The database and its server.
        name: String,
        /// Its version.
        found: i64,
        /// This program's.
        known: i64,
    },
    /// The database cannot be opened or is in use.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// The database failed, or another process is using it.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<rusqlite::Error> for BackupError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Store(error.into())
    }
}
