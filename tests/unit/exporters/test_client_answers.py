"""Answers in the client's copy."""

from dataclasses import replace

import pytest

from pipeline.models.client_view import client_view
from pipeline.models.slots import Slot
from pipeline.models.spec import OpenQuestion
from pipeline.models.view import InternalView


@pytest.mark.parametrize("kept", [0, 1])
def test_of_two_answers_in_the_same_words_only_the_withheld_one_goes(view: InternalView, kept: int):
    between = ": " if view.minutes.language == "en" else "："
    told = {"slot": "format", "answer": "Excel", "answered_side": "client"}
    asked = [
        OpenQuestion(id=f"q{n}", question=f"{words}?", **told)
        for n, words in enumerate(("Which format", "Which file for them"))
    ]
    asked[1 - kept] = asked[1 - kept].with_(why_it_matters=view.transcript.segments[-1].text)
    rule = Slot(value=f"Which file for them{between}Excel", origin="answered")
    spec = view.specs[0].with_(
        open_questions=tuple(asked), format=Slot(value="Excel", origin="answered"), rules=(rule,)
    )
    (seen,) = client_view(replace(view, specs=(spec,))).specs
    assert [one.id for one in seen.open_questions] == [f"q{kept}"]
    assert (seen.format.value, seen.rules) == (("Excel", ()) if kept == 0 else (None, (rule,)))
