"""The quick way to canonical JSON writes exactly what the standard's own library writes."""

import hashlib
import math

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from pipeline.models.hashing import NOT_CONTENT, canonical, spec_hash
from pipeline.models.spec import FeatureSpec

VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53) + 1, 2**53 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


@given(VALUES)
def test_any_value_is_written_as_the_library_writes_it(value):
    try:
        wanted = rfc8785.dumps(value)
    except (rfc8785.CanonicalizationError, UnicodeEncodeError) as error:
        with pytest.raises(type(error)):
            canonical(value)
    else:
        assert canonical(value) == wanted


@given(st.floats(1e-7, 1e17) | st.floats(-1e17, -1e-7) | st.integers(0, 10**6).map(lambda n: n / 8))
def test_seconds_and_other_fractions_are_written_alike(number):
    assert canonical({"start": number}) == rfc8785.dumps({"start": number})


@pytest.mark.parametrize("text", ["\x00\x1f\x7f", '"\\/\b\f\n\r\t', "\u2028é订单🙂"])
def test_odd_signs_are_written_alike(text):
    assert canonical([text]) == rfc8785.dumps([text])


@pytest.mark.parametrize("number", [math.nan, math.inf, 2**53, -(2**60)])
def test_numbers_that_the_standard_knows_not_are_refused(number):
    with pytest.raises(rfc8785.CanonicalizationError):
        canonical([number])


def test_what_was_approved_before_a_key_existed_still_is():
    spec = FeatureSpec(
        uid="u", id="S1", project="p", meetings=("m",), asks=("A1",), origin_engine="r", title="x"
    )
    content = spec.model_dump(mode="json")
    del content["fit_line"]
    content = {key: one for key, one in content.items() if key not in NOT_CONTENT}
    assert spec_hash(spec) == hashlib.sha256(rfc8785.dumps(content)).hexdigest()
    assert spec_hash(spec.with_(fit_line="x")) != spec_hash(spec)
