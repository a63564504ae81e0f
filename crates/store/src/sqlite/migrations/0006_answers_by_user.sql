-- A player's answers in the order they were given. The index covers all columns that a player's record
-- needs, so the size of the ledger does not matter.
CREATE INDEX answers_by_user
    ON answers (user, at_ms, game, round, correct, elapsed_ms, topic);
