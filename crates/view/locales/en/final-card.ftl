# The drawn end of a game, and its description for members who cannot see it.

# A player whose name is unknown.
final-card-somebody = somebody
final-card-title = Final scores
# `right` is "7 of 10 right".
final-card-line = { $rank }. { $name }, { $points } points, { $right }
final-card-described = Final card. { $lines }.
