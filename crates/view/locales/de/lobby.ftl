# Die Lobby eines Spiels und die Herausforderung zum Duell.

lobby-begins = Los geht es { $when } oder sobald { $starter } auf „Loslegen“ drückt. Danach kann niemand mehr einsteigen.
lobby-join = Mitspielen
lobby-leave = Verlassen
lobby-begin = Loslegen
lobby-stop = Stopp
lobby-begins-hosted = Los geht es, sobald { $starter } auf „Loslegen“ drückt; sonst schließt die Lobby { $when }.
lobby-begins-teams = Los geht es { $when } oder sobald { $starter } auf „Loslegen“ drückt.
lobby-choose-team = Sucht euch eine Abteilung aus; wer auf eine andere drückt, wechselt.
lobby-rematch-wanted = { $starter } will Revanche, { $opponent }!
lobby-challenge = { $starter } fordert { $opponent } heraus.
lobby-challenge-ends = Nur { $opponent } kann annehmen oder ablehnen; die Herausforderung endet { $when }.
lobby-accept = Annehmen
lobby-decline = Ablehnen
lobby-withdraw = Zurückziehen
lobby-declined = { $opponent } hat abgelehnt.
lobby-unanswered = { $opponent } hat nicht rechtzeitig geantwortet. Versuch es noch einmal mit `/quiz`.
lobby-one-team = Alle waren im selben Team, da blieb niemand zum Gegenspielen.
lobby-host-away = Die Spielleitung hat nicht losgelegt, darum wurde die Lobby geschlossen.
lobby-withdrawn = Die Herausforderung wurde zurückgezogen.
lobby-closed = Die Lobby wurde geschlossen, bevor das Spiel begann.
lobby-playing = Dabei: { $n }
lobby-now = jetzt
lobby-rematch = Revanche
lobby-code = Code { $code }
