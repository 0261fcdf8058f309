import pytest

from evals.bench.ground import main


def test_the_bench_meets_its_marks_on_a_short_call(capsys: pytest.CaptureFixture[str]):
    assert main(["--turns", "600", "--quotes", "40"]) == 0

    told = capsys.readouterr().out
    assert told.count("met ") == 6
    assert "MISSED" not in told
