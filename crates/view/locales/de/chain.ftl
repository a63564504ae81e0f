# Filme erscheinen als „Heat (1995)“. `is_known` ist „yes“, wenn der Film einen Namen hat, und „no“,
# wenn kein Paket ihn mehr kennt.

# Hinter der Länge einer Kette: „7 Filme · die längste hier bisher“.
chain-on-record = die längste hier bisher
chain-missed = **{ $film }** hätte gepasst, mit { $actor }.
chain-missed-none = Mir wäre auch keiner mehr eingefallen.
# `last` ist, wer den letzten Film genannt hat.
chain-full = 🏁 **{ $n } Filme: Länger kann keine Kette werden.** Bravo! Den letzten{ $is_known ->
    [yes] , **{ $film }**,
   *[no] {""}
} hat { $last } genannt.
chain-duel-won = ⏰ **Die Zeit ist um, nach { $n ->
    [one] 1 Film
   *[other] { $n } Filmen
}.** { $rival } fiel zu { $is_known ->
    [yes] **{ $film }**
   *[no] dem letzten Film
} nichts mehr ein: { $last } gewinnt das Duell!
chain-not-followed = ⏰ **Die Zeit ist um.** An { $is_known ->
    [yes] **{ $film }**
   *[no] den letzten Film
} von { $last } hat niemand angeknüpft. `/filmkette` startet die nächste Kette.
chain-won = ⏰ **Die Zeit ist um, nach { $n } Filmen.** { $last } hat den letzten genannt{ $is_known ->
    [yes] , **{ $film }**,
   *[no] {""}
} und gewinnt!
chain-new-record = Die bisher längste Kette auf diesem Server.
chain-ties-record = Damit ist der Rekord hier eingestellt.
chain-record = Der Rekord hier: { $n } Filme.
chain-starts = { $who } beginnt eine Kette mit **{ $film }**.
# `time` ist „3.“.
chain-linked-last = Verbunden durch { $actor }, zum { $time } und letzten Mal.
chain-linked-by = Verbunden durch { $actor }.
# `until` zählt herunter: „in 20 Sekunden“.
chain-next = Am Zug: { $who }. Nenne einen Film, in dem jemand aus diesem mitspielt: `/filmkette film:` · die Zeit ist um { $until }
chain-next-anybody = Am Zug: alle außer { $last }. Nennt einen Film, in dem jemand aus diesem mitspielt: `/filmkette film:` · die Zeit ist um { $until }
chain-not-your-turn = Der letzte Film{ $is_known ->
    [yes] , **{ $before }**,
   *[no] {""}
} war von dir. Jetzt ist jemand anderes dran.
chain-not-your-duel = Hier läuft gerade ein Duell. Beginne die nächste Kette, wenn die beiden fertig sind.
chain-named = **{ $film }** kam in dieser Kette schon vor. Schnell, ein anderer!
chain-apart = Ich kenne niemanden, der sowohl in { $is_known ->
    [yes] **{ $before }**
   *[no] dem letzten Film
} als auch in **{ $film }** mitspielt. Versuch es mit einem anderen!
chain-worn-out = Wer in { $is_known ->
    [yes] **{ $before }**
   *[no] dem letzten Film
} und in **{ $film }** mitspielt, hat hier schon { $most }-mal für die Verbindung gesorgt. Versuch es mit einem anderen Film!
chain-no-longer = { $n } Filme: Länger kann eine Kette nicht werden. Stark gespielt, ihr alle!
chain-too-slow = Jemand war schneller. Sieh dir den neuesten Film an und versuch es noch mal!
chain-unknown = Einen Film namens „{ $typed }“ kenne ich nicht. Nimm einen aus der Liste, die beim Tippen erscheint.
chain-no-rival = Such dir für ein Duell ein anderes Mitglied dieses Servers aus.
chain-duel-on = Hier läuft gerade ein Duell. Beginne deins, wenn die beiden fertig sind.
chain-on = Hier läuft schon eine Kette. Lass `gegner` weg und mach mit!
