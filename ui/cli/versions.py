"""`dragoman versions MEETING SPEC`: what a spec said before, and who said yes to what."""

import json
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ui.words.loader import t

if TYPE_CHECKING:
    from pipeline.models.spec import FeatureSpec
    from pipeline.models.spec_version import SpecVersion
    from ui.difference import Change


def versions(
    meeting: Annotated[str, typer.Argument(metavar="MEETING", help=t("cli.export.meeting"))],
    spec: Annotated[str, typer.Argument(metavar="SPEC", help=t("cli.versions.spec"))],
    as_json: Annotated[bool, typer.Option("--json", help=t("cli.versions.json"))] = False,
) -> None:
    """Every version, the oldest first, with what it changed and its approvals."""
    from pipeline.service import meetings
    from pipeline.service import specs as use_cases
    from ui.cli.desk import me, open_house

    house, _ = open_house()
    view = meetings.view(me(), house, meeting)
    found = use_cases.versions(me(), house, view.meeting.uid, spec)
    if as_json:
        print(json.dumps(_plain(found), ensure_ascii=False))
        return
    for line in _told(found):
        print(line)


def _plain(found: "Sequence[SpecVersion]") -> dict[str, Any]:
    return {
        "spec": found[-1].spec.id,
        "versions": [one.model_dump(mode="json", by_alias=True) for one in found],
    }


def _told(found: "Sequence[SpecVersion]") -> Iterator[str]:
    from ui.cli.terminal import visible

    before: FeatureSpec | None = None
    for one in found:
        by = t("cli.versions.by", who=one.by) if one.by else t("cli.versions.by_run")
        parts = [t("cli.versions.version", number=one.number), one.at, by]
        parts += [t("cli.versions.now")] if one.current else []
        yield visible(" · ".join(parts))
        for change in _changed(before, one.spec):
            yield visible(f"  {t(f'desk.specs.part.{change.part}')}: {_shown(change)}")
        for yes in one.approvals:
            told = {"who": yes.who, "when": yes.when, "channel": yes.channel}
            said = t("cli.versions.approved", side=t(f"cli.versions.side.{yes.side}"), **told)
            yield visible(f"  {said}")
        if not one.approvals:
            yield f"  {t('cli.versions.nobody')}"
        before = one.spec


def _changed(before: "FeatureSpec | None", now: "FeatureSpec") -> "tuple[Change, ...]":
    from ui.difference import changes

    return changes(before, now) if before else ()


def _shown(change: "Change") -> str:
    """[-gone-] and {+new+}, as people know it from word differences."""
    mark = {"same": "{}", "gone": "[-{}-]", "new": "{{+{}+}}"}
    return "".join(mark[piece.kind].format(piece.text) for piece in change.pieces)
