# Wörter auf gezeichneten Karten.

card-unit = Punkte
card-points = { $points } Punkte
card-topics = Richtige Antworten je Thema
card-final = Endstand
card-player = Jemand
