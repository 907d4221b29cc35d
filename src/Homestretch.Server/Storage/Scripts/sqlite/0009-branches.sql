-- Branches of the world that people have made: what each assumes, as lines of text. What comes of them is planned when somebody looks.
CREATE TABLE branches (
    key       TEXT    NOT NULL PRIMARY KEY,
    party     TEXT    NOT NULL,
    owner     TEXT    NOT NULL,
    name      TEXT    NOT NULL,
    lines     TEXT    NOT NULL,
    made      INTEGER NOT NULL,
    changed   INTEGER NOT NULL,
    committed INTEGER
) STRICT;
