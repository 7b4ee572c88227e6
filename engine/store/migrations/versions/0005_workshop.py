"""The method owner's workshop: drafts of methods, and what a release keeps of its publication."""

import sqlalchemy as sa
from alembic import op

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)

#: what a release keeps of its publication
RELEASES = (
    ("same", sa.Text()), ("notes_fr", sa.Text()), ("notes_en", sa.Text()), ("supported_until", MOMENT),
    ("retired_at", MOMENT),
)  # fmt: skip
revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "jalon_method_drafts",
        sa.Column("id", KEY, sa.Identity(always=False), nullable=False),
        sa.Column("method", sa.String(length=80), nullable=False),
        sa.Column("version", sa.String(length=40), nullable=False),
        sa.Column("name_fr", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=False),
        sa.Column("files", sa.LargeBinary(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("trail", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("base_version", sa.String(length=40), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("notes_fr", sa.Text(), nullable=False),
        sa.Column("notes_en", sa.Text(), nullable=False),
        sa.Column("same", sa.Text(), nullable=False),
        sa.Column("author_id", KEY, nullable=True),
        sa.Column("edited_by", KEY, nullable=True),
        sa.Column("edited_at", MOMENT, nullable=False),
        sa.Column("reviewer_id", KEY, nullable=True),
        sa.Column("reviewed_at", MOMENT, nullable=True),
        sa.Column("review_word", sa.Text(), nullable=False),
        sa.Column("reviewed_digest", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["jalon_actors.id"], name=op.f("fk_jalon_method_drafts_author_id")),
        sa.ForeignKeyConstraint(["edited_by"], ["jalon_actors.id"], name=op.f("fk_jalon_method_drafts_edited_by")),
        sa.ForeignKeyConstraint(["reviewer_id"], ["jalon_actors.id"], name=op.f("fk_jalon_method_drafts_reviewer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_jalon_method_drafts")),
    )
    op.create_index(
        "ix_jalon_method_drafts_open",
        "jalon_method_drafts",
        ["method"],
        unique=True,
        sqlite_where=sa.text("state IN ('open', 'review')"),
        postgresql_where=sa.text("state IN ('open', 'review')"),
    )
    for name, kind in RELEASES:
        op.add_column("jalon_releases", sa.Column(name, kind, nullable=True))


def downgrade() -> None:
    for name, _ in reversed(RELEASES):
        op.drop_column("jalon_releases", name)
    op.drop_index(
        "ix_jalon_method_drafts_open",
        table_name="jalon_method_drafts",
        sqlite_where=sa.text("state IN ('open', 'review')"),
        postgresql_where=sa.text("state IN ('open', 'review')"),
    )
    op.drop_table("jalon_method_drafts")
