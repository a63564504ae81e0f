//! Reads parts of a message.

use std::collections::BTreeMap;

use serde_json::Value;

/// A field as text; empty if it is not text.
pub fn text(value: &Value, field: &str) -> String {
    value[field].as_str().unwrap_or_default().to_owned()
}

/// Every button and select of a message.
pub fn components(message: &Value) -> impl Iterator<Item = &Value> {
    let rows = message["components"].as_array().into_iter().flatten();
    rows.filter_map(|row| row["components"].as_array())
        .flatten()
}

/// The component with this custom id or label.
pub fn component<'a>(message: &'a Value, label_or_id: &str) -> Option<&'a Value> {
    components(message).find(|component| {
        component["custom_id"] == label_or_id || component["label"] == label_or_id
    })
}

/// The first embed of a message.
pub fn embed(message: &Value) -> &Value {
    &message["embeds"][0]
}

/// The title of its first embed.
pub fn title(message: &Value) -> String {
    text(embed(message), "title")
}

/// The description of its first embed.
pub fn description(message: &Value) -> String {
    text(embed(message), "description")
}

/// The fields of its first embed, as JSON.
pub fn fields(message: &Value) -> String {
    embed(message)["fields"].to_string()
}

/// The footer of its first embed.
pub fn footer(message: &Value) -> String {
    text(&embed(message)["footer"], "text")
}

/// The buttons of a question that are its choices.
pub fn choices(message: &Value) -> Vec<&Value> {
    let is_choice = |c: &&Value| text(c, "custom_id").starts_with("q:");
    components(message).filter(is_choice).collect()
}

/// The custom id of the choice at this position.
pub fn choice(question: &Value, at: usize) -> String {
    let choices = choices(question);
    let choice = choices.get(at);
    let choice = choice.unwrap_or_else(|| panic!("there is no choice {at}: {question:#}"));
    text(choice, "custom_id")
}

/// The points that a scoreboard or leaderboard gives to each member.
pub fn points(message: &Value) -> BTreeMap<String, u64> {
    let description = description(message);
    let points = description.lines().filter_map(|line| {
        let (_, rest) = line.split_once("<@")?;
        let (user, rest) = rest.split_once('>')?;
        let (_, rest) = rest.split_once("**")?;
        let (points, _) = rest.split_once("**")?;
        Some((user.to_owned(), points.replace(',', "").parse().ok()?))
    });
    points.collect()
}
