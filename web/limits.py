"""What one visitor may cost: attempts to log in, and bytes sent."""

from __future__ import annotations

from collections import OrderedDict, deque
from datetime import datetime, timedelta
from threading import Lock

from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from web.languages import mark

MAX_BODY_BYTES = 12 * 1024 * 1024
"""Of a whole request; one uploaded picture may have 10 MB."""


class AttemptLimiter:
    """Counts failures per key within a window; a key with too many must wait.

    Kept in this process only: a restart forgets, which costs an attacker more than it gives.
    """

    def __init__(self, *, failures: int, window: timedelta, keys: int = 10_000) -> None:
        self._failures = failures
        self._window = window
        self._keys = keys
        self._seen: OrderedDict[str, deque[datetime]] = OrderedDict()
        self._lock = Lock()

    def must_wait(self, key: str, now: datetime) -> bool:
        """Tell whether a key has failed too often within the window."""
        with self._lock:
            return len(self._recent(key, now)) >= self._failures

    def count_failure(self, key: str, now: datetime) -> None:
        """Count one failure."""
        with self._lock:
            seen = self._recent(key, now)
            seen.append(now)
            self._seen[key] = seen
            self._seen.move_to_end(key)
            while len(self._seen) > self._keys:
                self._seen.popitem(last=False)

    def forget(self, key: str) -> None:
        """Forget the failures of a key that succeeded."""
        with self._lock:
            self._seen.pop(key, None)

    def _recent(self, key: str, now: datetime) -> deque[datetime]:
        seen = self._seen.get(key) or deque(maxlen=self._failures)
        while seen and now - seen[0] >= self._window:
            seen.popleft()
        return seen


class BodyLimit:
    """ASGI middleware that stops reading a request once it is larger than the desk accepts."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        received = 0

        async def counted() -> Message:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            if received > MAX_BODY_BYTES:
                raise HTTPException(413, mark("This is more than the desk accepts at once."))
            return message

        await self._app(scope, counted, send)
