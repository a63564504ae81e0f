# Kurze Wendungen, die in mehreren Nachrichten vorkommen.

phrases-count-answers = { $n ->
    [one] 1 Antwort
   *[other] { $n } Antworten
}
phrases-count-clues = { $n ->
    [one] 1 Hinweis
   *[other] { $n } Hinweise
}
phrases-count-days = { $n ->
    [one] 1 Tag
   *[other] { $n } Tage
}
phrases-count-faults = { $n ->
    [one] 1 Fehler
   *[other] { $n } Fehler
}
phrases-count-films = { $n ->
    [one] 1 Film
   *[other] { $n } Filme
}
phrases-count-members = { $n ->
    [one] 1 Mitglied
   *[other] { $n } Mitglieder
}
phrases-count-minutes = { $n ->
    [one] 1 Minute
   *[other] { $n } Minuten
}
phrases-count-players = { $n ->
    [one] 1 Person
   *[other] { $n } Leute
}
phrases-count-questions = { $n ->
    [one] 1 Frage
   *[other] { $n } Fragen
}
phrases-count-seasons = { $n ->
    [one] 1 Saison
   *[other] { $n } Saisons
}
phrases-count-seconds = { $n ->
    [one] 1 Sekunde
   *[other] { $n } Sekunden
}
phrases-count-suggestions = { $n ->
    [one] 1 Vorschlag
   *[other] { $n } Vorschläge
}
phrases-and = { $others } und { $last }
phrases-quoted = „{ $text }“
phrases-thousands-separator = .
phrases-decimal-point = ,
phrases-points = **{ $points }** Punkte
phrases-seconds = { $seconds } s
phrases-each = je { $seconds } Sekunden
phrases-each-extended = je { $seconds } Sekunden (mehr Zeit, { $pace })
phrases-easy = leicht
phrases-medium = mittel
phrases-hard = schwer
phrases-mode-classic = Klassisch
phrases-mode-race = Wettrennen
phrases-mode-elimination = K.-o.-Runde
phrases-mode-sudden-death = Sudden Death
phrases-mode-duel = Duell
phrases-mode-ladder = Hinweisleiter
phrases-mode-teams = Teams
phrases-in-sentence-classic = klassisch
phrases-in-sentence-race = Wettrennen
phrases-in-sentence-elimination = K.-o.-Runde
phrases-in-sentence-sudden-death = Sudden Death
phrases-in-sentence-duel = Duell
phrases-in-sentence-ladder = Hinweisleiter
phrases-in-sentence-teams = Teams
phrases-short-classic = Punkte für richtige und schnelle Antworten
phrases-short-race = die erste richtige Antwort holt die Frage
phrases-short-elimination = drei Leben
phrases-short-sudden-death = ein Leben
phrases-short-duel = du gegen eine andere Person
phrases-short-ladder = errate den Film, Hinweis für Hinweis
phrases-short-teams = zwei bis acht, je Team zählt die schnellste richtige Antwort
phrases-rule-classic = Alle antworten geheim; Punkte gibt es für richtige und schnelle Antworten.
phrases-rule-race = Die erste richtige Antwort holt die Frage, nach Discords eigener Uhr. Jede Person hat einen Versuch.
phrases-rule-elimination = Drei Leben für alle; eine falsche oder fehlende Antwort kostet eins. Wer zuletzt übrig ist, gewinnt. Bleiben mehrere, entscheiden die Leben, dann die Punkte.
phrases-rule-elimination-alone = Du hast drei Leben; eine falsche oder fehlende Antwort kostet eins. Wie weit kommst du?
phrases-rule-sudden-death = Ein Leben; liegen alle daneben, bleiben alle. Wer zuletzt übrig ist, gewinnt, sonst entscheiden Punkte.
phrases-rule-sudden-death-alone = Eine falsche oder fehlende Antwort, und es ist vorbei. Wie weit kommst du?
phrases-rule-duel = Eins gegen eins; wer mehr Punkte hat, gewinnt.
phrases-rule-ladder = Ein Film pro Frage, sechs Hinweise von schwer bis leicht: 300 Punkte beim ersten, 50 weniger mit jedem weiteren. Nur ein Versuch: früh wagen oder abwarten.
phrases-rule-teams = Zwei bis acht Teams; je Team zählt die schnellste richtige Antwort. Jedes Team hat so viele Versuche, wie das kleinste Mitglieder hat; ein größeres ist also nicht im Vorteil.
phrases-ordinal = { $ending ->
   *[other] { $n }.
}
phrases-out = ausgeschieden
phrases-lives-left = { $n ->
    [one] noch 1 Leben
   *[other] noch { $n } Leben
}
