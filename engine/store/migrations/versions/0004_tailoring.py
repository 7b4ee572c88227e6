"""Tailoring: overlays of services, and releases woven with them."""

import sqlalchemy as sa
from alembic import op

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "jalon_overlays",
        sa.Column("id", KEY, sa.Identity(always=False), nullable=False),
        sa.Column("service_id", KEY, nullable=False),
        sa.Column("method", sa.String(length=80), nullable=False),
        sa.Column("version", sa.String(length=40), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("author_id", KEY, nullable=False),
        sa.Column("drafted_at", MOMENT, nullable=False),
        sa.Column("requested_at", MOMENT, nullable=True),
        sa.Column("approver_id", KEY, nullable=True),
        sa.Column("decided_at", MOMENT, nullable=True),
        sa.Column("word", sa.Text(), nullable=False),
        sa.Column("valid_until", MOMENT, nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["approver_id"], ["jalon_actors.id"], name=op.f("fk_jalon_overlays_approver_id")),
        sa.ForeignKeyConstraint(["author_id"], ["jalon_actors.id"], name=op.f("fk_jalon_overlays_author_id")),
        sa.ForeignKeyConstraint(["service_id"], ["jalon_services.id"], name=op.f("fk_jalon_overlays_service_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_jalon_overlays")),
    )
    op.create_index(
        "ix_jalon_overlays_service",
        "jalon_overlays",
        ["service_id", "method"],
        sqlite_where=sa.text("state = 'in_force'"),
        postgresql_where=sa.text("state = 'in_force'"),
    )
    with op.batch_alter_table("jalon_releases") as table:
        table.add_column(sa.Column("base_id", KEY, nullable=True))
        table.add_column(sa.Column("overlay_id", KEY, nullable=True))
        table.add_column(sa.Column("origins", sa.Text(), nullable=True))
        table.create_foreign_key(op.f("fk_jalon_releases_base_id"), "jalon_releases", ["base_id"], ["id"])
        table.create_foreign_key(op.f("fk_jalon_releases_overlay_id"), "jalon_overlays", ["overlay_id"], ["id"])


def downgrade() -> None:
    with op.batch_alter_table("jalon_releases") as table:
        table.drop_constraint(op.f("fk_jalon_releases_overlay_id"), type_="foreignkey")
        table.drop_constraint(op.f("fk_jalon_releases_base_id"), type_="foreignkey")
        table.drop_column("origins")
        table.drop_column("overlay_id")
        table.drop_column("base_id")
    op.drop_index(
        "ix_jalon_overlays_service",
        table_name="jalon_overlays",
        sqlite_where=sa.text("state = 'in_force'"),
        postgresql_where=sa.text("state = 'in_force'"),
    )
    op.drop_table("jalon_overlays")
