"""The advisor: what was asked and answered, memories, visits, what language servers can do."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
JSON = sa.JSON().with_variant(JSONB(), "postgresql")
INSTANT = sa.BigInteger()
FTS5 = (  # `ascii`: what is not ASCII is always part of a term
    "CREATE VIRTUAL TABLE memory_fts USING fts5(terms, content='memory', content_rowid='id',"
    " detail=none, tokenize=\"ascii tokenchars '-._/:'\")",
    "CREATE TRIGGER memory_fts_insert AFTER INSERT ON memory BEGIN"
    " INSERT INTO memory_fts (rowid, terms) VALUES (new.id, new.terms); END",
    "CREATE TRIGGER memory_fts_delete AFTER DELETE ON memory BEGIN"
    " INSERT INTO memory_fts (memory_fts, rowid, terms) VALUES ('delete', old.id, old.terms); END",
    "CREATE TRIGGER memory_fts_update AFTER UPDATE OF terms ON memory BEGIN"
    " INSERT INTO memory_fts (memory_fts, rowid, terms) VALUES ('delete', old.id, old.terms);"
    " INSERT INTO memory_fts (rowid, terms) VALUES (new.id, new.terms); END",
)


def upgrade() -> None:
    _create_advice()
    _create_memory()
    _index_terms()
    op.create_table(
        "memory_vector",
        sa.Column("memory_id", KEY, nullable=False),
        sa.Column("model", sa.Text(), nullable=False),
        sa.Column("piece", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("vector", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["memory_id"],
            ["memory.id"],
            name=op.f("fk_memory_vector_memory_id_memory"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("memory_id", "model", "piece", name=op.f("pk_memory_vector")),
    )
    op.create_table(
        "advice_visit",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("seen_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_advice_visit")),
    )
    op.create_table(
        "llm_probe",
        sa.Column("server", sa.Text(), nullable=False),
        sa.Column("model", sa.Text(), nullable=False),
        sa.Column("probed_at", INSTANT, nullable=False),
        sa.Column("found", JSON, nullable=False),
        sa.PrimaryKeyConstraint("server", "model", name=op.f("pk_llm_probe")),
    )


def _create_advice() -> None:
    op.create_table(
        "advice",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("site_id", KEY, nullable=True),
        sa.Column("sites", JSON, nullable=True),
        sa.Column("asked_by", sa.Text(), nullable=False),
        sa.Column("asked_at", INSTANT, nullable=False),
        sa.Column("question", JSON, nullable=False),
        sa.Column("intent", JSON, nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("level", sa.Text(), nullable=False),
        sa.Column("answer", JSON, nullable=False),
        sa.Column("by_rules", JSON, nullable=True),
        sa.Column("run_id", sa.Text(), nullable=True),
        sa.Column("trail", JSON, nullable=False),
        sa.Column("answered_at", INSTANT, nullable=True),
        sa.Column("verdict", sa.Text(), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("said", sa.Text(), nullable=False),
        sa.Column("said_by", sa.Text(), nullable=True),
        sa.Column("said_at", INSTANT, nullable=True),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "state IN ('waiting', 'answered', 'refused')", name=op.f("ck_advice_state")
        ),
        sa.CheckConstraint("verdict IN ('accepted', 'rejected')", name=op.f("ck_advice_verdict")),
        sa.CheckConstraint(
            "outcome IN ('helped', 'did-not-help', 'unclear')", name=op.f("ck_advice_outcome")
        ),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_advice_site_id_site")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_advice")),
    )
    op.create_index(op.f("ix_advice_site_id_asked_at"), "advice", ["site_id", "asked_at"])
    op.create_index(op.f("ix_advice_asked_by_asked_at"), "advice", ["asked_by", "asked_at"])
    op.create_index(op.f("ix_advice_asked_at"), "advice", ["asked_at"])
    op.create_index(op.f("ix_advice_run_id"), "advice", ["run_id"])


def _create_memory() -> None:
    op.create_table(
        "memory",
        sa.Column("id", KEY, nullable=False),
        sa.Column("site_id", KEY, nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("tags", JSON, nullable=False),
        sa.Column("facts", JSON, nullable=False),
        sa.Column("terms", sa.Text(), nullable=False),
        sa.Column("cause", sa.Text(), nullable=True),
        sa.Column("action", sa.Text(), nullable=True),
        sa.Column("helped", sa.Boolean(), nullable=True),
        sa.Column("provenance", sa.Text(), nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("origin_key", sa.Text(), nullable=True),
        sa.Column("confirmed", sa.Integer(), nullable=False),
        sa.Column("refuted", sa.Integer(), nullable=False),
        sa.Column("valid_from", INSTANT, nullable=False),
        sa.Column("valid_to", INSTANT, nullable=True),
        sa.Column("supersedes", KEY, nullable=True),
        sa.Column("written_by", sa.Text(), nullable=False),
        sa.Column("written_at", INSTANT, nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('knowledge', 'preference', 'outcome')", name=op.f("ck_memory_kind")
        ),
        sa.CheckConstraint(
            "provenance IN ('person', 'run', 'outcome')", name=op.f("ck_memory_provenance")
        ),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_memory_site_id_site")),
        sa.ForeignKeyConstraint(
            ["supersedes"],
            ["memory.id"],
            name=op.f("fk_memory_supersedes_memory"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_memory")),
    )
    op.create_index(op.f("ix_memory_site_id_written_at"), "memory", ["site_id", "written_at"])
    op.create_index(op.f("ix_memory_origin_key"), "memory", ["origin_key"], unique=True)
    op.create_index(op.f("ix_memory_supersedes"), "memory", ["supersedes"])
    op.create_index(op.f("ix_memory_valid_to"), "memory", ["valid_to"])


def _index_terms() -> None:
    """Index the terms of memories, which Python made: the database splits them at spaces only."""
    if op.get_bind().dialect.name == "sqlite":
        for statement in FTS5:
            op.execute(statement)
        return
    op.execute(
        "ALTER TABLE memory ADD COLUMN words tsvector GENERATED ALWAYS AS"
        " (array_to_tsvector(string_to_array(terms, ' '))) STORED"
    )
    op.execute("CREATE INDEX ix_memory_words ON memory USING gin (words)")


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TABLE memory_fts")
    for table in ("llm_probe", "advice_visit", "memory_vector", "memory", "advice"):
        op.drop_table(table)
