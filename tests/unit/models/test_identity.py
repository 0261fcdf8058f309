"""An item keeps its name over two runs; references follow the names."""

from pipeline.models.evidence import Evidence
from pipeline.models.hashing import item_hash
from pipeline.models.identity import Known, Name, match, references, relabel
from pipeline.models.minutes import Ask, Coverage, Decision, Minutes, Uncited


def said(*segments: str) -> tuple[Evidence, ...]:
    return tuple(
        Evidence(meeting="m1", transcript_version=1, segments=(one,), quote="原话", match="exact")
        for one in segments
    )


def ask(ref: str, text: str, *segments: str, **more: object) -> Ask:
    return Ask.model_validate(
        {"uid": "", "id": ref, "text": text, "evidence": said(*segments), "origin_engine": "rules"}
        | more
    )


def known(number: int, text: str, segment: str | None, *, present: bool = True) -> Known:
    return Known(Name(f"uid{number}", f"A{number}"), "ask", segment, text, present)


def matched(items: list[Ask], *earlier: Known) -> dict[int, str]:
    names = match([("ask", item) for item in items], earlier)
    return {place: name.id for place, name in names.items()}


def test_the_same_kind_at_the_same_first_segment_is_the_same_item():
    items = [ask("x", "导出订单，含状态", "s3", "s9")]
    assert matched(items, known(1, "完全不同的写法", "s3")) == {0: "A1"}


def test_another_kind_or_segment_is_another_item():
    decision = known(1, "导出订单", "s3")._replace(kind="decision")
    assert matched([ask("x", "导出订单", "s3")], decision, known(2, "导出订单", "s4")) == {}


def test_among_several_at_one_segment_the_texts_most_alike_go_together():
    items = [ask("x", "短信提醒财务", "s3"), ask("y", "订单批量导出", "s3")]
    earlier = (known(1, "订单批量导出 xlsx", "s3"), known(2, "短信提醒", "s3"))
    assert matched(items, *earlier) == {0: "A2", 1: "A1"}


def test_no_name_is_given_twice():
    items = [ask("x", "导出", "s3"), ask("y", "导出", "s3")]
    assert matched(items, known(1, "导出", "s3")) == {0: "A1"}


def test_what_the_latest_run_still_had_comes_first():
    gone, here = known(1, "导出", "s3", present=False), known(2, "导出订单", "s3")
    assert matched([ask("x", "导出", "s3")], gone, here) == {0: "A2"}


def test_items_without_words_are_the_same_only_when_their_texts_nearly_are():
    items = [ask("x", "导出订单列表")]
    assert matched(items, known(1, "导出订单列表。", None)) == {0: "A1"}
    assert matched(items, known(1, "库存预警", None)) == {}


def minutes(**arrays: object) -> Minutes:
    return Minutes.model_validate(
        {"meeting": "m1", "transcript_version": 1, "language": "zh"} | arrays
    )


def test_references_follow_from_draft_refs_to_ids():
    draft = minutes(
        decisions=(
            Decision(uid="", id="d1", text="做", evidence=said("s1"), origin_engine="rules"),
            Decision(
                uid="",
                id="d2",
                text="不做",
                evidence=said("s2"),
                origin_engine="rules",
                supersedes="d1",
            ),
        ),
        asks=(ask("a1", "导出", "s3"), ask("a2", "导出", "s4", duplicate_of="a1")),
        coverage=Coverage(uncited=(Uncited(segment="s9", cue="ask", item="a2"),)),
    )
    names = [Name("u1", "D4"), Name("u2", "D5"), Name("u3", "A8"), Name("u4", "A9")]
    named = relabel(draft, names)
    assert [item.id for _, item in named.items()] == ["D4", "D5", "A8", "A9"]
    assert named.decisions[1].supersedes == "D4"
    assert named.asks[1].duplicate_of == "A8"
    assert named.coverage.uncited[0].item == "A9"
    assert references(draft) == {"d1", "a1", "a2"}


def test_a_draft_ref_that_looks_like_an_id_is_still_a_ref():
    draft = minutes(asks=(ask("A2", "导出", "s3"), ask("A1", "导", "s4", duplicate_of="A2")))
    named = relabel(draft, [Name("u1", "A1"), Name("u2", "A2")], existing=["A1", "A2"])
    assert named.asks[1].duplicate_of == "A1"


def test_a_reference_to_nothing_becomes_null_and_one_to_an_earlier_item_stays():
    draft = minutes(
        asks=(ask("a", "x", "s1", duplicate_of="zz"), ask("b", "y", "s2", duplicate_of="A7"))
    )
    named = relabel(draft, [Name("u1", "A8"), Name("u2", "A9")], existing=["A7"])
    assert [one.duplicate_of for one in named.asks] == [None, "A7"]


def test_two_items_with_one_ref_get_two_names():
    draft = minutes(asks=(ask("a", "x", "s1"), ask("a", "y", "s2")))
    named = relabel(draft, [Name("u1", "A1"), Name("u2", "A2")])
    assert [one.id for one in named.asks] == ["A1", "A2"]


def test_the_hash_is_that_of_the_named_item():
    named = relabel(minutes(asks=(ask("a", "x", "s1"),)), [Name("u1", "A1")])
    assert named.asks[0].content_hash == item_hash(named.asks[0])


def test_naming_what_has_names_changes_nothing():
    named = relabel(minutes(asks=(ask("a", "x", "s1"),)), [Name("u1", "A1")])
    assert relabel(named, []) == named
