"""The first casebook: reports, patients, decisions, accounts."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "accounts",
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.Column("password", sa.Text(), nullable=False),
        sa.Column("disabled", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )
    op.create_table(
        "audit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.String(length=32), nullable=False),
        sa.Column("account", sa.String(length=64), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "reports",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("payload", sa.LargeBinary(), nullable=False),
        sa.Column("rules_version", sa.Text(), nullable=False),
        sa.Column("added_at", sa.String(length=32), nullable=False),
        sa.Column("read_at", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "saved_filters",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("owner", sa.String(length=64), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("query", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("owner", "name", name="uq_saved_filters_owner_name"),
    )
    op.create_table(
        "decisions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("report_id", sa.String(length=64), nullable=False),
        sa.Column("patient", sa.String(length=32), nullable=False),
        sa.Column("reader", sa.Text(), nullable=False),
        sa.Column("at", sa.String(length=32), nullable=False),
        sa.Column("action", sa.String(length=16), nullable=False),
        sa.Column("column", sa.String(length=64), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("quote", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["report_id"], ["reports.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_decisions_report_id", "decisions", ["report_id"], unique=False)
    op.create_table(
        "patients",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("report_id", sa.String(length=64), nullable=False),
        sa.Column("key", sa.String(length=32), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("machine", sa.Text(), nullable=True),
        sa.Column("current", sa.Text(), nullable=False),
        sa.Column("states", sa.Text(), nullable=False),
        sa.Column("hidden", sa.Boolean(), nullable=False),
        sa.Column("sites", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=True),
        sa.Column("sex", sa.Text(), nullable=True),
        sa.Column("diagnosis", sa.Text(), nullable=True),
        sa.Column("origin", sa.Text(), nullable=True),
        sa.Column("laterality", sa.Text(), nullable=True),
        sa.Column("grade", sa.Text(), nullable=True),
        sa.Column("surgery", sa.Text(), nullable=True),
        sa.Column("margin", sa.Text(), nullable=True),
        sa.Column("radiotherapy", sa.Text(), nullable=True),
        sa.Column("chemotherapy", sa.Text(), nullable=True),
        sa.Column("recurrence", sa.Text(), nullable=True),
        sa.Column("status", sa.Text(), nullable=True),
        sa.Column("disease", sa.Text(), nullable=True),
        sa.Column("age_years", sa.Float(), nullable=True),
        sa.Column("largest_dimension_mm", sa.Float(), nullable=True),
        sa.Column("follow_up_months", sa.Float(), nullable=True),
        sa.ForeignKeyConstraint(["report_id"], ["reports.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("report_id", "key", name="uq_patients_report_id_key"),
    )
    op.create_index("ix_patients_hidden_age_years", "patients", ["hidden", "age_years"], unique=False)
    op.create_index("ix_patients_hidden_chemotherapy", "patients", ["hidden", "chemotherapy"], unique=False)
    op.create_index("ix_patients_hidden_diagnosis", "patients", ["hidden", "diagnosis"], unique=False)
    op.create_index("ix_patients_hidden_disease", "patients", ["hidden", "disease"], unique=False)
    op.create_index("ix_patients_hidden_follow_up_months", "patients", ["hidden", "follow_up_months"], unique=False)
    op.create_index("ix_patients_hidden_grade", "patients", ["hidden", "grade"], unique=False)
    op.create_index(
        "ix_patients_hidden_largest_dimension_mm", "patients", ["hidden", "largest_dimension_mm"], unique=False
    )
    op.create_index("ix_patients_hidden_laterality", "patients", ["hidden", "laterality"], unique=False)
    op.create_index("ix_patients_hidden_margin", "patients", ["hidden", "margin"], unique=False)
    op.create_index("ix_patients_hidden_origin", "patients", ["hidden", "origin"], unique=False)
    op.create_index("ix_patients_hidden_radiotherapy", "patients", ["hidden", "radiotherapy"], unique=False)
    op.create_index("ix_patients_hidden_recurrence", "patients", ["hidden", "recurrence"], unique=False)
    op.create_index("ix_patients_hidden_role", "patients", ["hidden", "role"], unique=False)
    op.create_index("ix_patients_hidden_sex", "patients", ["hidden", "sex"], unique=False)
    op.create_index("ix_patients_hidden_status", "patients", ["hidden", "status"], unique=False)
    op.create_index("ix_patients_hidden_surgery", "patients", ["hidden", "surgery"], unique=False)
    op.create_table(
        "sessions",
        sa.Column("token", sa.String(length=64), nullable=False),
        sa.Column("account", sa.String(length=64), nullable=False),
        sa.Column("expires_at", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["account"], ["accounts.name"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("token"),
    )
    if op.get_bind().dialect.name == "sqlite":
        op.execute("CREATE VIRTUAL TABLE report_words USING fts5(id UNINDEXED, body)")
    else:
        op.execute("CREATE INDEX ix_reports_words ON reports USING gin (to_tsvector('english', body))")


def downgrade() -> None:
    raise NotImplementedError("There is nothing before the first casebook; make a backup and start a new one.")
