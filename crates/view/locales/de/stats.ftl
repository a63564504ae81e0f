stats-rank-here = Platz { $rank } von { $players } hier
stats-rank-in-all = Platz { $rank } von { $players } auf allen Servern
# Hinter oder unter einer Zahl.
stats-points = Punkte
stats-right-by-topic = Richtige Antworten nach Themen
# Die Kennzahlen: was sie sind, dann eine Anmerkung, die ihrer Zahl folgt.
# `best` ist eine Zeit oder eine Zahl von Tagen.
stats-at-best = Bestwert: { $best }
stats-none-right = noch keine richtig
stats-right-answers = Richtige Antworten
stats-games-won = Spiele gewonnen
stats-played = { $games } gespielt
stats-best-streak = Beste Serie
stats-now = aktuell { $streak }
stats-typical-speed = Übliches Tempo
stats-daily-streak = Tagesrätsel-Serie
stats-of = { $right } von { $answered }
# Themen der Fragen.
stats-topic-cast = Besetzung
stats-topic-casting = Casting
stats-topic-crew = Stab
stats-topic-story = Handlung
stats-topic-production = Produktion
stats-topic-places = Orte
stats-topic-origins = Ursprünge
stats-topic-release = Kinostart
stats-topic-novel = Der Roman
stats-topic-studio = Studio
stats-topic-career = Karrieren
stats-topic-other = Sonstiges
stats-badges = Abzeichen
stats-by-topic = Nach Themen
stats-title = Statistik von { $name }
stats-footer = Alle Spiele auf allen Servern. Fragen zählen, sobald sie aufgelöst sind.
# Was das Bild zeigt, für alle, die es nicht sehen können. `content` beginnt mit dem Namen des Mitglieds.
stats-alt = Statistikkarte von { $content }.
stats-nothing-yet = Du hast noch keine Statistik: Sie beginnt mit deiner ersten Antwort. `/quiz` startet ein Spiel.
stats-nothing-of = { $who } hat noch keine Frage beantwortet.
stats-bot = Bots spielen nicht mit, also haben sie auch keine Statistik.
stats-elsewhere = Diese Person ist nicht auf diesem Server.
stats-direct-message = Hier zeige ich nur deine eigene Statistik. Die von anderen gibt es auf einem Server, auf dem ihr beide seid.
