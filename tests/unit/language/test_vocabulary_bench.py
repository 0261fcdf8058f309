"""The bench of large dictionaries measures what it says it does."""

import pytest

from evals.bench.vocabulary import A_TABLE, project, turns
from pipeline.language.terms import Terms
from pipeline.models.base import Language


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_call_names_columns_of_the_dictionary(language: Language) -> None:
    known = project(language, 5 * A_TABLE)
    terms = Terms(known)
    assert len(terms.columns) == 5 * A_TABLE
    said = [str(one["text"]) for one in turns(language, known, 12)]
    hits = [hit for text in said for hit in terms.find(text) if hit.how == "label"]
    assert len(hits) >= 12
