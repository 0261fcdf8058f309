"""A desk with a login, before a real identity provider of this machine."""

import threading
import time
import urllib.error
import urllib.request
from urllib.parse import urlencode

import pytest
import uvicorn
from joserfc import jwt
from joserfc.jwk import RSAKey
from starlette.applications import Starlette
from starlette.responses import JSONResponse, RedirectResponse
from starlette.routing import Route

from evals.bench import desk as bench
from evals.bench import desk_calls as calls
from evals.bench.desk import free_port, settled

CLIENT, SUBJECT, NAME = "desk", "u-17", "林工 (login)"
AT_HOME = "import os, sys; os.environ['HOME'] = os.environ['USERPROFILE'] = {home!r}; "
SERVE = AT_HOME + "from ui import server; server.run('127.0.0.1', PORT)"
OPEN = AT_HOME + (
    "sys.argv[1:] = ['ui', '--host', '0.0.0.0', '--port', 'PORT', '--no-browser'];"
    " from ui.cli.main import main; main()"
)
"""As `dragoman ui` for a whole office."""
SECRETS = """[auth]
redirect_uri = "{desk}/oauth2callback"
cookie_secret = "a secret of this test and of nothing else"
client_id = "{client}"
client_secret = "whatever"
server_metadata_url = "{provider}/.well-known/openid-configuration"
"""


class Provider:
    """As much of OpenID Connect as a login takes; whoever comes is let in."""

    def __init__(self) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._key = RSAKey.generate_key(2048, {"kid": "one", "use": "sig", "alg": "RS256"})
        self._codes: dict[str, str] = {}
        paths = {
            "/.well-known/openid-configuration": self.metadata,
            "/authorize": self.authorize,
            "/token": self.token,
            "/jwks": self.jwks,
            "/userinfo": self.userinfo,
            "/logout": self.logout,
        }
        routes = [Route(path, act, methods=["GET", "POST"]) for path, act in paths.items()]
        config = uvicorn.Config(
            Starlette(routes=routes), port=self.port, log_level="error", ws="none"
        )
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run, daemon=True)

    def __enter__(self):
        self._thread.start()
        while not self._server.started:
            time.sleep(0.02)
        return self

    def __exit__(self, *_):
        self._server.should_exit = True
        self._thread.join(10)

    async def metadata(self, request):
        ends = {
            name: f"{self.url}/{path}"
            for name, path in {
                "authorization_endpoint": "authorize",
                "token_endpoint": "token",
                "jwks_uri": "jwks",
                "userinfo_endpoint": "userinfo",
                "end_session_endpoint": "logout",
            }.items()
        }
        return JSONResponse(
            {
                "issuer": self.url,
                "response_types_supported": ["code"],
                "subject_types_supported": ["public"],
                "id_token_signing_alg_values_supported": ["RS256"],
                **ends,
            }
        )

    async def authorize(self, request):
        asked = request.query_params
        assert asked["client_id"] == CLIENT
        code = f"code-{len(self._codes)}"
        self._codes[code] = asked.get("nonce", "")
        back = urlencode({"code": code, "state": asked["state"]})
        return RedirectResponse(f"{asked['redirect_uri']}?{back}", 302)

    async def token(self, request):
        form = dict(
            pair.split("=", 1) for pair in (await request.body()).decode().split("&") if "=" in pair
        )
        nonce, now = self._codes.pop(form["code"]), int(time.time())
        claims = {
            "iss": self.url,
            "sub": SUBJECT,
            "aud": CLIENT,
            "iat": now,
            "exp": now + 600,
            "name": NAME,
            "email": "lin@example.test",
            **({"nonce": nonce} if nonce else {}),
        }
        signed = jwt.encode({"alg": "RS256", "kid": "one"}, claims, self._key)
        return JSONResponse({"access_token": "a", "token_type": "Bearer", "id_token": signed})

    async def jwks(self, request):
        return JSONResponse({"keys": [self._key.as_dict(private=False)]})

    async def userinfo(self, request):
        return JSONResponse({"sub": SUBJECT, "name": NAME})

    async def logout(self, request):
        return RedirectResponse(request.query_params["post_logout_redirect_uri"], 302)


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    """Where the login is configured, and the port it is configured for."""
    person, port = tmp_path_factory.mktemp("person"), free_port()
    with Provider() as provider:
        secrets = person / ".streamlit" / "secrets.toml"
        secrets.parent.mkdir()
        desk = f"http://127.0.0.1:{port}"
        secrets.write_text(SECRETS.format(desk=desk, client=CLIENT, provider=provider.url))
        yield str(person), port


