//! The languages have the same texts, and the code asks for exactly those.

use crate::catalogue::{plain, sources};
use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement};
use heat_core::lang::Lang;
use proc_macro2::{TokenStream, TokenTree};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// The names of a text's variables.
type Variables = BTreeSet<String>;

/// Every text of a language, by its name.
fn texts(lang: Lang) -> BTreeMap<String, Variables> {
    let mut texts = BTreeMap::new();
    for (file, source) in sources(lang) {
        let at = format!("locales/{}/{file}.ftl", lang.code());
        let resource = fluent_syntax::parser::parse(*source)
            .unwrap_or_else(|(_, errors)| panic!("{at} cannot be read: {errors:?}"));
        for entry in &resource.body {
            let message = match entry {
                Entry::Message(message) => message,
                Entry::Comment(_) | Entry::GroupComment(_) | Entry::ResourceComment(_) => continue,
                other => panic!("{at} has more than messages: {other:?}"),
            };
            let name = message.id.name;
            let of_file = name
                .strip_prefix(file)
                .is_some_and(|rest| rest.starts_with('-'));
            assert!(
                of_file,
                "{at}: the name of `{name}` has to begin with `{file}-`"
            );
            assert!(
                message.attributes.is_empty(),
                "{at}: `{name}` has attributes"
            );
            let mut variables = Variables::new();
            let pattern = message.value.as_ref();
            collect(
                pattern.unwrap_or_else(|| panic!("{at}: `{name}` is empty")),
                &mut variables,
            );
            let twice = texts.insert(name.to_owned(), variables);
            assert!(twice.is_none(), "{at}: `{name}` is there twice");
        }
    }
    texts
}

fn collect(pattern: &Pattern<&str>, variables: &mut Variables) {
    for element in &pattern.elements {
        if let PatternElement::Placeable { expression } = element {
            collect_expression(expression, variables);
        }
    }
}

fn collect_expression(expression: &Expression<&str>, variables: &mut Variables) {
    match expression {
        Expression::Inline(inline) => collect_inline(inline, variables),
        Expression::Select { selector, variants } => {
            collect_inline(selector, variables);
            for variant in variants {
                collect(&variant.value, variables);
            }
        }
    }
}

fn collect_inline(inline: &InlineExpression<&str>, variables: &mut Variables) {
    match inline {
        InlineExpression::VariableReference { id } => {
            variables.insert(id.name.to_owned());
        }
        InlineExpression::Placeable { expression } => collect_expression(expression, variables),
        InlineExpression::StringLiteral { .. } | InlineExpression::NumberLiteral { .. } => {}
        other => panic!("only variables and plurals are used here: {other:?}"),
    }
}

/// Every text that the code asks for, with the variables it gives.
fn asked() -> BTreeMap<String, Variables> {
    let mut asked = BTreeMap::new();
    let mut files = Vec::new();
    rust_files(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join("src"),
        &mut files,
    );
    for path in files {
        let source = fs::read_to_string(&path).expect("a readable file");
        let tokens: TokenStream = source.parse().expect("valid Rust");
        look_through(tokens, &path, &mut asked);
    }
    asked
}

fn rust_files(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a readable folder") {
        let path = entry.expect("a readable folder").path();
        if path.is_dir() {
            rust_files(&path, files);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            files.push(path);
        }
    }
}

fn look_through(tokens: TokenStream, path: &Path, asked: &mut BTreeMap<String, Variables>) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    for (at, token) in tokens.iter().enumerate() {
        let TokenTree::Group(group) = token else {
            continue;
        };
        let is_text =
            at >= 2 && tokens[at - 2].to_string() == "text" && tokens[at - 1].to_string() == "!";
        if is_text {
            let (key, variables) = text_of(group.stream());
            let before = asked.insert(key.clone(), variables.clone());
            let same = before.is_none_or(|before| before == variables);
            assert!(
                same,
                "{}: `{key}` is given other variables elsewhere",
                path.display()
            );
        }
        look_through(group.stream(), path, asked);
    }
}

/// The key and the names of the variables in `text!(lang, "key", name = value)`.
fn text_of(tokens: TokenStream) -> (String, Variables) {
    let mut arguments = vec![Vec::new()];
    for token in tokens {
        match token {
            TokenTree::Punct(comma) if comma.as_char() == ',' => arguments.push(Vec::new()),
            token => arguments
                .last_mut()
                .expect("one at least")
                .push(token.to_string()),
        }
    }
    let key = arguments[1].concat().trim_matches('"').to_owned();
    let named = arguments[2..]
        .iter()
        .filter(|argument| argument.len() > 2 && argument[1] == "=");
    (key, named.map(|argument| argument[0].clone()).collect())
}

#[test]
fn the_code_asks_for_the_texts_there_are() {
    let (english, asked) = (texts(Lang::English), asked());
    for (key, variables) in &asked {
        match english.get(key) {
            None => panic!("no text in locales/en has the name `{key}`"),
            Some(used) => assert_eq!(used, variables, "the variables of `{key}`"),
        }
    }
    // Parts of slash commands and modes are looked up by their names; their own tests compare them.
    let by_name = ["commands-", "modes-"];
    let unused: Vec<&String> = english
        .keys()
        .filter(|key| {
            !asked.contains_key(*key) && !by_name.iter().any(|file| key.starts_with(file))
        })
        .collect();
    assert!(unused.is_empty(), "nothing uses these texts: {unused:?}");
}

