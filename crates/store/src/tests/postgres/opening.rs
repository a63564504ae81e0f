//! What `open` refuses, and its messages.

use super::server::{self, Server};
use crate::OpenError;
use crate::tests::*;

/// Opening must fail, with a message that contains every one of `words`.
#[track_caller]
fn refused(url: &str, words: &[&str]) -> OpenError {
    let error = Store::open(url).expect_err("must be refused");
    let text = error.to_string();
    for word in words {
        assert!(text.contains(word), "{text:?} lacks {word:?}");
    }
    assert!(!text.contains('\n') && !text.contains("hunter2"), "{text}");
    error
}

#[test]
fn refuses_meaningless_addresses() {
    for (url, word) in [
        ("postgres://bot:hunter2@host:port/heat", "not understood"),
        ("postgres://bot:hunter2@host/heat?colour=red", "colour"),
        (
            "postgres://bot:hunter2@host/heat?sslmode=verify-ca",
            "sslmode",
        ),
        (
            "postgresql://bot:hunter2@host/heat?sslrootcert=/no/file",
            "/no/file",
        ),
        (
            "postgresql://bot:hunter2@host/heat?sslrootcert=/dev/null",
            "no certificate",
        ),
    ] {
        refused(url, &["not understood", word]);
    }
}

#[test]
fn reports_a_server_that_does_not_answer() {
    // A port that was free a moment ago.
    let free = std::net::TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let port = free.local_addr().unwrap().port();
    drop(free);
    let url = format!("postgres://bot:hunter2@127.0.0.1:{port}/heat");
    refused(
        &url,
        &["heat at 127.0.0.1", "refused", "check that the server runs"],
    );
}

#[ignore = "needs PostgreSQL"]
#[test]
fn refuses_databases_of_other_programs() {
    let server = server::shared();
    refused(
        &server
            .network("sslmode=disable")
            .replace("/postgres?", "/nowhere?"),
        &["nowhere", "createdb"],
    );
    let url = server.schema("read committed");
    server.sql(&url, "CREATE TABLE games (title TEXT)");
    refused(&url, &["games", "already exists", "name another"]);
    assert_eq!(
        server.sql(&url, "SELECT count(*) FROM games"),
        "0",
        "untouched"
    );
}

#[ignore = "needs PostgreSQL"]
#[tokio::test]
async fn a_database_of_a_newer_version_is_left_alone() {
    let server = server::shared();
    let url = server.schema("read committed");
    Store::open(&url).unwrap().close().await.unwrap();
    server.sql(&url, "UPDATE heat_check SET version = 4000");
    let error = refused(&url, &["4000", "newer heat-check"]);
    assert!(matches!(error, OpenError::Newer { found: 4_000, .. }));
}

#[ignore = "needs PostgreSQL"]
#[test]
fn many_processes_start_at_once_on_an_empty_database() {
    for isolation in ["read committed", "serializable"] {
        let server = server::shared();
        let url = server.schema(isolation);
        std::thread::scope(|scope| {
            let all: Vec<_> = (0..8).map(|_| scope.spawn(|| Store::open(&url))).collect();
            let stores: Vec<_> = all
                .into_iter()
                .map(|one| one.join().unwrap().unwrap())
                .collect();
            assert_eq!(
                server.sql(&url, "SELECT count(*), max(id) FROM writers"),
                "8|8"
            );
            drop(stores);
        });
    }
}

/// A user with only the rights that daily work needs.
#[ignore = "needs PostgreSQL"]
#[tokio::test]
async fn a_user_who_may_not_create_tables_may_use_them() {
    let server = server::shared();
    let url = server.schema("read committed");
    let guest = url.replace("user=heat", "user=guest");
    server.sql("public", "CREATE USER guest");
    let schema = server.sql(&url, "SELECT current_schema()");
    server.sql(&url, &format!("GRANT USAGE ON SCHEMA {schema} TO guest"));
    refused(&guest, &["permission denied", "right to create tables"]);
    Store::open(&url).unwrap().close().await.unwrap();
    let all = format!("GRANT ALL ON ALL TABLES IN SCHEMA {schema} TO guest");
    server.sql(&url, &all);
    let store = Store::open(&guest).unwrap();
    store.commit(start(1)).await.unwrap();
}

#[ignore = "needs PostgreSQL"]
#[test]
fn encrypts_as_the_address_says() {
    let server = server::shared();
    let open = |options: &str| Store::open(&tls_url(server, options));
    let plain = open("sslmode=disable").unwrap();
    assert_eq!(server.sql("public", SESSIONS), "0");
    drop(plain);
    let preferred = open("sslmode=prefer").unwrap();
    if !server.has_tls {
        refused(&tls_url(server, "sslmode=require"), &["TLS"]);
        eprintln!("skipped in part: there is no openssl to make a certificate with");
        return;
    }
    let required = open("sslmode=require").unwrap();
    // No known authority has signed its certificate, but this file contains it.
    refused(&tls_url(server, "sslmode=verify-full"), &["certificate"]);
    let known = format!("sslmode=verify-full&sslrootcert={}", server.certificate());
    let verified = open(&known).unwrap();
    assert_eq!(server.sql("public", SESSIONS), "3");
    drop([preferred, required, verified]);
}

const SESSIONS: &str = "SELECT count(*) FROM pg_stat_ssl JOIN pg_stat_activity USING (pid)
     WHERE ssl AND application_name = 'heat-check-tls'";

fn tls_url(server: &Server, options: &str) -> String {
    static SCHEMA: std::sync::OnceLock<String> = std::sync::OnceLock::new();
    let schema = SCHEMA.get_or_init(|| {
        let url = server.schema("read committed");
        server.sql(&url, "SELECT current_schema()")
    });
    server.network(&format!(
        "application_name=heat-check-tls&options=-csearch_path%3D{schema}&{options}"
    ))
}
