"""The form on the wire: what every endpoint takes, and what is checked afterwards."""

from typing import Literal

import pytest
from pydantic import Field

from pipeline.engines.llm.faults import Fault
from pipeline.engines.llm.reading import read, unwrapped
from pipeline.engines.llm.tokens import Scale, estimate
from pipeline.engines.llm.wire import Wire, strict_schema


class Part(Wire):
    name: str = Field(min_length=1, max_length=5)
    kind: Literal["a", "b"] | None = None


class Whole(Wire):
    parts: tuple[Part, ...] = Field(default=(), min_length=1)
    note: str | None = None


def test_every_field_is_required_and_nothing_else_is_allowed():
    schema = strict_schema(Whole)
    assert schema["required"] == ["parts", "note"]
    assert schema["additionalProperties"] is False
    assert schema["$defs"]["Part"]["required"] == ["name", "kind"]
    assert "default" not in str(schema)
    assert "minLength" not in str(schema)
    assert "minItems" not in str(schema)


def test_bounds_go_on_the_wire_where_they_are_wanted():
    schema = strict_schema(Whole, keep_bounds=True)
    assert schema["$defs"]["Part"]["properties"]["name"]["maxLength"] == 5


def test_bounds_are_checked_afterwards_in_any_case():
    found = read('{"parts": [{"name": "good", "kind": "a"}, {"name": "", "kind": "a"}]}', Whole)
    assert [one.name for one in found.value.parts] == ["good"]
    assert found.bad[0].raw == {"name": "", "kind": "a"}


def test_a_list_of_nothing_but_bad_entries_is_a_fault_and_not_an_empty_call():
    with pytest.raises(Fault, match="invalid"):
        read('{"parts": [{"name": "much too long", "kind": "a"}], "note": null}', Whole)


def test_raw_control_characters_in_a_string_are_no_reason_to_lose_it():
    assert read('{"parts": [{"name": "a\nb", "kind": null}], "note": null}', Whole).value.parts


def test_a_brace_in_a_thought_is_no_answer():
    assert unwrapped('<think>{"parts": 1}</think>\n```json\n{"x": 1}\n```') == '{"x": 1}'


def test_chinese_counts_by_the_character():
    assert estimate("订单导出") == 4
    assert estimate("order export") == 3


def test_what_an_endpoint_counts_corrects_the_estimate_within_reason():
    scale = Scale()
    assert scale.tokens("订" * 100) == 100
    scale.learn(100, 60)
    assert scale.tokens("订" * 100) == 60
    scale.learn(10, 100_000)
    assert scale.tokens("订" * 100) == 250
