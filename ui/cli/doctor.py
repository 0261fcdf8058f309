"""`dragoman doctor`: what is here, what is missing, what to do about it."""

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.words.loader import interface_language, say
from ui.cli.terminal import visible
from ui.words.loader import t

if TYPE_CHECKING:
    from pipeline.doctor import Check
    from pipeline.settings import Settings


def doctor(
    short: Annotated[bool, typer.Option("--short", help=t("cli.doctor.short"))] = False,
    speed: Annotated[bool, typer.Option("--speed", help=t("cli.doctor.speed"))] = False,
) -> None:
    """One line a check; exit 3 if something needed is missing."""
    from pipeline import bootstrap
    from pipeline import doctor as examining

    chosen = bootstrap.settings()
    if speed:
        _try_speed(chosen)
        return
    states = [_line(check) for check in examining.checks(chosen)]
    long = chosen.engine == "llm" and not short
    if long:
        _tell_cost(chosen)
    checks = examining.check_endpoint(chosen, long=long, told=_tell)
    answers = bool(checks) and all(one.state != "missing" for one in checks)
    if answers and not (long or short):
        checks += (examining.long_left_out(chosen),)
    states += [_line(check) for check in checks]
    if "missing" in states:
        raise typer.Exit(3)


def _try_speed(chosen: "Settings") -> None:
    """Only the lines about speech, the speed measured anew."""
    from pipeline import doctor as examining

    tried = examining.measure_speed(chosen, _tell_part)
    if tried.state == "missing":
        _line(tried)
        raise typer.Exit(3)
    for check in examining.check_hearing(chosen):
        _line(check)


def _line(check: "Check") -> str:
    mark = {"ok": "✓", "advice": "·", "missing": "✗"}[check.state]
    said = say(f"doctor.{check.code}", interface_language(), **check.params)
    print(f"{mark} {visible(said)}", flush=True)
    return check.state


def _tell(step: str) -> None:
    print(f"… {t(f'cli.doctor.{step}')}", file=sys.stderr, flush=True)


def _tell_part(step: str, part: float) -> None:
    share = f" {part:.0%}" if step == "hearing" else ""
    print(f"… {t(f'cli.doctor.{step}')}{share}", file=sys.stderr, flush=True)


def _tell_cost(chosen: "Settings") -> None:
    from pipeline import endpoints
    from pipeline.errors import DragomanError

    try:
        cost = endpoints.long_question(chosen)
    except DragomanError:  # the checks say it
        return
    money = "" if cost.money is None else t("cli.doctor.money", money=f"{cost.money:.2f}")
    print(t("cli.doctor.cost", tokens=f"{cost.tokens:,}", money=money), file=sys.stderr, flush=True)
