//! The program itself, started as users start it: errors are one sentence and a non-zero exit code,
//! and nothing is left half-started.

use discord_sandbox::{Options, Sandbox};
use std::io::Write;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::process::{Command, Output};

/// The program with only the given environment.
fn heat_check(arguments: &[&str], variables: &[(&str, &str)]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_heat-check"))
        .args(arguments)
        .env_clear()
        .envs(variables.iter().copied())
        .output()
        .unwrap()
}

/// Fails unless the program refused to run with exactly these sentences on standard error.
fn assert_refused(output: &Output, sentences: &[&str]) {
    let said = String::from_utf8(output.stderr.clone()).unwrap();
    assert!(!output.status.success(), "{said}");
    let lines: Vec<&str> = said
        .lines()
        .filter(|l| l.starts_with("heat-check: "))
        .collect();
    assert_eq!(lines.len(), sentences.len(), "{said}");
    for (line, sentence) in lines.iter().zip(sentences) {
        assert!(line.contains(sentence), "{sentence:?} is not in {line:?}");
    }
    assert!(!said.contains("panicked"), "{said}");
}

#[test]
fn without_a_token_it_explains_how_to_get_one() {
    let output = heat_check(&["run"], &[]);
    assert_refused(
        &output,
        &["DISCORD_TOKEN is not set; create an application at https://discord.com/developers"],
    );
    let bare = heat_check(&[], &[]);
    assert_eq!(bare.stderr, output.stderr, "`run` is the default");
}

#[test]
fn every_wrong_variable_is_reported() {
    let output = heat_check(
        &["run"],
        &[
            ("DISCORD_TOKEN", "s3cret with spaces"),
            ("DATABASE_URL", "heat.db"),
            ("DISCORD_API_URL", "nowhere"),
            ("DISCORD_GUILD_ID", "-1"),
        ],
    );
    let names = [
        "DISCORD_TOKEN",
        "DATABASE_URL",
        "DISCORD_API_URL",
        "DISCORD_GUILD_ID",
    ];
    assert_refused(&output, &names);
    assert!(!String::from_utf8_lossy(&output.stderr).contains("s3cret"));
    let output = heat_check(&["run"], &[("LOG", "!!"), ("DISCORD_TOKEN", "t")]);
    assert_refused(&output, &["LOG is \"!!\""]);
    for word in ["loud", "verbose"] {
        let output = heat_check(&["run"], &[("LOG", word), ("DISCORD_TOKEN", "t")]);
        assert_refused(
            &output,
            &[&format!("LOG is \"{word}\"; expected error, warn, info")],
        );
    }
    // An option is not blamed on the variable of the same meaning, nor the reverse.
    for arguments in [
        ["sandbox", "--port", "0", "--database", "x.db"].as_slice(),
        &["packs", "show", "--database", "x.db"],
    ] {
        let output = heat_check(arguments, &[("DATABASE_URL", "sqlite://fine.db")]);
        assert_refused(&output, &["--database is \"x.db\"; expected sqlite://PATH"]);
    }
    let output = heat_check(&["sandbox", "--port", "0"], &[("METRICS_ADDR", "loud")]);
    assert_refused(&output, &["METRICS_ADDR is \"loud\"; expected an address"]);
    let output = heat_check(&["packs", "show", "--database", "sqlite::memory:"], &[]);
    assert_refused(
        &output,
        &["name a file (sqlite://PATH) or a server instead"],
    );
}

#[test]
fn the_help_names_the_variables() {
    let help = String::from_utf8(heat_check(&["run", "--help"], &[]).stdout).unwrap();
    for (name, _) in heat_check::config::VARIABLES {
        assert!(help.contains(name), "{name}: {help}");
    }
}

#[test]
fn the_doctor_goes_on_without_a_token() {
    let output = heat_check(
        &["doctor"],
        &[
            ("DATABASE_URL", "sqlite:///no/such/heat.db"),
            ("DISCORD_API_URL", "http://127.0.0.1:9"),
        ],
    );
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(!output.status.success());
    for line in [
        "fault    Variables    DISCORD_TOKEN is not set",
        "fault    Discord      http://127.0.0.1:9 does not respond",
        "left out Token        needs DISCORD_TOKEN",
        "fault    Database",
        "ok       Packs",
    ] {
        assert!(
            said.lines().any(|said| said.starts_with(line)),
            "{line}: {said}"
        );
    }
}

