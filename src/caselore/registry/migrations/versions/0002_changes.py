"""A journal of changed reports, and full-text search by number.

The grid keeps its index in memory and reads from the journal what to load again. The words of a report stand under a number
made from its id, so that one is found and replaced without walking through all.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "changes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("report_id", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_reports_source", "reports", ["source"], unique=False)
    connection = op.get_bind()
    if connection.dialect.name == "sqlite":
        op.execute("DROP TABLE report_words")
        op.execute(
            "CREATE VIRTUAL TABLE report_words USING fts5(body, tokenize = 'porter unicode61 remove_diacritics 2')"
        )
        known = connection.execute(sa.text("SELECT id, body FROM reports"))
        words = sa.text("INSERT INTO report_words (rowid, body) VALUES (:number, :body)")
        for id, body in known:
            connection.execute(words, {"number": int(id[:15], 16), "body": body})
    else:
        # A tsvector cannot be longer than a megabyte; nobody searches behind the first half million characters of a report.
        op.execute("DROP INDEX ix_reports_words")
        op.execute("CREATE INDEX ix_reports_words ON reports USING gin (to_tsvector('english', left(body, 500000)))")


def downgrade() -> None:
    raise NotImplementedError("The first casebooks had no journal; make a backup and start a new one.")
