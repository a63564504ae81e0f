# Die Namen der Abzeichen, und wofür es sie gibt.
badges-one-take = Erste Klappe
badges-one-take-for = ein Spiel mit zehn oder mehr Antworten, alle richtig
badges-long-take = Plansequenz
badges-long-take-for = 25 richtige Antworten ohne Schnitt
badges-quick-cut = Schneller Schnitt
badges-quick-cut-for = fünf richtige in Folge, jede in höchstens drei Sekunden
badges-every-department = Alle Gewerke
badges-every-department-for = je 25 richtige Antworten in sechs Themen
badges-box-office = Kassenschlager
badges-box-office-for = 25 gewonnene Spiele
badges-final-cut = Final Cut
badges-final-cut-for = tausend richtige Antworten
badges-thirty-days-flat = Dreißig Tage am Stück
badges-thirty-days-flat-for = ein Monat Tagesrätsel, und keins davon sitzen gelassen
