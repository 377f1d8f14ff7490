"""Datasets and models; triggers refuse to rewrite or delete revisions, versions, promotions."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
JSON = sa.JSON().with_variant(JSONB(), "postgresql")
INSTANT = sa.BigInteger()
FIXED = {
    "dataset_revision": "a revision of a dataset is fixed",
    "model_version": "a version of a model is fixed",
    "model_promotion": "a promotion of a model is fixed",
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
    _create_coded("dataset", ("kind", sa.Text()), ("document", JSON), recipe=True)
    _create_revisions()
    _create_coded("model", ("task", sa.Text()))
    _create_versions()
    _create_aliases()
    dialect = op.get_bind().dialect.name
    for table, said in FIXED.items():
        for statement in _guards(table, said, dialect):
            op.execute(statement)


def _create_coded(table: str, *own: tuple[str, sa.types.TypeEngine], recipe: bool = False) -> None:
    recipes = (sa.Column("recipe", JSON, nullable=True),) if recipe else ()
    op.create_table(
        table,
        sa.Column("id", KEY, nullable=False),
        sa.Column("site_id", KEY, nullable=True),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        *(sa.Column(name, kind, nullable=False) for name, kind in own),
        *recipes,
        sa.Column("newest", sa.Integer(), nullable=False),
        sa.Column("archived_at", INSTANT, nullable=True),
        sa.Column("created_by", sa.Text(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f(f"fk_{table}_site_id_site")),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint("site_id", "code", name=op.f(f"uq_{table}_site_id_code")),
    )
    without_site = sa.text("site_id IS NULL")
    op.create_index(
        f"uq_{table}_code",
        table,
        ["code"],
        unique=True,
        sqlite_where=without_site,
        postgresql_where=without_site,
    )


def _create_revisions() -> None:
    op.create_table(
        "dataset_revision",
        sa.Column("dataset_id", KEY, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("origin", JSON, nullable=False),
        sa.Column("document", JSON, nullable=False),
        sa.Column("rows", sa.LargeBinary(), nullable=True),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("size", KEY, nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("summary", JSON, nullable=False),
        sa.Column("created_by", sa.Text(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(
            ["dataset_id"], ["dataset.id"], name=op.f("fk_dataset_revision_dataset_id_dataset")
        ),
        sa.PrimaryKeyConstraint("dataset_id", "number", name=op.f("pk_dataset_revision")),
    )


def _create_versions() -> None:
    op.create_table(
        "model_version",
        sa.Column("model_id", KEY, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("run_id", sa.Text(), nullable=True),
        sa.Column("dataset", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("spec", JSON, nullable=False),
        sa.Column("libraries", JSON, nullable=False),
        sa.Column("metrics", JSON, nullable=False),
        sa.Column("card", JSON, nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("artefact", sa.LargeBinary(), nullable=True),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("size", KEY, nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("created_by", sa.Text(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(
            ["model_id"], ["model.id"], name=op.f("fk_model_version_model_id_model")
        ),
        sa.PrimaryKeyConstraint("model_id", "number", name=op.f("pk_model_version")),
    )


def _create_aliases() -> None:
    op.create_table(
        "model_alias",
        sa.Column("model_id", KEY, nullable=False),
        sa.Column("alias", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["model_id"], ["model.id"], name=op.f("fk_model_alias_model_id_model")
        ),
        sa.PrimaryKeyConstraint("model_id", "alias", name=op.f("pk_model_alias")),
    )
    op.create_table(
        "model_promotion",
        sa.Column("id", KEY, nullable=False),
        sa.Column("model_id", KEY, nullable=False),
        sa.Column("alias", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("previous", sa.Integer(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("waiver", sa.Text(), nullable=False),
        sa.Column("evidence", JSON, nullable=False),
        sa.Column("moved_by", sa.Text(), nullable=False),
        sa.Column("moved_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(
            ["model_id"], ["model.id"], name=op.f("fk_model_promotion_model_id_model")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_model_promotion")),
    )
    op.create_index(op.f("ix_model_promotion_model_id"), "model_promotion", ["model_id"])


def downgrade() -> None:
    for table in ("model_promotion", "model_alias", "model_version", "dataset_revision"):
        op.drop_table(table)  # its triggers go with it
        if table in FIXED and op.get_bind().dialect.name != "sqlite":
            op.execute(f"DROP FUNCTION {table}_guard()")
    op.drop_table("model")
    op.drop_table("dataset")
