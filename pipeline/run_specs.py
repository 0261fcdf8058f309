"""A spec for every ask that stands in a meeting: one fault leaves the others standing."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import cache, partial

from pipeline.case import Case, plain
from pipeline.errors import DragomanError, StoppedError, StorageError
from pipeline.ground import Grounder, ground_spec
from pipeline.judge import judge
from pipeline.language.cases import with_cases
from pipeline.language.homes import at_home
from pipeline.lint import lint
from pipeline.models.buildable import to_specify
from pipeline.models.choices import answerable, refusals
from pipeline.models.draft import DraftSpec
from pipeline.models.hashing import digest, item_hash, spec_hash
from pipeline.models.job import Progress, StageKey
from pipeline.models.minutes import Ask, Minutes
from pipeline.models.spec import FeatureSpec
from pipeline.models.transcript import Transcript
from pipeline.record import Records
from pipeline.specify import specify
from pipeline.words.loader import say


def specified(case: Case, minutes: Minutes, transcript: Transcript) -> tuple[str, ...]:
    """A spec for every live ask, kept one by one in their order; what could not be done, in words."""
    live = to_specify(minutes)
    states: list[str] = []
    tools = case.tools
    quiet = Records(
        case.meeting.uid,
        tools.store,
        tools.code,
        lambda one: states.append(one.state),
        again=tools.again,
    )
    missing: list[str] = []
    quietly = case._replace(records=quiet)
    grounder = cache(lambda: Grounder(transcript))
    refused = refusals(minutes, transcript)
    with _drafting(quietly, live, minutes, transcript) as drafts:
        for count, (ask, draft) in enumerate(zip(live, drafts, strict=True), 1):
            try:
                placed = at_home(draft(), ask, transcript, case.project)
                # Once more after the cases: they name questions by id, and may ask one more.
                whole = answerable(with_cases(answerable(placed, refused)), refused)
                spec, keep = _grounded(quietly, ask, whole, transcript, grounder)
                case.kept("specify", partial(_named, case, ask, spec, keep))
            except (StorageError, StoppedError):
                raise  # nothing more can or may be kept: no fault of this one spec
            except DragomanError as error:
                missing.append(_told(case, ask, error))
            case.records.watch(
                Progress(stage="specify", state="going", done=count, total=len(live))
            )
    case.records.tell("specify", "done" if {"done"} & set(states) or missing else "cached")
    return tuple(missing)


_Draft = Callable[[], DraftSpec]


@contextmanager
def _drafting(
    case: Case, asks: Sequence[Ask], minutes: Minutes, transcript: Transcript
) -> Iterator[Iterator[_Draft]]:
    """The drafts in the order of the asks, so many made at a time as the engine likes."""
    others = _content(minutes)
    makers = [partial(_draft, case, ask, minutes, transcript, others) for ask in asks]
    if case.tools.specifier.at_once <= 1:
        yield iter(makers)
        return
    pool = ThreadPoolExecutor(case.tools.specifier.at_once, thread_name_prefix="specify")
    try:
        yield iter([pool.submit(one).result for one in makers])
    finally:
        pool.shutdown(cancel_futures=True)


def _draft(
    case: Case, ask: Ask, minutes: Minutes, transcript: Transcript, others: str
) -> DraftSpec:
    specifier = case.tools.specifier
    key = StageKey(
        stage="specify",
        subject=ask.uid,
        input_digest=digest([item_hash(ask), others, case.context]),
        engine=specifier.name,
        model=specifier.model,
        prompt=specifier.prompt,
        settings_digest=case.settings(specifier.model, specifier.settings),
    )
    return case.records.do(
        key,
        DraftSpec,
        lambda: specify(ask, minutes, transcript, case.project, specifier=specifier),
    )


def _grounded(
    case: Case,
    ask: Ask,
    draft: DraftSpec,
    transcript: Transcript,
    grounder: Callable[[], Grounder],
) -> tuple[FeatureSpec, Callable[[], None]]:
    return case.records.made(
        case.records.ours("ground", [plain(draft), item_hash(ask), case.context], ask.uid),
        FeatureSpec,
        lambda: judge(
            ground_spec(draft, ask, transcript, case.project, grounder()),
            ask,
            transcript,
            case.project,
        ),
    )


def _named(case: Case, ask: Ask, spec: FeatureSpec, keep: Callable[[], None]) -> None:
    """Keep a spec under its names, with what is to be said about it, and the record of it."""
    keep()
    spec = case.tools.store.identify_spec(case.meeting.uid, ask, spec)
    blocked = any(question.blocking for question in spec.open_questions)
    spec = spec.with_(findings=lint(spec), status="needs_answers" if blocked else "draft")
    case.tools.store.save_spec(case.meeting.uid, spec.with_(content_hash=spec_hash(spec)))


def _told(case: Case, ask: Ask, error: DragomanError) -> str:
    reason = say(f"error.{error.code}", case.project.language, **error.params)
    return say("stage.no_spec", case.project.language, ask=ask.id, reason=reason)


def _content(minutes: Minutes) -> str:
    """Digest of what the items say, whoever approved them: what a spec may depend on."""
    return digest([item_hash(item) for _, item in minutes.items() if item.review != "rejected"])
