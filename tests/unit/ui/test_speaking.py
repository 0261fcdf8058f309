"""What a page or a command line says of speakers becomes choices; nothing else does."""

import pytest

from pipeline.errors import InputError, NotFoundError
from pipeline.models.minutes import Decision, Minutes
from pipeline.models.project import Participant, Project
from pipeline.models.transcript import EngineName, Segment, Transcript
from pipeline.service.speakers import Choice, Speaker, Speakers, among
from pipeline.words.loader import Language
from ui.cli.speakers import chosen
from ui.speaking import (
    LATER,
    SOMEBODY,
    Somebody,
    choice,
    head,
    opens,
    option_text,
    options,
    preselected,
    reason,
    suggested,
)
from ui.words.loader import tin

PROJECT = Project(
    client="宏达贸易",
    participants=(
        Participant(name="陈立", side="us"),
        Participant(name="王建国", side="client", title="总经理"),
        Participant(name="Ann Lee", side="client"),
        Participant(name="Ann Miles", side="us"),
    ),
)
SAID = (
    ("王总", "unknown"),
    ("Speaker 2", "unknown"),
    ("陈立", "us"),
    ("宏达贸易", "unknown"),
    ("Ann", "unknown"),
)


@pytest.fixture(scope="module")
def told() -> Speakers:
    segments = (
        Segment(id=f"s{at}", index=at, speaker=who, side=side, text="每周一要一份")
        for at, (who, side) in enumerate(SAID)
    )
    transcript = Transcript(engine=EngineName(name="import"), segments=tuple(segments))
    return among(transcript, PROJECT, meeting="m1")


@pytest.fixture
def speaker(told: Speakers):
    return lambda label: next(one for one in told.speakers if one.label == label)


def say(language: Language):
    return lambda key, **about: tin(language, f"desk.speaking.{key}", **about)


def test_only_what_can_be_meant_is_preselected(told: Speakers, speaker):
    assert [preselected(one) for one in told.speakers] == ["=王建国", LATER, LATER, "client", LATER]
    assert suggested(told) == (
        Choice(label="王总", name="王建国"),
        Choice(label="宏达贸易", side="client"),
    )


def test_the_likeliest_come_first_and_everybody_can_be_chosen(told: Speakers, speaker):
    everybody = {"=陈立", "=王建国", "=Ann Lee", "=Ann Miles"}
    boss, ann = options(speaker("王总"), told), options(speaker("Ann"), told)
    assert boss[:2] == [LATER, "=王建国"]
    assert ann[1:3] == ["=Ann Lee", "=Ann Miles"]
    for every in (boss, ann):
        assert set(every) == {LATER, SOMEBODY, "us", "client"} | everybody
        assert len(set(every)) == len(every)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_option_and_reason_is_said_in_words(told: Speakers, speaker, language: Language):
    words = say(language)
    for one in told.speakers:
        texts = [option_text(each, one, told, words) for each in options(one, told)]
        assert all(texts)
        assert len(set(texts)) == len(texts)
    assert "王" in reason(speaker("王总"), words)
    assert "Ann Lee / Ann Miles" in reason(speaker("Ann"), words)
    assert reason(speaker("Speaker 2"), words) == ""
    likely = option_text("=Ann Lee", speaker("Ann"), told, words)
    assert likely != option_text("=Ann Lee", speaker("Speaker 2"), told, words)
    assert "5" in head(told, words)
    assert "4" in head(told, words)


def test_a_choice_is_what_changes_something(speaker):
    boss, ours = speaker("王总"), speaker("陈立")
    assert choice(boss, LATER) is None
    assert choice(boss, "=陈立") == Choice(label="王总", name="陈立")
    assert choice(boss, "us") == Choice(label="王总", side="us")
    assert choice(ours, "us") is None
    assert choice(ours, "=陈立") is None
    assert choice(boss, SOMEBODY, Somebody("  ")) is None
    new = choice(boss, SOMEBODY, Somebody("李敏", "us", " "))
    assert new == Choice(label="王总", name="李敏", side="us")


def test_it_asks_at_once_only_before_anybody_decided(told: Speakers):
    item = Decision(uid="u", id="D1", text="先做", evidence=(), origin_engine="rules")
    fresh = Minutes(meeting="m1", transcript_version=1, language="zh", decisions=(item,))
    few = told._replace(speakers=told.unknown[:3])
    assert opens(few, fresh)
    assert not opens(few, fresh.with_(decisions=(item.with_(review="approved"),)))
    assert not opens(told._replace(speakers=()), fresh)
    assert not opens(told._replace(speakers=told.unknown[:4]), fresh)


def test_a_command_line_names_speakers_as_they_are_seen(told: Speakers):
    named = chosen(told, ["Speaker 2=陈立", "王总=Ann"], ["Ann=us"], suggested=False)
    assert named == [
        Choice(label="Speaker 2", name="陈立"),
        Choice(label="王总", name="Ann"),
        Choice(label="Ann", side="us"),
    ]
    both = chosen(told, ["宏达贸易=李敏"], ["宏达贸易=client"], suggested=True)
    assert both == [
        Choice(label="宏达贸易", name="李敏", side="client"),
        Choice(label="王总", name="王建国"),
    ]
    hidden = told._replace(speakers=(told.speakers[0]._replace(label="王\u202e总"),))
    assert chosen(hidden, ["王总=陈立"], [], suggested=False)[0].label == "王\u202e总"


@pytest.mark.parametrize(
    ("code", "named", "sides"),
    [
        ("speaker_pair", ["王总"], []),
        ("speaker_pair", ["=陈立"], []),
        ("speaker_pair", ["王总="], []),
        ("speaker_none", ["赵总=陈立"], []),
        ("speaker_twice", ["王总=陈立", "王总=王建国"], []),
        ("speaker_side", [], ["王总=them"]),
    ],
)
def test_a_command_line_that_does_not_hold_is_refused(told: Speakers, code, named, sides):
    with pytest.raises((InputError, NotFoundError), match=code):
        chosen(told, named, sides, suggested=False)


def test_what_stays_is_no_choice_of_a_known_speaker(speaker):
    ours: Speaker = speaker("陈立")
    assert preselected(ours) == LATER
    assert choice(ours, preselected(ours)) is None


def test_the_share_of_a_speaker_is_of_all_words_and_not_of_those_with_a_name():
    segments = (
        Segment(id=f"s{at}", index=at, speaker=who, text="批次号必填")
        for at, who in enumerate(("王总", None, None, None))
    )
    transcript = Transcript(engine=EngineName(name="import"), segments=tuple(segments))
    (one,) = among(transcript, PROJECT, meeting="m1").speakers
    assert one.share == 0.25
