# Die Ankündigung eines Spiels, das beginnt.

start-first-question = Erste Frage { $when }.
start-secret = Bis zur Auflösung bleiben alle Antworten geheim.
start-few = Mehr Fragen habe ich dazu nicht.
