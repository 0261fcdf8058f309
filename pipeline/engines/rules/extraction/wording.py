"""Wording: a short clean sentence made of the speaker's own words: cut, never added to."""

from collections.abc import Iterable, Sequence

from pipeline.engines.rules.extraction.turn import Turn
from pipeline.language import cues
from pipeline.language.cues_content import terms
from pipeline.language.cues_strength import subject, tells_something
from pipeline.language.numbers import find_numbers
from pipeline.language.script import Piece, has_cjk, size_in_words

EDGES = " \t,，.。;；:：、!！?？…—-·"
"""Marks that begin or end no sentence of the minutes."""
_FEWEST_ZH = 3
_FEWEST_EN = 2
"""Characters, and words, below which a text says too little to stand alone."""

_SPEAKS = 4
"""Characters, an English word counting as two, that must be left when words are cut out."""
_LONGEST = 110
"""Characters up to which the whole sentence is told around what counts in it."""
_ABOUT = 60
"""Characters up to which what was said before is told to name the thing; twice that in English."""
_EMPTY = ("answer.yes", "answer.no", "turn.greeting", "filler.lead", "filler.tail")
"""Cues of words that say nothing of their own."""
_ASKING = ("什", "怎", "这", "那", "多")
"""Characters of which 么 is a part, and no closing particle."""
_WHISPERS = ("internal.secret", "internal.private")
_ASIDES = (*_WHISPERS, "internal.bye", "risk.label", "turn.opener")
"""Cues of clauses about who may hear it, which say nothing of the thing itself."""


def tidy(text: str) -> str:
    """Without lead-ins, fillers and closing particles; nothing is added."""
    return capital(trim(text))


def told(turn: Turn, pieces: Sequence[Piece], *, cut: str | None = None) -> str:
    """Clauses of a turn as one tidy text; what stood together stays together.

    `cut` is a cue whose words are left out of each stretch, such as "I will" of a promise.
    """
    runs = [turn.text[run[0].start : run[-1].end] for run in _runs(turn, pieces)]
    return join(trim(without(trim(run), cut)) if cut else trim(run) for run in runs)


def said_around(turn: Turn, pieces: Sequence[Piece]) -> str:
    """The sentences that some clauses stand in, as they were said; only the clauses if that is long.

    Whispers and labels such as "that is a risk" are left out.
    """
    around = [
        one
        for one in turn.clauses
        if any(sentence_of(turn, one) == sentence_of(turn, piece) for piece in pieces)
    ]
    kept = _with_their_ends(turn, [one for one in around if not _idle(one)], around) or around
    if sum(len(one.text) for one in kept) > _LONGEST:
        kept = list(pieces)
    return told(turn, kept, cut="filler.inner")


def telling(turn: Turn, pieces: Sequence[Piece]) -> Sequence[Piece]:
    """The clauses whose sentence says more than a yes, a noise or a greeting; all if none does."""
    said = [one for one in pieces if tells_something(sentence_of(turn, one).text, besides=_EMPTY)]
    return said or pieces


def things(text: str, *, besides: Sequence[str] = ()) -> frozenset[str]:
    """Content words of a text that are no date, no number and no yes."""
    plain = cues.plain(text)
    chars = list(plain)
    for one in find_numbers(plain):
        chars[one.start : one.end] = " " * (one.end - one.start)
    named = subject(plain, besides=(*_EMPTY, "filler.promise", *besides))
    return frozenset(one for one in named & terms("".join(chars)) if "'" not in one)


def names_a_thing(text: str) -> bool:
    """Whether a text names more than a date, a number and a yes."""
    return bool(things(text))


def after_what(turn: Turn | None, text: str) -> str:
    """A text behind the last sentence of a turn that names a thing, if that is short enough."""
    naming = [one for one in turn.sentences if names_a_thing(one.text)] if turn else []
    if turn is None or not naming:
        return text
    about = told(turn, [one for one in turn.clauses if sentence_of(turn, one) == naming[-1]])
    if len(about) > _ABOUT * (1 if has_cjk(about) else 2):
        return text
    return about + ("：" if has_cjk(about + text) else ": ") + small(text)


def asked(text: str) -> str:
    """A question without lead-ins, with its question mark."""
    text = text.strip(EDGES)
    before = ""
    while text != before:
        before, text = text, cut_head(text, "filler.lead")
    return capital(text) + ("？" if has_cjk(text) else "?")


