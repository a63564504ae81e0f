# `/quiz` ohne Optionen: ein Feld mit Menüs und einem Startknopf.

setup-title = Was spielen wir?
setup-choose =
    { $rule }

    {""}**Gleich loslegen** oder erst auswählen.
setup-choose-or-duel =
    { $rule }

    {""}**Gleich loslegen** oder erst auswählen. Ein Duell beginnt mit `/quiz gegner:`.
setup-start = Gleich loslegen
setup-host = Loslegen mit mir als Spielleitung
setup-mode = Modus
setup-length = Länge
setup-about = Thema
