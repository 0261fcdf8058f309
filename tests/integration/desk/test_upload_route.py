"""Files sent over HTTP arrive whole, go on after a cut, and only from a page of this desk."""

import hashlib
import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from pipeline import bootstrap
from pipeline.models.actor import Actor
from pipeline.service.house import House
from pipeline.service.upload_folder import CHUNK, UploadFolder
from ui.routes import upload as route
from ui.routes import upload_token
from ui.routes.upload_token import token

ME = Actor(id="local:chen", name="陈工", via="desk")
OTHER = Actor(id="local:li", name="李工", via="desk")
SIZE = 2 * CHUNK + 12345
CONTENT = bytes(range(251)) * (SIZE // 251 + 1)
CONTENT = CONTENT[:SIZE]


@pytest.fixture
def house(tmp_path: Path) -> House:
    return bootstrap.house(bootstrap.settings(home=tmp_path / "home"))


def client_of(house: House) -> TestClient:
    app = Starlette(routes=route.routes(lambda: house))
    return TestClient(app, headers={"X-Upload-Token": token(ME, "en")})


@pytest.fixture
def client(house: House) -> Iterator[TestClient]:
    with client_of(house) as client:
        yield client


def begin(client: TestClient, name: str = "订单会.m4a", size: int = SIZE, **headers: str):
    offer = {"name": name, "size": size, "modified": 17}
    return client.post("/api/upload", content=json.dumps(offer), headers=headers)


def bring(client: TestClient, uid: str, offset: int, piece: bytes | None = None, **headers: str):
    piece = CONTENT[offset : offset + CHUNK] if piece is None else piece
    digest = {"X-Chunk-SHA256": hashlib.sha256(piece).hexdigest()}
    return client.put(f"/api/upload/{uid}?offset={offset}", content=piece, headers=digest | headers)


def offset_of(client: TestClient, uid: str) -> int:
    return int(client.head(f"/api/upload/{uid}").headers["Upload-Offset"])


def part(house: House, uid: str) -> Path:
    return next(house.uploads._root.glob(f"{uid}.[pw]*"))


def test_bytes_and_their_digest_are_what_was_sent(client, house):
    uid = begin(client).json()["id"]
    for offset in range(0, SIZE, CHUNK):
        answer = bring(client, uid, offset)
        assert answer.status_code == 200
    assert answer.json()["sha256"] == hashlib.sha256(CONTENT).hexdigest()
    assert part(house, uid).read_bytes() == CONTENT


def test_a_file_that_is_handed_over_before_its_last_answer_goes_out_came_whole(
    client, house, monkeypatch
):
    """The page looks for whole files all the time; the sender would bring it all again."""
    remember = UploadFolder._remember

    def handed_over_at_once(folder, upload, digest):
        remember(folder, upload, digest)
        if upload.complete:
            folder.discard(ME.id, upload.id)

    monkeypatch.setattr(UploadFolder, "_remember", handed_over_at_once)
    uid = begin(client, size=7).json()["id"]
    answer = bring(client, uid, 0, b"the end")
    assert answer.status_code == 200
    told = answer.json()
    assert (told["offset"], told["sha256"]) == (7, hashlib.sha256(b"the end").hexdigest())


def test_the_same_file_chosen_again_goes_on_where_it_was(client):
    uid = begin(client).json()["id"]
    bring(client, uid, 0)
    again = begin(client).json()
    assert (again["id"], again["offset"]) == (uid, CHUNK)


def test_another_size_or_person_is_another_file(client, house):
    mine = begin(client).json()["id"]
    assert begin(client, size=SIZE + 1).json()["id"] != mine
    theirs = {"X-Upload-Token": token(OTHER, "en")}
    assert begin(client, **theirs).json()["id"] != mine
    assert client.head(f"/api/upload/{mine}", headers=theirs).status_code == 404
    assert bring(client, mine, 0, **theirs).status_code == 404


def after_restart(house: House) -> House:
    return bootstrap.house(bootstrap.settings(home=house.uploads._root.parent))


def test_a_file_that_was_complete_is_so_after_a_restart(client, house):
    uid = begin(client, size=100).json()["id"]
    done = bring(client, uid, 0, b"x" * 100).json()
    assert done["offset"] == 100
    with client_of(after_restart(house)) as later:
        assert offset_of(later, uid) == 100
        assert bring(later, uid, 0, b"x" * 100).status_code == 409
    assert part(house, uid).read_bytes() == b"x" * 100


def test_a_program_that_was_killed_goes_on_at_the_last_whole_chunk(client, house):
    uid = begin(client).json()["id"]
    bring(client, uid, 0)
    with part(house, uid).open("ab") as file:
        file.write(b"half of a chunk that nobody checked")
    with client_of(after_restart(house)) as later:
        assert offset_of(later, uid) == CHUNK
        bring(later, uid, CHUNK)
        done = bring(later, uid, 2 * CHUNK).json()
    assert done["sha256"] == hashlib.sha256(CONTENT).hexdigest()
    assert part(house, uid).read_bytes() == CONTENT


@pytest.mark.parametrize("wrong", [0, 5, 2 * CHUNK, -CHUNK])
def test_a_wrong_offset_is_told_the_right_one(client, house, wrong):
    uid = begin(client).json()["id"]
    bring(client, uid, 0)
    answer = bring(client, uid, wrong, CONTENT[:CHUNK])
    assert (answer.status_code, answer.headers["Upload-Offset"]) == (409, str(CHUNK))
    assert part(house, uid).read_bytes() == CONTENT[:CHUNK]


def test_a_chunk_that_does_not_fit_its_digest_leaves_nothing(client, house):
    uid = begin(client).json()["id"]
    bring(client, uid, 0)
    answer = bring(client, uid, CHUNK, **{"X-Chunk-SHA256": "0" * 64})
    assert answer.status_code == 422
    assert offset_of(client, uid) == CHUNK == part(house, uid).stat().st_size
    assert bring(client, uid, CHUNK).status_code == 200


def test_a_chunk_cut_on_its_way_leaves_nothing(client, house):
    uid = begin(client).json()["id"]

    def half() -> Iterator[bytes]:
        yield CONTENT[: CHUNK // 2]

    length = {"Content-Length": str(CHUNK)}
    answer = client.put(f"/api/upload/{uid}?offset=0", content=half(), headers=length)
    assert answer.status_code == 422
    assert offset_of(client, uid) == 0 == part(house, uid).stat().st_size


def test_more_than_was_declared_is_refused(client, house):
    uid = begin(client, size=100).json()["id"]
    assert bring(client, uid, 0, b"x" * 101).status_code == 413
    lie = {"Content-Length": "100"}
    answer = client.put(f"/api/upload/{uid}?offset=0", content=iter([b"x" * 5000]), headers=lie)
    assert answer.status_code == 413
    assert bring(client, uid, 0, b"x" * 100).json()["offset"] == 100
    assert bring(client, uid, 100, b"x").status_code == 413


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site", "Origin": "http://testserver"},
    ],
)
def test_another_site_is_refused(client, headers):
    uid = begin(client).json()["id"]
    assert begin(client, **headers).status_code == 403
    assert bring(client, uid, 0, **headers).status_code == 403
    assert client.delete(f"/api/upload/{uid}", headers=headers).status_code == 403


