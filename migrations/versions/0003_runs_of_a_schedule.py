"""An index for what a schedule asks of its runs at every fire: how many live, how far succeeded."""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_NAME = "ix_run_schedule_id_state_window_end"


def upgrade() -> None:
    op.create_index(_NAME, "run", ["schedule_id", "state", "window_end"])


def downgrade() -> None:
    op.drop_index(_NAME, "run")
