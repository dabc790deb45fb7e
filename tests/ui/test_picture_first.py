"""The layer that sends pictures first: the word that a run began waits, and nothing else changes its place."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from concurrent.futures import ThreadPoolExecutor

import pytest
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from analytics.ui.picture_first import Line, PictureFirst

SOON, NEVER = 0.01, 60.0


def run(talk: Callable[[], Coroutine[None, None, None]]) -> None:
    """In a thread of its own: where browser tests ran before, this one has a loop already."""
    with ThreadPoolExecutor(1) as pool:
        pool.submit(lambda: asyncio.run(talk())).result()


def status(*, running: bool) -> bytes:
    word = ForwardMsg()
    word.session_status_changed.script_is_running = running
    return word.SerializeToString()


def delta(text: str) -> bytes:
    word = ForwardMsg()
    word.delta.new_element.markdown.body = text
    return word.SerializeToString()


def new_session() -> bytes:
    word = ForwardMsg()
    word.new_session.name = "Overview"
    return word.SerializeToString()


def finished() -> bytes:
    word = ForwardMsg()
    word.script_finished = ForwardMsg.FINISHED_SUCCESSFULLY
    return word.SerializeToString()


BEGAN, ENDED, PICTURE, LARGE = status(running=True), status(running=False), delta("picture"), delta("x" * 5_000)


def sent(words: Sequence[bytes], held_seconds: float, wait: float = 0.0) -> list[bytes]:
    """What arrives of `words`, after `wait` seconds more."""
    arrived: list[bytes] = []

    async def send(message: dict[str, bytes]) -> None:
        await asyncio.sleep(0)
        arrived.append(message["bytes"])

    async def talk() -> None:
        line = Line(send, held_seconds)
        for word in words:
            await line.send({"type": "websocket.send", "bytes": word})
        await asyncio.sleep(wait)
        line.close()

    run(talk)
    return arrived


def test_what_is_drawn_passes_the_word_that_a_run_began():
    words = [new_session(), BEGAN, PICTURE, LARGE]
    assert sent(words, NEVER) == [new_session(), PICTURE, LARGE]
    assert sent(words, SOON, wait=0.1) == [new_session(), PICTURE, LARGE, BEGAN]


@pytest.mark.parametrize("part", ["page_info_changed", "page_config_changed", "navigation", "logo"])
def test_the_address_of_a_changed_filter_does_not_bring_the_word_before_the_picture(part: str):
    word = ForwardMsg()
    getattr(word, part).SetInParent()
    passing = word.SerializeToString()
    assert sent([new_session(), BEGAN, passing, LARGE], NEVER) == [new_session(), passing, LARGE]


@pytest.mark.parametrize("word", [finished(), ENDED, BEGAN, b"\xff\xff no message of ours"])
def test_nothing_that_says_how_a_run_goes_on_passes_it(word: bytes):
    assert sent([BEGAN, PICTURE, word, delta("after")], NEVER)[:2] == [PICTURE, BEGAN]
    assert sent([BEGAN, PICTURE, word], SOON, wait=0.1) == [PICTURE, BEGAN, word]


def test_every_run_ends_as_the_browser_would_have_heard_it():
    words = [new_session(), BEGAN, PICTURE, finished(), ENDED]
    arrived = sent(words * 3, NEVER)
    assert sorted(arrived) == sorted(words * 3)
    order = [word for word in arrived if word in (BEGAN, finished(), ENDED)]
    assert order == [BEGAN, finished(), ENDED] * 3


def test_text_and_closing_pass_as_they_are():
    arrived: list[dict[str, object]] = []

    async def send(message: dict[str, object]) -> None:
        arrived.append(message)

    async def talk() -> None:
        line = Line(send, NEVER)
        await line.send({"type": "websocket.accept"})
        await line.send({"type": "websocket.send", "bytes": BEGAN})
        await line.send({"type": "websocket.close", "code": 1000})

    run(talk)
    assert [message["type"] for message in arrived] == ["websocket.accept", "websocket.send", "websocket.close"]


def served(kind: str, app: Callable[..., Awaitable[None]]) -> list[object]:
    arrived: list[object] = []

    async def send(message: object) -> None:
        arrived.append(message)

    async def receive() -> dict[str, str]:
        return {"type": "websocket.disconnect"}

    async def open_and_close() -> None:
        await PictureFirst(app)({"type": kind}, receive, send)
        await asyncio.sleep(0)
        assert len(asyncio.all_tasks()) == 1  # nothing waits for a connection that is gone

    run(open_and_close)
    return arrived


def test_a_connection_that_ends_takes_what_is_held_with_it():
    async def app(_scope: object, _receive: object, send: Callable[[object], Awaitable[None]]) -> None:
        await send({"type": "websocket.send", "bytes": BEGAN})

    assert served("websocket", app) == []


def test_answers_to_plain_requests_are_left_alone():
    async def app(_scope: object, _receive: object, send: Callable[[object], Awaitable[None]]) -> None:
        await send({"type": "http.response.body", "body": BEGAN})

    assert served("http", app) == [{"type": "http.response.body", "body": BEGAN}]


def test_a_browser_that_left_while_the_word_was_held_is_no_error():
    async def gone(_message: object) -> None:
        raise RuntimeError("the connection is closed")

    async def talk() -> None:
        await Line(gone, SOON).send({"type": "websocket.send", "bytes": BEGAN})
        await asyncio.sleep(0.1)

    run(talk)
