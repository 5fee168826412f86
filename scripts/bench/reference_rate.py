"""The operations of op-work.ts with Python's Alembic. Prints CPU milliseconds, without the start of the process."""

import sys
import time

import sqlalchemy as sa
from alembic.migration import MigrationContext
from alembic.operations import Operations


class Sink:
    """Takes the script and forgets it."""

    def write(self, text):
        pass

    def flush(self):
        pass


def simple(op, count):
    for i in range(count // 4):
        op.add_column(f"table_{i}", sa.Column("name", sa.String(50), nullable=False))
        op.create_index(f"ix_{i}", f"table_{i}", ["name", "id"])
        op.alter_column(f"table_{i}", "name", type_=sa.String(100), nullable=True)
        op.drop_column(f"table_{i}", "old")


def create_table(op, count):
    for i in range(count):
        op.create_table(
            f"table_{i}",
            sa.Column("id", sa.Integer(), primary_key=True),
            sa.Column("owner_id", sa.Integer(), sa.ForeignKey("owners.id"), nullable=False),
            sa.Column("name", sa.String(50), nullable=False),
            sa.Column("title", sa.String(200), server_default="none"),
            sa.Column("price", sa.Numeric(10, 2)),
            sa.Column("is_open", sa.Boolean(), nullable=False),
            sa.Column("made_at", sa.DateTime(), server_default=sa.text("now()")),
            sa.Column("born_on", sa.Date()),
            sa.Column("notes", sa.Text()),
            sa.Column("size", sa.BigInteger()),
            sa.UniqueConstraint("name", name=f"uq_{i}"),
        )


name, count = sys.argv[1:]
options = {"as_sql": True, "output_buffer": Sink()}
op = Operations(MigrationContext.configure(dialect_name="postgresql", opts=options))
work = {"simple": simple, "createTable": create_table}[name]
start = time.process_time()
work(op, int(count))
print((time.process_time() - start) * 1000)
