# „Meine Fehler“: was ein Mitglied in einem Spiel nicht wusste.

misses-not-played = Du hast in diesem Spiel keine Frage beantwortet.
misses-none = Kein einziger Fehler. Stark gespielt.
misses-title = Deine Fehler: { $n }
misses-no-answer = Du hast nicht geantwortet.
misses-said = Deine Wahl: { $answer }
misses-typed = Du hast getippt: { $answer }
misses-back = Zurück
misses-more = Weiter
