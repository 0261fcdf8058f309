"""Who a worker is."""

import pytest

from pipeline.errors import InputError, StorageError
from pipeline.jobs.identity import default_name, identity


def test_a_name_is_held_by_one_at_a_time_and_free_again_afterwards(tmp_path):
    with identity(tmp_path, "w1"):
        with pytest.raises(InputError, match="worker_name_taken"), identity(tmp_path, "w1"):
            pass
        with identity(tmp_path, "w2"):
            pass
    with identity(tmp_path, "w1"):
        pass


@pytest.mark.parametrize("name", ["", "../w", "a/b", "-x", "名字", "x" * 41, "a b"])
def test_a_name_that_is_no_file_name_is_refused(tmp_path, name):
    with pytest.raises(InputError, match="worker_name_wrong"), identity(tmp_path, name):
        pass


def test_the_name_of_a_data_folder_is_made_once(tmp_path):
    name = default_name(tmp_path)
    assert default_name(tmp_path) == name
    (tmp_path / "workers" / "name").write_text("")
    assert default_name(tmp_path) != name
    with identity(tmp_path, default_name(tmp_path)):
        pass


def test_a_data_folder_that_cannot_be_written_is_said_so(tmp_path):
    (tmp_path / "workers").write_text("in the way")
    with pytest.raises(StorageError, match="data_dir_readonly"):
        default_name(tmp_path)
    with pytest.raises(StorageError, match="data_dir_readonly"), identity(tmp_path, "w1"):
        pass
