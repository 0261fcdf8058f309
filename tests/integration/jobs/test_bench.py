import re

import pytest

from evals.bench.jobs import STAGES, main

ROWS = {
    "from file to end": 7,
    "an ordinary start": 3,
    "the same name": 3,
    "another name": 3,
    "alone": 4,
    "beside two jobs": 4,
} | dict.fromkeys(STAGES, 6)
"""Names of rows, and how many figures stand beside each."""


@pytest.mark.slow
def test_the_bench_of_jobs_prints_every_figure_and_every_mark(capsys: pytest.CaptureFixture[str]):
    code = main(["--quick"])

    told = capsys.readouterr().out
    for name, figures in ROWS.items():
        (line,) = re.findall(rf"^{name} {{2,}}(.+)$", told, re.MULTILINE)
        assert len([float(figure) for figure in line.split()]) == figures, line
    marks = re.findall(
        r"^(met   |MISSED)  (.+): \S+, mark at (?:most|least) \S+$", told, re.MULTILINE
    )
    assert len(marks) == 9
    assert code == int("MISSED" in told)
    again, batches = re.findall(r"^batches done again: (\d+) of (\d+)$", told, re.MULTILINE)[0]
    assert int(again) <= 2, "one a kill"
    assert int(batches) == 12
