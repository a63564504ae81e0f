# Der Tipp, den ein Mitglied genommen hat. Nur dieses Mitglied liest ihn.

hint-letters = Für die halben Punkte sieht die Antwort so aus: { $shown }
hint-none = Zu dieser Frage gibt es keinen Tipp.
hint-two-left = Für die halben Punkte ist es eine von diesen beiden: { $first } oder { $second }
