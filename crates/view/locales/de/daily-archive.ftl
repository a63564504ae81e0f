daily-archive-none = Noch gibt es keine früheren Filme: Der erste kommt morgen, eine Stunde nach Mitternacht UTC.
# Über einem Menü mit Filmen.
daily-archive-play-one = Spiel einen davon …
# Buttons zum Blättern.
daily-archive-newer = Neuere
daily-archive-older = Ältere
daily-archive-title = Frühere Filme des Tages
daily-archive-footer = Nur zum Spaß: kein Rang, keine Serie · Seite { $page } von { $pages }
# „Frühere Filme“ ist der Button `daily-film-past`.
daily-archive-closed = Dieser Film ist nicht im Archiv. *Frühere Filme* zeigt, welche es sind.
# Wie weit das Mitglied bei einem Film gekommen ist.
daily-archive-not-played = nicht gespielt
daily-archive-at-clue = bei Hinweis { $clue }
