# Was an einer Frage falsch sein kann: Auswahl in einem Menü, dann fett in einem Satz.

report-reason-wrong = Die Antwort ist falsch
report-reason-two-right = Zwei Antworten sind richtig
report-reason-unclear = Sie ist unklar
report-reason-offensive = Sie ist beleidigend
report-reason-other = Etwas anderes
