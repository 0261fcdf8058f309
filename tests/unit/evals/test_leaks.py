"""Secret words are counted where they were given away, in every kind of document."""

import pytest

from evals.scorers.leaks import leaked, runs
from evals.scorers.share import Share
from evals.scorers.words import wrong
from evals.tasks.privacy import kept_from, private, readable
from evals.tasks.processed import Engine, processed
from pipeline.models.client_view import client_view
from pipeline.service import documents
from tests.unit.evals.made_up import call, file


def test_runs_are_five_letters_of_chinese_or_five_words():
    assert len(runs(["他们的预算只有十万"])) == 5
    assert runs(["They have only ten thousand left."]) == {
        ("they", "have", "only", "ten", "thousand"),
        ("have", "only", "ten", "thousand", "left"),
    }
    assert runs(["short one"]) == frozenset()


def test_what_was_also_said_openly_is_no_secret():
    secret = ["the margin is thirty percent here"]
    assert leaked(secret, [], ["note: the margin is thirty percent"]) == Share(1, 2)
    assert leaked(secret, ["the margin is thirty percent"], ["the margin is thirty percent"]) == (
        Share(0, 1)
    )


def test_words_are_read_out_of_every_document(tmp_path):
    with processed(call(), tmp_path, Engine(), specs=True) as (one, house):
        view = client_view(documents.all_of(one.view))
        files = documents.rendered(None, house, view, tuple(house.exporters))
        suffixes = {path.rsplit(".", 1)[-1] for path, _ in files.items()}
        assert {"md", "html", "docx", "xlsx", "json"} <= suffixes
        for path, content in files.items():
            if path.startswith("minutes.") and not path.endswith(".xlsx"):
                assert "orders every Monday" in readable(path, content), path


def test_a_leak_is_found_where_the_documents_hold_the_words(tmp_path):
    gold = file()["gold"] | {"internal_only": [2]}
    gold["asks"][0] |= {"evidence": [0], "not_for": ["Ben"]}
    one = call(gold=gold)
    assert kept_from(one) == {"Ben": [0]}
    with processed(one, tmp_path, Engine(), specs=True) as (done, house):
        cells = private(done, house)
    assert cells["privacy.internal"].of > 0
    assert cells["privacy.not_for"].hit > 0
    assert private(done._replace(call=call()), house) == {}


@pytest.mark.parametrize(
    ("heard", "said", "by_word", "share"),
    [
        (["订单 导出。"], ["订单导出"], False, Share(0, 4)),
        (["订单出"], ["订单导出"], False, Share(1, 4)),
        (["We don’t export"], ["we don't export."], True, Share(0, 3)),
        (["we do export it"], ["We don't export."], True, Share(2, 3)),
        ([], ["one two"], True, Share(2, 2)),
    ],
)
def test_wrong_letters_and_words_are_counted(heard, said, by_word, share):
    assert wrong(heard, said, by_word=by_word) == share
