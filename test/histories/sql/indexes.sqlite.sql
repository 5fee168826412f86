-- revision 0, up

CREATE TABLE docs (
    id INTEGER NOT NULL, 
    title VARCHAR(200) NOT NULL, 
    body TEXT, 
    state VARCHAR(20), 
    tags VARCHAR(100), 
    PRIMARY KEY (id)
);

CREATE INDEX ix_docs_state ON docs (state);

CREATE UNIQUE INDEX ix_open ON docs (title) WHERE state = 'open';

CREATE INDEX ix_body ON docs (body);

CREATE INDEX ix_order ON docs (state DESC, title DESC, id);

-- revision 1, up

CREATE INDEX ix_tags ON docs (tags, title);

-- revision 1, down

DROP INDEX ix_tags;

-- revision 0, down

DROP INDEX ix_order;

DROP INDEX ix_body;

DROP INDEX ix_open;

DROP TABLE docs;

