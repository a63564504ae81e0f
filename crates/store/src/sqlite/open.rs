//! Opens a store: the file, its owner's lock, its connections and threads.

use super::file_identity::Place;
use super::{Sqlite, checkpoint, error, migrations, reader_pool, writer};
use crate::BackupError;
use crate::backup::file::Part;
use crate::backup::tables::tables;
use crate::{Disk, Examined, OpenError, StoreMeter};
use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags, TransactionBehavior};
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

/// The address of a database that ends with its store.
const MEMORY: &str = "sqlite::memory:";
/// How long a starting bot waits for another that is stopping.
const OWNER_WAIT: Duration = Duration::from_secs(1);
/// How long a statement waits for another program's lock.
const BUSY_WAIT: Duration = Duration::from_secs(2);
/// Prepared statements cached per connection; there are fewer.
const STATEMENTS: usize = 64;

pub(super) fn open(url: &str) -> Result<Sqlite, OpenError> {
    let meter = Arc::<StoreMeter>::default();
    if url == MEMORY {
        let name = Path::new(":memory:");
        let mut conn = Connection::open_in_memory().map_err(|e| error::opening(name, &e))?;
        configure(&conn).map_err(|e| error::opening(name, &e))?;
        migrations::apply(&mut conn, name)?;
        let jobs = writer::start(conn, writer::WriterResources::default(), Arc::clone(&meter))
            .map_err(|e| access(name, &e))?;
        return Ok(Sqlite {
            jobs,
            readers: None,
            place: None,
            meter,
        });
    }
    let path = resolve(&path_in(url)?)?;
    let owner = own(&path)?;
    create(&path)?;
    let mut conn = connect(&path)?;
    migrations::apply(&mut conn, &path)?;

    let mut connections = Vec::new();
    for _ in 0..reader_pool::READERS {
        let reader = connect(&path)?;
        reader
            .pragma_update(None, "query_only", true)
            .map_err(|e| error::opening(&path, &e))?;
        connections.push(reader);
    }
    let (readers, threads) = reader_pool::start(connections).map_err(|e| access(&path, &e))?;
    let file = path.clone();
    let checkpoints =
        checkpoint::start(&mut conn, move || connect(&file)).map_err(|e| access(&path, &e))?;
    let place = Arc::new(Place::of(&path));
    let beside = writer::WriterResources {
        place: Some(Arc::clone(&place)),
        owner: Some(owner),
        readers: threads,
        checkpoints: Some(checkpoints),
    };
    let jobs = writer::start(conn, beside, Arc::clone(&meter)).map_err(|e| access(&path, &e))?;
    Ok(Sqlite {
        jobs,
        readers: Some(readers),
        place: Some(place),
        meter,
    })
}

/// Opens an existing file that may be in use, without migrating it.
pub(crate) fn existing(url: &str) -> Result<Connection, BackupError> {
    let path = backup_path(url)?;
    if let Err(cause) = fs::metadata(&path) {
        return Err(BackupError::File { path, cause });
    }
    let conn = connect(&path)?;
    if migrations::is_ours(&conn)? {
        return Ok(conn);
    }
    Err(BackupError::Open(OpenError::Foreign {
        name: path.display().to_string(),
        reason: "it holds the tables of another program, or none".to_owned(),
    }))
}

/// Examines a file that may be in use.
pub(crate) fn examine(url: &str) -> Result<Examined, BackupError> {
    let path = backup_path(url)?;
    let known = migrations::known();
    if fs::metadata(&path).map_or(0, |file| file.len()) == 0 {
        // The folder must accept new files: the database itself, its log, its lock.
        Part::beside(&path)?;
        return Ok(Examined {
            version: None,
            known,
            damage: None,
            disk: Disk::with(&path),
        });
    }
    create(&path)?;
    let mut conn = existing(url)?;
    let version = conn.pragma_query_value(None, "user_version", |row| row.get(0))?;
    let verdict: String = conn.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
    // Takes the writer's lock and releases it at once.
    conn.transaction_with_behavior(TransactionBehavior::Immediate)?
        .rollback()?;
    Ok(Examined {
        version: Some(version),
        known,
        damage: (verdict != "ok").then_some(verdict),
        disk: Disk::with(&path),
    })
}

fn backup_path(url: &str) -> Result<PathBuf, BackupError> {
    if url == MEMORY {
        return Err(BackupError::InMemory);
    }
    Ok(resolve(&path_in(url)?)?)
}

/// A database that is to be replaced, and its owner's lock.
#[derive(Debug)]
pub(crate) struct Target {
    path: PathBuf,
    _owner: File,
}

