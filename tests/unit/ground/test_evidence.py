import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.models.evidence import Citation, Evidence


def cite(quote: str, *segments: str) -> Citation:
    return Citation(segments=segments, quote=quote)


EXPORT = cite("能不能给我们来个一键导出", "s1")
LIMIT = cite("财务催得很，最多五万条", "s1")


def test_evidence_says_who_said_it_where_and_when(call):
    found = call.evidence("财务催得很，最多五万条", "s1")

    assert found == Evidence(
        meeting="M",
        transcript_version=3,
        segments=("s1",),
        start=10.0,
        end=18.0,
        speaker="罗静",
        side="client",
        quote="财务催得很，最多五万条。",
        match="exact",
    )


def test_evidence_names_the_turn_where_the_words_really_stand(call):
    assert call.evidence("金额都要，冷藏的一律不退", "s4").segments == ("s2",)
    assert call.evidence("订单号、金额都要，冷藏的一律不退", "s5", "nonsense").segments == ("s2",)


def test_only_the_transcripts_own_words_are_kept(call):
    found = call.evidence("能不能给我门来一个一键导出，财务催得很，最多五万条", "s1")

    assert (found.match, found.quote) == ("fuzzy", call.turns[1])


def test_words_that_nobody_said_are_missing_and_show_nothing(call):
    found = call.evidence("院长要求下个月全部换成新系统", "s1")

    assert (found.match, found.segments, found.quote, found.start) == ("missing", (), "", None)
    assert not found.good


@pytest.mark.parametrize(
    ("quote", "match"),
    [
        ("能不能给我们来个一键导出？", "exact"),
        ("能不能，给我们，来个一键导出", "normalised"),
        ("能不能给我们来一个一键导出", "fuzzy"),
        ("财务催得很，最多五千条，导出", "weak"),
    ],
)
def test_each_grade_has_its_quote(call, quote: str, match: str):
    assert call.evidence(quote, "s1").match == match


def test_a_source_without_times_gives_evidence_without_times(call):
    found = call.evidence("财务催得很，最多五万条", "s1", times=False)

    assert (found.start, found.end, found.match) == (None, None, "exact")


def test_whole_turns_far_apart_become_evidence_of_their_own(call):
    found = call.every(cite("", "s4", "s1", "s2"))

    assert [(one.segments, one.start, one.end) for one in found] == [
        (("s1", "s2"), 10.0, 28.0),
        (("s4",), 40.0, 48.0),
    ]


def test_the_same_words_cited_twice_are_told_once(call):
    assert len(call.every(EXPORT, EXPORT, LIMIT)) == 2


_TALK = st.text(alphabet="能不导出五万千条一律退订单号金额，。…", max_size=20)
_TURNS = st.lists(st.sampled_from(["s0", "s1", "s2", "x"]), max_size=3).map(tuple)


@given(citations=st.lists(st.builds(Citation, segments=_TURNS, quote=_TALK), max_size=3))
def test_evidence_is_always_words_of_the_transcript(call, citations: list[Citation]):
    said = " ".join(call.turns)

    for one in call.every(*citations):
        assert one.match != "missing" or not one.quote
        assert one.quote in said
