"""ClientView: what may reach the client. `client_view` is the only way to make one.

Left out are: internal items and items that are not for a reader, what we said among ourselves,
concerns, conflicts, coverage, our own notes on specs, and words that such items rest on. An item
that rests on what we said among ourselves is left out whole, for its text may say it again. The
engine's summary is left out too: it was written before anybody marked anything; documents make
theirs of the items that passed.
"""

from collections.abc import Iterable
from dataclasses import KW_ONLY, InitVar, dataclass
from typing import Any, Literal, TypeVar

from pipeline.models.asking_back import QuestionOf, disputed
from pipeline.models.base import Model
from pipeline.models.hashing import item_hash, spec_hash
from pipeline.models.meeting import Meeting
from pipeline.models.minutes import ARRAYS, Item, Minutes
from pipeline.models.plain_speech import PlainSpeech, plain_spec, speech_for
from pipeline.models.project import DEFAULT_CLIENT, Project
from pipeline.models.sieve import NEVER, Sieve, Withheld
from pipeline.models.spec import FeatureSpec
from pipeline.models.view import InternalView

_SEAL = object()
_Reworded = TypeVar("_Reworded", bound=Model)
_Hashed = TypeVar("_Hashed", Item, FeatureSpec)


@dataclass(frozen=True)
class ClientView:
    """Everything in here may be shown to the readers it was made for."""

    minutes: Minutes
    specs: tuple[FeatureSpec, ...]
    meeting: Meeting
    project: Project
    _: KW_ONLY
    approved: frozenset[str]
    """Of what a person approved exactly as it was before the filter, the uids."""
    withheld: tuple[Withheld, ...]
    """For our own eyes: what the filter took out."""
    speech: PlainSpeech
    """How things are said to these readers."""
    left_open: frozenset[QuestionOf]
    """Which questions the call put off or disputed: by their ids, for it may not be told how."""
    seal: InitVar[object]

    def __post_init__(self, seal: object) -> None:
        """Refuse everyone but the filter."""
        if seal is not _SEAL:
            raise TypeError("a ClientView is made by client_view alone")

    @property
    def audience(self) -> Literal["client"]:
        """Who this may be shown to."""
        return "client"


View = InternalView | ClientView


def client_view(
    view: InternalView, *, readers: Iterable[str] = (), our_talk: Iterable[str] = ()
) -> ClientView:
    """Take out what the client must not read.

    Args:
        view: all there is.
        readers: names of the participants who will read it; none means anyone of the client.
        our_talk: further ids of segments spoken among ourselves; those the view names, and
            stretches of topics that are marked internal, are known without.
    """
    ours = frozenset((*view.our_talk, *our_talk))
    names = tuple(readers)
    sieve = Sieve(view, readers=frozenset(names), our_talk=ours)
    minutes = sieve.minutes()
    specs = sieve.specs({ask.id for ask in minutes.asks})
    shown = {spec.id for spec in specs}
    asks = tuple(one.with_(spec=one.spec if one.spec in shown else None) for one in minutes.asks)
    called = view.project.client if view.project.client != DEFAULT_CLIENT else "客户"
    speech = {
        one: speech_for(view.project, names, language=one)
        for one in {minutes.language, *(spec.language for spec in specs)}
    }
    raised = tuple(one.with_(text=speech[minutes.language](one.text)) for one in minutes.questions)
    minutes = _reworded(minutes.with_(asks=asks, questions=raised), called)
    specs = tuple(_reworded(plain_spec(one, speech[one.language]), called) for one in specs)
    return ClientView(
        _with_true_hashes(minutes),
        tuple(_with_hash(spec, spec_hash(spec)) for spec in specs),
        _reworded(view.meeting.with_(recordings=(), sources=()), called),
        _reworded(
            view.project.with_(capabilities=(), scope=(), glossary={}, plain_words=()), called
        ),
        approved=view.approved,
        speech=speech[minutes.language],
        left_open=disputed(view.minutes, view.specs),
        withheld=tuple(sieve.withheld),
        seal=_SEAL,
    )


def _reworded(model: _Reworded, called: str) -> _Reworded:
    """The client by name, wherever the contract's word stands."""

    def plain(value: Any) -> Any:  # noqa: ANN401 - any JSON value
        if isinstance(value, str):
            return value.replace(NEVER, called)
        if isinstance(value, list):
            return [plain(one) for one in value]
        if isinstance(value, dict):
            return {key: plain(one) for key, one in value.items()}
        return value

    return type(model).model_validate(plain(model.model_dump(mode="json")))


def _with_true_hashes(minutes: Minutes) -> Minutes:
    """A hash belongs to the content it was made of: what the filter changed has none."""
    arrays = {
        name: tuple(_with_hash(item, item_hash(item)) for item in getattr(minutes, name))
        for name in ARRAYS.values()
    }
    return minutes.with_(**arrays)


def _with_hash(one: _Hashed, content: str) -> _Hashed:
    return one if one.content_hash == content else one.with_(content_hash="")
