"""A made-up call as a recogniser and as a meeting tool give it."""

import random

from pipeline.models.project import Participant, Project
from pipeline.models.transcript import EngineName, Segment, Transcript, Word

PROJECT = Project(
    glossary={"报损单": "damage note"}, participants=(Participant(name="周岚", side="client"),)
)
ZH = (
    ("周岚", "上周盘点的时候，报损单一共打了三遍，仓库那边都没有收到。"),
    ("何平", "三遍都是从同一台机器上打出来的吗？"),
    ("周岚", "对，都是二号窗口，后来我们只好抄在本子上。"),
    ("何平", "好的。"),
    ("周岚", "还有一个，冷柜的温度记录我们想每天早上八点自动发给店长。"),
    ("何平", "这个要看设备能不能联网，我先记下来，周五之前答复您。"),
    ("周岚", "好的。"),
    ("何平", "那退货这块呢，现在谁来审批？"),
    ("周岚", "两百块以下领班批，超过两百块要区域经理签字，不能让收银员自己点。"),
    ("何平", "明白，金额分两档，我回去画一个流程给您确认。"),
    ("周岚", "另外会员积分的规则下个月要改，先别做进去。"),
    ("何平", "行，积分这一项这次不动。"),
)
EN = (
    (
        "Zoe Lund",
        "When we counted the cold store last week the damage note was printed three times.",
    ),
    ("Piet", "Did all three come out of the same printer by the loading dock?"),
    ("Zoe Lund", "Yes, and in the end somebody copied the numbers into a notebook by hand."),
    ("Piet", "Okay."),
    ("Zoe Lund", "We would also like the fridge temperatures mailed to the shop lead at eight."),
    ("Piet", "That depends on whether the fridges are online, I will tell you by Friday."),
    ("Zoe Lund", "Okay."),
    ("Piet", "And who signs a return these days?"),
    ("Zoe Lund", "Under two hundred the shift lead, above that the area manager, never a cashier."),
    ("Piet", "Two levels then, I will draw the flow and send it over for you to confirm."),
    ("Zoe Lund", "Loyalty points change next month, so please leave them out for now."),
    ("Piet", "Fine, nothing about points in this release."),
)
CALLS = {"zh": ZH, "en": EN}
SECOND = 4.0
"""How long every turn takes here, with one second of silence after it."""


def transcript(segments: list[Segment], engine: str = "import", **more: object) -> Transcript:
    return Transcript(engine=EngineName(name=engine), segments=tuple(segments), **more)


def heard(call: str, *, wrong: float = 0.0, late: float = 0.0) -> Transcript:
    """One voice, other marks, a share of the words misheard; two turns in a segment."""
    dice, space = random.Random(3), " " if call == "en" else ""
    segments: list[Segment] = []
    for at in range(0, len(CALLS[call]), 2):
        words = []
        for place, (_, text) in enumerate(CALLS[call][at : at + 2]):
            pieces = text.lower().split() if call == "en" else list(text.strip("。"))
            start = late + (at + place) * (SECOND + 1)
            step = SECOND / len(pieces)
            for count, piece in enumerate(pieces):
                said = dice.choice(("噶", "木", "xx")) if dice.random() < wrong else piece
                moment = start + count * step
                words.append(Word(start=moment, end=moment + step, text=f"{space}{said}"))
        segments.append(
            Segment(
                id=f"s{at:04d}",
                index=len(segments),
                start=words[0].start,
                end=words[-1].end,
                text="".join(one.text for one in words).strip(),
                words=tuple(words),
            )
        )
    return transcript(segments, "faster_whisper")


def told(call: str, *, zero: float = 0.0, clocked: bool = True) -> Transcript:
    """Named turns, in whole seconds of a clock that begins elsewhere."""
    return transcript(
        [
            Segment(
                id=f"j2-{place:04d}",
                index=place,
                start=float(int(place * (SECOND + 1) - zero)) if clocked else None,
                speaker=name,
                text=text,
            )
            for place, (name, text) in enumerate(CALLS[call])
        ]
    )


def without(whole: Transcript, *places: int) -> Transcript:
    kept = [one for at, one in enumerate(whole.segments) if at not in places]
    return whole.with_(segments=tuple(kept))
