//! Which modules may use which, as drawn in `src/lib.rs` and `crates/core/src/lib.rs`, and words
//! that may occur in one place only.

use std::fs;
use std::path::{Path, PathBuf};

/// Where the modules in the tables below are.
const ROOTS: [&str; 3] = ["crates/core/src", "crates/view/src", "src"];

/// Each module of the core and the shell, with the modules of its own crate that it may use. Rules
/// that Cargo enforces are not repeated here.
const ARROWS: &[(&str, &[&str])] = &[
    ("asked_history", &["id"]),
    ("clock", &[]),
    ("rows", &[]),
    ("blocks", &["rows"]),
    ("buckets", &[]),
    ("groups", &["rows"]),
    ("lists", &["rows"]),
    ("facts", &["blocks", "groups", "rows"]),
    ("id", &[]),
    ("lang", &[]),
    ("daily", &["id"]),
    ("season", &["id"]),
    ("shard", &["id"]),
    ("standing", &["id"]),
    (
        "bank",
        &[
            "asked_history",
            "blocks",
            "facts",
            "groups",
            "id",
            "lists",
            "rows",
        ],
    ),
    ("cast", &["buckets", "facts", "groups", "lists"]),
    ("news", &["facts"]),
    ("exchange", &["bank", "facts", "lang"]),
    ("library", &["asked_history", "bank", "cast", "facts"]),
    ("chain", &["facts", "id"]),
    ("game", &["bank", "facts", "id"]),
    ("results", &["bank", "game", "id"]),
    (
        "schedule",
        &["bank", "facts", "game", "id", "lang", "standing"],
    ),
    (
        "settings",
        &["bank", "facts", "game", "id", "lang", "standing"],
    ),
    ("writing", &["exchange", "facts", "id", "library"]),
    ("card", &[]),
    ("config", &[]),
    ("compiled_packs", &[]),
    ("pack_dir", &[]),
    ("host", &["card"]),
    ("discord", &["card", "clock", "host"]),
    ("webhook", &["config", "host"]),
    ("metrics", &["clock", "discord", "host", "webhook"]),
    (
        "bot",
        &[
            "clock",
            "compiled_packs",
            "config",
            "discord",
            "host",
            "metrics",
            "pack_dir",
            "webhook",
        ],
    ),
    ("doctor", &["bot", "clock", "config", "discord"]),
    ("cli", &["bot", "config", "doctor", "host"]),
];

/// Crates that do no I/O, read no clock and own no random source.
const PURE: [&str; 2] = ["crates/core/src", "crates/view/src"];

/// Words that a pure module must not contain.
const IMPURE: [&str; 9] = [
    "std::fs",
    "std::net",
    "std::env",
    "std::thread",
    "std::process",
    "SystemTime",
    "Instant::now",
    "rand::rng",
    "make_rng",
];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn sources() -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    let mut folders = ROOTS.map(|folder| root().join(folder)).to_vec();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("a readable folder") {
            let path = entry.expect("a readable entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == "rs") {
                let text = fs::read_to_string(&path).expect("a readable file");
                found.push((path, text));
            }
        }
    }
    found.sort();
    found
}

/// The top-level module that a file belongs to; none for `lib.rs` and `main.rs`, and for the views,
/// which may all name each other.
fn module(path: &Path) -> Option<String> {
    let folder = ROOTS
        .iter()
        .find(|folder| path.starts_with(root().join(folder)))?;
    let first = path
        .strip_prefix(root().join(folder))
        .ok()?
        .components()
        .next()?;
    let name = first
        .as_os_str()
        .to_str()?
        .trim_end_matches(".rs")
        .to_owned();
    (name != "lib" && name != "main" && *folder != "crates/view/src").then_some(name)
}

/// The code of a file, without comments and without its test module.
fn code(text: &str) -> String {
    let code = text.split("#[cfg(test)]\nmod tests {").next();
    let code = code.and_then(|code| code.split("#[cfg(test)]\n#[expect").next());
    code.unwrap_or_default()
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .collect::<Vec<_>>()
        .join("\n")
}

fn is_test(path: &Path) -> bool {
    let path = path.strip_prefix(root()).unwrap();
    let name = path.to_string_lossy();
    name.ends_with("tests.rs") || name.contains("/tests/") || name.ends_with("fixture.rs")
}