def serving(how, person):
    return how.format(home=person).replace("PORT", "{port}")


@pytest.fixture(scope="module")
def desk(house, home, office):
    person, port = office
    with bench.Desk(home, port=port, serve=serving(SERVE, person)) as started:
        yield started
        assert started.troubles() == []


@pytest.fixture
def page(browser):
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    context.set_default_timeout(20_000)
    yield context.new_page()
    context.close()


@pytest.fixture
def spoken(house):
    return calls.bundled(house, "zh", system="要登录的系统", sound=True)


def status(url, **options):
    try:
        with urllib.request.urlopen(urllib.request.Request(url, **options), timeout=10) as answer:
            return answer.status
    except urllib.error.HTTPError as error:
        return error.code


@pytest.mark.slow
def test_nobody_sees_or_hears_anything_before_a_login(desk, page, spoken, texts, record_of):
    view = record_of(spoken).view()
    secret = {view.meeting.title, view.project.client, view.transcript.segments[1].text}
    frames = []
    page.on("websocket", lambda one: one.on("framereceived", lambda frame: frames.append(frame)))
    for name in (
        "",
        "upload",
        "project",
        "settings",
        "review",
        "specs",
        "unsaid",
        "export",
        "audit",
        "model",
        "join",
    ):
        page.goto(f"{desk.url}/{name}?m={spoken}&as=somebody")
        settled(page)
        page.get_by_role("button", name="登录").wait_for()
        assert [one for one in secret if one in texts(page)] == []
        assert page.locator(".dm, .st-key-who").count() == 0
    told = b"".join(one if isinstance(one, bytes) else one.encode() for one in frames)
    assert [one for one in secret if one.encode() in told] == []
    assert status(f"{desk.url}/api/audio/{spoken}") == 403
    assert status(f"{desk.url}/api/upload", method="POST", data=b"{}") == 401


@pytest.mark.slow
def test_a_login_leads_back_to_the_page_and_signs_what_is_done(
    desk, page, spoken, lane_of, record_of, until, texts
):
    record = record_of(spoken)
    page.goto(f"{desk.url}/review?m={spoken}&item=A1")
    page.get_by_role("button", name="登录").click()
    page.wait_for_url(f"**/review?m={spoken}&item=A1*")
    lane = lane_of(page).ready()
    assert lane.id == "A1"
    lane.press("a")
    until(lambda: record.item("A1").review == "approved")
    (event,) = record.events()
    assert (event.actor.id, event.actor.name) == (f"login:{SUBJECT}", NAME)

    page.locator(".st-key-who button").first.click()
    page.get_by_role("button", name="退出").click()
    page.wait_for_url(f"{desk.url}/")
    page.get_by_role("button", name="登录").wait_for()
    page.goto(f"{desk.url}/review?m={spoken}&item=A1")
    page.get_by_role("button", name="登录").wait_for()
    settled(page)
    assert page.locator(".dm").count() == 0
    assert record.item("A1").text not in texts(page)


@pytest.mark.slow
def test_with_a_login_the_desk_may_be_open_to_others(house, home, office):
    with bench.Desk(home, serve=serving(OPEN, office[0])) as started:
        assert started.healthy()