#[test]
fn files_that_are_not_packs_are_identified() {
    let folder = tempfile::tempdir().unwrap();
    let wide: Vec<u8> = "\u{FEFF}question,answer"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    for (name, content, says) in [
        (
            "film.csv",
            b"question,answer\n".as_slice(),
            "turn it into a pack with `heat-check packs import`",
        ),
        ("film.yaml", b"Who?:\n- Ann\n", "packs import"),
        ("comma.json", b"{\"id\": \"p\",}", "remove the comma"),
        ("list.json", b"{\"sources\": [1,]}", "remove the comma"),
        (
            "word.json",
            br#"{"id": "p", "title": "P", "description": "D.", "questions": [{"id": "q", "prompt": "Who?",
                "answer": "A", "distractors": ["B", "C", "D"], "difficulty": "tough"}]}"#,
            "\"tough\" is not one of the words allowed here; write one of easy, medium, hard",
        ),
        (
            "field.json",
            br#"{"id": "p", "titel": "P", "description": "D."}"#,
            "titel: no such field in a pack; use only",
        ),
        (
            "type.json",
            br#"{"id": "p", "title": 7, "description": "D."}"#,
            "found the number 7 instead of a text",
        ),
        ("wide.json", &wide, "the file is UTF-16; save it as UTF-8"),
        (
            "old.json",
            b"{\n\"id\": \"Am\xE9lie\"}",
            "line 2: the file is not UTF-8 but probably Windows-1252",
        ),
    ] {
        let path = folder.path().join(name);
        std::fs::write(&path, content).unwrap();
        let output = heat_check(&["packs", "check", path.to_str().unwrap()], &[]);
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(
            !output.status.success() && said.contains(says),
            "{name}: {said}"
        );
        for of_the_reader in ["variant", "expected `", "struct", "EOF", "trailing"] {
            assert!(!said.contains(of_the_reader), "{name}: {said}");
        }
    }
    let import = folder.path().join("deck.csv");
    std::fs::write(&import, wide).unwrap();
    let output = heat_check(&["packs", "import", import.to_str().unwrap()], &[]);
    assert!(String::from_utf8_lossy(&output.stderr).contains("UTF-16"));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unknown_token_is_reported() {
    let sandbox = sandbox().await;
    let folder = tempfile::tempdir().unwrap();
    let database = format!("sqlite://{}/heat.db", folder.path().display());
    let url = sandbox.url();
    let variables = [
        ("DISCORD_TOKEN", "not-the-token"),
        ("DISCORD_API_URL", url.as_str()),
        ("DATABASE_URL", database.as_str()),
    ];
    let output = tokio::task::block_in_place(|| heat_check(&["run"], &variables));
    assert_refused(&output, &["Discord does not accept the bot token"]);
    assert!(!String::from_utf8_lossy(&output.stderr).contains("not-the-token"));
}

