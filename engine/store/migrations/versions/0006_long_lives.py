"""What stays as quick in the third year: what a person holds in services, and the rounds of a phase."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

OPEN = sa.text("left_at IS NULL")


def upgrade() -> None:
    op.drop_index("ix_jalon_holdings_actor_id", table_name="jalon_holdings")
    op.create_index("ix_jalon_holdings_actor_id_scope", "jalon_holdings", ["actor_id", "scope"])
    op.drop_index("ix_jalon_stages_project_id", table_name="jalon_stages")
    op.create_index("ix_jalon_stages_project_id_phase_round", "jalon_stages", ["project_id", "phase", "round"])
    op.create_index(
        "ix_jalon_stages_open", "jalon_stages", ["project_id", "phase"], sqlite_where=OPEN, postgresql_where=OPEN
    )


def downgrade() -> None:
    op.drop_index("ix_jalon_stages_open", table_name="jalon_stages")
    op.drop_index("ix_jalon_stages_project_id_phase_round", table_name="jalon_stages")
    op.create_index("ix_jalon_stages_project_id", "jalon_stages", ["project_id"])
    op.drop_index("ix_jalon_holdings_actor_id_scope", table_name="jalon_holdings")
    op.create_index("ix_jalon_holdings_actor_id", "jalon_holdings", ["actor_id"])
