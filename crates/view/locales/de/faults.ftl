# Fehler eines Pakets, jeder mit seiner Abhilfe. Sie stehen hinter der Stelle in der Datei, wie in
# „questions[3].answer: der Text ist leer; …“, oder an einem Feld des Formulars für Fragen.

faults-of-file = { $file }: { $says }
faults-at = { $file }: { $path }: { $says }
faults-on-line = { $file }: Zeile { $line }: { $path }: { $says }

faults-document-too-long = das Dokument hat { $bytes } Bytes; höchstens { $max } sind erlaubt
faults-is-table = das ist eine Tabelle, kein Paket; mach mit `heat-check packs import` ein Paket daraus, oder gib die Datei selbst bei /pakete hinzufügen an
faults-is-yaml = das ist eine YAML-Liste, kein Paket; mach mit `heat-check packs import` ein Paket daraus, oder gib die Datei selbst bei /pakete hinzufügen an
faults-is-opentdb = das ist eine Datei der Open Trivia Database, kein Paket; mach mit `heat-check packs import` ein Paket daraus
faults-not-json = das ist kein JSON: { $says }
faults-not-an-object = das Dokument ist kein JSON-Objekt; schreib ein Objekt mit id, title, description und facts oder questions
faults-nothing-in-it = das Paket hat weder Fakten noch Fragen; füg welche hinzu
faults-no-questions = das Paket hat keine Fragen; schreib welche, oder füg mehr Fakten derselben Art hinzu
faults-pack-full = das Paket ist mit { $max } Bytes voll; fang ein neues an

faults-unknown-pack-field = dieses Feld hat ein Paket nicht; erlaubt sind nur { $known }
faults-unknown-fact-field = dieses Feld hat ein Eintrag dieser Art nicht; verbessere seinen Namen oder lass es weg
faults-field-missing = dieser Text fehlt; schreib "{ $field }": "…" an den Anfang des Dokuments
faults-not-a-list = das ist keine Liste; schreib [ … ]
faults-too-many-entries = hier stehen { $count } Einträge, das sind zu viele; höchstens { $max } sind erlaubt

faults-invisible = der Text enthält das unsichtbare Zeichen U+{ $code }; entferne es
faults-too-many-marks = ein Buchstabe hat mehr als { $max } Zusatzzeichen; entferne sie
faults-space-at-end = der Text beginnt oder endet mit einem Leerzeichen; entferne es
faults-empty = der Text ist leer; füll ihn aus, oder lass das Feld weg
faults-too-long = der Text hat { $length } Zeichen; kürze ihn auf { $max } Zeichen
faults-letters-in-emoji = zwischen den Emoji stehen Buchstaben; nimm nur Emoji

faults-bad-id = „{ $id }“ ist keine gültige ID; nimm 1 bis { $max } Kleinbuchstaben, Ziffern und Bindestriche
faults-id-twice = die ID „{ $id }“ kommt in dieser Liste zweimal vor; wähle eine andere, oder fass die beiden zusammen
faults-pack-id-used = die Paket-ID „{ $id }“ hat schon das Paket „{ $pack }“; wähle eine andere
faults-fact-id-used = die Fakten-ID „{ $id }“ gibt es schon im Paket „{ $pack }“; wähle eine andere
faults-question-id-used = die Fragen-ID „{ $id }“ gibt es schon im Paket „{ $pack }“; wähle eine andere
faults-pack-id-taken = die ID „{ $id }“ ist vergeben; wähle eine andere
faults-fact-id-taken = die Fakten-ID „{ $id }“ ist vergeben; wähle eine andere
faults-question-id-taken = die Fragen-ID „{ $id }“ ist vergeben; wähle eine andere
faults-too-many-facts = { $facts } Fakten sind für das Paket eines Servers zu viele; höchstens { $max } sind erlaubt, mehr kann nur laden, wer den Bot betreibt

