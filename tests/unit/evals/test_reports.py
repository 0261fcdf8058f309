"""Reports say every figure in words, in both languages, and nothing of a call acts in them."""

import html.parser

import pytest

from evals.datasets.loading import Dataset
from evals.measure import measured
from evals.report.labels import label
from evals.report.markdown import markdown
from evals.report.page import page
from evals.report.terminal import lines
from evals.scorers.figures import names
from evals.tasks.processed import Engine
from tests.unit.evals.made_up import call, file

EVIL = "<script>alert(1)</script> \u202e &amp; \" ' ![x](http://evil) | `"
TASKS = ("extract", "specify", "privacy")


@pytest.fixture(scope="module")
def made():
    turns = file()["turns"]
    turns[4]["text"] += EVIL
    gold = file()["gold"]
    gold["asks"][0]["summary"] += EVIL
    gold["asks"][0]["spec"]["stated_facts"] = [EVIL]
    gold["hard_negatives"][0]["why"] = EVIL
    gold["internal_only"] = [3]
    one = call(title=EVIL, turns=turns, gold=gold)
    details = []
    dataset = Dataset("odd | <b>name</b>", (one,), (), ())
    run = measured(dataset, Engine(), TASKS, work=None, seen=details.append)
    return run, details


class _Tags(html.parser.HTMLParser):
    def __init__(self):
        super().__init__()
        self.tags, self.away, self.ids, self.targets = set(), [], set(), set()

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        for name, value in attrs:
            if name == "id":
                self.ids.add(value)
            if name == "href" and value.startswith("#"):
                self.targets.add(value[1:])
            elif name in ("href", "src") or name.startswith("on"):
                self.away.append((tag, name, value))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_page_runs_nothing_loads_nothing_and_leads_nowhere(made, language):
    text = page(*made, language)
    tags = _Tags()
    tags.feed(text)
    assert not tags.tags & {"script", "img", "link", "iframe", "b-", "object", "form"}
    assert tags.away == []
    assert "\u202e" not in text
    assert "default-src 'none'" in text
    assert tags.targets
    assert tags.targets <= tags.ids


def test_the_page_shows_gold_beside_prediction_and_the_turns(made):
    text = page(*made, "en")
    assert "Export the orders every Monday" in text
    assert "&lt;script&gt;" in text
    assert 'id="made-up-01-5"' in text
    assert "missed" in text or "matched" in text


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_figure_is_said_in_words(made, language):
    run, _ = made
    text = markdown(run, language)
    rows = [line for line in text.splitlines() if line.startswith("|")]
    assert len(rows) == len(names(run.group("all"))) + 2
    assert len({row.count("|") for row in rows}) == 1
    assert "<b>" not in text.replace("\\<", "")


def test_labels_differ_and_are_of_the_language(made):
    run, _ = made
    known = names(run.group("all"))
    for language in ("zh", "en"):
        said = [label(name, language) for name in known]
        assert len(set(said)) == len(said)
    assert label("ask.f1", "zh") == "需求：两者合计（F1）"


def test_the_terminal_has_a_line_for_each_figure(made):
    run, _ = made
    told = list(lines(run))
    assert [line for line in told if line.startswith("privacy.internal")]
    assert [line for line in told if line.startswith("spec.made")]
