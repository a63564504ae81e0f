//! Names and descriptions of commands and of their options, with their translations.

use serde_json::{Value, json};

use super::form::{Fields, FormErrors};

/// Discord's locales: <https://discord.com/developers/docs/reference#locales>.
pub const LOCALES: &[&str] = &[
    "id", "da", "de", "en-GB", "en-US", "es-ES", "es-419", "fr", "hr", "it", "lt", "hu", "nl",
    "no", "pl", "pt-BR", "ro", "fi", "sv-SE", "vi", "tr", "cs", "el", "bg", "ru", "uk", "hi", "th",
    "zh-CN", "ja", "zh-TW", "ko",
];

/// Whether a name fits slash commands and options: lower case where the script has cases.
fn is_name(name: &str) -> bool {
    let length = name.chars().count();
    (1..=32).contains(&length)
        && name.chars().all(|c| {
            matches!(c, '-' | '_' | '\'')
                || c.is_alphabetic()
                || c.is_numeric()
                // Devanagari and Thai write vowels as marks, which do not count as letters.
                || matches!(c, '\u{900}'..='\u{97F}' | '\u{E00}'..='\u{E7F}')
        })
        && name.to_lowercase() == name
}

/// A command's or option's name, counted into `total`.
pub(super) fn read_name<'a>(
    fields: &Fields<'a>,
    total: &mut usize,
    errors: &mut FormErrors,
) -> Option<&'a str> {
    let name = fields.required_text("name", 1, 32, errors)?;
    *total += name.chars().count();
    if !is_name(name) {
        errors.add(
            &fields.path("name"),
            "APPLICATION_COMMAND_INVALID_NAME",
            "Command name is invalid",
        );
        return None;
    }
    Some(name)
}

/// A command's or option's description, counted into `total`.
pub(super) fn read_description<'a>(
    fields: &Fields<'a>,
    total: &mut usize,
    errors: &mut FormErrors,
) -> Option<&'a str> {
    let text = fields.required_text("description", 1, 100, errors)?;
    *total += text.chars().count();
    Some(text)
}

/// Translations of a name or description.
pub(super) fn read_locales(
    fields: &Fields<'_>,
    name: &str,
    max: usize,
    is_name_like: bool,
    errors: &mut FormErrors,
) -> Value {
    let Some(Value::Object(map)) = fields.get(name) else {
        if fields.get(name).is_some() {
            errors.add(
                &fields.path(name),
                "DICT_TYPE_CONVERT",
                "Only dictionaries may be used in a DictType",
            );
        }
        return Value::Null;
    };
    let Some(nested) = fields.object(name, errors) else {
        return Value::Null;
    };
    for locale in map.keys() {
        if !LOCALES.contains(&locale.as_str()) {
            errors.add(
                &nested.path(locale),
                "BASE_TYPE_CHOICES",
                format!("'{locale}' is not one of Discord's locales."),
            );
        }
        let text = nested.text(locale, 1, max, errors);
        if is_name_like && text.is_some_and(|text| !is_name(text)) {
            errors.add(
                &nested.path(locale),
                "APPLICATION_COMMAND_INVALID_NAME",
                "Command name is invalid",
            );
        }
    }
    json!(map)
}

#[cfg(test)]
mod tests {
    use super::is_name;

    #[test]
    fn names_are_checked_as_discord_checks_them() {
        for good in ["quiz", "a-b_c'd", "größe", "クイズ", "ปริศนา", "प्रश्न"]
        {
            assert!(is_name(good), "{good}");
        }
        for bad in ["", "Quiz", "two words", "dot.", &"a".repeat(33)] {
            assert!(!is_name(bad), "{bad}");
        }
    }
}
