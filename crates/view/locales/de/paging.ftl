# Unter einer langen Liste, auf mehreren Seiten.
paging-back = Zurück
# `left` ist die Zahl der Einträge auf den Seiten danach.
paging-more = { $left } weitere
paging-page = Seite { $page } von { $pages }
# Hinter anderen Wörtern.
paging-then-page = Seite { $page } von { $pages }
