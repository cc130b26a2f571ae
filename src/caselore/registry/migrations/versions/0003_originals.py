"""The file that a report came from, where the reader shows its pages; when a session was used last."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "originals",
        sa.Column("report_id", sa.String(length=64), nullable=False),
        sa.Column("media_type", sa.String(length=64), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["report_id"], ["reports.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("report_id"),
    )
    op.add_column("sessions", sa.Column("used_at", sa.String(length=32), nullable=False, server_default=""))


def downgrade() -> None:
    raise NotImplementedError("Older casebooks keep no pages; make a backup and start a new one.")
