# Lob unter dem Endstand eines Spiels.

awards-perfect = { $n ->
    [0] Ein perfektes Spiel
   *[other] Ein perfektes Spiel: { $who }
}
awards-sole = { $times ->
    [1] Wusste es ganz allein: { $who }
    [2] Wusste es zweimal allein: { $who }
   *[other] Wusste es { $times }-mal allein: { $who }
}
awards-sole-several = { $times ->
    [1] Wussten, was sonst niemand wusste: { $who }
    [2] Wussten zweimal, was sonst niemand wusste: { $who }
   *[other] Wussten { $times }-mal, was sonst niemand wusste: { $who }
}
awards-comeback = Comeback: { $who }, vom { $from } auf den { $to } Platz
awards-trap = Beste Falle: { $answer } bei Frage { $number }, { $fell } sind darauf hereingefallen
awards-swiftest = Schnellster Finger: { $who }, { $took } bei Frage { $number }
awards-best = { $n ->
    [0] Persönlicher Rekord über { $questions }
   *[other] Persönlicher Rekord über { $questions }: { $who }
}
awards-badge = { $n ->
    [0] Neues Abzeichen { $badge }
   *[other] Neues Abzeichen { $badge }: { $who }
}
