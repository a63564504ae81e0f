# „Noch mal spielen“: was ein Mitglied in einem Spiel nicht wusste, noch einmal gefragt.

revenge-footer = Keine Uhr, keine Punkte: nur du und die, die dir entwischt sind.
revenge-right = ✅ **{ $answer }** · diesmal sitzt es
revenge-wrong = ❌ Es war **{ $letter } · { $answer }**
revenge-next = Weiter
revenge-once-more = Noch einmal
revenge-all = { $right } von { $all }: Die Rache ist dein.
revenge-none = Sie sind wieder entwischt. Eine Fortsetzung gibt es immer.
revenge-some = Diesmal { $right } von { $all }.
revenge-result = Rache
revenge-title = Rache · { $number } von { $all }
revenge-begin = Noch mal spielen
revenge-nothing = Aus diesem Spiel ist nichts mehr übrig, was du noch mal spielen könntest.
