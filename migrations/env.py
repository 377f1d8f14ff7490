"""Alembic environment: the connection comes from `ops.db.migrate`."""

from typing import Any

from alembic import context

from ops.db.models.registry import METADATA


def _ours(obj: Any, name: str | None, type_: str, reflected: bool, compare_to: Any) -> bool:
    if type_ == "table" and reflected:
        return name in METADATA.tables  # the engine's own tables and partitions are not ours
    # made of memory.terms, on PostgreSQL alone
    return not (reflected and name in ("words", "ix_memory_words"))


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    render_as_batch=True,
    include_object=_ours,
    compare_type=True,
    transaction_per_migration=False,
)
with context.begin_transaction():
    context.run_migrations()