#[test]
fn every_language_has_every_text() {
    let english = texts(Lang::English);
    for lang in Lang::ALL {
        let (other, code) = (texts(lang), lang.code());
        let missing: Vec<&String> = english
            .keys()
            .filter(|key| !other.contains_key(*key))
            .collect();
        assert!(missing.is_empty(), "locales/{code} lacks {missing:?}");
        for (key, variables) in &other {
            let original = english.get(key);
            let original =
                original.unwrap_or_else(|| panic!("locales/{code} has `{key}`, English has not"));
            let unknown: Vec<&String> = variables.difference(original).collect();
            assert!(
                unknown.is_empty(),
                "locales/{code}: `{key}` uses {unknown:?}"
            );
        }
    }
}

/// The code of members' texts, without tests.
fn production_files() -> Vec<PathBuf> {
    let mut files = Vec::new();
    rust_files(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join("src"),
        &mut files,
    );
    let is_left_out = |path: &PathBuf| {
        let name = path.file_stem().and_then(|name| name.to_str());
        // Names of broken limits go only to the log.
        name.is_none_or(|name| {
            name.ends_with("tests") || ["rendered", "bundled", "hostile", "limits"].contains(&name)
        })
    };
    files.retain(|path| !is_left_out(path));
    files
}

/// The literals of code, except for those in attributes and in test modules.
fn literals(tokens: TokenStream, found: &mut Vec<String>) {
    let mut tokens = tokens.into_iter().peekable();
    while let Some(token) = tokens.next() {
        match token {
            TokenTree::Punct(mark) if mark.as_char() == '#' => {
                // Comments at the top of a file are parsed as `#![…]`.
                tokens.next_if(|next| next.to_string() == "!");
                let attribute = tokens.next().map(|group| group.to_string());
                if attribute.is_some_and(|text| text.replace(' ', "") == "[cfg(test)]") {
                    // Up to the end of the item: its body, or a semicolon.
                    for part in tokens.by_ref() {
                        let text = part.to_string();
                        if text == ";" || text.starts_with('{') {
                            break;
                        }
                    }
                }
            }
            TokenTree::Group(group) => literals(group.stream(), found),
            TokenTree::Ident(name) if name == "assert" => {
                // Its message is for developers.
                tokens.next();
                tokens.next();
            }
            TokenTree::Literal(literal) => found.push(literal.to_string()),
            TokenTree::Ident(_) | TokenTree::Punct(_) => {}
        }
    }
}

/// Whether a literal contains text for members: two words, or one with a capital. Placeholders,
/// text in backticks, time zones and typed commands do not count.
fn has_words(literal: &str) -> bool {
    let Some(text) = literal
        .strip_prefix('"')
        .filter(|text| !text.starts_with('/'))
    else {
        return false;
    };
    let text = text.replace("\\n", " ");
    let mut parts = text.split('{');
    let mut shown = parts.next().unwrap_or_default().to_owned();
    // `format!` writes doubled braces as single ones; they are not placeholders and contain no
    // words.
    for part in parts {
        shown.push_str(part.split_once('}').map_or("", |(_, after)| after));
    }
    let shown: String = shown.split('`').step_by(2).collect();
    let shown = shown.split_whitespace().filter(|word| !word.contains('/'));
    let shown = shown.collect::<Vec<_>>().join(" ");
    let letters = shown.split(|c: char| !c.is_alphabetic());
    let words: Vec<&str> = letters.filter(|word| word.chars().count() > 1).collect();
    let has_capital =
        |word: &&str| word.starts_with(char::is_uppercase) && word.ends_with(char::is_lowercase);
    (text.contains(' ') && !words.is_empty()) || words.iter().any(has_capital)
}

/// The bot's name; what only a dump of a message shows; and what is looked for in the facts, which
/// are in English.
const APART: [&str; 4] = [
    "\"Heat Check\"",
    "\"{} bytes\"",
    "\"said to\"",
    "\"in talks\"",
];

#[test]
fn no_words_stand_in_the_code() {
    let mut found = Vec::new();
    for path in production_files() {
        let source = fs::read_to_string(&path).expect("a readable file");
        let mut in_file = Vec::new();
        literals(source.parse().expect("valid Rust"), &mut in_file);
        in_file.retain(|literal| has_words(literal) && !APART.contains(&literal.as_str()));
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        found.extend(in_file.into_iter().map(|text| format!("{name}: {text}")));
    }
    assert!(
        found.is_empty(),
        "these belong into the catalogue:\n{}",
        found.join("\n")
    );
}

#[test]
fn messages_name_buttons_as_they_are_labelled() {
    for lang in Lang::ALL {
        for (label, messages) in [
            (
                "quiz-stop",
                &["reply-busy-alone", "reply-starter-stays", "help-control"][..],
            ),
            ("quiz-pause", &["help-control"]),
            ("quiz-skip", &["help-control"]),
            ("lobby-leave", &["reply-already-in"]),
            ("reveal-resume", &["reply-paused"]),
            ("reveal-report", &["help-playing", "reports-none"]),
            ("scoreboard-misses", &["help-playing"]),
            ("host-bonus", &["reply-bonus-given-already"]),
        ] {
            let named = format!("**{}**", plain(lang, label));
            for message in messages {
                let text = plain(lang, message);
                assert!(text.contains(&named), "{}: {message}", lang.name());
            }
        }
    }
}
