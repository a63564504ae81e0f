# Ein Spiel mit eigenem Thread, vom Kanal aus gesehen.

thread-below = Gespielt wird im Thread unter dieser Nachricht.
thread-refused = Ich darf hier keinen Thread öffnen (`/einstellungen prüfen` sagt, was dafür fehlt), also spielen wir in diesem Kanal.
thread-name-won = { $winner } gewinnt · { $game }
thread-name-over = Vorbei · { $game }
thread-nobody = niemand hat geantwortet
thread-won = { $winner } gewinnt mit { $points } Punkten
thread-ended-early = vorzeitig beendet, { $leader } lag mit { $points } Punkten vorn
thread-even = Gleichstand bei { $points } Punkten: { $winners }
thread-even-many = { $n } Leute liegen mit { $points } Punkten gleichauf
