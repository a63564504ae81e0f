# Die offenen Fragen eines Spiels, und Wörter, die alle seine Nachrichten brauchen.

quiz-all-packs = Alle Pakete
quiz-removed-pack = Ein entferntes Paket
quiz-classic = Quiz
quiz-any-difficulty = leicht bis schwer
quiz-typed-answers = Antworten zum Eintippen
quiz-closes = Schließt { $when }
quiz-clues = Hinweis { $open } von { $all } · jetzt **{ $points } Punkte** wert
quiz-answered = { $n ->
    [one] **1 Antwort**
   *[other] **{ $n } Antworten**
}
quiz-lives = Leben
quiz-and-more = … und { $n } weitere
quiz-still-in = Noch dabei: { $n }
quiz-answer = Antworten
quiz-form-title = Frage { $number }
quiz-form-answer = Deine Antwort: die erste zählt
quiz-form-question = Die Frage
quiz-hint = Tipp −50 %
quiz-skip = Überspringen
quiz-pause = Pause
quiz-withdrawn = Diese Frage wurde zurückgezogen: Das Spiel ist vorbei.
quiz-restarting = Ich starte kurz neu und bin gleich wieder da. Das Spiel geht weiter, wo es ist, und jede abgegebene Antwort bleibt erhalten.
quiz-question-finale = Frage { $number } von { $all } · die letzte, sie zählt doppelt
quiz-question-last = Frage { $number } von { $all } · die letzte
quiz-question = Frage { $number } von { $all }
quiz-stop = Stopp
