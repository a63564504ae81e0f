daily-board-empty = Noch ist niemand damit fertig. Das erste `/tagesrätsel` bringt die Führung.
daily-board-not-finished = { $who } ist noch nicht fertig. Spielen geht mit `/tagesrätsel`.
# Im Titel, hinter dem Namen des Rätsels.
daily-board-all-servers = alle Server
daily-board-this-server = dieser Server
# `place` ist der Rang und das Mitglied.
daily-board-line = { $place } · **{ $score }** von { $all }
