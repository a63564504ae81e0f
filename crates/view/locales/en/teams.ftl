# The teams of a game, each named after a department of a film crew.

teams-camera = 🎥 Camera
teams-sound = 🎙️ Sound
teams-stunts = 💥 Stunt crew
teams-lighting = 💡 Lighting
teams-costume = 🧵 Costume
teams-make-up = 💄 Make-up
teams-script = ✍️ Script
teams-catering = 🍩 Catering
teams-extras = ❔ Extras
teams-tries = { $n ->
    [one] The first answer of each team counts.
   *[other] The first { $n } answers of each team count.
}
# The results are alone or within a line, so they have no full stop.
teams-even = Even at { $points }: { $teams }
teams-wins = { $team } wins, { $won } to { $lost }
teams-tied = { $team } tied for the lead
teams-leads = { $team } leads by { $points }
# `place` is an ordinal: "2nd".
teams-behind = { $team } { $place }, { $points } behind the leader
