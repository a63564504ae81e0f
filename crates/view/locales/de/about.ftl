about-anything = Egal was
# Was ein Vorschlag ist, hinter seinem Namen: „Heat 2 · Paket · 200 Fragen“.
about-pack = Paket
about-too-few = { $n ->
    [0] Solche Fragen zu { $name } habe ich nicht.
    [one] Zu { $name } habe ich nur 1 Frage.
   *[other] Zu { $name } habe ich nur { $n } Fragen.
}
# Statt ähnlicher Namen, wo es keine gibt.
about-pick = Nimm etwas aus der Liste, die beim Tippen erscheint.
about-close-by = Ganz in der Nähe: { $names }.
about-unknown = Zu „{ $typed }“ habe ich keine Fragen.
about-did-you-mean = Meintest du { $names }?
