"""The measured false alarms of the wording rules stay within their limits."""

from evals.lint.__main__ import main
from evals.lint.sentences import bad, findings, good


def test_false_alarms_stay_within_their_limits(capsys):
    assert main([]) == 0
    assert "good, all" in capsys.readouterr().out


def test_nine_of_ten_bad_sentences_are_found():
    cases = bad()
    hit = [one for one in cases if one.code in {found.code for found in findings(one)}]
    assert len(hit) >= 0.9 * len(cases)


def test_both_languages_have_their_sentences():
    for language in ("zh", "en"):
        assert sum(one.lang == language for one in good()) >= 60
        assert sum(one.lang == language for one in bad()) >= 60
