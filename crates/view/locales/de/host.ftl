# Ein Spiel mit Spielleitung: einem Mitglied, das die Fragen öffnet und nicht mitspielt.

host-introduction = 🎙️ { $host } leitet das Spiel, öffnet jede Frage und spielt nicht mit.
host-introduction-typed = 🎙️ { $host } leitet das Spiel, öffnet jede Frage und spielt nicht mit. Was ihr tippt, liest die Spielleitung nach jeder Frage und kann es gelten lassen.
host-first-question = Erste Frage
host-final-scores = Endstand
host-last-question = Letzte Frage
host-next-question = Nächste Frage
host-judge = Antworten bewerten
host-bonus = Bonus
host-break = Pause
host-one-last-question = Noch eine letzte Frage
host-shows-scores = { $host } zeigt den Endstand, spätestens { $until }.
host-opens = { $which ->
    [finale] { $host } öffnet die letzte Frage, sie zählt doppelt. Sonst endet das Spiel { $until }.
    [last] { $host } öffnet die letzte Frage. Sonst endet das Spiel { $until }.
    [first] { $host } öffnet die erste Frage. Sonst endet das Spiel { $until }.
   *[next] { $host } öffnet die nächste Frage. Sonst endet das Spiel { $until }.
}
host-opens-after-break = { $which ->
    [finale] Pause! Wenn alle etwas zu trinken haben, öffnet { $host } die letzte Frage, sie zählt doppelt. Sonst endet das Spiel { $until }.
    [last] Pause! Wenn alle etwas zu trinken haben, öffnet { $host } die letzte Frage. Sonst endet das Spiel { $until }.
    [first] Pause! Wenn alle etwas zu trinken haben, öffnet { $host } die erste Frage. Sonst endet das Spiel { $until }.
   *[next] Pause! Wenn alle etwas zu trinken haben, öffnet { $host } die nächste Frage. Sonst endet das Spiel { $until }.
}
host-also-accepted = Die Spielleitung ließ auch gelten: { $answers }.
host-not-accepted = Die Spielleitung ließ nicht gelten: { $answers }.
host-judged = Bewertet
host-answer-of = die Antwort von { $user }
host-answer-of-several = eine Antwort, die { $n } Mitglieder gaben
host-bonus-given = Bonus von der Spielleitung
host-bonuses-more = { $n } weitere
host-bonuses = 🎁 Bonus von der Spielleitung: { $list }.
host-count-right = Als richtig zählen …
host-count-wrong = Als falsch zählen …
host-accepted = Du hast { $answer } gelten lassen.
host-refused = Du hast { $answer } nicht gelten lassen.
host-counted = Als richtig gezählt: { $right } · als falsch: { $wrong }
host-judge-more = { $n } weitere passen hier nicht hin; bewerte zuerst ein paar von diesen.
host-judge-note = Die Punkte folgen sofort, für alle, die das getippt haben. Bis du weitermachst, kannst du es dir anders überlegen.
host-judge-title = Antworten bewerten
host-points-for = +{ $points } für …
host-number-is = Nummer { $number } ist { $user }
host-undo-bonus = Letzten Bonus zurücknehmen
host-bonus-undone = ~~{ $bonus }~~ zurückgenommen
host-bonus-left = Für dieses Spiel übrig: { $points } Punkte. Sie zählen für die Wertung heute Abend, nicht für die Rangliste des Servers.
host-bonus-title = Bonuspunkte
host-player = { $name } · { $points } Punkte
host-number = Nummer { $number }
host-not-in-mode = { $mode } geht nicht mit Spielleitung. Wähl einen der Modi { $modes }.
host-not-alone = Eine Spielleitung braucht Publikum. Leg auf einem Server los, der mich hinzugefügt hat.
host-not-where-mute = Ein Spiel mit Spielleitung wartet manchmal lange, und hier darf ich nur kurz nach einem Befehl etwas sagen. Wähl einen Kanal, in dem ich schreiben darf; `/einstellungen prüfen` sagt, was dafür nötig ist.
