import re

from evals.bench.llm import main
from evals.bench.llm_answers import STEPS


def test_the_bench_takes_a_call_the_whole_way_and_counts_every_step(capsys):
    code = main(["--turns", "120", "--delay", "0.01", "--context", "200000", "16000"])

    told = capsys.readouterr().out
    for step in STEPS:
        for line in re.findall(rf"^{step} {{2,}}(.+)$", told, re.MULTILINE):
            calls, tokens_in, tokens_out, _ = (float(one.replace(",", "")) for one in line.split())
            assert min(calls, tokens_in, tokens_out) > 0, line
    assert told.count("120 turns, 2 hours") == 2
    assert "without an answer" not in told
    assert code == int("MISSED" in told)
    items, specs = re.findall(r"^(\d+) items, (\d+) specs", told, re.MULTILINE)[0]
    assert (int(items) > 8, int(specs) > 2) == (True, True)
