# Die Saisons eines Servers: was zu Beginn und Ende gesagt wird, die Rangliste und die Ruhmeshalle.

season-opened-title = Die Saison { $name } ist eröffnet
season-opened = Ab jetzt zählt jede Antwort auf diesem Server dafür. `/rangliste zeitraum:diese Saison` zeigt, wer vorn liegt.
season-prize = { $winners ->
    [one] Wer gewinnt, bekommt { $role }, bis die nächste Saison endet.
   *[other] Die ersten { $winners } bekommen { $role }, bis die nächste Saison endet.
}
season-role-managed = { $role } lässt sich niemandem geben: Die Rolle gehört zu einem Bot, zu einem Abonnement oder zu allen. Nimm eine andere.
season-role-bot-may-not = Um eine Rolle zu vergeben, brauche ich auf diesem Server die Berechtigung *Rollen verwalten*. Gib sie mir oder eröffne die Saison ohne Rolle.
season-role-above-bot = { $role } steht über meiner eigenen Rolle, und Discord lässt mich nur Rollen darunter vergeben. Schieb meine in *Servereinstellungen → Rollen* nach oben oder nimm eine andere.
season-role-member-may-not = Du könntest { $role } selbst nicht vergeben, also mache ich das nicht für dich: Dafür brauchst du *Rollen verwalten* und eine höhere eigene Rolle.
season-role-more-powerful = { $role } darf mehr als du, also vergebe ich die Rolle nicht. Nimm eine ohne diese Berechtigungen.
season-role-not-given = { $member } bekommt { $role } nicht von mir: { $why }.
season-role-not-taken = Ich konnte { $member } die Rolle { $role } nicht nehmen: { $why }.
season-why-not-allowed = Mir fehlt *Rollen verwalten*, oder die Rolle steht nicht unter meiner
season-why-member-gone = das Mitglied hat den Server verlassen
season-why-role-gone = die Rolle gibt es nicht mehr
season-why-other = Discord hat es abgelehnt
season-roles-more = … und { $n } weitere.
season-roles-by-hand = Wer hier Rollen verwaltet, kann das von Hand ändern.
season-roles-title = Zur Rolle für den Sieg
season-already-open = Die Saison **{ $name }** läuft seit { $since }. `/saison beenden` beendet sie; dann kann die nächste beginnen.
season-none-open = Hier läuft keine Saison. Die Serververwaltung eröffnet eine mit `/saison eröffnen`.
season-none-yet = Auf diesem Server gab es noch keine Saison. `/saison eröffnen` eröffnet die erste.
season-unknown = Eine Saison „{ $typed }“ kenne ich hier nicht. Nimm eine aus der Liste, die beim Tippen erscheint.
season-gone = Diese Saison habe ich nicht mehr: Je Server hebe ich die letzten { $max } auf.
season-not-allowed = Um eine Saison zu eröffnen oder zu beenden, brauchst du die Berechtigung, den Server zu verwalten. `/saison anzeigen` und `/saison ruhmeshalle` sind für alle da.
season-only-in-servers = Eine Saison gehört zu einem Server: Nimm den Befehl auf einem.
season-bad-name = Eine Saison braucht einen Namen mit Buchstaben oder Ziffern, höchstens { $max } Zeichen, zum Beispiel *Herbst 2026*.
season-closing = Die Saison **{ $name }** ist beendet. Den Endstand schreibe ich in diesen Kanal.
season-announced-empty = Niemand hat eine Frage beantwortet. Die nächste wird besser!
season-over = Die Saison { $name } ist vorbei
season-final-standing = Endstand
season-right = { $correct } von { $answered } richtig
season-card-subject = Endstand · { $players }
season-role-goes-to = { $role } geht an { $winners }.
season-nobody-yet = In dieser Saison hat noch niemand Punkte. Das erste `/quiz` bringt die Führung.
season-nobody-answered = Niemand hat eine Frage beantwortet.
season-not-in-it = { $member } ist in dieser Saison noch nicht dabei. `/quiz` ändert das.
season-title = Saison { $name }
season-board-footer = { $players } · Seite { $page } von { $pages }
season-hall-empty = Die Ruhmeshalle ist noch leer: **{ $name }**, die erste Saison dieses Servers, läuft gerade.
season-hall-nobody = niemand hat mitgespielt
season-hall-last = Die letzten { $shown } von { $all } Saisons · /saison anzeigen zeigt jede
season-hall = Ruhmeshalle
season-suggested-open = { $name } · läuft
season-hall-row = { $rank } { $member } · { $points } Punkte
season-span = { $from } bis { $to }
season-since = Seit { $from }
