# Was ein Mitglied bei der Auflösung allein über seine Antwort liest.

own-result-beyond-tries = ☑️ Richtig, aber dein Team hatte seine Versuche verbraucht
own-result-team-slower = ☑️ Richtig, aber jemand aus deinem Team war schneller
own-result-slower = ☑️ Richtig, aber jemand war schneller
own-result-wrong = ❌ Es war **{ $answer }**
own-result-points = bisher { $points } Punkte
own-result-level = gleichauf an der Spitze
own-result-leads = 1. Platz, { $points } Vorsprung
own-result-behind = { $place } Platz, { $points } hinter der Spitze
own-result-place = { $place } Platz
