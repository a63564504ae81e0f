# `/einstellungen prüfen`: was der Bot in einem Kanal darf, und wofür er jede Berechtigung braucht.

permissions-view-channel = Kanal anzeigen
permissions-send-messages = Nachrichten senden
permissions-send-in-threads = Nachrichten in Threads senden
permissions-embed-links = Links einbetten
permissions-attach-files = Dateien anhängen
permissions-create-threads = Öffentliche Threads erstellen
permissions-mention-everyone = @everyone, @here und alle Rollen erwähnen
permissions-create-events = Events erstellen
permissions-manage-roles = Rollen verwalten
# Wofür jede da ist. Davor steht ein Doppelpunkt, dahinter ein Punkt.
permissions-to-view-channel = um hier überhaupt zu spielen
permissions-to-post-here = für Fragen und Ergebnisse, auch für geplante. Ohne sie lebt ein Quiz von den Klicks der Mitglieder und endet, wenn eine Viertelstunde lang niemand klickt
permissions-to-post-in-channels = um in Kanälen zu schreiben; in einem Thread bewirkt sie nichts
permissions-to-post-in-threads = um in Threads zu spielen
permissions-to-embed-links = für Fragen, Auflösungen und Ranglisten
permissions-to-attach-files = für das Bild am Ende eines Quiz und das von `/statistik`. Ohne sie kommt beides in Worten
permissions-to-create-threads = für einen eigenen Thread je Quiz
permissions-to-mention-everyone = für geplante Beiträge mit einer Rolle, die nicht alle anpingen dürfen. Ohne sie wird die Rolle genannt, aber nicht angepingt
permissions-to-create-events = um geplante Quizze unter die Events dieses Servers zu setzen
permissions-to-manage-roles = für die Rolle derer, die eine Saison gewinnen; sie muss unter meiner eigenen stehen
permissions-held = ✅ **{ $name }**: { $purpose }.
permissions-missing = ❌ **{ $name }** fehlt: { $purpose }.
permissions-may-post = Ich darf hier schreiben.
permissions-allowed = In diesem Kanal sind Quizze erlaubt.
permissions-not-allowed = In diesem Kanal wird kein Quiz gespielt: `/einstellungen kanäle erlauben` ändert das.
permissions-title = Was ich in diesem Kanal darf
permissions-needed = Nötig
permissions-optional = Gut zu haben
permissions-where = Für diesen Kanal änderst du sie unter „Kanal bearbeiten“ → „Berechtigungen“, für alle unter „Servereinstellungen“ → „Rollen“.
permissions-warning = ⚠️ { $warning } `/einstellungen prüfen` sagt, wofür jede Berechtigung da ist.
permissions-cannot-post = Ich darf in diesem Kanal nicht schreiben: Ich brauche { $names }.
