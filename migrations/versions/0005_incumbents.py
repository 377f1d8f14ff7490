"""Where a solve stood at each moment: kept with its run."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    op.add_column("run", sa.Column("incumbents", JSON, nullable=False, server_default="[]"))


def downgrade() -> None:
    with op.batch_alter_table("run") as table:
        table.drop_column("incumbents")