faults-bad-url = „{ $url }“ ist keine Webadresse; schreib https://… ohne Leerzeichen, höchstens { $max } Zeichen
faults-name-shared = „{ $name }“ ist auch ein Name von „{ $other }“; gib ihn nur einem von beiden
faults-only-for-people = das haben nur Personen; lass es weg
faults-only-for-works = das haben nur Werke; lass es weg
faults-work-with-pronoun = Werke haben kein Pronomen; lass es weg
faults-unknown-form = „{ $form }“ ist keine Form eines Werks; nimm eine von diesen: { $known }
faults-unlikely-year-of-work = { $year } ist kein mögliches Erscheinungsjahr; schreib das Jahr mit vier Ziffern
faults-unlikely-year-of-film = { $year } ist kein mögliches Jahr eines Films; schreib das Jahr mit vier Ziffern
faults-bad-fame = { $fame } ist kein Wert für die Bekanntheit; schreib 1 (kaum jemand kennt es) bis 5 (fast alle kennen es)
faults-cast-twice = „{ $name }“ steht hier zweimal; schreib alle Rollen in eine Zeile: "Name = Rolle / Rolle"
faults-award-for-nobody = der Preis nennt weder Film noch Person; nenne sie unter "film" oder "people"
faults-named-otherwise = ein anderes Paket enthält { $entity } auch, nennt es aber „{ $known }“ statt „{ $other }“; gib beiden denselben Namen, dieselbe Form und dasselbe Jahr, oder diesem eine andere ID
faults-year-otherwise = ein anderes Paket enthält { $entity } auch, aber mit einem anderen Jahr ({ $known } und { $other }); gib beiden denselben Namen, dieselbe Form und dasselbe Jahr, oder diesem eine andere ID
faults-form-otherwise = ein anderes Paket enthält { $entity } auch, aber mit der Form „{ $known }“ statt „{ $other }“; gib beiden denselben Namen, dieselbe Form und dasselbe Jahr, oder diesem eine andere ID
faults-film-year-otherwise = für das Werk „{ $film }“ steht anderswo ein anderes Jahr ({ $other }); gib beiden dasselbe Jahr, oder diesem eine andere ID
faults-no-year = keins

faults-unknown-caveat = „{ $id }“ ist kein anderer Fakt dieses Pakets; nenne die ID eines Fakts
faults-unknown-entity = { $entity } gibt es in diesem Paket nicht; trag es in die Liste seiner Art ein, oder verbessere die ID
faults-unknown-source = die Quelle „{ $id }“ gibt es in diesem Paket nicht; trag sie unter "sources" ein, oder verbessere die ID
faults-unknown-fact = den Fakt „{ $id }“ gibt es in diesem Paket nicht; füg ihn hinzu, oder verbessere die ID
faults-no-citation = der Fakt hat keine Quelle; schreib unter "cites", woher er stammt
faults-counts-from-one = Absätze und Sätze zählen ab 1, nicht ab 0; zähl sie ab 1
faults-no-paragraph = zu dem Satz fehlt der Absatz; schreib "paragraph" dazu
faults-ends-before-start = der letzte Satz kommt vor dem ersten; "sentence" ist der erste, "sentence_end" der letzte
faults-bad-date = „{ $date }“ ist kein Datum; schreib 1995, 1995-12 oder 1995-12-15
faults-unknown-role = „{ $role }“ ist keine Aufgabe einer Firma; nimm eine von diesen: { $known }

faults-few-wrong-answers = { $count ->
    [one] eine falsche Antwort reicht nicht; schreib mindestens { $min }
   *[other] { $count } falsche Antworten reichen nicht; schreib mindestens { $min }
}
faults-right-as-wrong = „{ $text }“ ist die richtige Antwort; ersetz sie durch eine falsche
faults-wrong-twice = „{ $text }“ steht hier zweimal; ersetz eins davon durch etwas anderes
faults-no-ground = die Frage hat weder Fakt noch Grund; nenne unter "facts" einen Fakt, oder schreib unter "reason", warum die Antwort stimmt
faults-asks-opinion = der Fakt „{ $id }“ ist eine Meinung; entferne die Frage, oder stütz sie auf einen anderen Fakt
faults-asks-rumour = der Fakt „{ $id }“ ist ein Gerücht; entferne die Frage, oder stütz sie auf einen anderen Fakt
faults-asks-excluded = nach dem Fakt „{ $id }“ soll nicht gefragt werden; entferne die Frage, oder stütz sie auf einen anderen Fakt

faults-unfair = { $what }; { $mend }
