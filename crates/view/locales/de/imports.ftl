# Warum eine Datei oder eine ihrer Zeilen nicht übernommen wird, und Hinweise zum Rest.

# Stellen in einer Datei.
imports-line = { $file }: Zeile { $line }
imports-result = { $file }: results[{ $at }]

# Eine ganze Datei, die nicht zu lesen ist, hinter ihrem Namen.
imports-unreadable = { $file }: { $says }
imports-too-long = die Datei hat { $bytes } Bytes; teil sie in Dateien von höchstens { $max }
imports-pack-among-others = sie enthält ein ganzes Paket; übernimm es allein
imports-not-json = das ist kein gültiges JSON: { $says }
imports-none-held = { $code ->
    [1] in der Datei sind keine Fragen: so viele, wie verlangt, hat die Datenbank nicht; verlange weniger
    [2] in der Datei sind keine Fragen: der Abruf war falsch; ruf sie noch einmal ab
    [3] in der Datei sind keine Fragen: das Sitzungs-Token ist unbekannt; ruf sie noch einmal ab
    [4] in der Datei sind keine Fragen: die Sitzung hat schon alle gesehen; ruf sie noch einmal ab
    [5] in der Datei sind keine Fragen: die Abrufe kamen zu schnell; ruf sie noch einmal ab
   *[other] in der Datei sind keine Fragen: die Datenbank hat abgelehnt; ruf sie noch einmal ab
}
imports-no-results = die Liste "results" fehlt; nimm eine Datei von opentdb.com, oder prüf ein Paket mit `packs check`
imports-not-results = das ist keine Liste von Fragen; nimm eine Datei von opentdb.com

imports-unknown-header = die erste Zeile nennt die Spalten { $columns }; setz eine erste Zeile mit diesen Spalten davor: question, answer, wrong1, wrong2, wrong3, accept, difficulty, topic, reason, source, url
imports-no-rows = unter der Zeile mit den Spaltennamen steht keine Frage; schreib in jede Zeile eine
imports-empty = die Datei ist leer; schreib die Namen der Spalten hinein, und darunter in jede Zeile eine Frage
imports-quote-open = Zeile { $line }: ein Anführungszeichen geht auf und nie wieder zu; schließ es am Ende seiner Zelle; in so einer Zelle schreib ein Anführungszeichen doppelt ("")
imports-quote-inside = Zeile { $line }: ein Anführungszeichen geht auf, und das schließende in Zeile { $closed } steht mitten in einer Zelle; schließ es am Ende seiner Zelle; in so einer Zelle schreib ein Anführungszeichen doppelt ("")
imports-quote-behind-space = Zeile { $line }: vor dem Anführungszeichen, mit dem eine Zelle beginnt, steht ein Leerzeichen; entferne es
imports-too-many-columns = die erste Zeile nennt { $columns } Spalten; höchstens { $max } sind erlaubt
imports-column-twice = die erste Zeile nennt die Spalte „{ $column }“ zweimal, als Spalte { $first } und { $second }; benenne eine um oder entferne sie
imports-not-csv = das ist kein CSV; speichere die Datei als CSV in UTF-8

imports-long-row = Zeile { $line }: hier stehen mehr Zellen, als die erste Zeile nennt; setz einen Text mit Komma in Anführungszeichen
imports-pack-twice = Zeile { $line }: der Eintrag "pack" steht hier ein zweites Mal; behalt einen von beiden
imports-unknown-entry = Zeile { $line }: einen Eintrag der Art „{ $entry }“ gibt es nicht; nimm pack, { $known }
imports-unknown-column = Zeile { $line }: Zeilen dieses Eintrags haben keine Spalte „{ $column }“; leer die Zelle, oder setz ihren Text in eine andere Spalte
imports-bad-data = Zeile { $line }: unter "data": { $says }
imports-data-not-object = Zeile { $line }: die Spalte "data" ist kein JSON-Objekt; lass sie, wie sie exportiert wurde

