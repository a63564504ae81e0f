-- One player's answers in the order they were given, whole within the index: their record is read
-- from here alone, however large the ledger is.
CREATE INDEX answers_by_player
    ON answers (player, at_ms, game, round, correct, elapsed_ms, topic);
