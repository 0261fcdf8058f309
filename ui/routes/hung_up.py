"""Windows that close while the desk still talks to them: that is no fault of anybody's."""

from starlette.types import ASGIApp, Receive, Scope, Send
from starlette.websockets import WebSocketDisconnected


class HungUp:
    """ASGI middleware; it only keeps from the log what is not worth a look.

    Streamlit closes a connection that it takes for broken. Where the browser was quicker, that
    fails, and the server would log two tracebacks for a window that somebody closed.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve, and take it as the end that the other end is gone."""
        try:
            await self._app(scope, receive, send)
        except WebSocketDisconnected:
            if scope["type"] != "websocket":
                raise
