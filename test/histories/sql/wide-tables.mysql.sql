-- revision 0, up

CREATE TABLE `order` (
    `select` INTEGER NOT NULL AUTO_INCREMENT, 
    `from` VARCHAR(20) NOT NULL, 
    `Group` INTEGER, 
    `key` VARCHAR(4) DEFAULT '', 
    PRIMARY KEY (`select`), 
    UNIQUE (`from`), 
    CONSTRAINT `table` UNIQUE (`Group`, `key`), 
    UNIQUE (`from`, `Group`), 
    CONSTRAINT `Unique Rows` UNIQUE (`key`, `from`, `Group`)
)ENGINE=InnoDB ROW_FORMAT=DYNAMIC DEFAULT CHARSET=utf8mb4;

INSERT INTO `order` (`select`, `from`, `Group`, `key`) VALUES (1, 'O''Neill', NULL, 'a');

INSERT INTO `order` (`select`, `from`, `Group`, `key`) VALUES (2, 'x:y %s 50%', 7, 'it''s');

-- revision 1, up

CREATE TABLE organisation_membership_invitation_reminder_deliveries (
    id BIGINT NOT NULL, 
    parent_id BIGINT, 
    root_id BIGINT, 
    order_id INTEGER NOT NULL, 
    document LONGTEXT, 
    created_at DATETIME NOT NULL DEFAULT now(), 
    amount NUMERIC(12, 3) DEFAULT 0, 
    item_0 VARCHAR(10) NOT NULL DEFAULT '', 
    item_1 INTEGER, 
    item_2 VARCHAR(10), 
    item_3 INTEGER NOT NULL, 
    item_4 VARCHAR(10) DEFAULT '', 
    item_5 INTEGER, 
    item_6 VARCHAR(10) NOT NULL, 
    item_7 INTEGER, 
    item_8 VARCHAR(10) DEFAULT '', 
    item_9 INTEGER NOT NULL, 
    item_10 VARCHAR(10), 
    item_11 INTEGER, 
    item_12 VARCHAR(10) NOT NULL DEFAULT '', 
    item_13 INTEGER, 
    item_14 VARCHAR(10), 
    item_15 INTEGER NOT NULL, 
    item_16 VARCHAR(10) DEFAULT '', 
    item_17 INTEGER, 
    item_18 VARCHAR(10) NOT NULL, 
    item_19 INTEGER, 
    PRIMARY KEY (id), 
    CONSTRAINT fk_parent FOREIGN KEY(parent_id) REFERENCES organisation_membership_invitation_reminder_deliveries (id) ON DELETE CASCADE ON UPDATE CASCADE, 
    FOREIGN KEY(order_id) REFERENCES `order` (`select`), 
    CONSTRAINT uq_parent_order UNIQUE (parent_id, order_id), 
    UNIQUE (item_0, item_1), 
    UNIQUE (item_2, item_3, item_4), 
    CONSTRAINT ck_item_1 CHECK (item_1 >= 0), 
    CHECK (item_3 > -5), 
    CONSTRAINT fk_root FOREIGN KEY(root_id) REFERENCES organisation_membership_invitation_reminder_deliveries (id) ON DELETE SET NULL
);

CREATE INDEX ix_organisation_membership_invitation_reminder_deliveries_item_5 ON organisation_membership_invitation_reminder_deliveries (item_5);

CREATE INDEX ix_organisation_membership_invitation_reminder_deliveries_o ON organisation_membership_invitation_reminder_deliveries (order_id, item_0);

-- revision 1, down

DROP INDEX ix_organisation_membership_invitation_reminder_deliveries_item_5 ON organisation_membership_invitation_reminder_deliveries;

DELETE FROM organisation_membership_invitation_reminder_deliveries;;

DROP TABLE organisation_membership_invitation_reminder_deliveries;

-- revision 0, down

DROP TABLE `order`;

