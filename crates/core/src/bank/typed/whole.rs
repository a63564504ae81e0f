//! Whole answers beside each other: without their spaces, as places with a region, as initials.

use super::alias::{are_aliases, is_in};
use super::reading::{Item, Token, squashed};

/// Whether one of two answers names the place that the other names with its region: "Paris" and
/// "Paris, France".
pub(super) fn is_same_place(a: &[Item], b: &[Item]) -> bool {
    let names = |place: &[Item], both: &[Item]| {
        let place = squashed(place);
        (1..both.len()).any(|at| {
            let (head, tail) = (squashed(&both[..at]), squashed(&both[at..]));
            is_in(&head, &tail) && (head == place || are_aliases(&head, &place))
        })
    };
    names(a, b) || names(b, a)
}

pub(super) fn is_great(items: &[Item]) -> bool {
    matches!(items, [Item { token: Token::Word(word), .. }] if word.is_capital)
}

/// Whether one word is the initials of three or more.
pub(super) fn is_initials(words: &[Item], word: &[Item]) -> bool {
    let [
        Item {
            token: Token::Word(word),
            ..
        },
    ] = word
    else {
        return false;
    };
    let all: Option<Vec<&Item>> = words
        .iter()
        .map(|item| matches!(item.token, Token::Word(_)).then_some(item))
        .collect();
    let Some(all) = all else {
        return false;
    };
    let initials = |is_told: &dyn Fn(&Item, &str) -> bool| -> String {
        let firsts = all.iter().filter_map(|item| match &item.token {
            Token::Word(word) if is_told(item, &word.plain) => word.plain.chars().next(),
            _ => None,
        });
        firsts.collect()
    };
    let is_small = |word: &str| matches!(word, "of" | "the" | "and" | "in" | "for" | "on" | "to");
    let all_of_them = initials(&|_, _| true);
    let behind_article: String = match words.first() {
        Some(item) if item.is_optional => all_of_them.chars().skip(1).collect(),
        _ => String::new(),
    };
    let told: [String; 4] = [
        all_of_them,
        behind_article,
        initials(&|item, _| !item.is_optional),
        initials(&|item, word| !item.is_optional && !is_small(word)),
    ];
    word.plain.chars().count() >= 3 && told.contains(&word.plain)
}
