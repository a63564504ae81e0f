//! The `pack` option, here and in other commands: what is suggested, and what is meant.

use heat_core::library::Shelf;
use heat_view::message::Suggestion;

/// The value of `pack` that stands for all packs together.
const ALL_PACKS: &str = "all";
/// The packs whose title or id has what was typed.
pub fn suggest_pack(shelf: &Shelf, typed: &str) -> Vec<Suggestion> {
    let typed = typed.to_lowercase();
    let all = (
        ALL_PACKS.to_owned(),
        heat_view::quiz::ALL_PACKS_TITLE.to_owned(),
    );
    let packs = shelf.packs().map(|p| (p.id.clone(), p.title.to_owned()));
    std::iter::once(all)
        .chain(packs)
        .filter(|(id, title)| id.contains(&typed) || title.to_lowercase().contains(&typed))
        .take(25)
        .map(|(value, title)| Suggestion {
            name: heat_view::escape::clip(&heat_view::escape::plain(&title), 100),
            value,
        })
        .collect()
}

/// The pack a member means: a suggestion's id, or a title typed by hand. What fits no pack is
/// passed on as it is, and refused where questions are chosen.
pub fn pack_id(shelf: &Shelf, typed: &str) -> Option<String> {
    let typed = typed.trim();
    if typed.is_empty()
        || typed.eq_ignore_ascii_case(ALL_PACKS)
        || typed == heat_view::quiz::ALL_PACKS_TITLE
    {
        return None;
    }
    let known = shelf
        .packs()
        .find(|p| p.id.eq_ignore_ascii_case(typed) || p.title.eq_ignore_ascii_case(typed));
    Some(known.map_or_else(|| typed.to_owned(), |p| p.id.clone()))
}
