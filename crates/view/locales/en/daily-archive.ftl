daily-archive-none = There are no past films yet: the first one arrives tomorrow, an hour after midnight UTC.
# Above a menu of films.
daily-archive-play-one = Play one of these …
# Buttons that turn pages.
daily-archive-newer = Newer
daily-archive-older = Older
daily-archive-title = Past films of the day
daily-archive-footer = Just for fun: no rank, no streak · page { $page } of { $pages }
# "Past films" is the button `daily-film-past`.
daily-archive-closed = That film is not in the archive. *Past films* lists the ones that are.
# How far the member got with a film.
daily-archive-not-played = not played
daily-archive-at-clue = at clue { $clue }
