# Under a long list, on pages.
paging-back = Back
# `left` is the number of entries on the pages that follow.
paging-more = { $left } more
paging-page = Page { $page } of { $pages }
# After other words.
paging-then-page = page { $page } of { $pages }
