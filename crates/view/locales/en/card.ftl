# Words that are drawn on cards, besides those of a sheet.

# Below a number.
card-unit = points
card-points = { $points } points
card-topics = Right answers by topic
card-final = Final scores
# Where the font lacks the letters of a name.
card-player = Player
