-- revision 0, up

CREATE TABLE account (
    id INTEGER NOT NULL AUTO_INCREMENT, 
    name VARCHAR(50) NOT NULL DEFAULT 'x', 
    parent_id INTEGER, 
    size INTEGER, 
    legacy TEXT, 
    PRIMARY KEY (id), 
    CONSTRAINT fk_parent FOREIGN KEY(parent_id) REFERENCES account (id) ON DELETE CASCADE, 
    CONSTRAINT uq_name UNIQUE (name), 
    CONSTRAINT ck_size CHECK (size > 0)
);

CREATE INDEX ix_size ON account (size);

CREATE TABLE owner (
    id INTEGER NOT NULL AUTO_INCREMENT, 
    PRIMARY KEY (id)
);

INSERT INTO owner (id) VALUES (1);

INSERT INTO account (id, name, parent_id, size) VALUES (1, 'root', NULL, 1);

INSERT INTO account (id, name, parent_id, size) VALUES (2, 'leaf', 1, 2);

-- revision 1, up

ALTER TABLE account ADD COLUMN email VARCHAR(80) NOT NULL DEFAULT '';

ALTER TABLE account ADD COLUMN owner_id INTEGER;

ALTER TABLE account CHANGE name title VARCHAR(80) NOT NULL DEFAULT 'x';

ALTER TABLE account DROP COLUMN legacy;

ALTER TABLE account DROP INDEX uq_name;

ALTER TABLE account DROP CONSTRAINT ck_size;

DROP INDEX ix_size ON account;

CREATE INDEX ix_email ON account (email, size);

ALTER TABLE account ADD CONSTRAINT fk_owner FOREIGN KEY(owner_id) REFERENCES owner (id) ON DELETE SET NULL;

ALTER TABLE account ADD CONSTRAINT uq_title UNIQUE (title, owner_id);

ALTER TABLE account ADD CONSTRAINT ck_title CHECK (title <> 'nobody');

-- revision 1, down

ALTER TABLE account DROP CONSTRAINT ck_title;

ALTER TABLE account DROP FOREIGN KEY fk_owner;

ALTER TABLE account DROP INDEX uq_title;

DROP INDEX ix_email ON account;

ALTER TABLE account DROP COLUMN owner_id;

ALTER TABLE account DROP COLUMN email;

ALTER TABLE account CHANGE title name VARCHAR(50) NOT NULL DEFAULT 'x';

ALTER TABLE account ADD COLUMN legacy TEXT;

ALTER TABLE account ADD CONSTRAINT uq_name UNIQUE (name);

ALTER TABLE account ADD CONSTRAINT ck_size CHECK (size > 0);

CREATE INDEX ix_size ON account (size);

-- revision 0, down

DROP TABLE account;

DROP TABLE owner;

