"""Phrases: how a page speaks of times, quotes and origins in the reader's language."""

import datetime as dt
from collections.abc import Iterable

from pipeline.exporters.blocks.runs import muted, warn
from pipeline.models.base import Language
from pipeline.models.document import Line, Quote, Run
from pipeline.models.evidence import Evidence
from pipeline.models.item import Scope
from pipeline.models.meeting import Meeting
from pipeline.models.moments import moment
from pipeline.models.slots import FACT_ORIGINS, Origin
from pipeline.models.spec import OpenQuestion
from pipeline.words.loader import say

MOST_QUOTES = 4
"""Quotes below one item; of more only the places in the call are named."""
_DAY = 86_400
"""Seconds: no call is so long, a chat is."""
_ASKED = ("？", "?")


class Phrases:
    """The sentences of documents in one language."""

    def __init__(self, language: Language, meeting: Meeting | None = None) -> None:
        """Speak this language; of the places in a chat by their day and time."""
        self.language = language
        self._meeting = meeting

    def __call__(self, key: str, **params: object) -> str:
        """The sentence `document.<key>`."""
        return say(f"document.{key}", self.language, **params)

    def by_kind(self, key: str, **params: object) -> str:
        """The same, in the words for a chat or for notes where it is one."""
        kind = self._meeting.kind if self._meeting else "call"
        return self(key if kind == "call" else f"{key}_{kind}", **params)

    def labelled(self, label: str, *runs: Run) -> Line:
        """A note: what it is, then the text."""
        return (muted(self(label) + self("colon")), *runs)

    def joined(self, parts: Iterable[str]) -> str:
        """Parts as an enumeration."""
        return self("list_comma").join(parts)

    def listed(self, texts: Iterable[str]) -> str:
        """Sentences in a row; after a question mark no other mark follows."""
        line, between = "", self("list_between")
        for text in texts:
            if line:
                line += between.lstrip("；;") if line.endswith(_ASKED) else between
            line += text.strip().rstrip("。.；;")
        return line

    def bracketed(self, text: str) -> str:
        """The text in brackets, with the space the language wants before them."""
        return self("in_brackets", text=text) if text else ""

    def quoted(self, text: str) -> str:
        """The text in quotation marks."""
        return self("quoted", text=text)

    def date(self, day: dt.date) -> str:
        """The date with its day of the week."""
        return day.isoformat() + self.bracketed(self(f"weekday.{day.weekday()}"))

    def iso_date(self, text: str) -> str:
        """The same for an ISO date; anything else stays as it is."""
        try:
            return self.date(dt.date.fromisoformat(text))
        except ValueError:
            return text

    def quote(self, one: Evidence) -> Quote:
        """The words with when and by whom, and what is doubtful about them."""
        good = one.match in ("exact", "normalised")
        tone = muted if one.match == "fuzzy" else warn
        return Quote(
            at=self.at(one),
            speaker=one.speaker,
            words=one.quote,
            mark=None if good else tone(self(f"match.{one.match}")),
        )

    def quotes(self, evidence: Iterable[Evidence]) -> tuple[Quote, ...]:
        """The words below an item: the first few, then where the others are and what is missing."""
        every = tuple(evidence)
        found = [one for one in every if one.segments]
        quotes = [self.quote(one) for one in found[:MOST_QUOTES]]
        if len(found) > MOST_QUOTES:
            quotes.append(self._further(found[MOST_QUOTES:]))
        if len(found) < len(every):
            quotes.append(Quote(words="", mark=warn(self("match.missing"))))
        return tuple(quotes)

    def _further(self, rest: list[Evidence]) -> Quote:
        """Where else it was spoken of."""
        times = self.joined(filter(None, map(self.at, rest)))
        key = "more_places" if times else "more"
        return Quote(words="", mark=muted(self(key, count=len(rest), times=times)))

    def scope(self, scope: Scope) -> str:
        """Whether the contract covers it, with its line."""
        verdict = self(f"scope.{scope.verdict}")
        return verdict + self("colon") + scope.line if scope.line else verdict

    def origin(self, origin: Origin, evidence: tuple[Evidence, ...] = ()) -> Run:
        """Where a value comes from. What only we said is not called the client's words."""
        ours = origin == "stated" and all(one.side == "us" for one in evidence if one.good)
        tone = muted if origin in FACT_ORIGINS else warn
        key = "ours" if ours else "noted" if origin == "stated" and self.noted(evidence) else origin
        return tone(self(f"origin.{key}"))

    def noted(self, evidence: Iterable[Evidence]) -> bool:
        """Whether somebody wrote it down and nobody is known to have said it."""
        note = self._meeting is not None and self._meeting.kind == "note"
        return note and not any(one.speaker for one in evidence)

    def answer(self, question: OpenQuestion) -> Run:
        """Where a value comes from that somebody gave as an answer, and who it was."""
        side = question.answered_side
        key = "origin.answered" if side in (None, "unknown") else f"origin.answered_{side}"
        return muted(self(key) + self.bracketed(question.answered_by or ""))

    def answered(self, question: OpenQuestion, *, ours: bool) -> str:
        """Who answered, for which side, and when; for our own eyes who wrote it down as well."""
        side, who = question.answered_side, question.answered_by or ""
        if side in ("client", "us"):
            key = f"answered.{side}" if who else f"answered.{side}_unnamed"
            who = self(key, who=who)
        told = " ".join(filter(None, (who, (question.answered_at or "")[:10])))
        noted = question.noted_by if ours else None
        return self("answered.noted", told=told, who=noted) if noted else told

    def times(self, evidence: tuple[Evidence, ...]) -> tuple[str, ...]:
        """When it was said, and what is doubtful about the words."""
        times = (self._time(one) for one in evidence)
        return tuple(dict.fromkeys(time for time in times if time))

    def at(self, one: Evidence) -> str | None:
        """Where words stand; None where nobody knows, as of a chat that is another meeting's."""
        here = self._meeting is None or one.meeting == self._meeting.uid
        far = one.start is not None and one.start >= _DAY
        return self.place(one.start) if here else None if far else clock(one.start)

    def place(self, seconds: float | None) -> str | None:
        """A place in the meeting: the time in a call, the day and time of a message."""
        if self._meeting is not None and (told := moment(self._meeting, seconds)):
            return told
        return clock(seconds)

    def _time(self, one: Evidence) -> str:
        at = self.at(one) or ""
        if one.match in ("weak", "missing"):
            return (at + self.bracketed(self(f"match.{one.match}"))).strip()
        return at


def clock(seconds: float | None) -> str | None:
    """A place in the call as MM:SS, from an hour on as H:MM:SS."""
    if seconds is None:
        return None
    minutes, rest = divmod(max(0, int(seconds)), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes:02}:{rest:02}"
