# `typed` ist, was das Mitglied getippt hat.
cast-which = Wen oder was meinst du mit „{ $typed }“?
cast-near = Unter „{ $typed }“ finde ich nichts. Meintest du etwas davon?
# Über einem Menü mit anderem, was der Name bedeuten kann.
cast-or = Oder meintest du …
cast-showing = **{ $name }** passt zu „{ $typed }“.
cast-showing-near = Unter „{ $typed }“ finde ich nichts; hier ist **{ $name }**.
cast-gone = Das steht in keinem Paket mehr. Versuch es mit `/besetzung` und einem Namen.
# Über einem Menü mit Namen.
cast-look-up = Nachschlagen …
# Auf der Seite einer Figur.
cast-plays-in = **{ $person }** in { $work }
# Auf der Seite einer Person.
cast-in-as = **{ $work }** als { $character }
cast-oscar-for = **{ $work }**, Oscar: { $award }
# Auf der Seite eines Films: die Überschriften, dann die Zeilen.
cast-release = Veröffentlichung
cast-crew = Stab
cast-cast = Besetzung
cast-direction = Regie
cast-more-cast = Weitere Besetzung
cast-oscars = Oscars (Hauptkategorien)
cast-nominated = Für den Oscar nominiert
cast-first-out = Zuerst erschienen: **{ $date }**
cast-plays = **{ $person }** als { $character }
# Was eine Firma für den Film getan hat. Ein Doppelpunkt und ihr Name folgen.
cast-produced = Produktion
cast-distributed = Verleih
cast-published = Verlag
cast-broadcast = Sender
cast-no-actor = Kein Paket sagt, wer diese Figur spielt.
cast-no-job = Kein Paket nennt eine Rolle oder Aufgabe dazu.
cast-no-cast = Kein Paket nennt Besetzung oder Stab dazu.
# Eine Liste von Sätzen folgt.
cast-what-is-said = Gesagt wird:
cast-maybe-more = Vielleicht gibt es noch mehr: Je mehr du vom Namen tippst, desto genauer wird es.
cast-choose = Such dir etwas aus …
cast-nothing-typed = Gib mir einen Namen zum Nachschlagen: eine Figur, jemanden vor der Kamera oder einen Film. Ein Teil des Namens genügt, und kleine Tippfehler schaden nicht. Oder fang hier an:
cast-nothing-found = Unter „{ $typed }“ habe ich nichts gefunden. Versuch es mit einer Figur, jemandem vor der Kamera oder einem Film. Ein Teil des Namens genügt, und kleine Tippfehler schaden nicht. Oder fang hier an:
