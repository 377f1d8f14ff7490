"""Chart designs, their state and violations, findings, reaction plans, marks, packages."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
JSON = sa.JSON().with_variant(JSONB(), "postgresql")
INSTANT = sa.BigInteger()

_SQLITE = tuple(
    f"""CREATE TRIGGER point_mark_no_{verb} BEFORE {verb} ON point_mark
        BEGIN SELECT RAISE(ABORT, 'a mark of a point is fixed'); END"""
    for verb in ("update", "delete")
)
_POSTGRESQL = (
    """CREATE FUNCTION point_mark_guard() RETURNS trigger LANGUAGE plpgsql AS $$
       BEGIN RAISE EXCEPTION 'a mark of a point is fixed'; END $$""",
    """CREATE TRIGGER point_mark_guard BEFORE UPDATE OR DELETE ON point_mark
       FOR EACH ROW EXECUTE FUNCTION point_mark_guard()""",
)
TABLES = (
    "package", "reason", "point_mark", "reaction_plan", "violation", "finding", "chart_progress",
    "chart_state", "chart_design", "batch_span",
)  # fmt: skip


def upgrade() -> None:
    _designs()
    _findings()
    _marks()
    for statement in _SQLITE if op.get_bind().dialect.name == "sqlite" else _POSTGRESQL:
        op.execute(statement)


def downgrade() -> None:
    for table in TABLES:  # the triggers go with their table
        op.drop_table(table)
    if op.get_bind().dialect.name != "sqlite":
        op.execute("DROP FUNCTION point_mark_guard()")


def _text(name: str, *, nullable: bool = False) -> "sa.Column[str]":
    return sa.Column(name, sa.Text(), nullable=nullable)


def _instant(name: str, *, nullable: bool = False) -> "sa.Column[int]":
    return sa.Column(name, INSTANT, nullable=nullable)


def _key(name: str, *, nullable: bool = False) -> "sa.Column[int]":
    return sa.Column(name, KEY, nullable=nullable)


def _to(
    table: str, column: str, other: str, ondelete: str | None = None
) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}")
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=name, ondelete=ondelete)


def _designs() -> None:
    op.create_table(
        "chart_design",
        _key("id"),
        _key("characteristic_id"),
        _text("name"),
        sa.Column("number", sa.Integer(), nullable=False),
        _text("state"),
        sa.Column("document", JSON, nullable=False),
        _text("note"),
        _instant("effective_from", nullable=True),
        _text("approved_by", nullable=True),
        _instant("approved_at", nullable=True),
        _instant("retired_at", nullable=True),
        _text("created_by"),
        _instant("created_at"),
        sa.Column("row_version", sa.Integer(), nullable=False),
        _to("chart_design", "characteristic_id", "characteristic"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_chart_design")),
        sa.UniqueConstraint(
            "characteristic_id",
            "name",
            "number",
            name=op.f("uq_chart_design_characteristic_id_name_number"),
        ),
        sa.CheckConstraint(
            "state IN ('draft', 'approved', 'retired')", name=op.f("ck_chart_design_state")
        ),
    )
    op.create_table(
        "chart_state",
        sa.Column("design_id", KEY, nullable=False, autoincrement=False),
        _text("stream"),
        _instant("ts"),
        sa.Column("seq", sa.BigInteger(), nullable=False, autoincrement=False),
        sa.Column("batch_id", sa.BigInteger(), nullable=False),
        sa.Column("points", sa.BigInteger(), nullable=False),
        sa.Column("memory", JSON, nullable=False),
        _to("chart_state", "design_id", "chart_design", "CASCADE"),
        sa.PrimaryKeyConstraint("design_id", "stream", "ts", "seq", name=op.f("pk_chart_state")),
    )
    op.create_table(
        "chart_progress",
        sa.Column("design_id", KEY, nullable=False, autoincrement=False),
        sa.Column("batch_id", sa.BigInteger(), nullable=False),
        _instant("reached", nullable=True),
        _to("chart_progress", "design_id", "chart_design", "CASCADE"),
        sa.PrimaryKeyConstraint("design_id", name=op.f("pk_chart_progress")),
    )
    op.create_table(
        "batch_span",
        sa.Column("characteristic_id", sa.BigInteger(), nullable=False, autoincrement=False),
        sa.Column("batch_id", sa.BigInteger(), nullable=False, autoincrement=False),
        _instant("first_ts"),
        _instant("last_ts"),
        sa.PrimaryKeyConstraint("characteristic_id", "batch_id", name=op.f("pk_batch_span")),
    )


def _findings() -> None:
    op.create_table(
        "finding",
        _key("id"),
        _key("site_id"),
        _key("characteristic_id", nullable=True),
        _key("design_id", nullable=True),
        _text("run_id", nullable=True),
        _text("cause"),
        _text("stream"),
        _text("disposition"),
        _text("state"),
        _text("title"),
        sa.Column("evidence", JSON, nullable=False),
        sa.Column("reaction", JSON, nullable=False),
        _instant("due_at", nullable=True),
        sa.Column("points", sa.BigInteger(), nullable=False),
        _instant("first_ts"),
        _instant("last_ts"),
        _instant("opened_at"),
        _instant("updated_at"),
        _instant("closed_at", nullable=True),
        _text("closed_by", nullable=True),
        _text("closing_note", nullable=True),
        sa.Column("row_version", sa.Integer(), nullable=False),
        _to("finding", "site_id", "site"),
        _to("finding", "characteristic_id", "characteristic"),
        _to("finding", "design_id", "chart_design"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_finding")),
        sa.CheckConstraint(
            "state IN ('open', 'acknowledged', 'closed')", name=op.f("ck_finding_state")
        ),
    )
    op.create_index(
        op.f("ix_finding_site_id_state_last_ts"), "finding", ["site_id", "state", "last_ts"]
    )
    is_open = sa.text("state <> 'closed'")
    op.create_index(
        "uq_finding_open_cause",
        "finding",
        ["site_id", "cause"],
        unique=True,
        sqlite_where=is_open,
        postgresql_where=is_open,
    )
    op.create_table(
        "violation",
        sa.Column("design_id", KEY, nullable=False, autoincrement=False),
        _text("stream"),
        _instant("ts"),
        sa.Column("seq", sa.BigInteger(), nullable=False, autoincrement=False),
        sa.Column("value", sa.Double(), nullable=False),
        sa.Column("z", sa.Double(), nullable=True),
        sa.Column("rules", JSON, nullable=False),
        _text("disposition"),
        _key("finding_id", nullable=True),
        _to("violation", "design_id", "chart_design", "CASCADE"),
        _to("violation", "finding_id", "finding"),
        sa.PrimaryKeyConstraint("design_id", "stream", "ts", "seq", name=op.f("pk_violation")),
    )
    op.create_index(op.f("ix_violation_finding_id"), "violation", ["finding_id"])
    op.create_table(
        "reaction_plan",
        _key("id"),
        _key("characteristic_id"),
        _text("disposition"),
        _text("title"),
        _text("owner"),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("steps", JSON, nullable=False),
        _text("created_by"),
        _instant("created_at"),
        sa.Column("row_version", sa.Integer(), nullable=False),
        _to("reaction_plan", "characteristic_id", "characteristic"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reaction_plan")),
        sa.UniqueConstraint(
            "characteristic_id",
            "disposition",
            name=op.f("uq_reaction_plan_characteristic_id_disposition"),
        ),
    )


def _marks() -> None:
    op.create_table(
        "point_mark",
        _key("id"),
        _key("batch_id"),
        _key("characteristic_id"),
        _instant("ts"),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        _text("kind"),
        _text("cause"),
        _text("action"),
        _text("note"),
        _text("person"),
        _instant("at"),
        _to("point_mark", "batch_id", "batch"),
        _to("point_mark", "characteristic_id", "characteristic"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_point_mark")),
    )
    keys = ["characteristic_id", "ts", "seq"]
    op.create_index(op.f("ix_point_mark_characteristic_id_ts_seq"), "point_mark", keys)
    op.create_index(op.f("ix_point_mark_batch_id"), "point_mark", ["batch_id"])
    op.create_table(
        "reason",
        _key("id"),
        _key("site_id"),
        _text("kind"),
        _text("code"),
        _text("title"),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        _text("created_by"),
        _instant("created_at"),
        sa.Column("row_version", sa.Integer(), nullable=False),
        _to("reason", "site_id", "site"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reason")),
        sa.UniqueConstraint("site_id", "kind", "code", name=op.f("uq_reason_site_id_kind_code")),
        sa.CheckConstraint("kind IN ('cause', 'action')", name=op.f("ck_reason_kind")),
    )
    op.create_table(
        "package",
        _key("id"),
        _key("site_id"),
        _text("code"),
        _text("title"),
        sa.Column("document", JSON, nullable=False),
        _text("created_by"),
        _instant("created_at"),
        sa.Column("row_version", sa.Integer(), nullable=False),
        _to("package", "site_id", "site"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_package")),
        sa.UniqueConstraint("site_id", "code", name=op.f("uq_package_site_id_code")),
    )
