-- revision 0, up

CREATE TABLE account (
    id SERIAL NOT NULL, 
    name VARCHAR(50) DEFAULT 'x' NOT NULL, 
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
    id SERIAL NOT NULL, 
    PRIMARY KEY (id)
);

INSERT INTO owner (id) VALUES (1);

INSERT INTO account (id, name, parent_id, size) VALUES (1, 'root', NULL, 1);

INSERT INTO account (id, name, parent_id, size) VALUES (2, 'leaf', 1, 2);

-- revision 1, up

ALTER TABLE account ADD COLUMN email VARCHAR(80) DEFAULT '' NOT NULL;

ALTER TABLE account ADD COLUMN owner_id INTEGER;

ALTER TABLE account ALTER COLUMN name TYPE VARCHAR(80);

ALTER TABLE account RENAME name TO title;

ALTER TABLE account DROP COLUMN legacy;

ALTER TABLE account DROP CONSTRAINT uq_name;

ALTER TABLE account DROP CONSTRAINT ck_size;

DROP INDEX ix_size;

CREATE INDEX ix_email ON account (email, size);

ALTER TABLE account ADD CONSTRAINT fk_owner FOREIGN KEY(owner_id) REFERENCES owner (id) ON DELETE SET NULL;

ALTER TABLE account ADD CONSTRAINT uq_title UNIQUE (title, owner_id);

ALTER TABLE account ADD CONSTRAINT ck_title CHECK (title <> 'nobody');

-- revision 1, down

ALTER TABLE account DROP CONSTRAINT ck_title;

ALTER TABLE account DROP CONSTRAINT fk_owner;

ALTER TABLE account DROP CONSTRAINT uq_title;

DROP INDEX ix_email;

ALTER TABLE account DROP COLUMN owner_id;

ALTER TABLE account DROP COLUMN email;

ALTER TABLE account ALTER COLUMN title TYPE VARCHAR(50);

ALTER TABLE account RENAME title TO name;

ALTER TABLE account ADD COLUMN legacy TEXT;

ALTER TABLE account ADD CONSTRAINT uq_name UNIQUE (name);

ALTER TABLE account ADD CONSTRAINT ck_size CHECK (size > 0);

CREATE INDEX ix_size ON account (size);

-- revision 0, down

DROP TABLE account;

DROP TABLE owner;

