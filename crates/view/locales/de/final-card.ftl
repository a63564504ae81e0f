# Das gezeichnete Ende eines Spiels und seine Beschreibung für alle, die es nicht sehen können.

final-card-somebody = jemand
final-card-title = Endstand
final-card-line = { $rank }. { $name }, { $points } Punkte, { $right }
final-card-described = Karte zum Spielende. { $lines }.
