# Meldungen zu Fragen und ihre Liste für die Serververwaltung.

reports-ask =
    Was stimmt nicht mit „{ $question }“?
    Die Serververwaltung sieht deine Meldung, aber nicht deinen Namen.
reports-ask-menu = Was stimmt nicht?
reports-noted =
    Notiert, danke: **{ $reason }**.
    Eine Frage kannst du einmal melden; eine neue Meldung ersetzt diese hier.
reports-noted-with-note =
    Notiert, danke: **{ $reason }**. Du schreibst: „{ $note }“
    Eine Frage kannst du einmal melden; eine neue Meldung ersetzt diese hier.
reports-add-note = Etwas dazu schreiben
reports-change-note = Anders schreiben
reports-note = In deinen eigenen Worten
reports-note-example = Was ist richtig, und woher weißt du das?
reports-not-here = Nur abgeschlossene Fragen dieses Servers lassen sich melden.
reports-only-in-servers = Meldungen gehen an die Serververwaltung, also melde auf einem Server.
reports-not-allowed = Nur die Serververwaltung kann Meldungen sehen und erledigen.
reports-none = Hier ist keine Frage gemeldet. Unter einer aufgelösten Frage gibt es dafür den Button **Melden**.
reports-dismiss = Nr. { $number } erledigt
reports-back = Zurück
reports-more = Mehr
reports-title = { $n ->
    [one] Meldungen: 1 gemeldete Frage
   *[other] Meldungen: { $n } gemeldete Fragen
}
reports-hidden-after = { $members ->
    [one] Sobald ein einziges Mitglied eine Frage meldet, ist sie ausgeblendet: Hier bekommt sie niemand mehr, bis ihre Meldungen erledigt sind, außer über einen Code.
   *[other] Sobald { $members } Mitglieder eine Frage melden, ist sie ausgeblendet: Hier bekommt sie niemand mehr, bis ihre Meldungen erledigt sind, außer über einen Code.
}
reports-gone = Eine Frage, die hier in keinem Paket mehr steht ({ $id })
reports-hidden = { $members }, { $when } · **ausgeblendet**
reports-still-asked = { $members }, { $when } · wird noch gestellt
reports-quoted-note = „{ $note }“
reports-answered = { $n ->
    [one] Einmal beantwortet, zu { $percent } % richtig: { $level }
   *[other] { $n }-mal beantwortet, zu { $percent } % richtig: { $level }
}
reports-answered-unlike-meant = { $n ->
    [one] Einmal beantwortet, zu { $percent } % richtig: { $level }, gedacht als { $meant }
   *[other] { $n }-mal beantwortet, zu { $percent } % richtig: { $level }, gedacht als { $meant }
}
