# Das Rätsel eines Tages.
daily-name = Heat-Check-Tagesrätsel #{ $number }
daily-no-more = Dieses Rätsel hat keine Fragen mehr.
# `when` zählt herunter: „in 3 Stunden“.
daily-rules = Fünf Fragen, für alle dieselben, von leicht bis schwer. Ein Versuch, keine Uhr, und nur du siehst es. Das nächste Rätsel kommt { $when }, um Mitternacht UTC.
# Hinter der Schwierigkeit der Frage: „schwer · lass dir Zeit“.
daily-take-your-time = lass dir Zeit
# Im Titel, hinter `daily-name`.
daily-question = Frage { $number } von { $all }
daily-first-answer-counts = Bei jeder Frage zählt die erste Antwort.
daily-so-far = { $right } von { $given } richtig
daily-answered-before = Die hattest du schon beantwortet; deine erste Antwort zählt.
# Buttons.
daily-next-question = Nächste Frage
daily-your-result = Dein Ergebnis
# Vor `answer` steht ihr Buchstabe: „**B · Heat**“.
daily-right = Richtig: { $answer }
daily-wrong = Falsch: { $answer }
daily-it-is = Richtig ist { $answer }
# Das Ergebnis einer Frage nach ihrer Nummer: „1 richtig · 2 daneben“.
daily-mark-right = { $number } richtig
daily-mark-missed = { $number } daneben
# `now` und `best` sind „3 Tage“.
daily-streak = Serie: **{ $now }** · längste: { $best }
daily-today-is-out = Das Rätsel von heute ist da: `/tagesrätsel`.
daily-next-puzzle = Das nächste Rätsel kommt { $when }, um Mitternacht UTC.
# Buttons.
daily-share = Hier teilen
daily-who-did-best = Die Besten
# Über einem Text zum Kopieren.
daily-to-copy = Zum Kopieren
daily-sharing = Beim Teilen zeigst du dein Ergebnis, aber keine Fragen.
daily-score = { $score } von { $all }
# Hinter den Zeichen eines geteilten Ergebnisses.
daily-all-right = alles richtig
daily-missed-all = alle daneben
# `numbers` sind die Nummern der Fragen: „2, 5“.
daily-missed = daneben: { $numbers }
# Ein Button.
daily-play = Rätsel von heute spielen
# Mindestens zwei.
daily-days = { $days } Tage in Folge
daily-shared-before = Das hast du hier schon geteilt.
daily-over = Dieses Rätsel ist vorbei. Um Mitternacht UTC kommt ein neues; das heutige gibt es mit `/tagesrätsel`.
daily-not-there-yet = So weit bist du noch nicht. `/tagesrätsel` bringt dich zu deiner Frage.
daily-not-finished = Beantworte erst alle fünf: `/tagesrätsel` bringt dich zur nächsten.
