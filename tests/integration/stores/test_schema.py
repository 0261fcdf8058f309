"""The schema: from nothing to now, never back, and said plainly when it cannot be used."""

import os
import shutil
import sqlite3
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateIndex, CreateTable

from pipeline.errors import InputError, StorageError
from pipeline.models.model_use import ModelUse
from pipeline.stores import schema
from pipeline.stores.database import SqlStore, open_store
from pipeline.stores.engine import connect, shown
from pipeline.stores.rows import Base
from pipeline.stores.session import Sessions

NOBODY = 65534
_SETTINGS = ("journal_mode", "synchronous", "busy_timeout", "foreign_keys", "secure_delete")


def test_an_empty_folder_becomes_a_database_and_a_second_start_changes_nothing(tmp_path):
    url = f"sqlite:///{(tmp_path / '新 文件夹' / 'dragoman.db').as_posix()}"
    open_store(url).close()
    before = (tmp_path / "新 文件夹" / "dragoman.db").read_bytes()
    open_store(url).close()
    assert (tmp_path / "新 文件夹" / "dragoman.db").read_bytes() == before


def test_models_and_migrations_agree(store):
    with store._sessions.engine.begin() as connection:
        context = MigrationContext.configure(connection, opts=schema.COMPARISON)
        assert compare_metadata(context, Base.metadata) == []


def test_tables_of_others_are_left_alone(store, raw):
    raw.execute("CREATE TABLE workflow_status (id TEXT)")
    test_models_and_migrations_agree(store)


def test_the_newest_migration_is_the_one_we_look_for():
    scripts = ScriptDirectory(str(Path(schema.__file__).with_name("migrations")))
    assert scripts.get_heads() == [schema.HEAD]


def older() -> list[str]:
    scripts = ScriptDirectory(str(Path(schema.__file__).with_name("migrations")))
    return sorted(one.revision for one in scripts.walk_revisions() if one.revision != schema.HEAD)


@pytest.mark.parametrize("revision", older())
def test_a_database_of_an_earlier_program_is_brought_up_with_what_is_in_it(url, make, revision):
    engine = connect(url)
    with engine.begin() as connection:
        config = Config(attributes={"connection": connection})
        config.set_main_option(
            "script_location", str(Path(schema.__file__).with_name("migrations"))
        )
        command.upgrade(config, revision)
    old = SqlStore(Sessions(engine))
    kept = make.meeting(old.save_project(make.project()).uid)
    old.add_meeting(kept)
    old.close()
    store = open_store(url)
    test_models_and_migrations_agree(store)
    assert store.meetings() == (kept,)
    use = ModelUse(site="asks", model="m", requests=1)
    store.add_model_use(kept.uid, use)
    assert store.model_use(kept.uid) == (use,)
    store.close()


def test_every_row_carries_its_project():
    missing = [
        table.name
        for table in Base.metadata.sorted_tables
        if table.name not in ("project", "worker") and "project" not in table.columns
    ]
    assert missing == []


def test_nothing_in_the_tables_is_of_sqlite_only():
    for table in Base.metadata.sorted_tables:
        CreateTable(table).compile(dialect=postgresql.dialect())
        for index in table.indexes:
            CreateIndex(index).compile(dialect=postgresql.dialect())


def test_the_database_is_set_up_to_survive_a_power_cut(store):
    with store._sessions.engine.begin() as connection:
        settings = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in _SETTINGS
        }
    assert settings == {
        "journal_mode": "wal",
        "synchronous": 2,
        "busy_timeout": 30000,
        "foreign_keys": 1,
        "secure_delete": 1,
    }


def test_several_programs_start_at_once(tmp_path):
    """Again and again: one round in forty met SQLite at the moment when it waits for nobody."""
    urls = [f"sqlite:///{(tmp_path / str(number)).as_posix()}.db" for number in range(30)]
    assert [failure for url in urls for failure in started_at_once(url)] == []


