# In Discord geschriebene Fragen: das Formular, seine Fehler, die Fragen eines Pakets und Vorschläge.

write-example-question = Wer hat zu unserem ersten Filmabend den Kuchen mitgebracht?
write-example-answer = Robin
write-example-wrong =
    Kim
    Sascha
    Toni
write-example-reason = Es war ein Karottenkuchen, und kein Krümel blieb übrig.
write-form-suggest = Eine Frage vorschlagen
write-form-change = Eine Frage ändern
write-form-new = Eine Frage schreiben
# Die Namen der Felder: höchstens 45 Zeichen.
write-label-question = Frage
write-label-answer = Die richtige Antwort
write-label-wrong = Falsche Antworten (ab drei, eine je Zeile)
write-label-reason = Warum? Steht bei der Antwort (freiwillig)
write-mistakes-title = Noch nicht gespeichert
write-mistakes = Was du getippt hast, hebe ich einen Tag lang auf.
write-answer-again = Noch einmal
write-throw-away = Verwerfen
write-stored = Sie steht jetzt in **{ $pack }**, zusammen { $questions }.
write-change-it = Ändern
write-stored-title = Gespeichert
write-add-another = Noch eine
write-preview = Vorschau
write-play-now = Gleich spielen
write-answer-not = ||{ $answer }||, nicht { $wrong }
write-pick = Eine davon ändern oder löschen
write-back = Zurück
write-next = Weiter
write-page = { $questions }, von Hand geschrieben. Tipp eine Antwort an, um sie zu sehen.
write-delete-it = Löschen
write-keep-it = Behalten
write-change = Ändern
write-delete = Löschen
write-all-questions = Alle Fragen
write-delete-title = Diese Frage löschen?
write-question-title = Eine Frage
write-in-pack = In **{ $pack }**.
write-wrong-answers = Falsche Antworten
write-why = Warum
write-suggest-another = Noch eine vorschlagen
write-thanks-title = Danke!
write-thanks = Danke! Die Serververwaltung sieht sich deine Frage an.
write-too-many = Von dir warten hier schon { $max } Vorschläge. Gib der Serververwaltung etwas Zeit, sie zu lesen.
write-accepted = Angenommen.
write-declined = Abgelehnt.
write-by-another = Da war jemand schneller.
write-none-waiting = Es warten keine Vorschläge.
write-suggestion-title = Eine vorgeschlagene Frage
write-suggestion = Von { $author }. Nimm sie an, dann kommt sie in „{ $pack }“.
write-waiting = Noch offen: { $suggestions }
write-accept = Annehmen
write-decline = Ablehnen
write-gone = Die gibt es nicht mehr: Sie wurde gespeichert, gelöscht oder abgelehnt.
write-dropped = Verworfen. Es wurde nichts gespeichert.
write-only-one = Das ist die einzige Frage des Pakets. Das ganze Paket entfernst du mit `/pakete entfernen`.
write-busy = Gerade ändert noch jemand dieses Paket. Bitte drück noch einmal.
write-unfit = Das Paket mit diesem Namen verträgt sich nicht mit den Paketen, die hier geladen sind. Wähl einen anderen Namen.
write-empty = *(leer)*
write-our-questions = Unsere Fragen
write-default-reason = Die Antwort ist { $answer }.
