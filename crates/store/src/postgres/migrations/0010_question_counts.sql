-- How often each question was answered, and how often correctly, in all servers and without members'
-- ids. Its measured difficulty follows from this. Starts with the answers that already count.
CREATE TABLE question_counts (
    question TEXT   NOT NULL PRIMARY KEY,
    answered BIGINT NOT NULL,
    correct  BIGINT NOT NULL
);

INSERT INTO question_counts (question, answered, correct)
SELECT a.question, count(*), count(*) FILTER (WHERE a.correct) FROM answers AS a
JOIN reveals AS r ON r.game = a.game AND r.round = a.round
GROUP BY a.question;
