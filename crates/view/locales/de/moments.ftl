# Eine Zeile bei der Auflösung, wenn etwas Besonderes geschehen ist. Jeder Text ist eine Liste mit
# mindestens drei Zeilen; ein Spiel nimmt sie der Reihe nach.

moments-nobody =
    Das wusste niemand.
    Einmal komplett daneben, und zwar alle.
    Diese Runde geht an die Frage.
    Null von { $n }. Autsch.
    Keine einzige richtige Antwort. Die Frage verbeugt sich.
    Diese Szene landet auf dem Boden des Schneideraums.
    { $n } Antworten, { $n } Nieten. Schuld hat das Drehbuch.
    Ein Steppenläufer rollt vorbei: Niemand wusste es.
moments-trap =
    Einstimmig, und falsch: { $answer }.
    Alle { $n } in dieselbe Falle getappt: { $answer }.
    { $answer }, sagten alle. Zwei Dumme, ein Gedanke.
    Ein Köder, { $n } am Haken: { $answer }.
    { $answer } wäre richtig gewesen, ginge es nach der Mehrheit.
moments-sole =
    Nur { $user } wusste es.
    { $user } und sonst niemand.
    Eine richtige Antwort, und sie kam von { $user }.
    { $user } gegen den ganzen Saal, und der Saal lag falsch.
    Ein Solo von { $user }.
    { $user }, Tisch für eine Person.
    Spot an für { $user }: sonst wusste es niemand.
    Alle lagen daneben. Na gut, alle außer { $user }.
moments-just-in-time =
    { $user }, und die Uhr zeigte noch { $left }.
    { $user } hatte noch { $left } übrig.
    Noch { $left }, und { $user } hatte es.
    { $user } kappt den richtigen Draht, { $left } vor dem Knall.
    { $user } mag den großen Auftritt: noch { $left }.
    In letzter Sekunde: { $user }, { $left } vor Schluss.
moments-photo-finish =
    Fotofinish: { $user } schlägt { $other } um { $gap }.
    { $gap } zwischen { $user } und { $other }.
    { $user } um Haaresbreite: { $other } lag { $gap } zurück.
    { $other } hat geblinzelt, und { $user } war { $gap } schneller.
    Bitte in Zeitlupe: { $user } vor { $other }, um { $gap }.
moments-gap = 0,{ $hundredths } s
moments-dead-heat =
    Totes Rennen: { $user } und { $other }, auf die Hundertstelsekunde.
    { $user } und { $other } haben gedrückt wie eine Person.
    Dieselbe Hundertstelsekunde: { $user } und { $other }. Habt ihr das geprobt?
moments-lead =
    { $user } übernimmt die Führung.
    Ein neuer Name ganz oben: { $user }.
    { $user } steht jetzt groß auf dem Plakat.
    Wechsel an der Spitze: Auftritt { $user }.
    { $user } setzt sich auf den Regiestuhl.
    Überraschende Wendung: { $user } führt.
    Platz da für { $user }, ganz vorn.
moments-everybody =
    Alle wussten es. Zu leicht für diese Runde.
    Volles Haus: alle { $n } richtig.
    Nicht ein einziger Ausrutscher.
    Alle { $n }. Angeberei.
    Niemand lag daneben. Verdächtig.
    Stehende Ovationen für alle { $n }.
    Auf ganzer Linie richtig.
moments-climb =
    { $user } springt { $n } Plätze nach vorn.
    { $n } Plätze auf einen Schlag: { $user }.
    { $user } rollt das Feld auf, { $n } Plätze nach vorn.
    { $n } Plätze auf einmal. { $user } ist aufgewacht.
moments-streak =
    { $user } liegt seit { $n } Fragen immer richtig.
    Schon { $n } in Folge für { $user }.
    { $user } hat einen Lauf: { $n } am Stück.
    { $n } hintereinander für { $user }. Kann das mal jemand stoppen?
    { $user }: { $n }, und es geht weiter.
    Das macht { $n } für { $user }, ohne Fehler.
