"""The bundled calls with asks made by hand: extraction is tested elsewhere."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
import yaml

from pipeline.engines.rules.specify import RulesSpecifier
from pipeline.models.base import Language
from pipeline.models.draft import DraftSpec
from pipeline.models.evidence import Evidence
from pipeline.models.minutes import Ask, Minutes
from pipeline.models.project import Project
from pipeline.models.transcript import EngineName, Segment, Transcript

DEMO = Path(__file__).parents[4] / "pipeline" / "demo"


class Call:
    """A transcript with its project, and asks that cite turns by their first words."""

    def __init__(self, language: Language, project: Project, turns: Sequence[tuple[str, str]]):
        self.language = language
        self.project = project
        self.transcript = Transcript(
            meeting="m",
            engine=EngineName(name="test"),
            segments=tuple(
                Segment(
                    id=f"s{index}",
                    index=index,
                    speaker=speaker,
                    side=project.side_of(speaker),
                    text=text,
                )
                for index, (speaker, text) in enumerate(turns)
            ),
        )

    def ask(self, text: str, *said: str, number: int = 1, **more: Any) -> Ask:
        """An ask citing the turns that hold these words."""
        segments = [self.turn(words) for words in said]
        evidence = tuple(
            Evidence(
                meeting="m",
                transcript_version=1,
                segments=(one.id,),
                speaker=one.speaker,
                side=one.side,
                quote=one.text,
                match="exact",
            )
            for one in segments
        )
        return Ask(
            uid=f"u{number}",
            id=f"A{number}",
            text=text,
            evidence=evidence,
            origin_engine="test",
            raw_quote=segments[0].text,
            speaker=segments[0].speaker,
            **more,
        )

    def turn(self, words: str) -> Segment:
        """The one turn that holds these words."""
        (found,) = (one for one in self.transcript.segments if words in one.text)
        return found

    def minutes(self, *asks: Ask, **more: Any) -> Minutes:
        """Minutes that hold these asks."""
        return Minutes(meeting="m", transcript_version=1, language=self.language, asks=asks, **more)

    def specify(self, ask: Ask, *others: Ask, **more: Any) -> DraftSpec:
        """The rules' spec of an ask."""
        minutes = self.minutes(ask, *others, **more)
        return RulesSpecifier().specify(ask, minutes, self.transcript, self.project)


def demo(language: Language) -> Call:
    folder = DEMO / language
    script = yaml.safe_load((folder / "script.yaml").read_text(encoding="utf-8"))
    project = Project.model_validate(
        yaml.safe_load((folder / "project.yaml").read_text(encoding="utf-8"))
    )
    return Call(language, project, [(turn["speaker"], turn["text"]) for turn in script["turns"]])


@pytest.fixture(scope="session")
def zh_call() -> Call:
    return demo("zh")


@pytest.fixture(scope="session")
def en_call() -> Call:
    return demo("en")


@pytest.fixture(scope="session")
def zh_asks(zh_call: Call) -> dict[str, Ask]:
    """The live asks of the Chinese call."""
    return {
        "export": zh_call.ask("一键导出订单", "一键导出？", "还要加上订单状态", number=1),
        "approval": zh_call.ask("订单审批自动一点", "订单审批太慢", "三千以下自动通过吧", number=2),
        "sync": zh_call.ask(
            "库存和金蝶ERP每天同步一次", "每天同步一次", number=3, kind="integration"
        ),
        "reminder": zh_call.ask("缺货时提醒采购", "缺货的时候", number=4),
        "masking": zh_call.ask("客户手机号脱敏", "要脱敏", number=5, kind="permission"),
    }


@pytest.fixture(scope="session")
def en_asks(en_call: Call) -> dict[str, Ask]:
    """The live asks of the English call."""
    return {
        "export": en_call.ask(
            "One click export of appointments", "one click export", "add the dentist name", number=1
        ),
        "approval": en_call.ask(
            "More automatic refund approval", "far too slow", "please change it", number=2
        ),
        "sync": en_call.ask(
            "Sync invoices to Xero every night", "must sync to Xero", number=3, kind="integration"
        ),
        "reminder": en_call.ask(
            "Remind patients the day before their visit", "We also need a reminder", number=4
        ),
        "masking": en_call.ask("Mask phone numbers", "must be masked", number=5, kind="permission"),
    }


@pytest.fixture(scope="session")
def zh_specs(zh_call: Call, zh_asks: dict[str, Ask]) -> dict[str, DraftSpec]:
    return _specs(zh_call, zh_asks)


@pytest.fixture(scope="session")
def en_specs(en_call: Call, en_asks: dict[str, Ask]) -> dict[str, DraftSpec]:
    return _specs(en_call, en_asks)


def _specs(call: Call, asks: dict[str, Ask]) -> dict[str, DraftSpec]:
    minutes = call.minutes(*asks.values())
    return {
        name: RulesSpecifier().specify(ask, minutes, call.transcript, call.project)
        for name, ask in asks.items()
    }


Make = Callable[..., Call]


@pytest.fixture(scope="session")
def make() -> Make:
    """A small call of one's own: (side, text) pairs and a data dictionary."""
    return _make


def _make(language: Language, *turns: tuple[str, str], **project: Any) -> Call:
    people = [
        {"name": "us", "side": "us", "role": "engineer"},
        {"name": "client", "side": "client", "role": "manager"},
        {"name": "other", "side": "client", "role": "clerk"},
    ]
    made = Project.model_validate({"language": language, "participants": people, **project})
    return Call(language, made, turns)
