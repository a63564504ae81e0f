# Wörter auf gezeichneten Karten.

card-points = { $points } Punkte
card-final = Endstand
card-player = Jemand
