"""Alembic's entry: runs on the connection that `storage.database` hands over."""

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext

from storage import metadata


def _render(kind: str, item: Any, _context: AutogenContext) -> str | Literal[False]:
    """Write Suyuan's own column types by their place in `storage.schema`."""
    if kind == "type" and type(item).__module__ == "storage.schema":
        return f"storage.schema.{type(item).__name__}()"
    if kind == "type" and type(item).__name__ == "JSON":
        return "storage.schema.Json"
    return False


connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=metadata,
    render_as_batch=connection.dialect.name == "sqlite",
    render_item=_render,
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
