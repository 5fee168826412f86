-- revision 0, up

CREATE TABLE owner (id INTEGER PRIMARY KEY, name VARCHAR(20));;

CREATE TABLE item (id INTEGER PRIMARY KEY, name VARCHAR(80), note VARCHAR(80), flag BOOLEAN, owner_id INTEGER)  ;;

INSERT INTO owner (id, name) VALUES (1, 'ada'), (2, '12:30:00; no');

INSERT INTO owner (id, name) VALUES (3, 'it''s 50% :x');

INSERT INTO item (id, name, flag, owner_id) VALUES (1, 'a', 1, 1), (2, 'b', 0, 2);

INSERT INTO item (id, name, flag, owner_id) VALUES (3, NULL, NULL, NULL);

CREATE TRIGGER touch AFTER UPDATE OF name ON item BEGIN
      UPDATE item SET note = coalesce(note, '') || ' touched; really' WHERE id = NEW.id;
    END;;

-- revision 1, up

UPDATE item SET name='x' WHERE item.id = 1;

UPDATE item SET name=upper(item.name), flag=1 WHERE lower(item.name) IN ('B', 'b') AND item.flag IS 0;

UPDATE item SET name=CASE WHEN (item.id > 5) THEN 'big' ELSE 'small' END WHERE item.name IS NULL;

UPDATE item SET name=(SELECT owner.name FROM owner WHERE owner.id = item.owner_id) WHERE item.owner_id IN (SELECT owner.id FROM owner);

INSERT INTO owner (id, name) SELECT (item.id + 10) * 2 AS anon_1, item.name FROM item WHERE item.flag = 1;

DELETE FROM owner WHERE (owner.id IN (NULL) AND (1 != 1));

DELETE FROM owner WHERE (owner.id NOT IN (1, 2, 3, 22, 24));

-- revision 1, down

DELETE FROM owner WHERE owner.id > 20;

-- revision 0, down

DROP TRIGGER touch;;

DROP TABLE item;;

DROP TABLE owner;

