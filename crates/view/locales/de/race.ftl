# Wer welche Fragen eines Wettrennens geholt hat.

race-won-by = 🏁 Wer welche Frage geholt hat: { $list }
race-nobody = niemand { $numbers }
race-won-none = keine Frage geholt
race-won = holte { $numbers }
