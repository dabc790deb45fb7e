"""A layer before the server: the browser hears of a run's begin only when the picture of that run is there.

Streamlit says twice that a run began: with the run's number, and then as a state of its own. The browser draws every
element of the page anew for each of the two, and the picture that has long arrived waits until both are drawn. So the
second word waits instead; nothing in between depends on it. Order is kept against all that ends a run.
"""

import asyncio
from contextlib import suppress
from typing import Any, Final

from google.protobuf.message import DecodeError
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

HELD_SECONDS: Final = 0.12
"""Longer than a picture takes to be drawn, and about as long as pages wait before they draw the rest."""
_LONGEST_WORD: Final = 512
"""Bytes of the longest message that says something about a run; longer ones carry what is drawn."""
_PART_OF_A_PAGE: Final = frozenset(
    {"delta", "new_session", "page_info_changed", "page_config_changed", "navigation", "logo"}
)
"""What a run sends while it draws: parts, the address after a filter changed, title, menu and logo."""


class PictureFirst:
    """ASGI middleware that holds back the word that a run began."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass everything on; what a browser's connection is sent goes through `Line`."""
        if scope["type"] != "websocket":
            await self._app(scope, receive, send)
            return
        line = Line(send)
        try:
            await self._app(scope, receive, line.send)
        finally:
            line.close()


class Line:
    """What one browser is sent, in order but for the word that a run began."""

    def __init__(self, send: Send, held_seconds: float = HELD_SECONDS) -> None:
        self._send, self._seconds = send, held_seconds
        self._turn = asyncio.Lock()
        self._held: Message | None = None
        self._later: asyncio.Task[None] | None = None

    async def send(self, message: Message) -> None:
        """Send `message`, or keep it for a moment when it says that a run began."""
        kind = _kind(message)
        async with self._turn:
            if kind == "began":
                await self._release()
                self._held, self._later = message, asyncio.create_task(self._release_later())
                return
            if kind != "drawn":
                await self._release()
            await self._send(message)

    def close(self) -> None:
        """Forget what is held: nobody listens any more."""
        self._held = None
        if self._later is not None:
            self._later.cancel()

    async def _release_later(self) -> None:
        await asyncio.sleep(self._seconds)
        async with self._turn:
            self._later = None
            with suppress(RuntimeError, OSError):  # the connection ended meanwhile
                await self._release()

    async def _release(self) -> None:
        if self._later is not None:
            self._later.cancel()
        held, self._held, self._later = self._held, None, None
        if held is not None:
            await self._send(held)


def _kind(message: Message) -> str:
    """Return "began" for the word that a run began, "drawn" for parts of a page, "other" for all else."""
    data: Any = message.get("bytes")
    if not isinstance(data, bytes):
        return "other"
    if len(data) > _LONGEST_WORD:
        return "drawn"
    try:
        word = ForwardMsg.FromString(data)
    except DecodeError:
        return "other"
    kind = word.WhichOneof("type")
    if kind == "session_status_changed" and word.session_status_changed.script_is_running:
        return "began"
    return "drawn" if kind in _PART_OF_A_PAGE else "other"
