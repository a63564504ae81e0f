# Words drawn on cards that are not in a sheet.

card-points = { $points } points
card-final = Final scores
# If the font lacks the letters of a name.
card-player = Player
