//! How the engine itself is built.

use rusqlite::Connection;

/// It does not list `HAVE_FDATASYNC`, which comes from the same place.
#[test]
fn is_built_with_the_flags_of_the_projects_configuration() {
    let conn = Connection::open_in_memory().unwrap();
    let mut listed = conn.prepare("PRAGMA compile_options").unwrap();
    let options = listed.query_map([], |row| row.get(0)).unwrap();
    let options: Vec<String> = options.map(Result::unwrap).collect();
    let wanted = "DEFAULT_MEMSTATUS=0".to_owned();
    assert!(
        options.contains(&wanted),
        ".cargo/config.toml is not read: {options:?}"
    );
}
