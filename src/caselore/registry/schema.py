"""The tables of a casebook. Migrations in `migrations/versions` make them; a test holds the two together."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    false,
)

metadata = MetaData(
    naming_convention={"ix": "ix_%(table_name)s_%(column_0_N_name)s", "uq": "uq_%(table_name)s_%(column_0_N_name)s"}
)

TEXT_FACETS = (
    "role",
    "sex",
    "diagnosis",
    "origin",
    "laterality",
    "grade",
    "surgery",
    "margin",
    "radiotherapy",
    "chemotherapy",
    "recurrence",
    "status",
    "disease",
)
"""Columns of the review row by which the grid is filtered and counted."""
NUMBERS = ("age_years", "largest_dimension_mm", "follow_up_months")
"""Columns of the review row by which the grid is sorted."""

reports = Table(
    "reports",
    metadata,
    Column("id", String(64), primary_key=True, doc="SHA-256 of the raw text"),
    Column("source", Text, nullable=False, index=True),
    Column("title", Text, nullable=False),
    Column("body", Text, nullable=False, doc="the raw text, which is searched and never changes"),
    Column("payload", LargeBinary, nullable=False, doc="the Report as JSON, deflated"),
    Column("rules_version", Text, nullable=False),
    Column("added_at", String(32), nullable=False),
    Column("read_at", String(32), nullable=False),
)

originals = Table(
    "originals",
    metadata,
    Column("report_id", String(64), ForeignKey("reports.id", ondelete="CASCADE"), primary_key=True),
    Column("media_type", String(64), nullable=False),
    Column("content", LargeBinary, nullable=False, doc="the file as it came in, for the pictures of its pages"),
)

patients = Table(
    "patients",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("report_id", String(64), ForeignKey("reports.id", ondelete="CASCADE"), nullable=False),
    Column("key", String(32), nullable=False, doc="p1, p2 ... for the authors' own patients, c1 ... for cited ones"),
    Column("position", Integer, nullable=False),
    Column("machine", Text, doc="the review row as read, JSON; none where people brought the patient in"),
    Column("current", Text, nullable=False, doc="the review row with the decisions laid over it, JSON"),
    Column("states", Text, nullable=False, doc="state of each decided cell, JSON"),
    Column("hidden", Boolean, nullable=False, doc="merged into another patient, or a duplicate"),
    Column("sites", Text, nullable=False),
    *(Column(name, Text) for name in TEXT_FACETS),
    *(Column(name, Float) for name in NUMBERS),
    UniqueConstraint("report_id", "key"),
    *(Index(None, "hidden", name) for name in (*TEXT_FACETS, *NUMBERS)),
)

decisions = Table(
    "decisions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("report_id", String(64), ForeignKey("reports.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("patient", String(32), nullable=False),
    Column("reader", Text, nullable=False),
    Column("at", String(32), nullable=False),
    Column("action", String(16), nullable=False),
    Column("column", String(64), nullable=False),
    Column("value", Text, nullable=False, doc="JSON"),
    Column("quote", Text),
    Column("note", Text, nullable=False),
)
"""Append-only: rows are added, never changed or taken away."""

changes = Table(
    "changes",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("report_id", String(64), nullable=False),
)
"""Append-only: a line for every report that was added, read again, decided on or removed. The grid follows it."""

accounts = Table(
    "accounts",
    metadata,
    Column("name", String(64), primary_key=True),
    Column("role", String(16), nullable=False),
    Column("password", Text, nullable=False, doc="argon2 hash"),
    Column("disabled", Boolean, nullable=False),
    Column("blind", Boolean, nullable=False, server_default=false(), doc="sees nobody else's decisions"),
    Column("created_at", String(32), nullable=False),
)

sessions = Table(
    "sessions",
    metadata,
    Column("token", String(64), primary_key=True, doc="SHA-256 of the cookie's token"),
    Column("account", String(64), ForeignKey("accounts.name", ondelete="CASCADE"), nullable=False),
    Column("expires_at", String(32), nullable=False),
    Column("used_at", String(32), nullable=False, server_default=""),
)

audit = Table(
    "audit",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", String(32), nullable=False),
    Column("account", String(64), nullable=False),
    Column("what", Text, nullable=False),
)

saved_filters = Table(
    "saved_filters",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("owner", String(64), nullable=False),
    Column("name", Text, nullable=False),
    Column("query", Text, nullable=False, doc="the query string of the grid"),
    UniqueConstraint("owner", "name"),
)
