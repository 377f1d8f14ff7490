"""Triggers: the audit is append-only, and only rows of more than 90 days may be deleted."""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_KEPT_US = 90 * 24 * 3600 * 1_000_000

_SQLITE = (
    """CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit
       BEGIN SELECT RAISE(ABORT, 'audit is append-only'); END""",
    f"""CREATE TRIGGER audit_no_early_delete BEFORE DELETE ON audit
        WHEN OLD.at > CAST(strftime('%s', 'now') AS INTEGER) * 1000000 - {_KEPT_US}
        BEGIN SELECT RAISE(ABORT, 'audit is kept for 90 days'); END""",
)
_POSTGRESQL = (
    f"""CREATE FUNCTION audit_guard() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF TG_OP = 'DELETE'
             AND OLD.at <= (extract(epoch FROM clock_timestamp()) * 1000000)::bigint - {_KEPT_US}
          THEN RETURN OLD; END IF;
          RAISE EXCEPTION 'audit is append-only and kept for 90 days';
        END $$""",
    """CREATE TRIGGER audit_guard BEFORE UPDATE OR DELETE ON audit
       FOR EACH ROW EXECUTE FUNCTION audit_guard()""",
)


def upgrade() -> None:
    for statement in _SQLITE if op.get_bind().dialect.name == "sqlite" else _POSTGRESQL:
        op.execute(statement)


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TRIGGER audit_no_update")
        op.execute("DROP TRIGGER audit_no_early_delete")
    else:
        op.execute("DROP TRIGGER audit_guard ON audit")
        op.execute("DROP FUNCTION audit_guard()")
