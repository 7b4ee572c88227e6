"""Jobs: drawn timers, reminders, the outbox, batches, failures, and the processes that work them."""

import sqlalchemy as sa
from alembic import op

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

WAITING = sa.text("fired_at IS NULL AND queued_at IS NULL AND stopped_at IS NULL")
UNSENT = sa.text("sent_at IS NULL")
#: tasks in the orders of the lists that have no index yet
LISTS = {
    "assignee_project": (["assignee_id", "project_id", "id"], "state = 'open' AND assignee_id IS NOT NULL"),
    "assignee_opened": (["assignee_id", "id"], "state = 'open' AND assignee_id IS NOT NULL"),
    "seat_project": (["seat", "project_id", "id"], "state = 'open' AND assignee_id IS NULL"),
    "seat_opened": (["seat", "id"], "state = 'open' AND assignee_id IS NULL"),
    "open": (["project_id", "due_at", "id"], "state = 'open'"),
    "mine": (["assignee_id", "project_id"], "assignee_id IS NOT NULL"),
}


def upgrade() -> None:
    for name, (columns, where) in LISTS.items():
        op.create_index(
            f"ix_jalon_tasks_{name}", "jalon_tasks", columns, sqlite_where=sa.text(where),
            postgresql_where=sa.text(where),
        )  # fmt: skip
    op.add_column("jalon_tasks", sa.Column("reminded", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("jalon_timers", sa.Column("execution_id", KEY, nullable=True))
    op.add_column("jalon_timers", sa.Column("token", sa.String(length=32), nullable=False, server_default=""))
    op.add_column("jalon_timers", sa.Column("queued_at", MOMENT, nullable=True))
    op.add_column("jalon_timers", sa.Column("stopped_at", MOMENT, nullable=True))
    op.drop_index("ix_jalon_timers_due", "jalon_timers")
    op.create_index(
        "ix_jalon_timers_due", "jalon_timers", ["due_at", "id"], sqlite_where=WAITING, postgresql_where=WAITING
    )
    # the clocks of a project on hold stand still: only its review may come
    op.execute(
        "UPDATE jalon_timers SET stopped_at = (SELECT held_at FROM jalon_projects p WHERE p.id = project_id) "
        "WHERE fired_at IS NULL AND kind <> 'review' "
        "AND project_id IN (SELECT id FROM jalon_projects WHERE status = 'held')"
    )

    # a gate that is closed calls nobody
    op.execute("DELETE FROM jalon_calls WHERE task_id NOT IN (SELECT id FROM jalon_tasks WHERE state = 'open')")

    op.create_table(
        "jalon_messages",
        sa.Column("id", KEY, sa.Identity(always=False), nullable=False),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("actor_id", KEY, nullable=True),
        sa.Column("project_id", KEY, nullable=True),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("sent_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["actor_id"], ["jalon_actors.id"], name=op.f("fk_jalon_messages_actor_id")),
        sa.ForeignKeyConstraint(["project_id"], ["jalon_projects.id"], name=op.f("fk_jalon_messages_project_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_jalon_messages")),
        sa.UniqueConstraint("key", name=op.f("uq_jalon_messages_key")),
    )
    op.create_index("ix_jalon_messages_unsent", "jalon_messages", ["id"], sqlite_where=UNSENT, postgresql_where=UNSENT)

    op.create_table(
        "jalon_batches",
        sa.Column("id", KEY, sa.Identity(always=False), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("actor_id", KEY, nullable=True),
        sa.Column("asked", sa.Text(), nullable=False),
        sa.Column("items", sa.Text(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("refusals", sa.Text(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["actor_id"], ["jalon_actors.id"], name=op.f("fk_jalon_batches_actor_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_jalon_batches")),
    )
    op.create_table(
        "jalon_failures",
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("name", sa.String(length=20), nullable=False),
        sa.Column("arguments", sa.Text(), nullable=False),
        sa.Column("project_id", KEY, nullable=True),
        sa.Column("runs", sa.Integer(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("dead_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["project_id"], ["jalon_projects.id"], name=op.f("fk_jalon_failures_project_id")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_jalon_failures")),
    )
    op.create_table(
        "jalon_workers",
        sa.Column("id", sa.String(length=80), nullable=False),
        sa.Column("started_at", MOMENT, nullable=False),
        sa.Column("seen_at", MOMENT, nullable=False),
        sa.Column("stopped_at", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_jalon_workers")),
    )


def downgrade() -> None:
    op.drop_table("jalon_workers")
    op.drop_table("jalon_failures")
    op.drop_table("jalon_batches")
    op.drop_table("jalon_messages")
    op.drop_index("ix_jalon_timers_due", "jalon_timers")
    for column in ("stopped_at", "queued_at", "token", "execution_id"):
        op.drop_column("jalon_timers", column)
    unfired = sa.text("fired_at IS NULL")
    op.create_index("ix_jalon_timers_due", "jalon_timers", ["due_at"], sqlite_where=unfired, postgresql_where=unfired)
    op.drop_column("jalon_tasks", "reminded")
    for name in LISTS:
        op.drop_index(f"ix_jalon_tasks_{name}", "jalon_tasks")
