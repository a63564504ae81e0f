# Wie sicher eine Angabe ist.
words-confirmed = bestätigt
words-reported = laut Berichten, nicht bestätigt
words-in-talks = im Gespräch, nicht bestätigt
words-negotiating = in Verhandlung, nicht bestätigt
words-unfinalised = laut Studio noch nicht endgültig
words-rumoured = nur ein Gerücht
words-opinion = persönliche Meinung
# Tätigkeiten: hinter dem Titel oder dem Namen. Ohne Geschlecht, also „Regie“.
words-director = Regie
words-writer = Drehbuch
words-author = Buch
words-producer = Produktion
words-executive-producer = Ausführende Produktion
words-associate-producer = Koproduktion
words-cinematographer = Kamera
words-editor = Schnitt
words-composer = Musik
words-casting-director = Casting
words-production-designer = Szenenbild
words-costume-designer = Kostüme
words-set-decorator = Ausstattung
words-location-manager = Motivaufnahmeleitung
words-sound-editor = Tonschnitt
words-sound-mixer = Tonmischung
words-stunt-coordinator = Stuntkoordination
words-steadicam-operator = Steadicam
words-music-supervisor = Musikberatung
words-technical-adviser = Fachberatung
words-weapons-trainer = Waffentraining
# `month` ist eine Zahl von 1 bis 12.
words-month-of = { $month ->
    [1] Januar
    [2] Februar
    [3] März
    [4] April
    [5] Mai
    [6] Juni
    [7] Juli
    [8] August
    [9] September
    [10] Oktober
    [11] November
   *[12] Dezember
} { $year }
words-day-of = { $day }. { $month ->
    [1] Januar
    [2] Februar
    [3] März
    [4] April
    [5] Mai
    [6] Juni
    [7] Juli
    [8] August
    [9] September
    [10] Oktober
    [11] November
   *[12] Dezember
} { $year }
# Wofür ein Name steht, in Menüs.
words-person = Person
words-character = Figur
words-film = Film
words-company = Firma
# Wofür es einen Oscar gibt. In einem Satz nach „Oscar:“, oder allein.
words-best-picture = bester Film
words-best-director = beste Regie
words-best-actor = bester Hauptdarsteller
words-best-actress = beste Hauptdarstellerin
words-best-supporting-actor = bester Nebendarsteller
words-best-supporting-actress = beste Nebendarstellerin
words-best-original-screenplay = bestes Originaldrehbuch
words-best-adapted-screenplay = bestes adaptiertes Drehbuch
words-best-score = beste Filmmusik
words-best-song = bester Filmsong
words-best-cinematography = beste Kamera
words-best-costume-design = bestes Kostümdesign
words-best-visual-effects = beste visuelle Effekte
words-best-animated-feature = bester Animationsfilm
words-best-international-feature = bester internationaler Film