/// The modules of this crate used in some code, as `crate::x` or `heat_check::x`, also within
/// braces (`crate::{x, y}`).
fn named(code: &str) -> Vec<String> {
    let mut names = Vec::new();
    for start in ["crate::", "heat_check::"] {
        for (at, _) in code.match_indices(start) {
            let rest = &code[at + start.len()..];
            let list = rest.strip_prefix('{').and_then(|l| l.split_once('}'));
            let heads = match list {
                Some((list, _)) => list.split(',').map(str::trim).collect(),
                None => vec![rest],
            };
            names.extend(heads.into_iter().map(|head| {
                head.chars()
                    .take_while(|c| c.is_ascii_alphanumeric() || *c == '_')
                    .collect::<String>()
            }));
        }
    }
    names
}

#[test]
fn modules_use_only_those_below_them() {
    let mut wrong = Vec::new();
    let mut seen = 0;
    for (path, text) in sources() {
        let Some(module) = module(&path) else {
            continue;
        };
        let arrow = ARROWS.iter().find(|(name, _)| *name == module);
        let Some((_, allowed)) = arrow else {
            wrong.push(format!("{module} is not in the table of arrows"));
            continue;
        };
        let is_module = |name: &String| ARROWS.iter().any(|(module, _)| module == name);
        for name in named(&code(&text)).into_iter().filter(is_module) {
            seen += 1;
            if name != module && !allowed.contains(&name.as_str()) && !is_test(&path) {
                wrong.push(format!("{} names {name}", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(
        seen > 100,
        "the test found only {seen} arrows: it no longer looks in the right place"
    );
}

#[test]
fn pure_crates_touch_nothing_outside() {
    let wrong: Vec<String> = sources()
        .into_iter()
        .filter(|(path, _)| {
            PURE.iter()
                .any(|folder| path.starts_with(root().join(folder)))
        })
        .filter(|(path, _)| !is_test(path))
        .flat_map(|(path, text)| {
            let code = code(&text);
            let said = IMPURE.iter().filter(move |word| code.contains(**word));
            said.map(move |word| format!("{} says {word}", path.display()))
                .collect::<Vec<_>>()
        })
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// Where replies to members are made. Their words come from the view.
const REPLIES: [&str; 2] = ["src/discord/commands", "src/discord/components"];

/// The literals of some code that have words: a letter pair and a space, outside of placeholders.
fn sentences(code: &str) -> Vec<&str> {
    let literals = code.split('"').skip(1).step_by(2);
    let is_sentence = |literal: &&str| {
        let shown: Vec<&str> = literal.split(['{', '}']).step_by(2).collect();
        let shown = shown.join("");
        let words = shown.split(|c: char| !c.is_alphabetic());
        shown.contains(' ') && words.into_iter().any(|word| word.len() > 1)
    };
    literals.filter(is_sentence).collect()
}

#[test]
fn replies_have_no_words_of_their_own() {
    assert_eq!(sentences(r#"say("{left} left");"#), ["{left} left"]);
    assert_eq!(sentences(r#"text(command, "name"), "{a} · {b}""#), [""; 0]);
    let mut seen = 0;
    let mut wrong = Vec::new();
    for (path, text) in sources() {
        let is_reply = |folder: &&str| path.starts_with(root().join(folder));
        if is_test(&path) || !REPLIES.iter().any(is_reply) {
            continue;
        }
        seen += 1;
        // Why a lint does not apply is for developers.
        let code = code(&text);
        let code: Vec<&str> = code
            .lines()
            .filter(|line| !line.trim_start().starts_with("reason = "))
            .collect();
        let code = code.join("\n");
        let said = sentences(&code).into_iter();
        wrong.extend(said.map(|said| format!("{} says {said:?}", path.display())));
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(seen > 20, "the test looked at only {seen} files");
}

#[test]
fn only_the_shell_names_serenity() {
    let wrong: Vec<PathBuf> = sources()
        .into_iter()
        .filter(|(path, text)| {
            module(path).as_deref() != Some("discord") && code(text).contains("serenity::")
        })
        .map(|(path, _)| path)
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}
