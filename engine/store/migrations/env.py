"""Alembic's way in: each migration in a transaction of its own, on both databases."""

from alembic import context
from sqlalchemy import create_engine, pool

from engine.store.tables import Base

url = str(context.config.attributes["url"])
engine = create_engine(url, poolclass=pool.NullPool)

with engine.connect() as connection:
    sqlite = connection.dialect.name == "sqlite"
    if sqlite:
        # batch mode rebuilds tables: with foreign keys on, dropping the old one would delete its children
        connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
        connection.exec_driver_sql("PRAGMA journal_mode=wal")
        connection.commit()
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        version_table="jalon_version",
        transactional_ddl=True,
        transaction_per_migration=True,
        render_as_batch=sqlite,
    )
    with context.begin_transaction():
        context.run_migrations()
engine.dispose()
