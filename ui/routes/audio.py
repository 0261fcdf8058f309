"""The sound of a meeting, any part of it: the browser asks for what it needs."""

from collections.abc import Callable
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route

from pipeline.errors import DragomanError, NotFoundError
from pipeline.models.actor import Actor
from pipeline.service import playback
from pipeline.service.house import House
from ui.routes.tokens import opens

HEADERS = {"Cache-Control": "private, max-age=0, must-revalidate", "Content-Disposition": "inline"}
LISTENER = Actor(id="desk", name="desk", via="desk")
AGAIN = 2
"""Seconds after which a browser asks again while a copy is being made."""


def audio_route(house: Callable[[], House], home: Callable[[], Path]) -> Route:
    """`/api/audio/{meeting}?k=TOKEN`; house and home are asked for only when somebody listens."""

    async def audio(request: Request) -> Response:
        return await run_in_threadpool(answer, request, house, home)

    return Route("/api/audio/{meeting}", audio, methods=["GET"])


def answer(request: Request, house: Callable[[], House], home: Callable[[], Path]) -> Response:
    """The recording; else 403, 404, 415 where it holds no sound, 202 while a copy is being made."""
    meeting = request.path_params["meeting"]
    try:
        if not opens(home(), request.query_params.get("k", ""), meeting):
            return Response(status_code=403, headers=HEADERS)
        sound = playback.sound(LISTENER, house(), meeting)
    except NotFoundError:
        return Response(status_code=404, headers=HEADERS)
    except DragomanError:
        return Response(status_code=415, headers=HEADERS)
    if sound is None:
        return Response(status_code=202, headers={**HEADERS, "Retry-After": str(AGAIN)})
    return FileResponse(sound.path, media_type=sound.media_type, headers=HEADERS)
