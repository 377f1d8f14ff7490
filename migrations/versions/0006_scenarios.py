"""Scenarios and their revisions; triggers refuse to rewrite or delete a revision."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
JSON = sa.JSON().with_variant(JSONB(), "postgresql")
INSTANT = sa.BigInteger()

_SQLITE = tuple(
    f"""CREATE TRIGGER scenario_revision_no_{verb} BEFORE {verb} ON scenario_revision
        BEGIN SELECT RAISE(ABORT, 'a revision of a scenario is fixed'); END"""
    for verb in ("update", "delete")
)
_POSTGRESQL = (
    """CREATE FUNCTION scenario_revision_guard() RETURNS trigger LANGUAGE plpgsql AS $$
       BEGIN RAISE EXCEPTION 'a revision of a scenario is fixed'; END $$""",
    """CREATE TRIGGER scenario_revision_guard BEFORE UPDATE OR DELETE ON scenario_revision
       FOR EACH ROW EXECUTE FUNCTION scenario_revision_guard()""",
)


def upgrade() -> None:
    op.create_table(
        "scenario",
        sa.Column("id", KEY, nullable=False),
        sa.Column("site_id", KEY, nullable=True),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("newest", sa.Integer(), nullable=False),
        sa.Column("approved_run", sa.Text(), nullable=True),
        sa.Column("approved_by", sa.Text(), nullable=True),
        sa.Column("approved_at", INSTANT, nullable=True),
        sa.Column("archived_at", INSTANT, nullable=True),
        sa.Column("created_by", sa.Text(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_scenario_site_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scenario")),
        sa.UniqueConstraint("site_id", "code", name=op.f("uq_scenario_site_id_code")),
    )
    without_site = sa.text("site_id IS NULL")
    op.create_index(
        "uq_scenario_code",
        "scenario",
        ["code"],
        unique=True,
        sqlite_where=without_site,
        postgresql_where=without_site,
    )
    op.create_table(
        "scenario_revision",
        sa.Column("scenario_id", KEY, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("parent", sa.Integer(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("origin", JSON, nullable=False),
        sa.Column("edits", JSON, nullable=True),
        sa.Column("document", sa.LargeBinary(), nullable=False),
        sa.Column("size", KEY, nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("created_by", sa.Text(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(
            ["scenario_id"], ["scenario.id"], name=op.f("fk_scenario_revision_scenario_id")
        ),
        sa.PrimaryKeyConstraint("scenario_id", "number", name=op.f("pk_scenario_revision")),
    )
    for statement in _SQLITE if op.get_bind().dialect.name == "sqlite" else _POSTGRESQL:
        op.execute(statement)


def downgrade() -> None:
    op.drop_table("scenario_revision")  # its triggers go with it
    if op.get_bind().dialect.name != "sqlite":
        op.execute("DROP FUNCTION scenario_revision_guard()")
    op.drop_table("scenario")
