# `/datenschutz`: die eigenen Daten eines Mitglieds, heruntergeladen oder gelöscht.

privacy-exported = Hier ist alles, was ich über dich speichere, als Datei. Das siehst nur du.
# Die fetten Wörter stehen auf dem Knopf, `privacy-older`.
privacy-exported-in-part =
    Hier ist alles, was ich über dich speichere, als Datei. Das siehst nur du.
    Es hat nicht alles hineingepasst: **Ältere Spiele** schickt die nächste Datei.
privacy-older = Ältere Spiele
privacy-confirm-title = Alles löschen, was ich über dich speichere?
privacy-confirm =
    Deine Antworten, deine Punkte und Plätze auf allen Ranglisten und in jeder Saison, deine Tagesrätsel und deine Meldungen verschwinden auf allen Servern und lassen sich nicht zurückholen. Spiele mit anderen bleiben für diese vollständig: An deiner Stelle steht dort jemand ohne Namen. Pakete, die du hinzugefügt hast, bleiben auf ihren Servern, ohne deinen Namen.

    Was ich in Kanäle geschrieben habe, liegt bei Discord und bleibt dort. `/datenschutz exportieren` gibt dir vorher eine Kopie.
privacy-confirm-valid = Gilt eine Viertelstunde.
privacy-delete = Alles löschen
privacy-keep = Behalten
privacy-deleted = Erledigt: Über dich ist nichts mehr gespeichert. Wenn du wieder mitspielst, fängst du bei null an.
privacy-kept = Es wurde nichts gelöscht.
privacy-playing = Es wurde nichts gelöscht: Du bist noch mitten in einem Spiel ({ $games }). Spiel es zu Ende oder lass es beenden und versuch es dann noch einmal.
privacy-playing-alone = eines, das nur du siehst; mit `/quiz` kannst du es beenden
privacy-typed-shown = Deine falschen getippten Antworten dürfen in der Auflösung stehen, wenn der Server es erlaubt.
privacy-typed-hidden = Ab jetzt zeigt keine Auflösung mehr deine falschen getippten Antworten. Hat ein Spiel eine Spielleitung, liest nur sie die Antworten, ohne deinen Namen.
privacy-expired = Es wurde nichts gelöscht: Die Bestätigung ist abgelaufen. Nimm noch einmal `/datenschutz löschen`.
privacy-not-yours = Bei diesem Button geht es um die Daten von jemand anderem. Für deine gibt es `/datenschutz`.
privacy-file-name = heat-check-meine-daten.json
privacy-about-export = Was Heat Check über dich gespeichert hat. IDs sind die von Discord, Zeiten in UTC. Bei einer Frage, die noch offen ist, steht hier nur deine Antwort.
