//! Tells the sandbox's crowd which button is right, using the bundled packs. It reads messages as a
//! member would, so the bot reveals nothing.

use discord_sandbox::Coach;
use heat_core::library::Library;
use serde_json::Value;
use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

/// A coach that loads the questions when the first one is asked.
pub fn coach() -> Coach {
    let answers = OnceLock::new();
    Arc::new(move |message| right_button(answers.get_or_init(all_answers), message))
}

/// Every question's answer by its text. Empty if the packs cannot be read; the crowd then guesses.
fn all_answers() -> HashMap<String, String> {
    let Ok(library) = Library::bundled() else {
        return HashMap::new();
    };
    let questions = library.bank.questions();
    questions
        .map(|question| (letters(&question.prompt), letters(&question.answer.text)))
        .collect()
}

fn right_button(answers: &HashMap<String, String>, message: &Value) -> Option<String> {
    let text = message["embeds"][0]["description"].as_str()?;
    let (prompt, choices) = text.split_once("**\n\n")?;
    let answer = answers.get(&letters(prompt))?;
    let buttons = message["components"][0]["components"].as_array()?;
    let is_right = |button: &&Value| {
        let label = button["label"].as_str().unwrap_or_default();
        // Long choices are listed in the text, one per line with its letter.
        let mut lines = choices.lines().map(letters);
        letters(label).ends_with(answer.as_str())
            || lines.any(|line| line == letters(label) + answer)
    };
    let right = buttons.iter().find(is_right)?;
    right["custom_id"].as_str().map(str::to_owned)
}

/// Only letters and digits, so that markdown and its escapes make no difference.
fn letters(text: &str) -> String {
    let kept = text.chars().filter(|c| c.is_alphanumeric());
    kept.flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn button(label: &str) -> Value {
        json!({ "label": label, "custom_id": label })
    }

    #[test]
    fn the_right_button_is_found_by_its_words() {
        let answers = HashMap::from([(letters("Who is Neil?"), letters("Robert De Niro"))]);
        let message = |text: &str, labels: [&str; 2]| {
            json!({
                "embeds": [{ "description": text }],
                "components": [{ "components": labels.map(button) }],
            })
        };
        let short = message(
            "**Who is *Neil\\?***\n\nCloses soon",
            ["A · Al Pacino", "B · Robert De Niro"],
        );
        assert_eq!(
            right_button(&answers, &short).as_deref(),
            Some("B · Robert De Niro")
        );
        let long = message(
            "**Who is Neil?**\n\n**A** Al Pacino\n**B** Robert De Niro\n\nCloses soon",
            ["A", "B"],
        );
        assert_eq!(right_button(&answers, &long).as_deref(), Some("B"));
        let other = message("**Who is it?**\n\nCloses soon", ["A", "B"]);
        assert_eq!(right_button(&answers, &other), None);
    }
}
