-- revision 0, up

CREATE TABLE groups (
    id INTEGER NOT NULL IDENTITY, 
    region INTEGER NOT NULL, 
    [open] BIT NULL, 
    CONSTRAINT pk_groups PRIMARY KEY (id), 
    CONSTRAINT uq_groups_id_region UNIQUE (id, region), 
    CONSTRAINT ck_groups_region_positive CHECK (region > 0)
);

GO

CREATE TABLE members (
    id INTEGER NOT NULL IDENTITY, 
    group_id INTEGER NULL, 
    group_region INTEGER NULL, 
    email VARCHAR(50) NOT NULL, 
    age INTEGER NULL, 
    CONSTRAINT pk_members PRIMARY KEY (id), 
    CONSTRAINT fk_members_group_id_group_region_groups FOREIGN KEY(group_id, group_region) REFERENCES groups (id, region), 
    CONSTRAINT uq_by_hand UNIQUE (email, age), 
    CONSTRAINT fk_members_group_id_groups FOREIGN KEY(group_id) REFERENCES groups (id), 
    CONSTRAINT uq_members_email UNIQUE (email)
);

GO

CREATE INDEX ix_members_age ON members (age);

GO

-- revision 1, up

ALTER TABLE members ADD CONSTRAINT uq_members_age_email UNIQUE (age, email);

GO

ALTER TABLE members ADD CONSTRAINT uq_named UNIQUE (email, group_id);

GO

ALTER TABLE members ADD CONSTRAINT ck_members_age_positive CHECK (age > 0);

GO

ALTER TABLE members ADD CONSTRAINT fk_members_age_members FOREIGN KEY(age) REFERENCES members (id);

GO

CREATE INDEX ix_members_age_members_email ON members (age, email);

GO

CREATE UNIQUE INDEX ix_by_hand ON members (email);

GO

-- revision 1, down

DROP INDEX ix_by_hand ON members;

GO

DROP INDEX ix_members_age_members_email ON members;

GO

ALTER TABLE members DROP CONSTRAINT fk_members_age_members;

GO

ALTER TABLE members DROP CONSTRAINT ck_members_age_positive;

GO

ALTER TABLE members DROP CONSTRAINT uq_named;

GO

ALTER TABLE members DROP CONSTRAINT uq_members_age_email;

GO

-- revision 0, down

DROP TABLE members;

GO

DROP TABLE groups;

GO

