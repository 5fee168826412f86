-- revision 0, up

CREATE TABLE t (
    id INTEGER NOT NULL IDENTITY, 
    a VARCHAR(5) NOT NULL DEFAULT '', 
    b VARCHAR(5) NULL, 
    c VARCHAR(5) NULL, 
    PRIMARY KEY (id)
);

GO

ALTER TABLE t ADD d VARCHAR(5) NULL DEFAULT '';

GO

CREATE INDEX ix_t_a ON t (a);

GO

SET IDENTITY_INSERT t ON;

GO

INSERT INTO t (b) VALUES ('');

GO

INSERT INTO t (b) VALUES (NULL);

GO

SET IDENTITY_INSERT t OFF;

GO

-- revision 1, up

declare @const_name varchar(256)
select @const_name = QUOTENAME([name]) from sys.default_constraints
where parent_object_id = object_id('t')
and col_name(parent_object_id, parent_column_id) = 'a'
exec('alter table t drop constraint ' + @const_name);

GO

ALTER TABLE t ADD DEFAULT '' FOR b;

GO

ALTER TABLE t ALTER COLUMN d VARCHAR(9) NOT NULL;

GO

EXEC sp_rename 't', u;

GO

-- revision 1, down

EXEC sp_rename 'u', t;

GO

ALTER TABLE t ADD DEFAULT '' FOR a;

GO

declare @const_name varchar(256)
select @const_name = QUOTENAME([name]) from sys.default_constraints
where parent_object_id = object_id('t')
and col_name(parent_object_id, parent_column_id) = 'b'
exec('alter table t drop constraint ' + @const_name);

GO

ALTER TABLE t ALTER COLUMN d VARCHAR(5) NULL;

GO

-- revision 0, down

DROP INDEX ix_t_a ON t;

GO

ALTER TABLE t DROP COLUMN d;

GO

DROP TABLE t;

GO

