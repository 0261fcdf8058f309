"""What a person sets goes into the right file, whole, and no key goes anywhere else."""

import os
import stat
import tomllib
from pathlib import Path

import pytest

from pipeline import bootstrap, setting_up
from pipeline.errors import DragomanError, InputError, StorageError
from pipeline.settings_files import secrets_file, settings_file

KEY = "sk-not-for-anybody-0042"
URL = "https://model.example/v1"
WHOLE = {"model_url": URL, "model_name": "m"}


def read(path):
    return tomllib.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


def test_each_value_goes_into_its_file():
    setting_up.write({**WHOLE, "engine": "llm", "model_context": 64_000}, key=KEY)
    assert read(secrets_file()) == {**WHOLE, "model_key": KEY}
    assert read(settings_file()) == {"engine": "llm", "model_context": 64_000}
    chosen = bootstrap.settings()
    assert (chosen.engine, chosen.model_url, chosen.model_context) == ("llm", URL, 64_000)
    assert chosen.model_key.get_secret_value() == KEY


@pytest.mark.skipif(os.name != "posix", reason="modes are those of POSIX")
def test_both_files_are_for_their_owner_alone_also_where_they_were_open():
    secrets_file().parent.mkdir(parents=True)
    secrets_file().write_text('model_name = "old"\n', encoding="utf-8")
    secrets_file().chmod(0o644)
    setting_up.write({**WHOLE, "model_context": 64_000}, key=KEY)
    assert (mode(secrets_file()), mode(settings_file())) == (0o600, 0o600)


def test_comments_and_other_lines_stay_as_they_are():
    settings_file().parent.mkdir(parents=True)
    settings_file().write_text('# ours\nspeech_model = "tiny"  # quick\n', encoding="utf-8")
    setting_up.write({"model_context": 64_000})
    after = settings_file().read_text(encoding="utf-8")
    assert after == '# ours\nspeech_model = "tiny"  # quick\nmodel_context = 64000\n'


def test_a_value_as_built_in_takes_its_line_out():
    setting_up.write({"model_context": 64_000, "model_budget": 2.0})
    setting_up.write({"model_context": 32_000, "model_budget": None})
    assert read(settings_file()) == {}


def test_nothing_is_half_written_when_the_disk_refuses(monkeypatch):
    setting_up.write(WHOLE, key=KEY)
    before = secrets_file().read_bytes()

    def full(handle):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(StorageError, match="No space left"):
        setting_up.write({"model_name": "other"}, key="another-key-0001")
    assert secrets_file().read_bytes() == before
    assert [one.name for one in secrets_file().parent.iterdir()] == [secrets_file().name]


OTHER = {"model_url": "https://other.example/v1", "model_context": 64_000}


def test_where_the_settings_cannot_be_written_the_key_stays(tmp_path, monkeypatch):
    setting_up.write(WHOLE, key=KEY)
    (tmp_path / "file").write_text("", encoding="utf-8")
    monkeypatch.setenv("DRAGOMAN_SETTINGS", str(tmp_path / "file" / "settings.toml"))
    with pytest.raises(StorageError, match="settings_not_written"):
        setting_up.write(OTHER)
    assert read(secrets_file()) == {**WHOLE, "model_key": KEY}


@pytest.mark.parametrize("before", [{}, {"model_context": 9_000}])
def test_where_the_second_file_cannot_be_put_in_place_the_first_is_put_back(monkeypatch, before):
    setting_up.write(WHOLE | before, key=KEY)
    place = Path.replace

    def refused(part, path):
        if path == secrets_file():
            raise PermissionError(13, "in use")
        return place(part, path)

    monkeypatch.setattr(Path, "replace", refused)
    with pytest.raises(StorageError, match="in use") as caught:
        setting_up.write(OTHER)
    assert caught.value.params["file"] == str(secrets_file())
    assert read(secrets_file()) == {**WHOLE, "model_key": KEY}
    assert read(settings_file()) == before
    assert not list(secrets_file().parent.glob(".*"))


