//! Splits a long list into pages that fit a message.

use super::catalogue::{Value, text};
use super::message::{Button, Style};
use heat_core::lang::Lang;

/// A page of a list.
pub(super) struct Page<'a, T, R> {
    /// What is on it.
    pub(super) items: &'a [T],
    /// What was made of that, to see whether it fits.
    pub(super) made: R,
}

/// Splits `items` into pages: each has at most `count_max` items and as many as `fits` accepts what
/// is made of them, but at least one. No page is empty; no items make no pages.
pub(super) fn pages<T, R>(
    items: &[T],
    count_max: usize,
    render: impl Fn(&[T]) -> R,
    fits: impl Fn(&R) -> bool,
) -> Vec<Page<'_, T, R>> {
    let mut pages = Vec::new();
    let mut rest = items;
    while !rest.is_empty() {
        let mut length = rest.len().min(count_max.max(1));
        let mut made = render(&rest[..length]);
        while length > 1 && !fits(&made) {
            length -= 1;
            made = render(&rest[..length]);
        }
        let (items, after) = rest.split_at(length);
        pages.push(Page { items, made });
        rest = after;
    }
    pages
}

/// How many items follow this page, which is counted from 1.
pub(super) fn left<T, R>(pages: &[Page<'_, T, R>], page: usize) -> usize {
    let after = pages.iter().skip(page);
    after.map(|page| page.items.len()).sum()
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
    use super::{left, pages};

    #[test]
    fn every_item_is_on_one_page() {
        let items: Vec<usize> = (0..23).collect();
        // A page "fits" while its numbers add up to at most 40; an item of 22 alone always does.
        let sum = |page: &[usize]| page.iter().sum::<usize>();
        let parted = pages(&items, 8, sum, |sum| *sum <= 40);
        let numbers: Vec<&[usize]> = parted.iter().map(|page| page.items).collect();
        assert_eq!(numbers.concat(), items);
        for page in &parted {
            assert!((1..=8).contains(&page.items.len()));
            assert_eq!(page.made, sum(page.items));
        }
        assert_eq!(left(&parted, 1), items.len() - numbers[0].len());
        assert_eq!(left(&parted, parted.len()), 0);
        assert!(pages(&items[..0], 8, sum, |_| true).is_empty());
        assert_eq!(pages(&items, 0, sum, |_| false).len(), 23);
    }
}
