# Die Spielmodi, mit Namen, Auswahltext und der Regel, wie man gewinnt.

modes-name-classic = Klassisch
modes-in-sentence-classic = klassisch
modes-choice-classic = Klassisch: Punkte für richtige und schnelle Antworten
modes-rule-classic = Alle antworten geheim; Punkte gibt es für richtige und schnelle Antworten.

modes-name-race = Wettrennen
modes-in-sentence-race = Wettrennen
modes-choice-race = Wettrennen: die erste richtige Antwort holt die Frage
modes-rule-race = Die erste richtige Antwort holt die Frage, nach Discords eigener Uhr. Jede Person hat einen Versuch.

modes-name-elimination = K.-o.-Runde
modes-in-sentence-elimination = K.-o.-Runde
modes-choice-elimination = K.-o.-Runde: drei Leben
modes-rule-elimination = Drei Leben für alle; eine falsche oder fehlende Antwort kostet eins. Wer zuletzt übrig ist, gewinnt. Bleiben mehrere, entscheiden die Leben, dann die Punkte.
modes-rule-elimination-alone = Du hast drei Leben; eine falsche oder fehlende Antwort kostet eins. Wie weit kommst du?

modes-name-sudden-death = Sudden Death
modes-in-sentence-sudden-death = Sudden Death
modes-choice-sudden-death = Sudden Death: ein Leben
modes-rule-sudden-death = Ein Leben; liegen alle daneben, bleiben alle. Wer zuletzt übrig ist, gewinnt, sonst entscheiden Punkte.
modes-rule-sudden-death-alone = Eine falsche oder fehlende Antwort, und es ist vorbei. Wie weit kommst du?

modes-name-ladder = Hinweisleiter
modes-in-sentence-ladder = Hinweisleiter
modes-choice-ladder = Hinweisleiter: errate den Film, Hinweis für Hinweis
modes-rule-ladder = Ein Film pro Frage, sechs Hinweise von schwer bis leicht: 300 Punkte beim ersten, 50 weniger mit jedem weiteren. Nur ein Versuch: früh wagen oder abwarten.

modes-name-teams = Teams
modes-in-sentence-teams = Teams
modes-choice-teams = Teams: zwei bis acht, je Team zählt die schnellste richtige Antwort
modes-rule-teams = Zwei bis acht Teams; je Team zählt die schnellste richtige Antwort. Jedes Team hat so viele Versuche, wie das kleinste Mitglieder hat; ein größeres ist also nicht im Vorteil.

modes-name-duel = Duell
modes-in-sentence-duel = Duell
modes-choice-duel = Duell: du gegen eine andere Person
modes-rule-duel = Eins gegen eins; wer mehr Punkte hat, gewinnt.
