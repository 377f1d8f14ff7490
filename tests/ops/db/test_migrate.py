"""Every migration goes up, down and up again on both databases, and equals the models."""

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text
from sqlalchemy.exc import DBAPIError

from ops.db.engine import Database, open_engine
from ops.db.migrate import _config, current, downgrade, head, known, migrate, scripts
from ops.db.models.registry import METADATA

REVISIONS = [r.revision for r in ScriptDirectory.from_config(_config(None)).walk_revisions()][::-1]


@pytest.mark.parametrize("revision", REVISIONS)
def test_migration_goes_up_down_and_up(empty_url: str, revision: str) -> None:
    engine = open_engine(empty_url)
    migrate(engine, revision)
    before = REVISIONS[REVISIONS.index(revision) - 1] if revision != REVISIONS[0] else "base"
    downgrade(engine, before)
    assert current(engine) == (None if before == "base" else before)
    migrate(engine, revision)
    assert current(engine) == revision
    engine.dispose()


def test_base_leaves_nothing(empty_url: str) -> None:
    engine = open_engine(empty_url)
    migrate(engine)
    downgrade(engine, "base")
    assert set(inspect(engine).get_table_names()) <= {"alembic_version"}
    engine.dispose()


def test_models_and_migrations_agree(database: Database) -> None:
    engine = database.engine
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        ours = [d for d in compare_metadata(context, METADATA) if not _is_own(d)]
    assert current(engine) == head()
    assert ours == []


def test_names_of_files_say_what_alembic_says() -> None:
    directory = ScriptDirectory(str(scripts()))
    assert head() == directory.get_current_head()
    for revision in directory.walk_revisions():
        assert known(revision.revision)
        assert Path(revision.path).name.startswith(f"{revision.revision}_")
    assert not known("9999")


def _is_own(difference: tuple) -> bool:
    """Whether it is what one database alone has: partitions, the index of the terms of memories."""
    kind, *what = difference
    if kind == "remove_table":
        return what[0].name.startswith(("measurement_", "memory_fts"))
    if kind == "remove_column":
        return (what[1], what[2].name) == ("memory", "words")
    return kind == "remove_index" and what[0].name == "ix_memory_words"


@pytest.mark.parametrize(
    "statement", ["UPDATE audit SET actor = 'x'", "DELETE FROM audit"], ids=["update", "delete"]
)
def test_audit_cannot_be_rewritten(database: Database, statement: str) -> None:
    insert = (
        "INSERT INTO audit (at, actor, action, resource, resource_id)"
        " VALUES (9000000000000000, 'a', 'create', 'site', '1')"
    )
    with database.engine.begin() as connection:
        connection.execute(text(insert))
    with pytest.raises(DBAPIError, match="audit is"), database.engine.begin() as connection:
        connection.execute(text(statement))