def test_a_link_to_the_secrets_stays_a_link(tmp_path, monkeypatch):
    there = tmp_path / "real.toml"
    there.write_text("", encoding="utf-8")
    link = tmp_path / "link.toml"
    link.symlink_to(there)
    monkeypatch.setenv("DRAGOMAN_SECRETS", str(link))
    setting_up.write(WHOLE, key=KEY)
    assert link.is_symlink()
    assert read(there)["model_key"] == KEY


def test_a_key_stays_with_its_host():
    setting_up.write(WHOLE, key=KEY)
    assert not setting_up.write({"model_url": "https://model.example/v2"}).key_dropped
    assert read(secrets_file())["model_key"] == KEY
    assert setting_up.write({"model_url": "https://other.example/v1"}).key_dropped
    assert "model_key" not in read(secrets_file())


@pytest.mark.parametrize(
    "other",
    [
        "http://model.example/v1",
        "http://model.example:443/v1",
        "https://model.example:8443/v1",
        "https://model.example.io/v1",
    ],
)
def test_another_port_or_an_open_way_is_another_host(other):
    setting_up.write(WHOLE, key=KEY)
    assert setting_up.write({"model_url": other}).key_dropped


def test_what_the_environment_points_at_moves_no_key(monkeypatch):
    setting_up.write(WHOLE, key=KEY)
    monkeypatch.setenv("DRAGOMAN_MODEL_URL", "http://127.0.0.1:11434/v1")
    assert not setting_up.write({"model_context": 16_000}).key_dropped
    assert not setting_up.write({"model_url": URL}).key_dropped
    assert read(secrets_file()) == {**WHOLE, "model_key": KEY}


def test_a_key_without_an_address_goes_to_no_new_one(monkeypatch):
    secrets_file().parent.mkdir(parents=True)
    secrets_file().write_text(f'model_key = "{KEY}"\n', encoding="utf-8")
    monkeypatch.setenv("DRAGOMAN_MODEL_URL", URL)
    assert not setting_up.write({"model_url": URL}).key_dropped
    secrets_file().write_text(f'model_key = "{KEY}"\n', encoding="utf-8")
    assert setting_up.write({"model_url": "https://other.example/v1"}).key_dropped
    secrets_file().write_text(f'model_key = "{KEY}"\n', encoding="utf-8")
    monkeypatch.delenv("DRAGOMAN_MODEL_URL")
    assert setting_up.write({"model_url": URL}).key_dropped
    assert read(secrets_file()) == {"model_url": URL}


def test_a_key_goes_with_its_address():
    setting_up.write(WHOLE, key=KEY)
    assert setting_up.write({"model_url": None}).key_dropped
    assert read(secrets_file()) == {"model_name": "m"}


def test_a_key_of_the_file_is_not_sent_where_only_the_variable_points(monkeypatch):
    setting_up.write(WHOLE, key=KEY)
    monkeypatch.setenv("DRAGOMAN_MODEL_URL", "https://other.example/v1")
    assert bootstrap.settings().model_key.get_secret_value() == ""
    monkeypatch.setenv("DRAGOMAN_MODEL_URL", "https://model.example/other")
    assert bootstrap.settings().model_key.get_secret_value() == KEY
    monkeypatch.setenv("DRAGOMAN_MODEL_URL", "https://other.example/v1")
    monkeypatch.setenv("DRAGOMAN_MODEL_KEY", "its-own-key-0007")
    assert bootstrap.settings().model_key.get_secret_value() == "its-own-key-0007"


def test_a_key_for_the_variables_address_is_bound_to_it(monkeypatch):
    setting_up.write(WHOLE, key=KEY)
    monkeypatch.setenv("DRAGOMAN_MODEL_URL", "https://other.example/v1")
    setting_up.write({}, key="for-the-other-0007")
    assert bootstrap.settings().model_key.get_secret_value() == "for-the-other-0007"


def test_the_environment_wins_then_the_folder_then_the_users_own(tmp_path, monkeypatch):
    setting_up.write({"model_context": 10_000})
    assert bootstrap.settings().model_context == 10_000
    monkeypatch.chdir(tmp_path)
    (tmp_path / "dragoman.toml").write_text("model_context = 20000\n", encoding="utf-8")
    assert bootstrap.settings().model_context == 20_000
    monkeypatch.setenv("DRAGOMAN_MODEL_CONTEXT", "30000")
    assert bootstrap.settings().model_context == 30_000


