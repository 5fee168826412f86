"""What `alembic check` does, with Python's Alembic: argv are the database's URL and the folder of models.py.

Alembic has the command only since 1.9; compare_metadata() is what it is made of. Types are compared, as it is the default
since 1.12, and defaults are not. Prints the number of differences.
"""

import sys

import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

url, folder = sys.argv[1:]
sys.path.insert(0, folder)
from models import metadata  # noqa: E402

with sa.create_engine(url).connect() as connection:
    context = MigrationContext.configure(connection, opts={"compare_type": True})
    print(len(compare_metadata(context, metadata)))