imports-not-trivia-list = Zeile { $line }: das ist keine Quizliste; schreib "Frage?:" und darunter die Antworten, jede hinter einem Bindestrich
imports-question-not-text = Zeile { $line }: eine Frage ist hier kein Text; setz sie in Anführungszeichen
imports-setting-twice = Zeile { $line }: { $setting } steht hier ein zweites Mal; behalt eins von beiden
imports-ends-early = die Liste bricht mittendrin ab; speichere die ganze Datei noch einmal
imports-alias = Zeile { $line }: hier steht ein Verweis (*name); schreib den Text selbst
imports-second-document = Zeile { $line }: hier beginnt ein zweites Dokument; entferne das --- davor, oder teil die Datei in zwei
imports-not-yaml-after-end = Zeile { $line }: das ist kein YAML; entferne alles nach der letzten Frage
imports-not-yaml = Zeile { $line }: das ist kein YAML; eine Frage mit : # - oder Anführungszeichen muss in Anführungszeichen stehen
imports-tab-in-yaml = Zeile { $line }: das ist kein YAML; beginn Zeilen mit Leerzeichen statt Tabulatoren
imports-too-deep = die Listen sind zu tief verschachtelt; setz die Antworten eine Stufe unter ihre Frage
imports-answer-missing = Zeile { $line }: eine Antwort fehlt; füg sie hinzu

# Eine ausgelassene Zeile: ihre Stelle, der Anfang ihrer Frage, und warum.
imports-left-out = { $place }: „{ $text }“: { $why }
imports-no-question = die Frage fehlt
imports-no-answer = die Antwort fehlt
imports-question-too-long = die Frage hat { $length } Zeichen, höchstens { $max } passen
imports-answer-too-long = die Antwort hat { $length } Zeichen, auf einen Button passen höchstens { $max }
imports-link = sie fragt nach einem Link oder Bild, das hier nicht gezeigt wird
imports-right-as-wrong = „{ $wrong }“ ist zugleich richtige und falsche Antwort
imports-few-left = von { $given } falschen Antworten sind nur { $left } verschieden und passen auf einen Button; nötig sind { $min }
imports-about-others = eine Antwort verweist auf die anderen, die jedes Mal anders gereiht sind
imports-few-of-kind = die Liste hat keine drei anderen Antworten dieser Art; schreib falsche Antworten dazu
imports-pack-full = das Paket ist mit { $max } Bytes voll; nimm für den Rest ein zweites
imports-too-many-rows = mehr als { $max } Zeilen auf einmal gehen nicht
imports-too-many-cells = hier stehen mehr Zellen, als die erste Zeile nennt; ein Text mit Komma muss in Anführungszeichen stehen
imports-unknown-difficulty = als Schwierigkeit steht hier „{ $cell }“; nimm easy, medium oder hard
imports-unknown-topic = als Thema steht hier „{ $cell }“; nimm cast, casting, crew, story, production, places, origins, release, novel, studio oder career
imports-true-or-false = sie hat mit „wahr“ und „falsch“ zwei Antworten, eine Frage hier hat vier
imports-yes-or-no = sie hat mit „ja“ und „nein“ zwei Antworten, eine Frage hier hat vier
imports-no-correct-answer = "correct_answer" fehlt oder ist nicht zu lesen
imports-no-wrong-answers = sie braucht drei falsche Antworten
imports-answer-not-text = eine ihrer Antworten ist kein Text; setz eine mit Doppelpunkt in Anführungszeichen

# Hinweise zum Paket.
imports-wrong-answers-taken = Die Liste hat keine falschen Antworten. Ich habe sie aus ihren anderen Antworten derselben Art genommen, oder aus Zahlen nahe der richtigen. Ob sie wirklich falsch sind, hat niemand geprüft; sieh sie durch.
imports-lost-invisible = { $places }: Unsichtbare Zeichen sind entfernt.
imports-lost-reason-end = { $places }: Zu lange Gründe sind gekürzt.
imports-lost-source = { $places }: Mehr Quellen, als ein Paket haben darf, sind ausgelassen.
imports-lost-spellings = { $places }: Zu lange oder zu viele Schreibweisen sind ausgelassen.
imports-lost-wrong-answers = { $places }: Zu lange oder zu viele falsche Antworten sind ausgelassen.
imports-and-more = { $places } und { $more } weitere
imports-no-header = { $file }: Die erste Zeile nennt keine Spalten. Ich habe sie als Frage gelesen und die Zellen jeder Zeile als { $columns }.
imports-pictures-as-text = Kotoba zeichnet manche Fragen als Bilder; hier sind sie Text.
imports-columns-ignored = { $file }: { $columns } habe ich nicht beachtet: Solche Spalten kenne ich nicht.
