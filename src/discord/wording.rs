//! Puts the catalogue's words into commands before they are registered: descriptions and labels in
//! English, and names, descriptions and labels in every other language
//! (<https://discord.com/developers/docs/interactions/application-commands#localization>).

use heat_core::lang::Lang;
use heat_view::commands;
use serde_json::{Map, Value};

/// The commands as JSON, with their words.
#[must_use]
pub fn worded(mut commands: Value) -> Value {
    for command in commands.as_array_mut().into_iter().flatten() {
        word(command, &mut Vec::new());
    }
    commands
}

/// Adds the texts to a command or one of its options; `path` has the names of what it belongs to.
fn word(part: &mut Value, path: &mut Vec<String>) {
    let Some(part) = part.as_object_mut() else {
        return;
    };
    let name = text(part, "name");
    path.push(name.clone());
    let names: Vec<&str> = path.iter().map(String::as_str).collect();
    let description = commands::description(Lang::English, &names);
    part.insert("description".into(), description.unwrap_or_default().into());
    let described = in_each(|lang| commands::description(lang, &names));
    part.insert("description_localizations".into(), described);
    let translated = in_each(|lang| commands::name(lang, &name));
    part.insert("name_localizations".into(), translated);
    for choice in list(part, "choices") {
        word_choice(choice, &name);
    }
    for option in list(part, "options") {
        word(option, path);
    }
    path.pop();
}

fn word_choice(choice: &mut Value, option: &str) {
    let Some(choice) = choice.as_object_mut() else {
        return;
    };
    let value = text(choice, "value");
    let label = commands::choice(Lang::English, option, &value);
    choice.insert("name".into(), label.unwrap_or(value.clone()).into());
    let labels = in_each(|lang| commands::choice(lang, option, &value));
    choice.insert("name_localizations".into(), labels);
}

/// The words in each locale that Discord has for our languages besides English.
fn in_each(words: impl Fn(Lang) -> Option<String>) -> Value {
    let mut by_locale = Map::new();
    for lang in Lang::ALL {
        for locale in lang.locales() {
            by_locale.extend(words(lang).map(|words| ((*locale).to_owned(), words.into())));
        }
    }
    Value::Object(by_locale)
}

fn text(of: &Map<String, Value>, key: &str) -> String {
    let text = of.get(key).and_then(Value::as_str);
    text.unwrap_or_default().to_owned()
}

fn list<'a>(of: &'a mut Map<String, Value>, key: &str) -> impl Iterator<Item = &'a mut Value> {
    of.get_mut(key)
        .and_then(Value::as_array_mut)
        .into_iter()
        .flatten()
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may fail by panicking")]
mod tests {
    use super::*;
    use crate::discord::command::Installs;
    use crate::discord::register::registrations;
    use std::collections::BTreeSet;

    /// Every word that the commands need: its key, and the most characters Discord allows.
    fn needed() -> Vec<(String, usize)> {
        fn of_part(part: &Value, path: &str, needed: &mut Vec<(String, usize)>) {
            let name = part["name"].as_str().unwrap();
            let path = format!("{path}-{name}");
            needed.push((format!("commands-name-{name}"), 32));
            needed.push((format!("commands{path}"), 100));
            for choice in part["choices"].as_array().into_iter().flatten() {
                let value = choice["value"].as_str().unwrap();
                needed.push((commands::choice_key(name, value), 100));
            }
            for option in part["options"].as_array().into_iter().flatten() {
                of_part(option, &path, needed);
            }
        }
        let commands = serde_json::to_value(registrations(Installs::Servers)).unwrap();
        let mut needed = Vec::new();
        for command in commands.as_array().unwrap() {
            of_part(command, "", &mut needed);
        }
        needed
    }

    /// The key of a text: its own, or that of an option shared by several commands.
    fn found(lang: Lang, key: &str) -> Option<(String, String)> {
        let shared = key.rsplit_once('-').map(|_| {
            let mut names = key.match_indices('-').map(|(at, _)| &key[at + 1..]);
            names.find_map(|name| {
                let key = format!("commands-option-{name}");
                heat_view::catalogue::of(lang, &key).map(|text| (key, text))
            })
        });
        let own = heat_view::catalogue::of(lang, key).map(|text| (key.to_owned(), text));
        own.or(shared.flatten())
    }

    #[test]
    fn every_part_of_a_command_is_worded_in_every_language_and_nothing_else_is() {
        let file = include_str!("../../crates/view/locales/en/commands.ftl");
        let lines = file.lines().filter_map(|line| line.split_once(" = "));
        let mut unused: BTreeSet<String> = lines.map(|(key, _)| key.to_owned()).collect();
        for (key, most) in needed() {
            for lang in Lang::ALL {
                let code = lang.code();
                let (at, text) = found(lang, &key)
                    .unwrap_or_else(|| panic!("locales/{code}/commands.ftl lacks `{key}`"));
                let length = text.chars().count();
                assert!(
                    (1..=most).contains(&length),
                    "{code}: `{at}` has {length} characters"
                );
                if let Some(name) = at.strip_prefix("commands-name-") {
                    let is_name = text.to_lowercase() == text && !text.contains(' ');
                    assert!(is_name, "{code}: {text} cannot be a name");
                    assert!(lang != Lang::English || text == name, "{at} is {text}");
                }
                unused.remove(&at);
            }
        }
        assert!(unused.is_empty(), "no command needs {unused:?}");
    }

    #[test]
    fn no_two_parts_side_by_side_have_one_name() {
        fn check(parts: &Value) {
            for locale in Lang::ALL.iter().flat_map(|lang| lang.locales()) {
                let mut names = BTreeSet::new();
                for part in parts.as_array().into_iter().flatten() {
                    let name = part["name_localizations"][locale].as_str().unwrap();
                    assert!(names.insert(name), "{name} is there twice");
                    check(&part["options"]);
                }
            }
        }
        check(&worded(
            serde_json::to_value(registrations(Installs::Servers)).unwrap(),
        ));
    }

    /// A text in backticks with a slash names a command and its options.
    #[test]
    fn texts_call_commands_as_the_client_shows_them() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/crates/view/locales");
        for lang in Lang::ALL {
            let names: BTreeSet<String> = needed()
                .iter()
                .filter_map(|(key, _)| key.strip_prefix("commands-name-"))
                .filter_map(|name| commands::name(lang, name))
                .collect();
            for file in std::fs::read_dir(format!("{folder}/{}", lang.code())).unwrap() {
                let path = file.unwrap().path();
                let text = std::fs::read_to_string(&path).unwrap();
                let quoted = text.split('`').skip(1).step_by(2);
                for command in quoted.filter_map(|quoted| quoted.strip_prefix('/')) {
                    let path = path.display();
                    let mut is_value = false;
                    for word in command.split_whitespace() {
                        let name = word.split_once(':').map(|(name, _)| name);
                        is_value = is_value && name.is_none();
                        let name = name.unwrap_or(word);
                        assert!(
                            is_value || names.contains(name),
                            "{path}: nothing is called {name} in `/{command}`"
                        );
                        is_value = is_value || word.contains(':');
                    }
                }
            }
        }
    }
}
