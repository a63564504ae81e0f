leaderboard-not-on-it = { $who } steht hier noch nicht. `/quiz` ändert das.
# Buttons, und was bei den Dateien steht, die sie erzeugen.
leaderboard-save = Als CSV speichern
leaderboard-save-games = Spiele als CSV
leaderboard-file = Die Rangliste als Datei, mit höchstens tausend Plätzen. Nur du siehst sie.
leaderboard-games-file = Die neuesten Spiele dieses Servers als Datei, höchstens zweihundert. Nur du siehst sie.
leaderboard-not-a-manager = Seine Tabellen speichern kann nur, wer diesen Server verwalten darf.
leaderboard-zone = Zeitzone { $zone }
# Der Titel einer Rangliste; der Zeitraum folgt: „Rangliste dieses Servers · diese Woche“.
leaderboard-of-all = Rangliste aller Server
leaderboard-of-this = Rangliste dieses Servers
leaderboard-today = heute
leaderboard-week = diese Woche
leaderboard-month = dieser Monat
leaderboard-all-time = insgesamt
leaderboard-empty-today = Heute hat noch niemand Punkte. Das erste `/quiz` bringt die Führung.
leaderboard-empty-week = Diese Woche hat noch niemand Punkte. Das erste `/quiz` bringt die Führung.
leaderboard-empty-month = Diesen Monat hat noch niemand Punkte. Das erste `/quiz` bringt die Führung.
leaderboard-empty = Noch hat niemand Punkte. Das erste `/quiz` bringt die Führung.
# `place` ist der Rang und das Mitglied.
leaderboard-line = { $place } · **{ $points }** Punkte · { $right } von { $answered } richtig
leaderboard-season = Saison { $name }
# Über dem Menü der Ranglisten.
leaderboard-another = Eine andere Rangliste
leaderboard-all-servers = Alle Server
leaderboard-this-server = Dieser Server
# Buttons zum Blättern.
leaderboard-higher = Vordere Plätze
leaderboard-lower = Hintere Plätze
leaderboard-file-name = { $period ->
    [today] rangliste-heute.csv
    [week] rangliste-woche.csv
    [month] rangliste-monat.csv
   *[other] rangliste-gesamt.csv
}
leaderboard-column-place = platz
leaderboard-column-member = mitglied
leaderboard-column-points = punkte
leaderboard-column-right = richtig
leaderboard-column-answered = beantwortet
leaderboard-games-file-name = spiele.csv
