"""The words of a meeting while it is heard: each reader is sent what is new since they last asked."""

import secrets
import threading
from collections import OrderedDict
from collections.abc import Callable
from pathlib import Path
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from pipeline.errors import DragomanError, NotFoundError
from pipeline.models.actor import Actor
from pipeline.models.job import StageKey
from pipeline.service.growing import WordsSoFar, words_so_far
from pipeline.service.house import House
from ui.routes.tokens import opens

HEADERS = {"Cache-Control": "no-store"}
READER = Actor(id="desk", name="desk", via="desk")
MOST = 8
"""Meetings whose words are held between two questions."""


class Shelf:
    """The turns of one meeting in the order in which they became known here."""

    def __init__(self, under: StageKey) -> None:
        self.under = under
        self.name = secrets.token_hex(8)
        """Whoever counts on another shelf begins from the start."""
        self.keys: list[str] = []
        self.turns: list[dict[str, Any]] = []

    def put(self, words: WordsSoFar) -> None:
        """What is new goes behind what is there."""
        for piece in words.pieces:
            self.keys.append(piece.key)
            self.turns += [one.model_dump(exclude={"end"}) for one in piece.turns]


class Shelves:
    """What this desk read of meetings that are being heard: nothing is read from the store twice."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._shelves: OrderedDict[str, Shelf] = OrderedDict()

    def look(self, house: House, meeting: str) -> tuple[WordsSoFar, Shelf]:
        """What is new in the store, and the shelf with that too.

        Raises:
            NotFoundError: there is no such meeting, or no worker began to hear it.
        """
        with self._lock:
            shelf = self._shelves.pop(meeting, None)  # and gone with its meeting, if that is
            words = words_so_far(READER, house, meeting, but=shelf.keys if shelf else ())
            if shelf is not None and shelf.under != words.under:  # it is heard anew, otherwise
                shelf, words = None, words_so_far(READER, house, meeting)
            shelf = shelf or Shelf(words.under)
            shelf.put(words)
            self._shelves[meeting] = shelf
            while len(self._shelves) > MOST:
                self._shelves.popitem(last=False)
            return words, shelf


def heard_route(house: Callable[[], House], home: Callable[[], Path]) -> Route:
    """`/api/heard/{meeting}?k=TOKEN&shelf=NAME&have=TURNS`."""
    shelves = Shelves()

    async def heard(request: Request) -> Response:
        return await run_in_threadpool(answer, request, house, home, shelves)

    return Route("/api/heard/{meeting}", heard, methods=["GET"])


def answer(
    request: Request, house: Callable[[], House], home: Callable[[], Path], shelves: Shelves
) -> Response:
    """The turns that the reader has not; else 403, 404 or 503 where the store does not answer."""
    meeting, asked = request.path_params["meeting"], request.query_params
    try:
        if not opens(home(), asked.get("k", ""), meeting, "heard"):
            return Response(status_code=403, headers=HEADERS)
        words, shelf = shelves.look(house(), meeting)
    except NotFoundError:
        return Response(status_code=404, headers=HEADERS)
    except DragomanError:
        return Response(status_code=503, headers=HEADERS)
    have = asked.get("have", "")
    since = int(have) if asked.get("shelf") == shelf.name and have.isdecimal() else 0
    told = {
        "shelf": shelf.name,
        "since": since,
        "turns": shelf.turns[since:],
        "growth": words.growth,
        "heard_to": words.heard_to,
    }
    return JSONResponse(told, headers=HEADERS)
