"""`dragoman doctor`: what is here, what is missing, what to do about it."""

import typer

from pipeline.words.loader import interface_language, say


def doctor() -> None:
    """One line a check; exit 3 if something needed is missing."""
    from pipeline import bootstrap
    from pipeline import doctor as examining

    chosen = bootstrap.settings()
    checks = (*examining.checks(chosen), *examining.check_endpoint(chosen))
    for check in checks:
        mark = {"ok": "✓", "advice": "·", "missing": "✗"}[check.state]
        said = say(f"doctor.{check.code}", interface_language(), **check.params)
        print(f"{mark} {said}")
    if any(check.state == "missing" for check in checks):
        raise typer.Exit(3)
