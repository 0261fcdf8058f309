"""Turn: one segment as the rules read it."""

import re
from functools import cached_property

from pipeline.language import cues
from pipeline.language.cues_content import terms
from pipeline.language.numbers import find_numbers
from pipeline.language.script import Piece, clauses, sentences, size_in_words
from pipeline.models.base import Side
from pipeline.models.evidence import Citation
from pipeline.models.transcript import Segment

_OPENING = 14
"""Characters at the head of a sentence in which it points back."""

_PUNCTUATION = re.compile(r"[。？！?!]|\.(?:\s|$)")
_BARE = frozenset({(0, 1), (0, 2), (2, 0), (3, 0), (4, 0)})
"""How many Chinese characters and Latin words a bare noun has."""
_NO_TOPIC = ("answer.yes", "answer.no", "turn.greeting", "turn.goes_on", "turn.restate")


class Turn:
    """A segment with its side, its plain text and what it sounds like. Never changed."""

    def __init__(self, segment: Segment, index: int, side: Side) -> None:
        """Keep what is known; the rest is worked out when it is first asked for."""
        self.segment = segment
        self.index = index
        self.side = side
        self.plain = cues.plain(segment.text)

    @property
    def id(self) -> str:
        """The segment's id."""
        return self.segment.id

    @property
    def speaker(self) -> str | None:
        """Who spoke, as the transcript says."""
        return self.segment.speaker

    @property
    def text(self) -> str:
        """The words as they stand in the transcript."""
        return self.segment.text

    @property
    def ours(self) -> bool:
        """Whether our side speaks; a speaker of unknown side is taken for the client."""
        return self.side == "us"

    @cached_property
    def clauses(self) -> tuple[Piece, ...]:
        """Clauses of the plain text; their places hold in the original too."""
        return clauses(self.plain)

    @cached_property
    def sentences(self) -> tuple[Piece, ...]:
        """Sentences of the plain text."""
        return sentences(self.plain)

    @cached_property
    def terms(self) -> frozenset[str]:
        """Content words."""
        return terms(self.plain)

    @cached_property
    def size(self) -> int:
        """How long it is, in words; a Chinese word counts as two characters."""
        chinese, latin = size_in_words(self.plain)
        return chinese // 2 + latin

    @cached_property
    def question(self) -> bool:
        """Whether something is asked; words tell only where nobody wrote punctuation."""
        if "?" in self.plain or "？" in self.plain or self.has("question.choice"):
            return True
        return not _PUNCTUATION.search(self.plain) and self.has("question.mark")

    @cached_property
    def opens(self) -> bool:
        """Whether a new subject is announced at the head of one of its sentences."""
        heads = (*self.sentences, *self.clauses[1:2])
        return any(self._announces(head) for head in heads) or self.names_topic

    @cached_property
    def opens_at_once(self) -> bool:
        """Whether its very first words announce a new subject."""
        return bool(self.sentences) and self._announces(self.sentences[0])

    @cached_property
    def names_topic(self) -> bool:
        """Whether it begins with a bare noun, followed by what is said about it."""
        if len(self.sentences) < 2:
            return False
        head = self.sentences[0].text
        short = size_in_words(head) in _BARE and not head.endswith(("?", "？"))
        named = short and bool(terms(head)) and not find_numbers(head)
        return named and not any(cues.has(cue, head) for cue in _NO_TOPIC)

    @cached_property
    def refers_back(self) -> bool:
        """Whether it points at something said earlier."""
        return any(
            match.start() <= _OPENING
            for sentence in self.sentences
            for match in cues.finditer("turn.refer_back", sentence.text)
        )

    def has(self, cue: str) -> bool:
        """Whether a cue occurs anywhere in it."""
        return cues.has(cue, self.plain)

    def original(self, piece: Piece) -> str:
        """The words of a clause as they stand in the transcript."""
        return self.segment.text[piece.start : piece.end]

    def citation(self, piece: Piece | None = None) -> Citation:
        """A citation of a clause, or of the whole turn."""
        quote = self.original(piece) if piece else self.segment.text
        return Citation(segments=(self.id,), quote=quote.strip())

    def _announces(self, sentence: Piece) -> bool:
        match = cues.find("turn.opener", sentence.text)
        return match is not None and match.start() <= 2
