-- revision 0, up

CREATE TABLE [order] (
    [select] INTEGER NOT NULL IDENTITY, 
    [from] VARCHAR(20) NOT NULL, 
    [Group] INTEGER NULL, 
    [key] VARCHAR(4) NULL DEFAULT '', 
    PRIMARY KEY ([select]), 
    UNIQUE ([from]), 
    CONSTRAINT [table] UNIQUE ([Group], [key]), 
    UNIQUE ([from], [Group]), 
    CONSTRAINT [Unique Rows] UNIQUE ([key], [from], [Group])
);

GO

SET IDENTITY_INSERT [order] ON;

GO

INSERT INTO [order] ([select], [from], [Group], [key]) VALUES (1, 'O''Neill', NULL, 'a');

GO

INSERT INTO [order] ([select], [from], [Group], [key]) VALUES (2, 'x:y %s 50%', 7, 'it''s');

GO

SET IDENTITY_INSERT [order] OFF;

GO

-- revision 1, up

CREATE TABLE organisation_membership_invitation_reminder_deliveries (
    id BIGINT NOT NULL, 
    parent_id BIGINT NULL, 
    root_id BIGINT NULL, 
    order_id INTEGER NOT NULL, 
    document NVARCHAR(max) NULL, 
    created_at DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP, 
    amount NUMERIC(12, 3) NULL DEFAULT 0, 
    item_0 VARCHAR(10) NOT NULL DEFAULT '', 
    item_1 INTEGER NULL, 
    item_2 VARCHAR(10) NULL, 
    item_3 INTEGER NOT NULL, 
    item_4 VARCHAR(10) NULL DEFAULT '', 
    item_5 INTEGER NULL, 
    item_6 VARCHAR(10) NOT NULL, 
    item_7 INTEGER NULL, 
    item_8 VARCHAR(10) NULL DEFAULT '', 
    item_9 INTEGER NOT NULL, 
    item_10 VARCHAR(10) NULL, 
    item_11 INTEGER NULL, 
    item_12 VARCHAR(10) NOT NULL DEFAULT '', 
    item_13 INTEGER NULL, 
    item_14 VARCHAR(10) NULL, 
    item_15 INTEGER NOT NULL, 
    item_16 VARCHAR(10) NULL DEFAULT '', 
    item_17 INTEGER NULL, 
    item_18 VARCHAR(10) NOT NULL, 
    item_19 INTEGER NULL, 
    PRIMARY KEY (id), 
    CONSTRAINT fk_parent FOREIGN KEY(parent_id) REFERENCES organisation_membership_invitation_reminder_deliveries (id) ON DELETE CASCADE ON UPDATE CASCADE, 
    FOREIGN KEY(order_id) REFERENCES [order] ([select]), 
    CONSTRAINT uq_parent_order UNIQUE (parent_id, order_id), 
    UNIQUE (item_0, item_1), 
    UNIQUE (item_2, item_3, item_4), 
    CONSTRAINT ck_item_1 CHECK (item_1 >= 0), 
    CHECK (item_3 > -5), 
    CONSTRAINT fk_root FOREIGN KEY(root_id) REFERENCES organisation_membership_invitation_reminder_deliveries (id) ON DELETE SET NULL
);

GO

CREATE INDEX ix_organisation_membership_invitation_reminder_deliveries_item_5 ON organisation_membership_invitation_reminder_deliveries (item_5);

GO

CREATE INDEX ix_organisation_membership_invitation_reminder_deliveries_o ON organisation_membership_invitation_reminder_deliveries (order_id, item_0);

GO

-- revision 1, down

DROP INDEX ix_organisation_membership_invitation_reminder_deliveries_item_5 ON organisation_membership_invitation_reminder_deliveries;

GO

DELETE FROM organisation_membership_invitation_reminder_deliveries;;

GO

DROP TABLE organisation_membership_invitation_reminder_deliveries;

GO

-- revision 0, down

DROP TABLE [order];

GO

