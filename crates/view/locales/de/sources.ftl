# Hinter dem Titel einer Quelle, deren Stellen als „¶4 s2“ erscheinen.
sources-numbered = { $source } (¶ Absatz, s Satz)
sources-one = Quelle: { $source }
# Eine Liste folgt.
sources-several = Quellen:
