# Buttons. Der erste steht auf anderen Seiten des Films, der zweite bei den fünf Fragen.
daily-film-todays = Film von heute
daily-film-offer = 🎬 Film des Tages
daily-film-past = Frühere Filme
daily-film-name = Film des Tages #{ $number }
# Ein Hinweis folgt.
daily-film-not = **{ $title }** ist es nicht. Hier ist noch ein Hinweis:
daily-film-repeated = Den hattest du schon, also kostet er nichts.
# „Raten“ ist der Button.
daily-film-how-to-guess = Drück **Raten**, oder nimm `/tagesrätsel tipp:`, das beim Tippen Titel vorschlägt.
daily-film-how-to-guess-for-fun = Drück **Raten**, wenn du es weißt.
# Buttons.
daily-film-guess = Raten
daily-film-give-up = Aufgeben
daily-film-next-clue = Nächster Hinweis
daily-film-private-last = Nur du siehst das · der letzte Versuch
daily-film-private = Nur du siehst das
# Im Titel, hinter `daily-film-name`.
daily-film-clue-of = Hinweis { $clue } von { $clues }
# Das Formular zum Raten: was gefragt ist, wofür das Feld da ist, und über einer Liste.
daily-film-box-label = Welcher Film ist es?
daily-film-box-title = Sein Titel
daily-film-box-clues = Die Hinweise bisher
daily-film-rules-past = Der Film vom { $date }. Sechs Hinweise von schwer bis leicht, und jeder Fehlversuch öffnet den nächsten. Frühere Filme sind nur zum Spaß: kein Rang, keine Serie.
# `when` zählt herunter: „in 3 Stunden“.
daily-film-rules = Sechs Hinweise auf einen Film, von schwer bis leicht. Jeder Fehlversuch öffnet den nächsten. Der nächste Film kommt { $when }.
# `titles` sind die falschen Titel: „Alien (1979) · Heat (1995)“.
daily-film-tried = Nicht { $titles }
# Hinter `film` steht das Jahr: „**Heat** (1995)“.
daily-film-it-was = Es war { $film }.
daily-film-first-clue = { $film }, gleich beim ersten Hinweis!
daily-film-found = { $film }! Du hattest ihn bei Hinweis { $clue }.
# `when` zählt herunter: „in 3 Stunden“.
daily-film-next = Der nächste Film kommt { $when }.
# Buttons.
daily-film-share = Hier teilen
daily-film-play = Film von heute spielen
daily-film-sharing = Beim Teilen verrätst du weder den Film noch einen Hinweis.
daily-film-for-fun = Ein früherer Film, nur zum Spaß: kein Rang, keine Serie.
daily-film-rank = Heute Platz **{ $rank }** von { $players } hier
daily-film-days-bold = **{ $days }** Tage in Folge
# Ein Ergebnis, oder wie viele es da hatten: „Hinweis 3 ████ 4“.
daily-film-not-found = nicht gefunden
daily-film-clue = Hinweis { $clue }
daily-film-how-it-went = So lief es hier
# Ein Ergebnis: bei welchem Hinweis gefunden, und wie viele es gibt.
daily-film-score = { $clue } von { $clues }
# Ein Ergebnis für den ganzen Kanal.
daily-film-found-it = { $who } hat ihn mit { $n ->
    [one] 1 Hinweis
   *[other] { $n } Hinweisen
} gefunden
daily-film-not-found-it = { $who } hat ihn nicht gefunden
daily-film-not-finished = Erst zu Ende spielen: Finde den Film oder brauch die Hinweise auf. Dann kannst du teilen.
daily-film-unknown = Einen Film namens „{ $title }“ kenne ich nicht, also hat das nichts gekostet. `/tagesrätsel tipp:` schlägt beim Tippen Titel vor.
