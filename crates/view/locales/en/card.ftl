# Words that are drawn on cards, besides those of a sheet.

card-points = { $points } points
card-final = Final scores
# Where the font lacks the letters of a name.
card-player = Player
