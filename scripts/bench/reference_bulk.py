"""The insert of bulk-rows.ts with Python's Alembic: reference_bulk.py <url> <rows>. Prints CPU and wall milliseconds."""

import sys
import time

import sqlalchemy as sa
from alembic.migration import MigrationContext
from alembic.operations import Operations


def rows_up_to(count):
    for i in range(1, count + 1):
        yield {
            "id": i,
            "email": f"person.{i}@example.org",
            "name": None if i % 10 == 0 else f"O'Person the {i}th",
            "visits": i % 977,
            "balance": i / 7,
            "joined": f"2024-0{1 + i % 9}-1{i % 10} 12:{10 + i % 50}:00.000000",
        }


# Moments as text, which its DateTime does not take on SQLite.
people = sa.table(
    "people",
    sa.column("id", sa.Integer()),
    sa.column("email", sa.String(60)),
    sa.column("name", sa.String(60)),
    sa.column("visits", sa.Integer()),
    sa.column("balance", sa.Float()),
    sa.column("joined", sa.String()),
)

url, rows = sys.argv[1], int(sys.argv[2])
if url.startswith("postgresql"):
    people.c.joined.type = sa.DateTime()
engine = sa.create_engine(url)
with engine.connect() as connection:
    with connection.begin():
        connection.execute(sa.text("DELETE FROM people"))
        op = Operations(MigrationContext.configure(connection))
        cpu, wall = time.process_time(), time.perf_counter()
        op.bulk_insert(people, list(rows_up_to(rows)))
        print((time.process_time() - cpu) * 1000, (time.perf_counter() - wall) * 1000)
