# Ein Button.
share-button = Teilen
share-shares-this = { $who } teilt das mit euch:
share-not-here = Auf diesem Server bleiben meine Antworten privat, weil er mich nicht hinzugefügt hat. Anderswo kannst du sie teilen.