#[test]
fn an_unreachable_discord_is_reported() {
    // A port that was free a moment ago and accepts no connections.
    let free = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let url = format!("http://{}", free.local_addr().unwrap());
    drop(free);
    let output = heat_check(
        &["run"],
        &[
            ("DISCORD_TOKEN", "t"),
            ("DISCORD_API_URL", &url),
            ("DATABASE_URL", "sqlite::memory:"),
        ],
    );
    assert_refused(
        &output,
        &[
            "cannot be reached: no response from Discord: no connection; check the network and DISCORD_API_URL",
        ],
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn an_endpoint_that_cannot_be_served_is_reported() {
    let sandbox = sandbox().await;
    let (url, own) = (sandbox.url(), sandbox.public_key());
    let taken = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let taken = taken.local_addr().unwrap().to_string();
    let other = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a";
    for (address, key, sentence) in [
        (
            sandbox.address().to_string().as_str(),
            own.as_str(),
            "cannot listen on",
        ),
        (
            "127.0.0.1:0",
            other,
            "not the public key of this token's application",
        ),
        (
            taken.as_str(),
            "",
            "INTERACTIONS_ADDR is set and DISCORD_PUBLIC_KEY is not",
        ),
    ] {
        let variables = [
            ("DISCORD_TOKEN", sandbox.token()),
            ("DISCORD_API_URL", url.as_str()),
            ("DATABASE_URL", "sqlite::memory:"),
            ("INTERACTIONS_ADDR", address),
            ("DISCORD_PUBLIC_KEY", key),
        ];
        let output = tokio::task::block_in_place(|| heat_check(&["run"], &variables));
        assert_refused(&output, &[sentence]);
    }
}

#[test]
fn an_invalid_database_is_reported() {
    let folder = tempfile::tempdir().unwrap();
    let text = folder.path().join("poem.db");
    std::fs::write(&text, "Roses are red, and this is no database.".repeat(100)).unwrap();
    let missing = folder.path().join("no/such/folder/heat.db");
    for (path, sentence) in [
        (folder.path().to_path_buf(), "folder"),
        (text, "database"),
        (missing, "folder"),
    ] {
        let url = format!("sqlite://{}", path.display());
        let output = heat_check(&["run"], &[("DISCORD_TOKEN", "t"), ("DATABASE_URL", &url)]);
        assert_refused(&output, &[sentence]);
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(
            said.contains(&path.display().to_string()),
            "the path is named: {said}"
        );
    }
}

#[test]
fn a_port_in_use_is_reported() {
    let taken = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let output = heat_check(&["sandbox", "--port", &port], &[]);
    assert_refused(&output, &["cannot listen on 127.0.0.1"]);
    assert!(output.stdout.is_empty(), "it does not claim to be open");
}

#[test]
fn a_broken_pack_shows_all_its_faults() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("broken.json");
    let pack = r#"{
        "id": "Broken Pack", "title": "", "description": "d",
        "questions": [
            {"id": "q1", "prompt": "Who?", "answer": "A", "distractors": ["a", "B"], "reason": "r"}
        ]
    }"#;
    std::fs::write(&path, pack).unwrap();
    let output = heat_check(&["packs", "check", path.to_str().unwrap()], &[]);
    assert!(!output.status.success());
    let said = String::from_utf8(output.stderr).unwrap();
    for place in ["id:", "title:", "questions[0].distractors"] {
        assert!(said.contains(place), "{place} is not in {said}");
    }
    let missing = heat_check(&["packs", "check", "/no/such/pack.json"], &[]);
    assert!(
        String::from_utf8(missing.stderr)
            .unwrap()
            .contains("cannot be read")
    );
}

#[test]
fn the_bundled_packs_are_sound() {
    let output = heat_check(&["packs", "check"], &[]);
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let shown = heat_check(&["packs", "show", "--json", "--pack", "heat-2"], &[]);
    let lines = String::from_utf8(shown.stdout).unwrap();
    assert!(lines.lines().count() >= 40);
    for line in lines.lines() {
        let question: serde_json::Value = serde_json::from_str(line).unwrap();
        for field in [
            "id",
            "pack",
            "facts",
            "topic",
            "difficulty",
            "template",
            "prompt",
            "answer",
            "distractors",
            "reason",
            "citation",
        ] {
            assert!(!question[field].is_null(), "{field} is missing in {line}");
        }
    }
}

async fn sandbox() -> Sandbox {
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
    Sandbox::start(Options::new(address, "the-token"))
        .await
        .unwrap()
}

#[test]
fn an_operators_broken_pack_prevents_the_start() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("one.json"), r#"{"id": "One"}"#).unwrap();
    std::fs::write(folder.path().join("two.json"), "{").unwrap();
    let database = folder.path().join("state.db");
    let variables = [
        ("DISCORD_TOKEN", "token"),
        ("DATABASE_URL", &format!("sqlite://{}", database.display())),
        ("PACK_DIR", folder.path().to_str().unwrap()),
    ];
    let output = heat_check(&["run"], &variables);
    assert_refused(&output, &["so nothing was started"]);
    let said = String::from_utf8(output.stderr).unwrap();
    for fault in [
        "one.json: id:",
        "one.json: title:",
        "two.json: this is not JSON",
    ] {
        assert!(said.contains(fault), "{fault} is not in {said}");
    }
    assert!(!database.exists(), "nothing is half-started");
    let away = heat_check(
        &["run"],
        &[("DISCORD_TOKEN", "token"), ("PACK_DIR", "/no/such/folder")],
    );
    assert_refused(&away, &["so nothing was started"]);
}

#[test]
fn a_list_is_imported_checked_and_exported() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let table = "question,answer,wrong1,wrong2,wrong3\nWhich of these is it?,This,That,Those,Them\nBad?,A,B\n";
    std::fs::write(at("own.csv"), table).unwrap();
    let run = |arguments: &[&str]| {
        let output = heat_check(arguments, &[]);
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(output.status.success(), "{arguments:?}: {said}");
        said
    };
    let said = run(&["packs", "import", &at("own.csv"), "--out", &at("own.json")]);
    assert!(
        said.contains("line 3") && said.contains("1 imported, 1 left out"),
        "{said}"
    );
    run(&["packs", "check", &at("own.json")]);
    run(&[
        "packs",
        "export",
        &at("own.json"),
        "--format",
        "csv",
        "--out",
        &at("again.csv"),
    ]);
    run(&[
        "packs",
        "import",
        &at("again.csv"),
        "--out",
        &at("again.json"),
    ]);
    let pack = |name: &str| std::fs::read_to_string(at(name)).unwrap();
    assert_eq!(pack("again.json"), pack("own.json"));
    let schema = heat_check(&["packs", "schema"], &[]).stdout;
    assert!(
        String::from_utf8(schema)
            .unwrap()
            .contains("\"WrittenQuestion\"")
    );
}

/// Two films in IMDb's five tables, one of them compressed.
fn imdb(folder: &std::path::Path) {
    let film = |id, title| format!("{id}\tmovie\t{title}\t{title}\t0\t1995\t\\N\t100\tCrime\n");
    let tables = [
        ("title.basics", "tconst\ttitleType\tprimaryTitle\toriginalTitle\tisAdult\tstartYear\tendYear\truntimeMinutes\tgenres\n".to_owned()
            + &film("tt0113277", "Heat") + &film("tt0000002", "Nobody Saw It")),
        ("title.crew", "tconst\tdirectors\twriters\ntt0113277\tnm0000520\t\\N\n".to_owned()),
        ("title.principals", "tconst\tordering\tnconst\tcategory\tjob\tcharacters\ntt0113277\t1\tnm0000199\tactor\t\\N\t[\"Vincent Hanna\"]\n".to_owned()),
        ("name.basics", "nconst\tprimaryName\tbirthYear\tdeathYear\nnm0000520\tMichael Mann\t1943\t\\N\nnm0000199\tAl Pacino\t1940\t\\N\n".to_owned()),
    ];
    for (name, text) in tables {
        std::fs::write(folder.join(format!("{name}.tsv")), text).unwrap();
    }
    let packed = std::fs::File::create(folder.join("title.ratings.tsv.gz")).unwrap();
    let mut packed = flate2::write::GzEncoder::new(packed, flate2::Compression::default());
    packed
        .write_all(b"tconst\taverageRating\tnumVotes\ntt0113277\t8.3\t750000\ntt0000002\t5.0\t12\n")
        .unwrap();
    packed.finish().unwrap();
}

#[test]
fn a_pack_is_built_from_imdbs_files() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("pack.json");
    let [folder_name, out_name] = [folder.path(), &out].map(|path| path.to_str().unwrap());
    let build = ["packs", "build", "imdb", folder_name, "--out", out_name];
    assert_refused(
        &heat_check(&build, &[]),
        &["title.ratings.tsv.gz is needed"],
    );
    imdb(folder.path());
    let output = heat_check(&build, &[]);
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.success(), "{said}");
    assert!(
        said.contains("non-commercial") && said.contains("1 film\n"),
        "{said}"
    );
    let pack = std::fs::read_to_string(&out).unwrap();
    assert!(
        pack.contains("Al Pacino = Vincent Hanna") && !pack.contains("Nobody"),
        "{pack}"
    );
}
