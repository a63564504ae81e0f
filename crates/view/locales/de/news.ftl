# `typed` ist, was das Mitglied getippt hat.
news-none-about = Zu „{ $typed }“ gibt es nichts Neues, aber dazu:
# Die Überschrift von Anmerkungen, die zu mehreren Zeilen gehören.
news-keep-in-mind = Dabei zu bedenken
news-not-settled = { $topic }, noch offen
# Wie sicher eine Zeile ist, in Klammern dahinter.
news-reported = laut Berichten
news-in-talks = im Gespräch
news-studios-word = laut Studio
news-rumour = ein Gerücht
news-opinion = eine Meinung
# Überschriften: wer das sagt und wie sicher es ist.
news-voice-settled = Steht fest
news-voice-reported = Laut Berichten, nicht bestätigt
news-voice-talks = Im Gespräch oder in Verhandlung
news-voice-studio = Was das Studio sagt
news-voice-rumour = Nur ein Gerücht
news-voice-writer = Persönliche Meinung
# Themen, als Überschriften und im Menü.
news-topic-headlines = Schlagzeilen
news-topic-casting = Besetzung
news-topic-production = Produktion
news-topic-novel = Der Roman
news-topic-studio = Das Studio
news-topic-analysis = Einschätzung
news-title = Neues
# Statt eines Namens, den kein Paket mehr kennt.
news-someone = jemand ohne Eintrag in einem Paket
news-undated = Der Artikel trägt kein Datum.
news-none = In den geladenen Paketen steht nichts Neues.
news-none-on = In den geladenen Paketen steht nichts Neues über **{ $about }**.
# `topics` ist eine Liste von Themen mit der Zahl ihrer Zeilen: „Besetzung (3), Produktion (1)“.
news-elsewhere = Zu diesem Thema nichts. Anderswo: { $topics }. Du kannst unten wählen.
news-elsewhere-on = Nichts über **{ $about }** bei diesem Thema. Anderswo: { $topics }. Du kannst unten wählen.
news-another-topic = Ein anderes Thema …
