-- revision 0, up

CREATE TABLE docs (
    id SERIAL NOT NULL, 
    title VARCHAR(200) NOT NULL, 
    body TEXT, 
    state VARCHAR(20), 
    tags VARCHAR(100), 
    PRIMARY KEY (id)
);

CREATE INDEX ix_docs_state ON docs (state);

CREATE UNIQUE INDEX ix_open ON docs USING btree (title text_pattern_ops) WHERE state = 'open';

CREATE INDEX ix_body ON docs USING hash (body) WITH (fillfactor = 70);

CREATE INDEX ix_order ON docs (state DESC, title DESC, id) INCLUDE (tags);

-- revision 1, up

DROP INDEX CONCURRENTLY IF EXISTS ix_tags;

CREATE INDEX CONCURRENTLY ix_tags ON docs (tags, title);

-- revision 1, down

DROP INDEX CONCURRENTLY ix_tags;

-- revision 0, down

DROP INDEX ix_order;

DROP INDEX ix_body;

DROP INDEX ix_open;

DROP TABLE docs;

