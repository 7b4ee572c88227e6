"""The tables of the first release."""

import sqlalchemy as sa
from alembic import op

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "jalon_acts",
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("actor_id", KEY, nullable=True),
        sa.Column("command", sa.String(length=40), nullable=False),
        sa.Column("request", sa.String(length=64), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_jalon_acts")),
    )
    op.create_index(op.f("ix_jalon_acts_at"), "jalon_acts", ["at"], unique=False)

    op.create_table(
        "jalon_choices",
        sa.Column("id", KEY, sa.Identity(always=False), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("label_fr", sa.Text(), nullable=False),
        sa.Column("label_en", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_jalon_choices")),
        sa.UniqueConstraint("kind", "code", name=op.f("uq_jalon_choices_kind_code")),
    )
    op.create_table(
        "jalon_services",
        sa.Column("id", KEY, sa.Identity(always=False), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("name_fr", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=False),
        sa.Column("parent_id", KEY, nullable=True),
        sa.Column("path", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["parent_id"], ["jalon_services.id"], name=op.f("fk_jalon_services_parent_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_jalon_services")),
        sa.UniqueConstraint("code", name=op.f("uq_jalon_services_code")),
    )
    op.create_index(op.f("ix_jalon_services_path"), "jalon_services", ["path"], unique=False)

    op.create_table(
        "jalon_actors",
        sa.Column("id", KEY, sa.Identity(always=False), nullable=False),
        sa.Column("login", sa.String(length=80), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("password", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("service_id", KEY, nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["service_id"], ["jalon_services.id"], name=op.f("fk_jalon_actors_service_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_jalon_actors")),
        sa.UniqueConstraint("login", name=op.f("uq_jalon_actors_login")),
    )
    op.create_table(
        "jalon_holdings",
        sa.Column("id", KEY, sa.Identity(always=False), nullable=False),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("scope", sa.String(length=10), nullable=False),
        sa.Column("scope_id", KEY, nullable=False),
        sa.Column("actor_id", KEY, nullable=False),
        sa.ForeignKeyConstraint(["actor_id"], ["jalon_actors.id"], name=op.f("fk_jalon_holdings_actor_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_jalon_holdings")),
        sa.UniqueConstraint(
            "scope", "scope_id", "role", "actor_id", name=op.f("uq_jalon_holdings_scope_scope_id_role_actor_id")
        ),
    )
    op.create_index(op.f("ix_jalon_holdings_actor_id"), "jalon_holdings", ["actor_id"], unique=False)

    op.create_table(
        "jalon_releases",
        sa.Column("id", KEY, sa.Identity(always=False), nullable=False),
        sa.Column("method", sa.String(length=80), nullable=False),
        sa.Column("version", sa.String(length=40), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("name_fr", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=False),
        sa.Column("published_at", MOMENT, nullable=False),
        sa.Column("published_by", KEY, nullable=True),
        sa.Column("files", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["published_by"], ["jalon_actors.id"], name=op.f("fk_jalon_releases_published_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_jalon_releases")),
        sa.UniqueConstraint("method", "version", name=op.f("uq_jalon_releases_method_version")),
    )
    op.create_table(
        "jalon_sessions",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("actor_id", KEY, nullable=True),
        sa.Column("data", sa.Text(), nullable=False),
        sa.Column("opened_at", MOMENT, nullable=False),
        sa.Column("used_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["actor_id"], ["jalon_actors.id"], name=op.f("fk_jalon_sessions_actor_id")),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_jalon_sessions")),
    )
    op.create_index(op.f("ix_jalon_sessions_actor_id"), "jalon_sessions", ["actor_id"], unique=False)
    op.create_index(op.f("ix_jalon_sessions_used_at"), "jalon_sessions", ["used_at"], unique=False)

    op.create_table(
        "jalon_projects",
        sa.Column("id", KEY, sa.Identity(always=False), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("release_id", KEY, nullable=False),
        sa.Column("service_id", KEY, nullable=False),
        sa.Column("author_id", KEY, nullable=True),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("theme", sa.String(length=40), nullable=False),
        sa.Column("objectives", sa.Text(), nullable=False),
        sa.Column("impacted", sa.Text(), nullable=False),
        sa.Column("phase", sa.String(length=80), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("started_at", MOMENT, nullable=False),
        sa.Column("moved_at", MOMENT, nullable=False),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.Column("held_at", MOMENT, nullable=True),
        sa.Column("review_at", MOMENT, nullable=True),
        sa.Column("hold_reason", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("events", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["jalon_actors.id"], name=op.f("fk_jalon_projects_author_id")),
        sa.ForeignKeyConstraint(["release_id"], ["jalon_releases.id"], name=op.f("fk_jalon_projects_release_id")),
        sa.ForeignKeyConstraint(["service_id"], ["jalon_services.id"], name=op.f("fk_jalon_projects_service_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_jalon_projects")),
    )
    op.create_index(op.f("ix_jalon_projects_moved_at"), "jalon_projects", ["moved_at"], unique=False)
    op.create_index(op.f("ix_jalon_projects_release_id"), "jalon_projects", ["release_id"], unique=False)
    op.create_index(op.f("ix_jalon_projects_service_id"), "jalon_projects", ["service_id"], unique=False)

    op.create_table(
        "jalon_executions",
        sa.Column("id", KEY, sa.Identity(always=False), nullable=False),
        sa.Column("project_id", KEY, nullable=False),
        sa.Column("process", sa.String(length=120), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("state", sa.LargeBinary(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["project_id"], ["jalon_projects.id"], name=op.f("fk_jalon_executions_project_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_jalon_executions")),
    )
    op.create_index(op.f("ix_jalon_executions_project_id"), "jalon_executions", ["project_id"], unique=False)

    op.create_table(
        "jalon_stages",
        sa.Column("id", KEY, sa.Identity(always=False), nullable=False),
        sa.Column("project_id", KEY, nullable=False),
        sa.Column("phase", sa.String(length=80), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("entered_at", MOMENT, nullable=False),
        sa.Column("left_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["project_id"], ["jalon_projects.id"], name=op.f("fk_jalon_stages_project_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_jalon_stages")),
    )
    op.create_index(op.f("ix_jalon_stages_project_id"), "jalon_stages", ["project_id"], unique=False)

    op.create_table(
        "jalon_timers",
        sa.Column("id", KEY, sa.Identity(always=False), nullable=False),
        sa.Column("project_id", KEY, nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("element", sa.String(length=80), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("due_at", MOMENT, nullable=False),
        sa.Column("fired_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["project_id"], ["jalon_projects.id"], name=op.f("fk_jalon_timers_project_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_jalon_timers")),
    )
    op.create_index(
        "ix_jalon_timers_due",
        "jalon_timers",
        ["due_at"],
        unique=False,
        sqlite_where=sa.text("fired_at IS NULL"),
        postgresql_where=sa.text("fired_at IS NULL"),
    )
    op.create_index(op.f("ix_jalon_timers_project_id"), "jalon_timers", ["project_id"], unique=False)

    op.create_table(
        "jalon_tasks",
        sa.Column("id", KEY, sa.Identity(always=False), nullable=False),
        sa.Column("project_id", KEY, nullable=False),
        sa.Column("execution_id", KEY, nullable=False),
        sa.Column("token", sa.String(length=32), nullable=False),
        sa.Column("element", sa.String(length=80), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("phase", sa.String(length=80), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("seat", sa.String(length=80), nullable=False),
        sa.Column("instance", sa.Text(), nullable=False),
        sa.Column("assignee_id", KEY, nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("opened_at", MOMENT, nullable=False),
        sa.Column("due_at", MOMENT, nullable=False),
        sa.Column("closed_at", MOMENT, nullable=True),
        sa.Column("closed_by", KEY, nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("draft", sa.Text(), nullable=True),
        sa.Column("answers", sa.Text(), nullable=True),
        sa.Column("remarks", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["assignee_id"], ["jalon_actors.id"], name=op.f("fk_jalon_tasks_assignee_id")),
        sa.ForeignKeyConstraint(["closed_by"], ["jalon_actors.id"], name=op.f("fk_jalon_tasks_closed_by")),
        sa.ForeignKeyConstraint(["execution_id"], ["jalon_executions.id"], name=op.f("fk_jalon_tasks_execution_id")),
        sa.ForeignKeyConstraint(["project_id"], ["jalon_projects.id"], name=op.f("fk_jalon_tasks_project_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_jalon_tasks")),
    )
    op.create_index(
        "ix_jalon_tasks_assignee",
        "jalon_tasks",
        ["assignee_id", "due_at", "id"],
        unique=False,
        sqlite_where=sa.text("state = 'open' AND assignee_id IS NOT NULL"),
        postgresql_where=sa.text("state = 'open' AND assignee_id IS NOT NULL"),
    )
    op.create_index(
        "ix_jalon_tasks_due",
        "jalon_tasks",
        ["due_at", "id"],
        unique=False,
        sqlite_where=sa.text("state = 'open'"),
        postgresql_where=sa.text("state = 'open'"),
    )
    op.create_index(op.f("ix_jalon_tasks_project_id"), "jalon_tasks", ["project_id"], unique=False)
    op.create_index(
        "ix_jalon_tasks_seat",
        "jalon_tasks",
        ["seat", "due_at", "id"],
        unique=False,
        sqlite_where=sa.text("state = 'open' AND assignee_id IS NULL"),
        postgresql_where=sa.text("state = 'open' AND assignee_id IS NULL"),
    )

    op.create_table(
        "jalon_assessments",
        sa.Column("id", KEY, sa.Identity(always=False), nullable=False),
        sa.Column("task_id", KEY, nullable=False),
        sa.Column("criterion", sa.String(length=40), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("actor_id", KEY, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["actor_id"], ["jalon_actors.id"], name=op.f("fk_jalon_assessments_actor_id")),
        sa.ForeignKeyConstraint(["task_id"], ["jalon_tasks.id"], name=op.f("fk_jalon_assessments_task_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_jalon_assessments")),
        sa.UniqueConstraint("task_id", "criterion", name=op.f("uq_jalon_assessments_task_id_criterion")),
    )
    op.create_table(
        "jalon_ballots",
        sa.Column("id", KEY, sa.Identity(always=False), nullable=False),
        sa.Column("task_id", KEY, nullable=False),
        sa.Column("session", sa.Integer(), nullable=False),
        sa.Column("actor_id", KEY, nullable=False),
        sa.Column("opinion", sa.String(length=20), nullable=False),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.Column("cast_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["actor_id"], ["jalon_actors.id"], name=op.f("fk_jalon_ballots_actor_id")),
        sa.ForeignKeyConstraint(["task_id"], ["jalon_tasks.id"], name=op.f("fk_jalon_ballots_task_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_jalon_ballots")),
        sa.UniqueConstraint("task_id", "session", "actor_id", name=op.f("uq_jalon_ballots_task_id_session_actor_id")),
    )
    op.create_table(
        "jalon_calls",
        sa.Column("id", KEY, sa.Identity(always=False), nullable=False),
        sa.Column("task_id", KEY, nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("seat", sa.String(length=80), nullable=False),
        sa.ForeignKeyConstraint(["task_id"], ["jalon_tasks.id"], name=op.f("fk_jalon_calls_task_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_jalon_calls")),
    )
    op.create_index(op.f("ix_jalon_calls_seat"), "jalon_calls", ["seat"], unique=False)
    op.create_index(op.f("ix_jalon_calls_task_id"), "jalon_calls", ["task_id"], unique=False)

    op.create_table(
        "jalon_comments",
        sa.Column("id", KEY, sa.Identity(always=False), nullable=False),
        sa.Column("project_id", KEY, nullable=False),
        sa.Column("task_id", KEY, nullable=False),
        sa.Column("actor_id", KEY, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["actor_id"], ["jalon_actors.id"], name=op.f("fk_jalon_comments_actor_id")),
        sa.ForeignKeyConstraint(["project_id"], ["jalon_projects.id"], name=op.f("fk_jalon_comments_project_id")),
        sa.ForeignKeyConstraint(["task_id"], ["jalon_tasks.id"], name=op.f("fk_jalon_comments_task_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_jalon_comments")),
    )
    op.create_index(op.f("ix_jalon_comments_project_id"), "jalon_comments", ["project_id"], unique=False)
    op.create_index(op.f("ix_jalon_comments_task_id"), "jalon_comments", ["task_id"], unique=False)

    op.create_table(
        "jalon_decisions",
        sa.Column("id", KEY, sa.Identity(always=False), nullable=False),
        sa.Column("project_id", KEY, nullable=False),
        sa.Column("task_id", KEY, nullable=False),
        sa.Column("gate", sa.String(length=80), nullable=False),
        sa.Column("number", sa.String(length=60), nullable=False),
        sa.Column("session", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("actor_id", KEY, nullable=False),
        sa.Column("record", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["actor_id"], ["jalon_actors.id"], name=op.f("fk_jalon_decisions_actor_id")),
        sa.ForeignKeyConstraint(["project_id"], ["jalon_projects.id"], name=op.f("fk_jalon_decisions_project_id")),
        sa.ForeignKeyConstraint(["task_id"], ["jalon_tasks.id"], name=op.f("fk_jalon_decisions_task_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_jalon_decisions")),
        sa.UniqueConstraint("number", name=op.f("uq_jalon_decisions_number")),
    )
    op.create_index(op.f("ix_jalon_decisions_project_id"), "jalon_decisions", ["project_id"], unique=False)

    op.create_table(
        "jalon_events",
        sa.Column("id", KEY, sa.Identity(always=False), nullable=False),
        sa.Column("stream", KEY, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("actor_id", KEY, nullable=True),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("task_id", KEY, nullable=True),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["actor_id"], ["jalon_actors.id"], name=op.f("fk_jalon_events_actor_id")),
        sa.ForeignKeyConstraint(["task_id"], ["jalon_tasks.id"], name=op.f("fk_jalon_events_task_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_jalon_events")),
        sa.UniqueConstraint("stream", "number", name=op.f("uq_jalon_events_stream_number")),
    )
    op.create_index(op.f("ix_jalon_events_task_id"), "jalon_events", ["task_id"], unique=False)

    op.create_table(
        "jalon_files",
        sa.Column("id", KEY, sa.Identity(always=False), nullable=False),
        sa.Column("project_id", KEY, nullable=False),
        sa.Column("task_id", KEY, nullable=False),
        sa.Column("field", sa.String(length=80), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("actor_id", KEY, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("withdrawn_at", MOMENT, nullable=True),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["actor_id"], ["jalon_actors.id"], name=op.f("fk_jalon_files_actor_id")),
        sa.ForeignKeyConstraint(["project_id"], ["jalon_projects.id"], name=op.f("fk_jalon_files_project_id")),
        sa.ForeignKeyConstraint(["task_id"], ["jalon_tasks.id"], name=op.f("fk_jalon_files_task_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_jalon_files")),
    )
    op.create_index(op.f("ix_jalon_files_project_id"), "jalon_files", ["project_id"], unique=False)
    op.create_index(op.f("ix_jalon_files_task_id"), "jalon_files", ["task_id"], unique=False)

    op.create_table(
        "jalon_votes",
        sa.Column("task_id", KEY, nullable=False),
        sa.Column("session", sa.Integer(), nullable=False),
        sa.Column("closed_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["task_id"], ["jalon_tasks.id"], name=op.f("fk_jalon_votes_task_id")),
        sa.PrimaryKeyConstraint("task_id", name=op.f("pk_jalon_votes")),
    )
    op.create_table(
        "jalon_reserves",
        sa.Column("id", KEY, sa.Identity(always=False), nullable=False),
        sa.Column("project_id", KEY, nullable=False),
        sa.Column("decision_id", KEY, nullable=False),
        sa.Column("gate", sa.String(length=80), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("owner_id", KEY, nullable=False),
        sa.Column("due_at", MOMENT, nullable=False),
        sa.Column("lifted_at", MOMENT, nullable=True),
        sa.Column("lifted_by", KEY, nullable=True),
        sa.Column("proof", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["decision_id"], ["jalon_decisions.id"], name=op.f("fk_jalon_reserves_decision_id")),
        sa.ForeignKeyConstraint(["lifted_by"], ["jalon_actors.id"], name=op.f("fk_jalon_reserves_lifted_by")),
        sa.ForeignKeyConstraint(["owner_id"], ["jalon_actors.id"], name=op.f("fk_jalon_reserves_owner_id")),
        sa.ForeignKeyConstraint(["project_id"], ["jalon_projects.id"], name=op.f("fk_jalon_reserves_project_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_jalon_reserves")),
    )
    op.create_index(op.f("ix_jalon_reserves_owner_id"), "jalon_reserves", ["owner_id"], unique=False)
    op.create_index(op.f("ix_jalon_reserves_project_id"), "jalon_reserves", ["project_id"], unique=False)
    _keep_history()


def _keep_history() -> None:
    """History is append-only: whoever tries to change or remove an event is refused by the database itself."""
    if op.get_bind().dialect.name == "sqlite":
        for act in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER jalon_events_no_{act.lower()} BEFORE {act} ON jalon_events "
                "BEGIN SELECT RAISE(ABORT, 'history is append-only'); END"
            )
        return
    op.execute(
        "CREATE FUNCTION jalon_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'history is append-only'; END $$"
    )
    op.execute(
        "CREATE TRIGGER jalon_events_kept BEFORE UPDATE OR DELETE ON jalon_events "
        "FOR EACH ROW EXECUTE FUNCTION jalon_refuse()"
    )


def downgrade() -> None:
    op.drop_table("jalon_reserves")
    op.drop_table("jalon_votes")
    op.drop_table("jalon_files")
    op.drop_table("jalon_events")
    op.drop_table("jalon_decisions")
    op.drop_table("jalon_comments")
    op.drop_table("jalon_calls")
    op.drop_table("jalon_ballots")
    op.drop_table("jalon_assessments")
    op.drop_table("jalon_tasks")
    op.drop_table("jalon_timers")
    op.drop_table("jalon_stages")
    op.drop_table("jalon_executions")
    op.drop_table("jalon_projects")
    op.drop_table("jalon_sessions")
    op.drop_table("jalon_releases")
    op.drop_table("jalon_holdings")
    op.drop_table("jalon_actors")
    op.drop_table("jalon_services")
    op.drop_table("jalon_choices")
    op.drop_table("jalon_acts")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION jalon_refuse()")
