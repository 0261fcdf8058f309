"""A window that closes at the worst moment leaves no traceback in the log; a real fault does."""

import asyncio

import pytest
from starlette.applications import Starlette
from starlette.routing import WebSocketRoute
from starlette.websockets import WebSocketDisconnected
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.web.server.starlette.starlette_websocket import create_websocket_handler

from ui.routes.hung_up import HungUp

WINDOW = {"type": "websocket", "path": "/", "query_string": b"", "headers": [], "subprotocols": []}


class Talking:
    """Streamlit's runtime, as far as a connection meets it: it talks, and is asked once."""

    def __init__(self):
        self.left = []

    def connect_session(self, client, **_):
        client.write_forward_msg(ForwardMsg())
        return "one"

    def handle_backmsg(self, *_, **__):
        pass

    def disconnect_session(self, session, client):
        self.left.append(session)


def closes(app):
    """A window that asks for something, and is gone before the answer is through."""
    asked = iter(
        (
            {"type": "websocket.connect"},
            {"type": "websocket.receive", "bytes": BackMsg().SerializeToString()},
        )
    )

    async def receive():
        await asyncio.sleep(0.01)
        return next(asked)

    async def send(message):
        if message["type"] == "websocket.send":
            raise OSError("gone")

    asyncio.run(app(dict(WINDOW), receive, send))


def test_a_window_that_closes_while_it_is_talked_to_is_no_fault():
    runtime = Talking()
    server = Starlette(routes=[WebSocketRoute("/", create_websocket_handler(runtime))])
    with pytest.raises(WebSocketDisconnected):
        closes(server)
    closes(HungUp(server))
    assert runtime.left == ["one", "one"], "the session is let go each time"


def test_a_fault_of_ours_still_comes_through():
    async def broken(scope, receive, send):
        raise RuntimeError("ours")

    with pytest.raises(RuntimeError, match="ours"):
        closes(HungUp(broken))