def without(text: str, cue: str) -> str:
    """The text without the words of a cue, where enough is left."""
    plain = cues.plain(text)
    spans = sorted(match.span() for match in cues.finditer(cue, plain))
    rest, last = "", 0
    for start, end in spans:
        rest += text[last : max(start, last)]
        last = max(end, last)
    rest = " ".join((rest + text[last:]).split(" ")).strip(EDGES)
    chinese, latin = size_in_words(rest)
    return rest if chinese + 2 * latin >= _SPEAKS else text


def join(parts: Iterable[str], mark: str | None = None) -> str:
    """Parts as one sentence, each said once, with a capital at its head."""
    kept = [part for part in dict.fromkeys(parts) if part]
    mark = mark or ("，" if has_cjk("".join(kept)) else "; ")
    return capital(mark.join([*kept[:1], *(small(part) for part in kept[1:])]))


def bare(text: str) -> str:
    """Without the marks around it; the minus of a number is none of them."""
    inner = text.strip(EDGES)
    minus = text[: text.find(inner)][-1:] == "-" and inner[:1].isdigit()
    return "-" + inner if minus else inner


def trim(text: str) -> str:
    """Without lead-ins, fillers and closing particles, the first letter as it was."""
    text = bare(text)
    before = ""
    while text != before:
        before = text
        text = _cut_tail(cut_head(text, "filler.lead"))
    return text


def cut_head(text: str, cue: str) -> str:
    """Without a cue at the head, where enough is left."""
    head = cues.at_start(cue, cues.plain(text))
    if not head:
        return text
    rest = bare(text[head:])
    return rest if stands_alone(rest) else text


def _cut_tail(text: str) -> str:
    rest = text[: len(text) - cues.at_end("filler.tail", cues.plain(text))].rstrip(EDGES)
    if rest.endswith(_ASKING) and text[len(rest) :].startswith("么"):
        return text
    return rest if stands_alone(rest) else text


def stands_alone(text: str) -> bool:
    """Whether a text says enough without more around it."""
    chinese, latin = size_in_words(text)
    return chinese >= _FEWEST_ZH or latin >= _FEWEST_EN or (chinese > 0 and latin > 0)


def capital(text: str) -> str:
    """With a capital at the head."""
    return text[:1].upper() + text[1:]


def small(text: str) -> str:
    """With a small letter at the head, where its first word is an everyday one."""
    head = text.split(" ", 1)[0]
    everyday = cues.at_start("filler.small", cues.plain(text)) > 0
    return text[:1].lower() + text[1:] if everyday and not head.isupper() else text


def sentence_of(turn: Turn, piece: Piece) -> Piece:
    """The sentence that a clause stands in."""
    return next(one for one in turn.sentences if one.start <= piece.start < one.end)


def tells(piece: Piece) -> bool:
    """Whether a clause is more than a way to take the floor."""
    return bool(terms(piece.text)) and not cues.at_start("turn.opener", piece.text)


def _runs(turn: Turn, pieces: Sequence[Piece]) -> Sequence[Sequence[Piece]]:
    """Clauses that follow each other in one sentence, together."""
    order = {one.start: number for number, one in enumerate(turn.clauses)}
    runs: list[list[Piece]] = []
    for piece in sorted(dict.fromkeys(pieces), key=lambda one: one.start):
        follows = (
            runs
            and order.get(piece.start) == order.get(runs[-1][-1].start, -2) + 1
            and sentence_of(turn, piece) == sentence_of(turn, runs[-1][-1])
        )
        if follows:
            runs[-1].append(piece)
        else:
            runs.append([piece])
    return runs


def _with_their_ends(turn: Turn, kept: Sequence[Piece], around: Sequence[Piece]) -> Sequence[Piece]:
    """Clauses with the short ends of their sentences: "a thousand six hundred, not enough"."""
    heads = {sentence_of(turn, one): one.start for one in reversed(kept)}
    return [
        one
        for one in around
        if one in kept
        or (heads.get(sentence_of(turn, one), one.start) < one.start and not _aside(one))
    ]


def _aside(piece: Piece) -> bool:
    """Whether a clause is a whisper, a label or a bare yes, which ends no sentence."""
    if any(cues.has(cue, piece.text) for cue in _ASIDES):
        return True
    inner = piece.text.strip(EDGES)
    return any(cues.at_start(cue, inner) >= len(inner) for cue in _EMPTY)


def _idle(piece: Piece) -> bool:
    """Whether a clause is a whisper, a goodbye, or only names what it is."""
    if any(cues.has(cue, piece.text) for cue in _WHISPERS):
        return True
    label = cues.find("risk.label", piece.text)
    if label and not terms(piece.text[: label.start()] + " " + piece.text[label.end() :]):
        return True
    return not tells_something(piece.text, besides=("internal.bye",))