@pytest.mark.parametrize(
    ("own", "here"),
    [
        ({}, 'engine = "llm"'),
        ({"engine": "recorded"}, 'engine = "llm"'),
        ({}, 'model_hide = "nothing"'),
        ({"model_hide": "names"}, 'model_hide = "numbers"'),
    ],
)
def test_a_file_in_a_folder_cannot_send_more_than_the_users_own(tmp_path, monkeypatch, own, here):
    setting_up.write(own)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "dragoman.toml").write_text(here, encoding="utf-8")
    name, value = here.replace('"', "").split(" = ")
    with pytest.raises(InputError, match="settings_folder_sends_more") as caught:
        bootstrap.settings()
    assert (caught.value.params["name"], caught.value.params["value"]) == (name, value)
    assert getattr(bootstrap.settings(**{name: value}), name) == value
    monkeypatch.setenv(f"DRAGOMAN_{name.upper()}", value)
    assert getattr(bootstrap.settings(), name) == value


@pytest.mark.parametrize(
    ("own", "here", "then"),
    [
        ({}, 'engine = "recorded"', "recorded"),
        ({**WHOLE, "engine": "llm"}, 'engine = "llm"', "llm"),
        ({**WHOLE, "engine": "llm"}, 'engine = "rules"', "rules"),
        ({}, 'model_hide = "names"', "names"),
        ({"model_hide": "nothing"}, 'model_hide = "nothing"', "nothing"),
    ],
)
def test_it_can_send_as_much_or_less(tmp_path, monkeypatch, own, here, then):
    setting_up.write(own)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "dragoman.toml").write_text(here, encoding="utf-8")
    assert getattr(bootstrap.settings(), here.partition(" ")[0]) == then


@pytest.mark.parametrize("name", ["home", "database_url", "keep_days"])
def test_where_calls_are_kept_is_not_for_a_file(name):
    with pytest.raises(InputError, match="settings_not_in_file"):
        setting_up.write({name: "x"})
    settings_file().parent.mkdir(parents=True)
    settings_file().write_text(f'{name} = "x"\n', encoding="utf-8")
    with pytest.raises(InputError, match="settings_not_in_file"):
        bootstrap.settings()


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("model.example/v1", "model_url_broken"),
        ("ftp://model.example/v1", "model_url_broken"),
        ("https:///v1", "model_url_broken"),
        ("https://model.example:x/v1", "model_url_broken"),
        ("https://[::1/v1", "model_url_broken"),
        ("https://me:pw@model.example/v1", "model_url_secret"),
        ("https://model.example/v1?key=x", "model_url_secret"),
    ],
)
def test_what_is_no_address_is_refused(url, code):
    with pytest.raises(InputError) as caught:
        setting_up.write({"model_url": url, "model_name": "m"})
    assert caught.value.code == code
    assert not secrets_file().exists()


def test_what_was_copied_along_with_an_address_or_a_key_is_left_out():
    setting_up.write({**WHOLE, "model_url": f"  {URL}/chat/completions/ "}, key=f" {KEY}\n")
    assert read(secrets_file()) == {**WHOLE, "model_key": KEY}


@pytest.mark.parametrize("key", ["sk-1 2", "sk-\n12", "密钥-12345", "sk\u200b-123456"])
def test_what_can_be_no_key_is_refused_without_repeating_it(key):
    with pytest.raises(InputError) as caught:
        setting_up.write(WHOLE, key=key)
    assert key not in repr(caught.value) + str(caught.value.params)
    assert not secrets_file().exists()


def test_a_key_of_the_wrong_type_is_not_repeated():
    secrets_file().parent.mkdir(parents=True)
    secrets_file().write_text("model_key = 4242424242\n", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        bootstrap.settings()
    assert "4242424242" not in str(caught.value)
    assert caught.value.__suppress_context__


def test_a_value_that_does_not_fit_is_named_and_nothing_written():
    with pytest.raises(DragomanError) as caught:
        setting_up.write({**WHOLE, "model_at_once": 99}, key=KEY)
    assert caught.value.params["name"] == "model_at_once"
    assert not secrets_file().exists()
