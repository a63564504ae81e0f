# How certain a credit is.
words-confirmed = confirmed
words-reported = reported, not confirmed
words-in-talks = in talks, not confirmed
words-negotiating = negotiating, not confirmed
words-unfinalised = not final, the studio says
words-rumoured = only rumoured
words-opinion = the writer's opinion
# Jobs: what a person did for a film, after its title or their name.
words-director = director
words-writer = writer
words-author = author
words-producer = producer
words-executive-producer = executive producer
words-associate-producer = associate producer
words-cinematographer = cinematographer
words-editor = editor
words-composer = composer
words-casting-director = casting director
words-production-designer = production designer
words-costume-designer = costume designer
words-set-decorator = set decorator
words-location-manager = location manager
words-sound-editor = sound editor
words-sound-mixer = sound mixer
words-stunt-coordinator = stunt coordinator
words-steadicam-operator = Steadicam operator
words-music-supervisor = music supervisor
words-technical-adviser = technical adviser
words-weapons-trainer = weapons trainer
# `month` is a number from 1 to 12.
words-month-of = { $month ->
    [1] January
    [2] February
    [3] March
    [4] April
    [5] May
    [6] June
    [7] July
    [8] August
    [9] September
    [10] October
    [11] November
   *[12] December
} { $year }
words-day-of = { $day } { $month ->
    [1] January
    [2] February
    [3] March
    [4] April
    [5] May
    [6] June
    [7] July
    [8] August
    [9] September
    [10] October
    [11] November
   *[12] December
} { $year }
# What a name means, in menus.
words-person = person
words-character = character
words-film = film
words-company = company
# What an Academy Award is for. In a sentence after "Oscar for", or alone.
words-best-picture = best picture
words-best-director = best director
words-best-actor = best actor
words-best-actress = best actress
words-best-supporting-actor = best supporting actor
words-best-supporting-actress = best supporting actress
words-best-original-screenplay = best original screenplay
words-best-adapted-screenplay = best adapted screenplay
words-best-score = best original score
words-best-song = best original song
words-best-cinematography = best cinematography
words-best-costume-design = best costume design
words-best-visual-effects = best visual effects
words-best-animated-feature = best animated feature
words-best-international-feature = best international feature
