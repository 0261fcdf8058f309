"""Real turns in the layouts of meeting tools, misheard and shifted: joined, or told apart."""

import json
import os
import random
from pathlib import Path
from typing import Any

import pytest

from pipeline.join import join
from pipeline.models.project import Project
from pipeline.models.transcript import EngineName, Segment, Transcript

SHARED = os.environ.get("SHARED_EXPORTS") or Path(__file__).parents[3] / "shared" / "exports"
EXPORTS = Path(SHARED) / "rendered"
pytestmark = pytest.mark.skipif(not EXPORTS.is_dir(), reason="the exports are not here")
TIMED = ("teams_en.vtt", "teams_en.docx", "tencent_b_zh.txt", "tencent_d_zh.txt", "feishu_zh.txt")


def turns(name: str) -> list[dict[str, Any]]:
    return list(json.loads((EXPORTS / f"{name}.gold.json").read_text(encoding="utf-8")))


def account(name: str, *, prefix: str, late: float = 0.0, clocked: bool = True) -> Transcript:
    segments = [
        Segment(
            id=f"{prefix}{place}",
            index=place,
            start=one["start"] + late if clocked and one.get("start") is not None else None,
            speaker=one.get("speaker"),
            text=one["text"],
        )
        for place, one in enumerate(turns(name))
    ]
    return Transcript(engine=EngineName(name="import"), segments=tuple(segments))


def misheard(name: str, share: float) -> Transcript:
    """As a recogniser gives it: nobody named, an end to each turn, words lost and replaced."""
    dice, segments = random.Random(11), []
    exact = account(name, prefix="s").segments
    for place, one in enumerate(exact):
        words = list(one.text) if "_zh" in name else one.text.split(" ")
        heard = [dice.choice(("", "咯", "uh")) if dice.random() < share else word for word in words]
        text = ("" if "_zh" in name else " ").join(heard)
        later = [next_one.start for next_one in exact[place + 1 :] if next_one.start > one.start]
        end = min([one.start + 0.2 * len(one.text), *later[:1]])
        segments.append(one.with_(text=text, speaker=None, end=max(end, one.start + 0.1)))
    return Transcript(engine=EngineName(name="faster_whisper"), segments=tuple(segments))


@pytest.mark.parametrize("name", TIMED)
@pytest.mark.parametrize("share", [0.1, 0.25])
def test_a_shifted_export_finds_its_places(name, share):
    joined = join(
        misheard(name, share),
        account(name, prefix="j", late=-200),
        text="theirs",
        project=Project(),
    )
    assert joined.agreement.same
    assert joined.agreement.begins == pytest.approx(200, abs=1.5)
    exact = {f"j{place}": one["start"] for place, one in enumerate(turns(name))}
    own = [one for one in joined.transcript.segments if one.id in exact]
    assert [one.text for one in own] == [one["text"] for one in turns(name)]
    known = [abs(one.start - exact[one.id]) for one in own if one.start is not None]
    assert len(known) >= 0.97 * len(own)
    assert sorted(known)[int(0.95 * len(known))] <= 3.0


def test_an_export_without_times_gets_those_of_the_recording():
    told = account("plain_e_zh.txt", prefix="j", clocked=False)
    joined = join(misheard("tencent_b_zh.txt", 0.2), told, text="theirs", project=Project())
    assert joined.agreement.same
    assert joined.untimed <= 0.03 * len(told.segments)


def test_two_meetings_are_told_apart():
    other = account("tencent_b_zh.txt", prefix="j")
    assert not join(misheard("teams_en.vtt", 0.1), other, project=Project()).agreement.same


def test_two_halves_of_one_meeting_are_no_two_accounts_of_it():
    whole = account("tencent_b_zh.txt", prefix="j")
    middle = len(whole.segments) // 2
    early, late = whole.segments[:middle], whole.segments[middle:]
    joined = join(whole.with_(segments=early), whole.with_(segments=late), project=Project())
    assert not joined.agreement.same
