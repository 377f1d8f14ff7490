"""Life tests, their revisions and approvals; triggers refuse to rewrite or delete the latter."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
JSON = sa.JSON().with_variant(JSONB(), "postgresql")
INSTANT = sa.BigInteger()
FIXED = {
    "life_test_revision": "a revision of a life test is fixed",
    "life_approval": "an approval of a life is fixed",
}


def _guards(table: str, said: str, dialect: str) -> tuple[str, ...]:
    if dialect == "sqlite":
        return tuple(
            f"""CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table}
                BEGIN SELECT RAISE(ABORT, '{said}'); END"""
            for verb in ("update", "delete")
        )
    return (
        f"""CREATE FUNCTION {table}_guard() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN RAISE EXCEPTION '{said}'; END $$""",
        f"""CREATE TRIGGER {table}_guard BEFORE UPDATE OR DELETE ON {table}
            FOR EACH ROW EXECUTE FUNCTION {table}_guard()""",
    )


def upgrade() -> None:
    op.create_table(
        "life_test",
        sa.Column("id", KEY, nullable=False),
        sa.Column("site_id", KEY, nullable=True),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("document", JSON, nullable=False),
        sa.Column("newest", sa.Integer(), nullable=False),
        sa.Column("archived_at", INSTANT, nullable=True),
        sa.Column("created_by", sa.Text(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_life_test_site_id_site")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_life_test")),
        sa.UniqueConstraint("site_id", "code", name=op.f("uq_life_test_site_id_code")),
    )
    without_site = sa.text("site_id IS NULL")
    op.create_index(
        "uq_life_test_code",
        "life_test",
        ["code"],
        unique=True,
        sqlite_where=without_site,
        postgresql_where=without_site,
    )
    _create_revisions()
    _create_approvals()
    dialect = op.get_bind().dialect.name
    for table, said in FIXED.items():
        for statement in _guards(table, said, dialect):
            op.execute(statement)


def _create_revisions() -> None:
    op.create_table(
        "life_test_revision",
        sa.Column("life_test_id", KEY, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("origin", JSON, nullable=False),
        sa.Column("document", JSON, nullable=False),
        sa.Column("rows", sa.LargeBinary(), nullable=False),
        sa.Column("size", KEY, nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("summary", JSON, nullable=False),
        sa.Column("created_by", sa.Text(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(
            ["life_test_id"],
            ["life_test.id"],
            name=op.f("fk_life_test_revision_life_test_id_life_test"),
        ),
        sa.PrimaryKeyConstraint("life_test_id", "number", name=op.f("pk_life_test_revision")),
    )


def _create_approvals() -> None:
    op.create_table(
        "life_approval",
        sa.Column("id", KEY, nullable=False),
        sa.Column("life_test_id", KEY, nullable=False),
        sa.Column("run_id", sa.Text(), nullable=False),
        sa.Column("rationale", sa.Text(), nullable=False),
        sa.Column("waiver", sa.Text(), nullable=False),
        sa.Column("approved_by", sa.Text(), nullable=False),
        sa.Column("approved_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(
            ["life_test_id"], ["life_test.id"], name=op.f("fk_life_approval_life_test_id_life_test")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_life_approval")),
    )
    op.create_index(op.f("ix_life_approval_life_test_id"), "life_approval", ["life_test_id"])


def downgrade() -> None:
    for table in reversed(FIXED):  # their triggers go with them
        op.drop_table(table)
        if op.get_bind().dialect.name != "sqlite":
            op.execute(f"DROP FUNCTION {table}_guard()")
    op.drop_table("life_test")
