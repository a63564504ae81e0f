# Die letzte Nachricht eines Spiels.

scoreboard-and-more = … und { $n } weitere.
scoreboard-no-answer = Diesmal keine Antwort.
scoreboard-nobody = Diesmal hat niemand geantwortet.
scoreboard-footer = { $pack } · dieselben Fragen mit /quiz code:{ $code }
scoreboard-misses = Meine Fehler
scoreboard-leaderboard = Rangliste
scoreboard-rematch = Revanche
scoreboard-again = Noch ein Spiel
scoreboard-out = ausgeschieden bei Frage { $number }
scoreboard-streak = 🔥 { $n } in Folge
scoreboard-won = { $taken } von { $all } geholt
scoreboard-right = { $right } von { $answered } richtig
scoreboard-nobody-scored = Null Punkte für alle. Die Fragen gewinnen.
scoreboard-outlasts = { $winner } hält am längsten durch.
scoreboard-wins = { $winner } gewinnt.
scoreboard-even = Gleichstand: { $winners }.
scoreboard-duel = { $by ->
    [draw] { $first } und { $second } trennen sich { $right }:{ $other_right } unentschieden
    [points] { $first } schlägt { $second } nach Punkten, { $points } zu { $other_points }
   *[right] { $first } schlägt { $second } { $right }:{ $other_right }
}
scoreboard-duel-so-far = { $by ->
    [draw] { $first } und { $second } lagen gleichauf, { $right }:{ $other_right }
    [points] { $first } führte gegen { $second } nach Punkten, { $points } zu { $other_points }
   *[right] { $first } führte gegen { $second } { $right }:{ $other_right }
}
scoreboard-title-all-done = Das waren alle
scoreboard-title-out-of-lives = Kein Leben mehr
scoreboard-title-stopped-alone = Hier war Schluss
scoreboard-title-final = Endstand
scoreboard-title-stopped = Beendet: der Stand bis hier
scoreboard-title-abandoned = Das war’s wohl für heute
scoreboard-title-cannot-post = Das Spiel konnte nicht weitergehen
scoreboard-title-last-standing = Eine Person steht noch
scoreboard-title-all-out = Niemand steht mehr
scoreboard-title-paused-too-long = Die Pause war zu lang
scoreboard-title-host-away = Die Spielleitung hat die Bühne verlassen
scoreboard-title-no-game = Kein Spiel
scoreboard-stopped-by = Beendet von { $user }.
scoreboard-counts = Jeder Punkt zählt.
scoreboard-host-away = Die Spielleitung hat eine halbe Stunde lang nichts getan, darum ist das Spiel zu Ende. Jeder Punkt zählt.
scoreboard-paused-too-long = Die Pause dauerte zehn Minuten, darum ist das Spiel zu Ende. Jeder Punkt zählt.
scoreboard-abandoned = Drei Fragen hintereinander blieben ohne Antwort, darum ist das Spiel zu Ende. Jeder Punkt zählt.
scoreboard-cannot-post = Ich konnte die nächste Frage in diesem Kanal nicht stellen. Jeder Punkt bis hier zählt.