def started_at_once(url: str) -> list[BaseException]:
    failures: list[BaseException] = []

    def start() -> None:
        try:
            open_store(url).close()
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=start) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return failures


def test_a_database_from_a_newer_program_is_left_alone(url, store, raw):
    raw.execute("UPDATE alembic_version SET version_num = 'v9999'")
    with pytest.raises(StorageError, match="newer_schema") as refused:
        open_store(url)
    assert refused.value.params["revision"] == "v9999"
    assert raw.execute("SELECT version_num FROM alembic_version").fetchone() == ("v9999",)


def test_a_file_that_is_no_database_is_left_alone(url, tmp_path):
    file = tmp_path / "dragoman.db"
    file.write_bytes(b"not a database at all" * 200)
    with pytest.raises(StorageError, match="database_corrupt") as refused:
        open_store(url)
    assert refused.value.params["path"] == str(file)
    assert file.read_bytes() == b"not a database at all" * 200


def test_a_damaged_database_is_said_so(url, store, make, meeting, tmp_path):
    store.close()
    file = tmp_path / "dragoman.db"
    content = bytearray(file.read_bytes())
    content[4096:] = b"\xff" * (len(content) - 4096)
    file.write_bytes(content)
    with pytest.raises(StorageError, match="database_corrupt"):
        open_store(url).meeting("m1")


def test_a_held_database_is_said_so(url, store, monkeypatch, tmp_path):
    store.close()
    monkeypatch.setattr("pipeline.stores.engine._PRAGMAS", ("busy_timeout=50",))
    holder = sqlite3.connect(tmp_path / "dragoman.db", isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    impatient = open_store(url)
    with pytest.raises(StorageError, match="database_busy"), impatient.transaction():
        impatient.projects()
    impatient.close()
    holder.close()


@pytest.mark.parametrize("url", ["", "nonsense", "nosuch://x/y", "mysql+nosuch://x/y"])
def test_a_url_of_no_database_is_said_so(url):
    with pytest.raises(InputError, match="database_unknown"):
        connect(url)


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("postgresql+psycopg://chen:geheim@db:5432/d", "postgresql+psycopg://chen:***@db:5432/d"),
        ("postgresql://db/d?user=chen&password=geheim", "postgresql://db/d?user=chen"),
        ("sqlite:////数据 1/dragoman.db", "sqlite:////数据 1/dragoman.db"),
    ],
)
def test_a_url_is_shown_without_its_password(url, said):
    assert shown(url) == said


@pytest.mark.parametrize("use", [connect, shown])
@pytest.mark.parametrize("url", ["chen:geheim@db", "postgresql://chen:geheim@db:port/d"])
def test_what_is_no_url_is_refused_without_its_password(use, url):
    with pytest.raises(InputError, match="database_unknown") as refused:
        use(url)
    assert "geheim" not in str(refused.value)


@pytest.fixture
def read_only_folder() -> Iterator[Path]:
    """A folder that may be read and not written; root is nobody while the test runs."""
    folder = Path(tempfile.mkdtemp())
    open_store(f"sqlite:///{(folder / 'dragoman.db').as_posix()}").close()
    (folder / "dragoman.db").chmod(0o444)
    folder.chmod(0o555)
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    if root:
        os.seteuid(NOBODY)
    try:
        yield folder
    finally:
        if root:
            os.seteuid(0)
        folder.chmod(0o755)
        shutil.rmtree(folder)


@pytest.mark.skipif(os.name == "nt", reason="folders have no mode on Windows")
@pytest.mark.parametrize("name", ["dragoman.db", "new.db", "new/dragoman.db"])
def test_a_folder_that_may_not_be_written_is_said_so(read_only_folder, name, make):
    url = f"sqlite:///{(read_only_folder / name).as_posix()}"
    with pytest.raises(StorageError, match="data_dir_readonly"):
        open_store(url).save_project(make.project())
