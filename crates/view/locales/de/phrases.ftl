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
phrases-ordinal = { $ending ->
   *[other] { $n }.
}
phrases-out = ausgeschieden
phrases-lives-left = { $n ->
    [one] noch 1 Leben
   *[other] noch { $n } Leben
}
