"""Governance: registers, meetings, baselines, packs, mandates, invitations, information requests."""

import sqlalchemy as sa
from alembic import op

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "jalon_packs",
        sa.Column("id", KEY, sa.Identity(always=False), nullable=False),
        sa.Column("theme", sa.String(length=40), nullable=False),
        sa.Column("version", sa.String(length=40), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("published_at", MOMENT, nullable=False),
        sa.Column("published_by", KEY, nullable=True),
        sa.ForeignKeyConstraint(["published_by"], ["jalon_actors.id"], name=op.f("fk_jalon_packs_published_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_jalon_packs")),
        sa.UniqueConstraint("theme", "version", name=op.f("uq_jalon_packs_theme_version")),
    )
    op.create_table(
        "jalon_entries",
        sa.Column("id", KEY, sa.Identity(always=False), nullable=False),
        sa.Column("project_id", KEY, nullable=True),
        sa.Column("register", sa.String(length=12), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("owner_id", KEY, nullable=True),
        sa.Column("service_id", KEY, nullable=True),
        sa.Column("due_at", MOMENT, nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("theme", sa.String(length=40), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("origin", sa.String(length=12), nullable=False),
        sa.Column("origin_id", KEY, nullable=True),
        sa.Column("corrects_id", KEY, nullable=True),
        sa.Column("author_id", KEY, nullable=True),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("closed_at", MOMENT, nullable=True),
        sa.Column("closed_by", KEY, nullable=True),
        sa.Column("proof", sa.Text(), nullable=False),
        sa.Column("reminded", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["jalon_actors.id"], name=op.f("fk_jalon_entries_author_id")),
        sa.ForeignKeyConstraint(["closed_by"], ["jalon_actors.id"], name=op.f("fk_jalon_entries_closed_by")),
        sa.ForeignKeyConstraint(["corrects_id"], ["jalon_entries.id"], name=op.f("fk_jalon_entries_corrects_id")),
        sa.ForeignKeyConstraint(["owner_id"], ["jalon_actors.id"], name=op.f("fk_jalon_entries_owner_id")),
        sa.ForeignKeyConstraint(["project_id"], ["jalon_projects.id"], name=op.f("fk_jalon_entries_project_id")),
        sa.ForeignKeyConstraint(["service_id"], ["jalon_services.id"], name=op.f("fk_jalon_entries_service_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_jalon_entries")),
    )
    op.create_index(
        "ix_jalon_entries_due",
        "jalon_entries",
        ["due_at", "id"],
        sqlite_where=sa.text("closed_at IS NULL"),
        postgresql_where=sa.text("closed_at IS NULL"),
    )
    op.create_index("ix_jalon_entries_origin", "jalon_entries", ["origin", "origin_id"])
    op.create_index(
        "ix_jalon_entries_owner",
        "jalon_entries",
        ["owner_id", "due_at", "id"],
        sqlite_where=sa.text("closed_at IS NULL AND owner_id IS NOT NULL"),
        postgresql_where=sa.text("closed_at IS NULL AND owner_id IS NOT NULL"),
    )
    op.create_index("ix_jalon_entries_project", "jalon_entries", ["project_id", "register", "id"])
    op.create_index("ix_jalon_entries_register", "jalon_entries", ["register", "id"])
    op.create_table(
        "jalon_notices",
        sa.Column("id", KEY, sa.Identity(always=False), nullable=False),
        sa.Column("actor_id", KEY, nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("task_id", KEY, nullable=True),
        sa.Column("entry_id", KEY, nullable=True),
        sa.Column("project_id", KEY, nullable=True),
        sa.Column("at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["actor_id"], ["jalon_actors.id"], name=op.f("fk_jalon_notices_actor_id")),
        sa.ForeignKeyConstraint(["entry_id"], ["jalon_entries.id"], name=op.f("fk_jalon_notices_entry_id")),
        sa.ForeignKeyConstraint(["project_id"], ["jalon_projects.id"], name=op.f("fk_jalon_notices_project_id")),
        sa.ForeignKeyConstraint(["task_id"], ["jalon_tasks.id"], name=op.f("fk_jalon_notices_task_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_jalon_notices")),
    )
    op.create_index(op.f("ix_jalon_notices_actor_id"), "jalon_notices", ["actor_id"])
    op.create_table(
        "jalon_subscriptions",
        sa.Column("id", KEY, sa.Identity(always=False), nullable=False),
        sa.Column("actor_id", KEY, nullable=False),
        sa.Column("theme", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(["actor_id"], ["jalon_actors.id"], name=op.f("fk_jalon_subscriptions_actor_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_jalon_subscriptions")),
        sa.UniqueConstraint("theme", "actor_id", name=op.f("uq_jalon_subscriptions_theme_actor_id")),
    )
    op.create_table(
        "jalon_mandates",
        sa.Column("id", KEY, sa.Identity(always=False), nullable=False),
        sa.Column("actor_id", KEY, nullable=False),
        sa.Column("deputy_id", KEY, nullable=False),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("project_id", KEY, nullable=True),
        sa.Column("since", MOMENT, nullable=False),
        sa.Column("until", MOMENT, nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by_id", KEY, nullable=True),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["actor_id"], ["jalon_actors.id"], name=op.f("fk_jalon_mandates_actor_id")),
        sa.ForeignKeyConstraint(["by_id"], ["jalon_actors.id"], name=op.f("fk_jalon_mandates_by_id")),
        sa.ForeignKeyConstraint(["deputy_id"], ["jalon_actors.id"], name=op.f("fk_jalon_mandates_deputy_id")),
        sa.ForeignKeyConstraint(["project_id"], ["jalon_projects.id"], name=op.f("fk_jalon_mandates_project_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_jalon_mandates")),
    )
    op.create_index(op.f("ix_jalon_mandates_actor_id"), "jalon_mandates", ["actor_id"])
    op.create_index(op.f("ix_jalon_mandates_deputy_id"), "jalon_mandates", ["deputy_id"])
    op.create_table(
        "jalon_weathers",
        sa.Column("id", KEY, sa.Identity(always=False), nullable=False),
        sa.Column("project_id", KEY, nullable=False),
        sa.Column("weather", sa.String(length=10), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("actor_id", KEY, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["actor_id"], ["jalon_actors.id"], name=op.f("fk_jalon_weathers_actor_id")),
        sa.ForeignKeyConstraint(["project_id"], ["jalon_projects.id"], name=op.f("fk_jalon_weathers_project_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_jalon_weathers")),
    )
    op.create_index(op.f("ix_jalon_weathers_project_id"), "jalon_weathers", ["project_id"])
    op.create_table(
        "jalon_supports",
        sa.Column("id", KEY, sa.Identity(always=False), nullable=False),
        sa.Column("entry_id", KEY, nullable=False),
        sa.Column("actor_id", KEY, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["actor_id"], ["jalon_actors.id"], name=op.f("fk_jalon_supports_actor_id")),
        sa.ForeignKeyConstraint(["entry_id"], ["jalon_entries.id"], name=op.f("fk_jalon_supports_entry_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_jalon_supports")),
        sa.UniqueConstraint("entry_id", "actor_id", name=op.f("uq_jalon_supports_entry_id_actor_id")),
    )
    op.create_table(
        "jalon_invitations",
        sa.Column("id", KEY, sa.Identity(always=False), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("actor_id", KEY, nullable=False),
        sa.Column("project_id", KEY, nullable=False),
        sa.Column("task_id", KEY, nullable=False),
        sa.Column("by_id", KEY, nullable=True),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.Column("used_at", MOMENT, nullable=True),
        sa.Column("revoked_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["actor_id"], ["jalon_actors.id"], name=op.f("fk_jalon_invitations_actor_id")),
        sa.ForeignKeyConstraint(["by_id"], ["jalon_actors.id"], name=op.f("fk_jalon_invitations_by_id")),
        sa.ForeignKeyConstraint(["project_id"], ["jalon_projects.id"], name=op.f("fk_jalon_invitations_project_id")),
        sa.ForeignKeyConstraint(["task_id"], ["jalon_tasks.id"], name=op.f("fk_jalon_invitations_task_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_jalon_invitations")),
        sa.UniqueConstraint("digest", name=op.f("uq_jalon_invitations_digest")),
    )
    op.create_index(op.f("ix_jalon_invitations_actor_id"), "jalon_invitations", ["actor_id"])
    op.create_index(op.f("ix_jalon_invitations_project_id"), "jalon_invitations", ["project_id"])
    op.create_index(op.f("ix_jalon_invitations_task_id"), "jalon_invitations", ["task_id"])
    op.create_table(
        "jalon_meetings",
        sa.Column("id", KEY, sa.Identity(always=False), nullable=False),
        sa.Column("project_id", KEY, nullable=False),
        sa.Column("task_id", KEY, nullable=True),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("agenda", sa.Text(), nullable=False),
        sa.Column("present", sa.Text(), nullable=False),
        sa.Column("minutes", sa.Text(), nullable=False),
        sa.Column("author_id", KEY, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("closed_at", MOMENT, nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["jalon_actors.id"], name=op.f("fk_jalon_meetings_author_id")),
        sa.ForeignKeyConstraint(["project_id"], ["jalon_projects.id"], name=op.f("fk_jalon_meetings_project_id")),
        sa.ForeignKeyConstraint(["task_id"], ["jalon_tasks.id"], name=op.f("fk_jalon_meetings_task_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_jalon_meetings")),
    )
    op.create_index(op.f("ix_jalon_meetings_project_id"), "jalon_meetings", ["project_id"])
    op.create_index(op.f("ix_jalon_meetings_task_id"), "jalon_meetings", ["task_id"])
    op.create_table(
        "jalon_requests",
        sa.Column("id", KEY, sa.Identity(always=False), nullable=False),
        sa.Column("task_id", KEY, nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("asked_by", KEY, nullable=False),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answered_by", KEY, nullable=True),
        sa.Column("answered_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["answered_by"], ["jalon_actors.id"], name=op.f("fk_jalon_requests_answered_by")),
        sa.ForeignKeyConstraint(["asked_by"], ["jalon_actors.id"], name=op.f("fk_jalon_requests_asked_by")),
        sa.ForeignKeyConstraint(["task_id"], ["jalon_tasks.id"], name=op.f("fk_jalon_requests_task_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_jalon_requests")),
    )
    op.create_index(op.f("ix_jalon_requests_task_id"), "jalon_requests", ["task_id"])
    op.create_table(
        "jalon_baselines",
        sa.Column("id", KEY, sa.Identity(always=False), nullable=False),
        sa.Column("project_id", KEY, nullable=False),
        sa.Column("decision_id", KEY, nullable=True),
        sa.Column("entry_id", KEY, nullable=True),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("promised", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["decision_id"], ["jalon_decisions.id"], name=op.f("fk_jalon_baselines_decision_id")),
        sa.ForeignKeyConstraint(["entry_id"], ["jalon_entries.id"], name=op.f("fk_jalon_baselines_entry_id")),
        sa.ForeignKeyConstraint(["project_id"], ["jalon_projects.id"], name=op.f("fk_jalon_baselines_project_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_jalon_baselines")),
    )
    op.create_index(op.f("ix_jalon_baselines_project_id"), "jalon_baselines", ["project_id"])
    op.add_column("jalon_assessments", sa.Column("kind", sa.String(length=10), server_default="text", nullable=False))
    op.add_column("jalon_assessments", sa.Column("refers_to", KEY, nullable=True))
    op.add_column("jalon_assessments", sa.Column("approved_by", KEY, nullable=True))
    op.add_column("jalon_ballots", sa.Column("by_id", KEY, nullable=True))
    op.add_column("jalon_choices", sa.Column("parent", sa.String(length=40), server_default="", nullable=False))
    op.add_column("jalon_choices", sa.Column("owner_id", KEY, nullable=True))
    op.add_column("jalon_files", sa.Column("frozen_by", KEY, nullable=True))
    op.add_column("jalon_projects", sa.Column("themes", sa.Text(), server_default="[]", nullable=False))
    op.add_column("jalon_projects", sa.Column("marks", sa.Text(), server_default="{}", nullable=False))
    op.add_column("jalon_timers", sa.Column("task_id", KEY, nullable=True))
    op.create_index(
        "ix_jalon_tasks_instance", "jalon_tasks", ["instance", "state"], sqlite_where=sa.text("instance <> ''"),
        postgresql_where=sa.text("instance <> ''"),
    )  # fmt: skip
    op.create_index(
        "ix_jalon_timers_task",
        "jalon_timers",
        ["task_id"],
        sqlite_where=sa.text("task_id IS NOT NULL"),
        postgresql_where=sa.text("task_id IS NOT NULL"),
    )
    _keep_decisions()


#: what is decided, at a gate or elsewhere, is never changed nor removed
KEPT = {"jalon_decisions": "", "jalon_entries": "WHEN (OLD.register = 'decision')"}


def _keep_decisions() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for table, when in KEPT.items():
            for act in ("UPDATE", "DELETE"):
                op.execute(
                    f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table} {when} "
                    "BEGIN SELECT RAISE(ABORT, 'decisions are append-only'); END"
                )
        return
    op.execute(
        "CREATE FUNCTION jalon_refuse_decision() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'decisions are append-only'; END $$"
    )
    for table, when in KEPT.items():
        op.execute(
            f"CREATE TRIGGER {table}_kept BEFORE UPDATE OR DELETE ON {table} "
            f"FOR EACH ROW {when} EXECUTE FUNCTION jalon_refuse_decision()"
        )


def _let_decisions_go() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for act in ("update", "delete"):
            op.execute(f"DROP TRIGGER jalon_decisions_no_{act}")
        return  # that of the entries goes with their table
    op.execute("DROP TRIGGER jalon_decisions_kept ON jalon_decisions")
    op.execute("DROP TRIGGER jalon_entries_kept ON jalon_entries")
    op.execute("DROP FUNCTION jalon_refuse_decision()")


def downgrade() -> None:
    _let_decisions_go()
    op.drop_index("ix_jalon_tasks_instance", table_name="jalon_tasks")
    op.drop_index(
        "ix_jalon_timers_task",
        table_name="jalon_timers",
        sqlite_where=sa.text("task_id IS NOT NULL"),
        postgresql_where=sa.text("task_id IS NOT NULL"),
    )
    op.drop_column("jalon_timers", "task_id")
    op.drop_column("jalon_projects", "marks")
    op.drop_column("jalon_projects", "themes")
    op.drop_column("jalon_files", "frozen_by")
    op.drop_column("jalon_choices", "owner_id")
    op.drop_column("jalon_choices", "parent")
    op.drop_column("jalon_ballots", "by_id")
    op.drop_column("jalon_assessments", "approved_by")
    op.drop_column("jalon_assessments", "refers_to")
    op.drop_column("jalon_assessments", "kind")
    op.drop_index(op.f("ix_jalon_baselines_project_id"), table_name="jalon_baselines")
    op.drop_table("jalon_baselines")
    op.drop_index(op.f("ix_jalon_requests_task_id"), table_name="jalon_requests")
    op.drop_table("jalon_requests")
    op.drop_index(op.f("ix_jalon_meetings_task_id"), table_name="jalon_meetings")
    op.drop_index(op.f("ix_jalon_meetings_project_id"), table_name="jalon_meetings")
    op.drop_table("jalon_meetings")
    op.drop_index(op.f("ix_jalon_invitations_task_id"), table_name="jalon_invitations")
    op.drop_index(op.f("ix_jalon_invitations_project_id"), table_name="jalon_invitations")
    op.drop_index(op.f("ix_jalon_invitations_actor_id"), table_name="jalon_invitations")
    op.drop_table("jalon_invitations")
    op.drop_index(op.f("ix_jalon_notices_actor_id"), table_name="jalon_notices")
    op.drop_table("jalon_notices")
    op.drop_table("jalon_supports")
    op.drop_table("jalon_subscriptions")
    op.drop_index(op.f("ix_jalon_weathers_project_id"), table_name="jalon_weathers")
    op.drop_table("jalon_weathers")
    op.drop_index(op.f("ix_jalon_mandates_deputy_id"), table_name="jalon_mandates")
    op.drop_index(op.f("ix_jalon_mandates_actor_id"), table_name="jalon_mandates")
    op.drop_table("jalon_mandates")
    op.drop_index("ix_jalon_entries_register", table_name="jalon_entries")
    op.drop_index("ix_jalon_entries_project", table_name="jalon_entries")
    op.drop_index(
        "ix_jalon_entries_owner",
        table_name="jalon_entries",
        sqlite_where=sa.text("closed_at IS NULL AND owner_id IS NOT NULL"),
        postgresql_where=sa.text("closed_at IS NULL AND owner_id IS NOT NULL"),
    )
    op.drop_index("ix_jalon_entries_origin", table_name="jalon_entries")
    op.drop_index(
        "ix_jalon_entries_due",
        table_name="jalon_entries",
        sqlite_where=sa.text("closed_at IS NULL"),
        postgresql_where=sa.text("closed_at IS NULL"),
    )
    op.drop_table("jalon_entries")
    op.drop_table("jalon_packs")