def test_our_own_page_is_not(client):
    ours = {"Origin": "http://testserver", "Sec-Fetch-Site": "same-origin"}
    assert begin(client, **ours).status_code == 200


@pytest.mark.parametrize("wrong", ["", "made.up.token"])
def test_without_a_token_of_ours_nothing_is_done(client, house, wrong):
    uid = begin(client).json()["id"]
    headers = {"X-Upload-Token": wrong}
    assert begin(client, **headers).status_code == 401
    assert bring(client, uid, 0, **headers).status_code == 401
    assert client.head(f"/api/upload/{uid}", headers=headers).status_code == 401


def test_an_old_token_is_none(client, monkeypatch):
    monkeypatch.setattr(upload_token, "LASTS", -1)
    assert begin(client).status_code == 401


@pytest.mark.parametrize("name", ["../../etc/passwd", "..\\..\\x.m4a", "a\0b\n.m4a"])
def test_a_name_is_a_label_and_never_a_path(client, house, name):
    uid = begin(client, name=name, size=10).json()["id"]
    bring(client, uid, 0, b"0123456789")
    home = house.uploads._root.parent
    inside = [at for at in home.rglob("*") if at.is_file() and uid in at.name]
    assert {at.parent for at in inside} == {house.uploads._root}
    one = house.uploads.get(ME.id, uid)
    assert house.uploads.named(one).parent == house.uploads._root / uid


@pytest.mark.parametrize("uid", ["..%2F..%2Fdragoman", "0" * 31, "g" * 32, "0" * 32])
def test_an_id_that_we_did_not_make_is_unknown(client, uid):
    assert client.head(f"/api/upload/{uid}").status_code == 404
    assert client.delete(f"/api/upload/{uid}").status_code == 404


def test_an_empty_file_is_said_to_be_empty(client):
    answer = begin(client, size=0)
    assert answer.status_code == 400
    assert "订单会.m4a" in answer.json()["error"]


@pytest.mark.parametrize("body", [b"", b"[]", b'{"name": "x"}', b"x" * 20_000])
def test_nonsense_is_refused(client, body):
    assert client.post("/api/upload", content=body).status_code == 400


def test_a_full_disk_is_told_before_and_while_sending(client, monkeypatch):
    uid = begin(client).json()["id"]
    little = SimpleNamespace(total=1, used=1, free=70 << 20)
    monkeypatch.setattr(shutil, "disk_usage", lambda at: little)
    answer = begin(client)
    assert answer.status_code == 507
    assert "no room" in answer.json()["error"]
    little.free = 1 << 20
    assert bring(client, uid, 0).status_code == 507
    little.free = 1 << 40
    assert bring(client, uid, 0).status_code == 200


def test_a_disk_that_refuses_in_the_middle_of_a_chunk_leaves_nothing(client, house):
    resource = pytest.importorskip("resource")
    uid = begin(client).json()["id"]
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (3_000_000, hard))
    try:
        assert bring(client, uid, 0).status_code == 507
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert offset_of(client, uid) == 0 == part(house, uid).stat().st_size
    assert bring(client, uid, 0).status_code == 200


def test_a_file_thrown_away_is_gone(client, house):
    uid = begin(client).json()["id"]
    bring(client, uid, 0)
    assert client.delete(f"/api/upload/{uid}").status_code == 204
    assert client.head(f"/api/upload/{uid}").status_code == 404
    assert list(house.uploads._root.iterdir()) == []
