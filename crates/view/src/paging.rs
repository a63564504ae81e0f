//! Parts a long list into pages that a message can hold.

use super::message::{Button, Style};

/// Parts `items` into pages: each holds at most `count_max` items and as many as `fits` accepts,
/// but at least one. No page is empty; where there are no items, there are no pages.
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

/// The buttons that turn pages, made by `custom_id` from a page number counted from 1; none where
/// there is a single page. `left` is how many items come after this page.
pub(super) fn buttons(
    page: usize,
    count: usize,
    left: usize,
    custom_id: impl Fn(usize) -> String,
) -> Vec<Button> {
    let button = |label: String, page: usize| Button::new(custom_id(page), label, Style::Secondary);
    let mut buttons = Vec::new();
    if page > 1 {
        buttons.push(button("Back".to_owned(), page - 1));
    }
    if page < count {
        buttons.push(button(format!("{left} more"), page + 1));
    }
    buttons
}

#[cfg(test)]
mod tests {
    use super::pages;

    #[test]
    fn every_item_is_on_one_page() {
        let items: Vec<usize> = (0..23).collect();
        // A page "fits" while its numbers add up to no more than 40; 22 alone is always taken.
        let parted = pages(&items, 8, |page| page.iter().sum::<usize>() <= 40);
        assert_eq!(parted.concat(), items);
        assert!(parted.iter().all(|page| (1..=8).contains(&page.len())));
        assert!(pages(&items[..0], 8, |_| true).is_empty());
        assert_eq!(pages(&items, 0, |_| false).len(), 23);
    }
}
