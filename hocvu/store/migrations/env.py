"""Alembic's entry: runs the migrations on the connection that hocvu.store.upgrade gives it."""

from typing import Any, Literal

from alembic import context

from hocvu.store.tables import Base, UtcDateTime


def render_item(kind: str, item: object, autogen_context: Any) -> str | Literal[False]:
    """Migrations name SQLAlchemy's own types only: they must run when our classes have long changed."""
    return "sa.DateTime(timezone=True)" if kind == "type" and isinstance(item, UtcDateTime) else False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
    render_item=render_item,
)
with context.begin_transaction():
    context.run_migrations()
