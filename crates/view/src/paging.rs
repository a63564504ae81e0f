//! Splits a long list into pages that fit a message.

use super::catalogue::{Value, text};
use super::message::{Button, Style};
use heat_core::lang::Lang;

/// Splits `items` into pages: each has at most `count_max` items and as many as `fits` accepts, but
/// at least one. No page is empty; no items make no pages.
pub(super) fn pages<T>(items: &[T], count_max: usize, fits: impl Fn(&[T]) -> bool) -> Vec<&[T]> {
    let mut pages = Vec::new();
    let mut rest = items;
    while !rest.is_empty() {
        let most = rest.len().min(count_max.max(1));
        let length = (1..=most).rev().find(|length| fits(&rest[..*length]));
        let (page, after) = rest.split_at(length.unwrap_or(1));
        pages.push(page);
        rest = after;
    }
    pages
}

/// "Page 2 of 3", by itself.
pub(super) fn page_of<N>(lang: Lang, page: N, pages: N) -> String
where
    Value<'static>: From<N>,
{
    text!(lang, "paging-page", page = page, pages = pages)
}

/// "page 2 of 3" of a board whose pages count from 0, after other words.
pub(super) fn then_page_of(lang: Lang, page: u32, pages: u32) -> String {
    text!(
        lang,
        "paging-then-page",
        page = page + 1,
        pages = pages.max(1)
    )
}

/// The buttons to change pages; `custom_id` makes their ids from page numbers counted from 1. Empty
/// for a single page. `left` is how many items follow this page.
pub(super) fn buttons(
    lang: Lang,
    page: usize,
    count: usize,
    left: usize,
    custom_id: impl Fn(usize) -> String,
) -> Vec<Button> {
    let button = |label: String, page: usize| Button::new(custom_id(page), label, Style::Secondary);
    let mut buttons = Vec::new();
    if page > 1 {
        buttons.push(button(text!(lang, "paging-back"), page - 1));
    }
    if page < count {
        buttons.push(button(text!(lang, "paging-more", left = left), page + 1));
    }
    buttons
}

#[cfg(test)]
mod tests {
    use super::pages;

    #[test]
    fn every_item_is_on_one_page() {
        let items: Vec<usize> = (0..23).collect();
        // A page "fits" while its numbers add up to at most 40; an item of 22 alone always does.
        let parted = pages(&items, 8, |page| page.iter().sum::<usize>() <= 40);
        assert_eq!(parted.concat(), items);
        assert!(parted.iter().all(|page| (1..=8).contains(&page.len())));
        assert!(pages(&items[..0], 8, |_| true).is_empty());
        assert_eq!(pages(&items, 0, |_| false).len(), 23);
    }
}
