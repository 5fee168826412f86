-- revision 0, up

CREATE TABLE account (
    id INTEGER NOT NULL, 
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
    id INTEGER NOT NULL, 
    PRIMARY KEY (id)
);

INSERT INTO owner (id) VALUES (1);

INSERT INTO account (id, name, parent_id, size) VALUES (1, 'root', NULL, 1);

INSERT INTO account (id, name, parent_id, size) VALUES (2, 'leaf', 1, 2);

-- revision 1, up

CREATE TABLE _alembic_tmp_account (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
    email VARCHAR(80) DEFAULT '' NOT NULL, 
    owner_id INTEGER, 
    title VARCHAR(80) DEFAULT 'x' NOT NULL, 
    parent_id INTEGER, 
    size INTEGER, 
    CONSTRAINT uq_args UNIQUE (title, size), 
    CONSTRAINT ck_args CHECK (size < 1000), 
    CONSTRAINT fk_parent FOREIGN KEY(parent_id) REFERENCES account (id) ON DELETE CASCADE, 
    CONSTRAINT fk_owner FOREIGN KEY(owner_id) REFERENCES owner (id) ON DELETE SET NULL, 
    CONSTRAINT uq_title UNIQUE (title, owner_id), 
    CONSTRAINT ck_title CHECK (title <> 'nobody')
);

INSERT INTO _alembic_tmp_account (id, title, parent_id, size) SELECT account.id, account.name, account.parent_id, account.size FROM account;

DROP TABLE account;

ALTER TABLE _alembic_tmp_account RENAME TO account;

CREATE INDEX ix_email ON account (email, size);

-- revision 1, down

CREATE TABLE _alembic_tmp_account (
    id INTEGER NOT NULL, 
    name VARCHAR(50) DEFAULT 'x' NOT NULL, 
    parent_id INTEGER, 
    size INTEGER, 
    legacy TEXT, 
    PRIMARY KEY (id), 
    CONSTRAINT fk_parent FOREIGN KEY(parent_id) REFERENCES account (id) ON DELETE CASCADE, 
    CONSTRAINT uq_name UNIQUE (name), 
    CONSTRAINT ck_size CHECK (size > 0)
);

INSERT INTO _alembic_tmp_account (id, name, parent_id, size) SELECT account.id, account.title, account.parent_id, account.size FROM account;

DROP TABLE account;

ALTER TABLE _alembic_tmp_account RENAME TO account;

CREATE INDEX ix_size ON account (size);

-- revision 0, down

DROP TABLE account;

DROP TABLE owner;