impl Target {
    /// Takes the lock: from now on no bot can run on it.
    pub(crate) fn lock(url: &str) -> Result<Self, BackupError> {
        let path = backup_path(url)?;
        let owner = own(&path)?;
        Ok(Self {
            path,
            _owner: owner,
        })
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// Whether the file does not exist or is empty.
    pub(crate) fn is_empty(&self) -> Result<bool, BackupError> {
        if fs::metadata(&self.path).map_or(0, |file| file.len()) == 0 {
            return Ok(true);
        }
        let conn = connect(&self.path)?;
        for table in tables(&conn)? {
            let filled = format!("SELECT EXISTS (SELECT 1 FROM {})", table.name);
            if conn.query_row(&filled, [], |row| row.get(0))? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Merges the old file's write-ahead log into it; otherwise SQLite would apply that log to the
    /// new file.
    pub(crate) fn tidy(&self) -> Result<(), BackupError> {
        if fs::metadata(&self.path).map_or(0, |file| file.len()) == 0 {
            return Ok(());
        }
        let conn = connect(&self.path)?;
        conn.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
        conn.close().map_err(|(_, error)| error)?;
        Ok(())
    }
}

fn path_in(url: &str) -> Result<PathBuf, OpenError> {
    let reason = match url.strip_prefix("sqlite://") {
        Some("") => "it has no file name".to_owned(),
        Some(path) if path.contains(['?', '#', '\0']) => {
            "it has options after the path, but sqlite:// takes none".to_owned()
        }
        Some(path) => return Ok(PathBuf::from(path)),
        None => match url.split_once(':') {
            Some((scheme, _)) if scheme.len() <= 20 => {
                format!("{scheme:?} is not a kind of database that this version supports")
            }
            _ => "it does not begin with sqlite://".to_owned(),
        },
    };
    Err(OpenError::Url { reason })
}

/// The file's canonical path, so that two names for it mean one lock.
fn resolve(path: &Path) -> Result<PathBuf, OpenError> {
    match fs::metadata(path) {
        Ok(found) if !found.is_file() => {
            return Err(OpenError::NotAFile {
                path: path.to_owned(),
            });
        }
        Ok(_) => return fs::canonicalize(path).map_err(|e| access(path, &e)),
        Err(error) if error.kind() == ErrorKind::NotFound => {}
        Err(error) => return Err(access(path, &error)),
    }
    let Some(name) = path.file_name() else {
        return Err(OpenError::NotAFile {
            path: path.to_owned(),
        });
    };
    let folder = match path.parent() {
        Some(folder) if folder != Path::new("") => folder,
        _ => Path::new("."),
    };
    match fs::canonicalize(folder) {
        Ok(folder) => Ok(folder.join(name)),
        Err(error) if error.kind() == ErrorKind::NotFound => Err(OpenError::NoFolder {
            path: path.to_owned(),
            folder: folder.to_owned(),
        }),
        Err(error) => Err(access(path, &error)),
    }
}

/// Takes the lock that says "this bot owns the database", on a file beside it that is never
/// deleted. The system releases it when the process ends, however it ends.
///
/// The lock is not on the database file itself, because closing any handle on that would drop
/// SQLite's own locks.
fn own(path: &Path) -> Result<File, OpenError> {
    let mut name = path.as_os_str().to_owned();
    name.push(".lock");
    let lock_path = PathBuf::from(name);
    let file = create_private(&lock_path).map_err(|e| access(&lock_path, &e))?;
    let patience = Instant::now() + OWNER_WAIT;
    loop {
        match file.try_lock() {
            Ok(()) => return Ok(file),
            Err(TryLockError::WouldBlock) if Instant::now() < patience => {
                thread::sleep(Duration::from_millis(20));
            }
            Err(TryLockError::WouldBlock) => {
                return Err(OpenError::InUse {
                    path: path.to_owned(),
                });
            }
            Err(TryLockError::Error(error)) => return Err(access(&lock_path, &error)),
        }
    }
}

/// Makes sure that the file exists and is writable. The system's error messages are clearer than
/// SQLite's.
fn create(path: &Path) -> Result<(), OpenError> {
    create_private(path)
        .map(drop)
        .map_err(|error| access(path, &error))
}

/// Opens a file for writing; a new one is readable only by its owner.
fn create_private(path: &Path) -> std::io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

fn connect(path: &Path) -> Result<Connection, OpenError> {
    let fault = |fault| error::opening(path, &fault);
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let conn = Connection::open_with_flags(path, flags).map_err(fault)?;
    configure(&conn).map_err(fault)?;
    let mode: String = conn
        .pragma_update_and_check(None, "journal_mode", "WAL", |row| row.get(0))
        .map_err(fault)?;
    if mode != "wal" {
        return Err(OpenError::Engine {
            name: path.display().to_string(),
            reason: "this file system cannot keep a write-ahead log; use a local disk".to_owned(),
        });
    }
    Ok(conn)
}

fn configure(conn: &Connection) -> rusqlite::Result<()> {
    conn.set_prepared_statement_cache_capacity(STATEMENTS);
    conn.busy_timeout(BUSY_WAIT)?;
    // FULL: a commit is on the disk when it returns, so it survives a power cut, not only a crash
    // of the process.
    conn.pragma_update(None, "synchronous", "FULL")?;
    conn.pragma_update(None, "foreign_keys", true)?;
    // Otherwise statements whose plan could depend on bound values are replanned each time.
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    // After a burst the log shrinks again.
    conn.pragma_update_and_check(None, "journal_size_limit", 64 << 20, |_| Ok(()))
}

fn access(path: &Path, error: &std::io::Error) -> OpenError {
    OpenError::Access {
        path: path.to_owned(),
        reason: error.to_string(),
    }
}
