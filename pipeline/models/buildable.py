"""Which asks become specs: none is lost with another that it went into."""

from collections.abc import Sequence

from pipeline.models.minutes import Ask, Minutes


def to_specify(minutes: Minutes) -> Sequence[Ask]:
    """The asks that get a spec: the live ones, and those that went into one which is gone."""
    standing = [one for one in minutes.asks if one.review != "rejected"]
    live = {name for one in standing if one.status == "live" for name in (one.uid, one.id)}
    return [
        one
        for one in standing
        if one.status == "live" or (one.status == "duplicate" and one.duplicate_of not in live)
    ]
