"""Memory that really runs out while a model hears: fewer pieces at a time, then a plain error.

The limit is one of the system's, set in a process of its own. Where memory ends by chance inside
a library that cannot bear it, that process dies; so several limits are tried.
"""

import json
import subprocess
import sys
from typing import Any

import pytest

from evals.bench.mute_model import SIZES, build
from evals.bench.speech import looped

pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(600),
    pytest.mark.skipif(sys.platform != "linux", reason="the limit is set the Linux way"),
]

LIMITS = (400, 300, 250, 200, 160, 130, 100, 80, 60, 40, 30, 20)
"""Megabytes left once the first batch was heard."""
HEAR = """
import json, resource, sys
from pathlib import Path
from pipeline.engines.speech.transcriber import WhisperTranscriber
from pipeline.errors import ModelUnavailableError

model, recording, left = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])

def hear(done):
    made = WhisperTranscriber(
        model=str(model), demo_model=model, device="cpu", threads=1, batch_size=4, beam_size=1
    )
    return made.hear(recording, languages=["zh"], hotwords=[], done=done)

def taken():
    status = Path("/proc/self/status").read_text()
    return int(status.partition("VmSize:")[2].split()[0]) << 10

soft, hard = resource.getrlimit(resource.RLIMIT_AS)
kept, told = {}, None
try:
    for batch in hear({}):
        kept[batch.key] = batch
        if len(kept) == 1:
            resource.setrlimit(resource.RLIMIT_AS, (taken() + (left << 20), hard))
except ModelUnavailableError as error:
    told = {"code": error.code, "smaller": error.params["smaller"], "exit": error.exit_code}
resource.setrlimit(resource.RLIMIT_AS, (soft, hard))
print(json.dumps({"told": told, "kept": list(kept)}))
if told:
    print(json.dumps([batch.key for batch in hear(kept)]))
"""


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    """What became of runs with less and less memory, until one had too little."""
    folder = tmp_path_factory.mktemp("memory")
    model = build(folder / "model", SIZES["tiny"], tokens_a_piece=8)
    recording = looped(folder / "call.mka", 2)
    found: list[dict[str, Any]] = []
    for left in LIMITS:
        command = [sys.executable, "-c", HEAR, str(model), str(recording), str(left)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=200, check=False)
        lines = [json.loads(line) for line in done.stdout.splitlines()]
        assert "Traceback" not in done.stderr, done.stderr
        if done.returncode or not lines:
            continue
        found.append({**lines[0], "spared": "little memory" in done.stderr, "after": lines[1:]})
        if lines[0]["told"]:
            break
    return found


def test_fewer_pieces_at_a_time_are_heard_to_the_end(outcomes: list[dict[str, Any]]):
    spared = [one for one in outcomes if one["spared"] and not one["told"]]
    assert spared
    assert all(one["kept"][-1] == "end" for one in spared)


def test_too_little_for_one_piece_is_told_and_a_retry_goes_on(outcomes: list[dict[str, Any]]):
    short = outcomes[-1]
    assert short["told"]
    assert short["told"]["exit"] == 3
    assert short["told"]["code"] in ("speech_memory", "speech_memory_small")
    assert short["kept"]
    (after,) = short["after"]
    assert after[: len(short["kept"])] == short["kept"]
    assert after[-1] == "end"
