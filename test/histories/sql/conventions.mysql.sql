-- revision 0, up

CREATE TABLE `groups` (
    id INTEGER NOT NULL AUTO_INCREMENT, 
    region INTEGER NOT NULL, 
    open BOOL, 
    CONSTRAINT pk_groups PRIMARY KEY (id), 
    CONSTRAINT uq_groups_id_region UNIQUE (id, region), 
    CONSTRAINT ck_groups_region_positive CHECK (region > 0), 
    CONSTRAINT ck_groups_is_bool CHECK (open IN (0, 1))
);

CREATE TABLE members (
    id INTEGER NOT NULL AUTO_INCREMENT, 
    group_id INTEGER, 
    group_region INTEGER, 
    email VARCHAR(50) NOT NULL, 
    age INTEGER, 
    CONSTRAINT pk_members PRIMARY KEY (id), 
    CONSTRAINT fk_members_group_id_group_region_groups FOREIGN KEY(group_id, group_region) REFERENCES `groups` (id, region), 
    CONSTRAINT uq_by_hand UNIQUE (email, age), 
    CONSTRAINT fk_members_group_id_groups FOREIGN KEY(group_id) REFERENCES `groups` (id), 
    CONSTRAINT uq_members_email UNIQUE (email)
);

CREATE INDEX ix_members_age ON members (age);

-- revision 1, up

ALTER TABLE members ADD CONSTRAINT uq_members_age_email UNIQUE (age, email);

ALTER TABLE members ADD CONSTRAINT uq_named UNIQUE (email, group_id);

ALTER TABLE members ADD CONSTRAINT ck_members_age_positive CHECK (age > 0);

ALTER TABLE members ADD CONSTRAINT fk_members_age_members FOREIGN KEY(age) REFERENCES members (id);

CREATE INDEX ix_members_age_members_email ON members (age, email);

CREATE UNIQUE INDEX ix_by_hand ON members (email);

-- revision 1, down

DROP INDEX ix_by_hand ON members;

DROP INDEX ix_members_age_members_email ON members;

ALTER TABLE members DROP FOREIGN KEY fk_members_age_members;

ALTER TABLE members DROP CHECK ck_members_age_positive;

ALTER TABLE members DROP INDEX uq_named;

ALTER TABLE members DROP INDEX uq_members_age_email;

-- revision 0, down

DROP TABLE members;

DROP TABLE `groups`;

