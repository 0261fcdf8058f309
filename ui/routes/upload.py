"""Where a browser sends files, chunk by chunk: /api/upload.

POST says which file and is told its id and how much of it is here; HEAD tells that again; PUT
?offset=n brings the next chunk; DELETE throws the file away. Each answer says when it was given
(`at`, seconds): a page that was drawn before it is older. Nothing is in memory beyond what one
message of the server brings.
"""

import asyncio
import json
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any
from urllib.parse import urlsplit
from weakref import WeakValueDictionary

from pydantic import Field, ValidationError
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from pipeline.errors import ConflictError, DragomanError, NotFoundError, StorageError
from pipeline.models.base import Model
from pipeline.service import uploads
from pipeline.service.house import House
from pipeline.service.upload_chunk import Chunk, Upload
from pipeline.service.upload_folder import CHUNK
from pipeline.words.loader import say
from ui import session
from ui.routes.upload_token import Sender, sender

TOKEN = "x-upload-token"
DIGEST = "x-chunk-sha256"
PATIENCE = 20.0
"""Seconds without a byte after which a connection is given up; the next one may go on."""
_LARGEST_LABEL = 16_000
_GATHERED = 1 << 18
"""Bytes written at a time."""


class Offer(Model):
    """What a browser knows of a file."""

    name: str = Field(min_length=1, max_length=1000)
    size: int = Field(ge=0, lt=1 << 50)
    modified: int = 0


class _Gate:
    """One file's lock: two connections do not write the same chunk."""

    def __init__(self) -> None:
        self.lock = asyncio.Lock()


def routes(open_house: Callable[[], House] = session.house) -> list[Route]:
    """The routes; a test gives a house of its own."""
    desk = _Desk(open_house)
    return [
        Route("/api/upload", desk.guarded(desk.begin), methods=["POST"]),
        Route("/api/upload/{upload}", desk.guarded(desk.look), methods=["GET", "HEAD"]),
        Route("/api/upload/{upload}", desk.guarded(desk.bring), methods=["PUT"]),
        Route("/api/upload/{upload}", desk.guarded(desk.discard), methods=["DELETE"]),
    ]


class _Desk:
    """The four things a browser may do."""

    def __init__(self, open_house: Callable[[], House]) -> None:
        self._house = open_house
        self._gates: WeakValueDictionary[str, _Gate] = WeakValueDictionary()

    def guarded(
        self, do: Callable[[Request, Sender], Awaitable[Response]]
    ) -> Callable[[Request], Awaitable[Response]]:
        """Only for a page of this desk, and whoever sits at it."""

        async def guard(request: Request) -> Response:
            if foreign(request):
                return JSONResponse({"error": "foreign origin"}, 403)
            who = sender(request.headers.get(TOKEN, ""))
            if who is None:
                return JSONResponse({"error": "token"}, 401)
            try:
                return await do(request, who)
            except DragomanError as error:
                return _refused(error, who)
            except ClientDisconnect:
                return Response(status_code=400)

        return guard

    async def begin(self, request: Request, who: Sender) -> Response:
        """Which file it is, and how far it is."""
        try:
            offer = Offer.model_validate_json(await _small(request))
        except (ValidationError, ValueError) as error:
            return JSONResponse({"error": str(type(error).__name__)}, 400)
        upload = await run_in_threadpool(
            lambda: uploads.begin(who.actor, self._house(), offer.name, offer.size, offer.modified)
        )
        return _told(upload, 200)

    async def look(self, request: Request, who: Sender) -> Response:
        """How far a file is."""
        uid = request.path_params["upload"]
        return _told(
            await run_in_threadpool(lambda: uploads.get(who.actor, self._house(), uid)), 200
        )

    async def discard(self, request: Request, who: Sender) -> Response:
        """Throw a file away."""
        uid = request.path_params["upload"]
        gate = self._gate(uid)
        async with gate.lock:
            await run_in_threadpool(lambda: uploads.discard(who.actor, self._house(), uid))
        return Response(status_code=204)

    async def bring(self, request: Request, who: Sender) -> Response:
        """The next chunk of a file."""
        uid = request.path_params["upload"]
        try:
            offset = int(request.query_params["offset"])
            length = int(request.headers["content-length"])
        except (KeyError, ValueError):
            return JSONResponse({"error": "offset and length"}, 411)
        gate = self._gate(uid)
        async with gate.lock:
            chunk = await run_in_threadpool(
                lambda: uploads.chunk(who.actor, self._house(), uid, offset, length)
            )
            upload = await _written(request, chunk)
        # Not asked of the folder: a whole file may be handed over, and gone from it, by now.
        return _told(upload, 200, sha256=chunk.sha256 if upload.complete else None)

    def _gate(self, uid: str) -> _Gate:
        return self._gates.setdefault(uid, _Gate())


def foreign(request: Request) -> bool:
    """Whether another site asked the browser to send this."""
    site = request.headers.get("sec-fetch-site")
    origin = request.headers.get("origin")
    if site is not None and site != "same-origin":
        return True
    return origin is not None and urlsplit(origin).netloc != request.headers.get("host")


async def _written(request: Request, chunk: Chunk) -> Upload:
    kept = False
    try:
        async for piece in _pieces(request):
            await run_in_threadpool(chunk.write, piece)
        upload = await run_in_threadpool(chunk.finish, request.headers.get(DIGEST))
        kept = True
        return upload
    finally:
        chunk.close(keep=kept)


async def _pieces(request: Request) -> AsyncIterator[bytes]:
    """The body in handy pieces; a connection that falls silent is given up."""
    stream, gathered = aiter(request.stream()), bytearray()
    while True:
        try:
            gathered += await asyncio.wait_for(anext(stream), PATIENCE)
        except StopAsyncIteration:
            break
        except TimeoutError as error:
            raise ClientDisconnect from error
        if len(gathered) >= _GATHERED:
            yield bytes(gathered)
            gathered.clear()
    yield bytes(gathered)


async def _small(request: Request) -> bytes:
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > _LARGEST_LABEL:
            raise ValueError("too large")
    return bytes(body)


def _told(upload: Upload, status: int, sha256: str | None = None) -> Response:
    told: dict[str, Any] = {
        **upload.model_dump(),
        "chunk": CHUNK,
        "sha256": sha256,
        "at": time.time(),
    }
    headers = {
        "Upload-Offset": str(upload.offset),
        "Upload-Length": str(upload.size),
        "Cache-Control": "no-store",
    }
    return Response(json.dumps(told), status, headers=headers, media_type="application/json")


_STATUS = {"upload_chunk_damaged": 422, "upload_too_long": 413}


def _refused(error: DragomanError, who: Sender) -> Response:
    message = say(f"error.{error.code}", who.language, **error.params)
    told = {"error": message, "code": error.code, "at": time.time()}
    headers = {"Cache-Control": "no-store"}
    status = _STATUS.get(error.code, 400)
    if isinstance(error, ConflictError):
        status, headers["Upload-Offset"] = 409, str(error.params["offset"])
    elif isinstance(error, NotFoundError):
        status = 404
    elif isinstance(error, StorageError):
        status = 507
    return JSONResponse(told, status, headers=headers)
