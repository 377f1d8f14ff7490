"""Action policies, predictions, what came of a finding; when a baseline is due for review."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
JSON = sa.JSON().with_variant(JSONB(), "postgresql")


def upgrade() -> None:
    op.add_column("baseline", sa.Column("review_days", sa.Integer(), nullable=True))
    op.add_column("finding", sa.Column("outcome", sa.Text(), nullable=True))
    op.create_table(
        "prediction",
        sa.Column("id", KEY, nullable=False),
        sa.Column("run_id", sa.Text(), nullable=False),
        sa.Column("analysis", sa.Text(), nullable=False),
        sa.Column("site_id", KEY, nullable=False),
        sa.Column("issued_at", sa.BigInteger(), nullable=False),
        sa.Column("due_at", sa.BigInteger(), nullable=False),
        sa.Column("document", JSON, nullable=False),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_prediction_site_id_site")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_prediction")),
    )
    op.create_index(op.f("ix_prediction_site_id_due_at"), "prediction", ["site_id", "due_at"])
    op.create_index(op.f("ix_prediction_due_at"), "prediction", ["due_at"])
    op.create_index(op.f("ix_prediction_run_id"), "prediction", ["run_id"])
    op.create_table(
        "action_policy",
        sa.Column("id", KEY, nullable=False),
        sa.Column("site_id", KEY, nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("document", JSON, nullable=False),
        sa.Column("created_by", sa.Text(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["site_id"], ["site.id"], name=op.f("fk_action_policy_site_id_site")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_action_policy")),
        sa.UniqueConstraint("site_id", "code", name=op.f("uq_action_policy_site_id_code")),
    )


def downgrade() -> None:
    op.drop_table("action_policy")
    op.drop_table("prediction")
    with op.batch_alter_table("finding") as table:
        table.drop_column("outcome")
    with op.batch_alter_table("baseline") as table:
        table.drop_column("review_days")
