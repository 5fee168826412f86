-- revision 0, up

CREATE TABLE account (
    id INTEGER NOT NULL IDENTITY, 
    name VARCHAR(50) NOT NULL DEFAULT 'x', 
    parent_id INTEGER NULL, 
    size INTEGER NULL, 
    legacy TEXT NULL, 
    PRIMARY KEY (id), 
    CONSTRAINT fk_parent FOREIGN KEY(parent_id) REFERENCES account (id) ON DELETE CASCADE, 
    CONSTRAINT uq_name UNIQUE (name), 
    CONSTRAINT ck_size CHECK (size > 0)
);

GO

CREATE INDEX ix_size ON account (size);

GO

CREATE TABLE owner (
    id INTEGER NOT NULL IDENTITY, 
    PRIMARY KEY (id)
);

GO

SET IDENTITY_INSERT owner ON;

GO

INSERT INTO owner (id) VALUES (1);

GO

SET IDENTITY_INSERT owner OFF;

GO

SET IDENTITY_INSERT account ON;

GO

INSERT INTO account (id, name, parent_id, size) VALUES (1, 'root', NULL, 1);

GO

INSERT INTO account (id, name, parent_id, size) VALUES (2, 'leaf', 1, 2);

GO

SET IDENTITY_INSERT account OFF;

GO

-- revision 1, up

ALTER TABLE account ADD email VARCHAR(80) NOT NULL DEFAULT '';

GO

ALTER TABLE account ADD owner_id INTEGER NULL;

GO

ALTER TABLE account ALTER COLUMN name VARCHAR(80) NOT NULL;

GO

EXEC sp_rename 'account.name', title, 'COLUMN';

GO

ALTER TABLE account DROP COLUMN legacy;

GO

ALTER TABLE account DROP CONSTRAINT uq_name;

GO

ALTER TABLE account DROP CONSTRAINT ck_size;

GO

DROP INDEX ix_size ON account;

GO

CREATE INDEX ix_email ON account (email, size);

GO

ALTER TABLE account ADD CONSTRAINT fk_owner FOREIGN KEY(owner_id) REFERENCES owner (id) ON DELETE SET NULL;

GO

ALTER TABLE account ADD CONSTRAINT uq_title UNIQUE (title, owner_id);

GO

ALTER TABLE account ADD CONSTRAINT ck_title CHECK (title <> 'nobody');

GO

-- revision 1, down

ALTER TABLE account DROP CONSTRAINT ck_title;

GO

ALTER TABLE account DROP CONSTRAINT fk_owner;

GO

ALTER TABLE account DROP CONSTRAINT uq_title;

GO

DROP INDEX ix_email ON account;

GO

ALTER TABLE account DROP COLUMN owner_id;

GO

ALTER TABLE account DROP COLUMN email;

GO

ALTER TABLE account ALTER COLUMN title VARCHAR(50) NOT NULL;

GO

EXEC sp_rename 'account.title', name, 'COLUMN';

GO

ALTER TABLE account ADD legacy TEXT NULL;

GO

ALTER TABLE account ADD CONSTRAINT uq_name UNIQUE (name);

GO

ALTER TABLE account ADD CONSTRAINT ck_size CHECK (size > 0);

GO

CREATE INDEX ix_size ON account (size);

GO

-- revision 0, down

DROP TABLE account;

GO

DROP TABLE owner;

GO

