# Die Teams eines Spiels, benannt nach den Abteilungen einer Filmcrew.

teams-camera = 🎥 Kamera
teams-sound = 🎙️ Ton
teams-stunts = 💥 Stunts
teams-lighting = 💡 Licht
teams-costume = 🧵 Kostüm
teams-make-up = 💄 Maske
teams-script = ✍️ Drehbuch
teams-catering = 🍩 Catering
teams-extras = ❔ Komparserie
teams-tries = { $n ->
    [one] Je Team zählt die erste Antwort.
   *[other] Je Team zählen die ersten { $n } Antworten.
}
teams-even = Gleichstand bei { $points }: { $teams }
teams-wins = Team { $team } gewinnt, { $won } zu { $lost }
teams-tied = { $team } gleichauf an der Spitze
teams-leads = { $team } führt mit { $points } Vorsprung
teams-behind = { $team } auf dem { $place } Platz, { $points } hinter der Spitze
