# Was an einer Frage unfair ist.

unfair-choices-alike = „{ $one }“ und „{ $other }“ könnten dieselbe Antwort sein
unfair-wrong-accepted = die falsche Antwort „{ $wrong }“ gilt auch als richtig
unfair-may-be-true = die falsche Antwort „{ $wrong }“ könnte auch stimmen
unfair-is-true = die falsche Antwort „{ $wrong }“ stimmt auch
unfair-unsupported = kein Fakt sagt, dass „{ $answer }“ stimmt
unfair-several-answers = auf die Frage passen mehrere Antworten oder keine
unfair-wrong-order = die Filme sind nicht in dieser Reihenfolge erschienen
unfair-names-answer = die Frage enthält die Antwort
unfair-no-question-mark = das ist keine Frage
unfair-length-tells = die Antwort hat { $right } Zeichen, die anderen { $shortest } bis { $longest }
unfair-sounds-certain = die Frage tut so, als wäre „{ $fact }“ sicher, das ist es aber nicht
unfair-no-fact = sie stützt sich auf „{ $fact }“, eine Meinung oder ein Gerücht
unfair-no-reason = der Grund fehlt
unfair-no-citation = ihre Quellenangabe führt nirgendwohin
unfair-unknown-fact = den Fakt „{ $fact }“ gibt es nicht
unfair-same-as = sie fragt dasselbe wie { $other }

# Die Abhilfe.
unfair-mend-replace-one = ersetz eine davon
unfair-mend-replace = ersetz sie
unfair-mend-replace-or-specify = ersetz sie, oder frag genauer
unfair-mend-correct-answer = verbessere die Antwort oder die Fakten
unfair-mend-specify = frag genauer
unfair-mend-correct-years = verbessere ihre Jahre
unfair-mend-not-naming = frag, ohne sie zu nennen
unfair-mend-question-mark = beende sie mit einem Fragezeichen
unfair-mend-length = mach alle etwa gleich lang
unfair-mend-hedge = beginn mit "According to the article", oder schreib "reported"
unfair-mend-remove = entferne sie
unfair-mend-add-reason = nenne einen Grund oder einen Fakt
unfair-mend-cite = gib den Fakt als Quelle an
unfair-mend-correct-id = verbessere die ID
unfair-mend-remove-one = entferne eine von beiden, oder frag genauer
