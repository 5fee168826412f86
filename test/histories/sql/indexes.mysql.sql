-- revision 0, up

CREATE TABLE docs (
    id INTEGER NOT NULL AUTO_INCREMENT, 
    title VARCHAR(200) NOT NULL, 
    body TEXT, 
    state VARCHAR(20), 
    tags VARCHAR(100), 
    PRIMARY KEY (id)
);

CREATE INDEX ix_docs_state ON docs (state);

CREATE UNIQUE INDEX ix_open ON docs (title(40)) USING hash;

CREATE FULLTEXT INDEX ix_body ON docs (body);

CREATE INDEX ix_order ON docs (state DESC, title DESC, id);

-- revision 1, up

CREATE INDEX ix_tags ON docs (tags(10), title(10));

-- revision 1, down

DROP INDEX ix_tags ON docs;

-- revision 0, down

DROP INDEX ix_order ON docs;

DROP INDEX ix_body ON docs;

DROP INDEX ix_open ON docs;

DROP TABLE docs;

