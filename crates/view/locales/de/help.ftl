# `/hilfe`: drei Zeilen, und ein Button für jedes Thema.

help-welcome =
    🎬 `/quiz`: Alle antworten geheim, und jede Antwort hat ihre Quelle. `/filmkette` verbindet Filme über gemeinsame Leute vor der Kamera.
    📅 `/tagesrätsel`: fünf Fragen und ein Film am Tag, nur für dich. Auch *vergangene Filme* liegen dort.
    🔎 `/besetzung` und `/neuigkeiten` schlagen nach, `/statistik` und `/rangliste` zählen mit, `/zeitplan` plant Abende.
help-button-play = Spielen
help-button-daily = Tagesrätsel
help-points = So gibt es Punkte
help-modes = Modi
help-privacy = Datenschutz
help-points-worth = Punkte
help-points-typed = Getippte Antworten
help-modes-playing = So läuft ein Spiel
help-modes-control = Wer was darf
help-privacy-known = Was ich speichere
help-privacy-yours = Was dir gehört
help-typed = Großschreibung, Akzente, Satzzeichen, Artikel und kleine Tippfehler sind egal; ein Nachname reicht, wenn nur eine Person so heißt; Heat II ist Heat 2. Zahlen müssen genau stimmen, und zwei Namen sind keine Antwort.
help-playing = Deine erste Antwort zählt. Eine Frage schließt, wenn die Zeit um ist oder alle geantwortet haben, aber nie in den ersten acht Sekunden: Wer spät kommt, darf noch mit. **Meine Fehler** zeigt nur dir, was du falsch hattest und warum. **Melden** sagt der Serververwaltung, was an einer Frage nicht stimmt.
help-control = **Tipp**: alle, die antworten können. **Überspringen**: mehr als die Hälfte der Mitspielenden; bei „Klassisch“ und beim Wettrennen auch allein, wer gestartet hat. **Pause** und **Stopp**: wer gestartet hat oder Nachrichten verwalten darf, sofern dieser Server nichts anderes regelt. Eine Pause beginnt nach der offenen Frage; nach zehn Minuten beendet sie das Spiel. Mit `/quiz spielleitung:True` leitest du den Abend, statt mitzuspielen: Du öffnest jede Frage, beurteilst getippte Antworten, gibst Bonuspunkte und rufst Pausen aus.
help-known = Ich lese keine Nachrichten: Mich erreichen nur Befehle, Buttons und was du in meine Formulare tippst. Ich speichere deine Antworten, deine Punkte, deine Tagesrätsel und deine Meldungen unter deiner Discord-ID.
help-yours = `/datenschutz exportieren` gibt dir alles als Datei. `/datenschutz löschen` löscht es. `/datenschutz getippt` regelt, ob andere deine falschen getippten Antworten sehen.
help-alone = In einer Direktnachricht spielst du allein: { $modes }.
help-worth-right = **Richtig**: { $easy } Punkte, wenn sie leicht ist, { $medium } bei mittel, { $hard } bei schwer
help-worth-fast = **Schnell**: bis zur Hälfte obendrauf, nach Discords eigener Uhr
help-worth-row = **In Serie**: { $step } mehr für jede richtige Antwort davor, höchstens { $most }
help-worth-last = **Letzte Frage**: doppelt
help-worth-hint = **Tipp**: die Hälfte
help-worth-wrong = **Falsch**: kostet nichts
help-worth-modes = Beim Wettrennen punktet nur die erste richtige Antwort; bei der Hinweisleiter zählen die Hinweise.
