"""`suyuan serve`: the review desk."""

from __future__ import annotations

import ipaddress
from typing import Annotated

import typer
import uvicorn

from casework.context import Context, open_context
from casework.settings import load_settings
from cli.output import say
from web.app import create_app


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command("serve")(serve)


def serve(
    host: Annotated[str, typer.Option(help="Address to listen on")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen on")] = 8000,
) -> int:
    """Open the review desk. Behind anything but loopback it belongs behind HTTPS."""
    context = open_context(load_settings())
    run_desk(context, host=host, port=port)
    return 0


def run_desk(context: Context, *, host: str, port: int) -> None:
    """Serve the desk until it is stopped."""
    if not _is_loopback(host):
        say("Listening beyond this machine: put an HTTPS proxy in front, or passwords travel open.")
    uvicorn.run(
        create_app(context),
        host=host,
        port=port,
        log_level="warning",
        server_header=False,
    )


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
