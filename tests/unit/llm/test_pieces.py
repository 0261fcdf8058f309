"""A long call in pieces: every turn is some piece's own, once, and no question is too long."""

from hypothesis import given
from hypothesis import strategies as st

from pipeline.engines.llm.pieces import Piece, pieces
from pipeline.models.transcript import Segment


def turns(sizes):
    return [Segment(id=f"s{n}", index=n, text="x" * size) for n, size in enumerate(sizes)]


def cut(sizes, room):
    return pieces(turns(sizes), room=room, tokens=lambda one: len(one.text))


def test_a_call_that_fits_stays_whole():
    assert cut([10] * 20, 200) == (Piece(0, 20),)


def test_an_empty_call_has_no_piece():
    assert cut([], 100) == ()


@given(
    st.lists(st.integers(min_value=1, max_value=400), min_size=1, max_size=300),
    st.integers(min_value=300, max_value=4000),
)
def test_every_turn_belongs_to_one_piece(sizes, room):
    found = cut(sizes, room)
    owned = [place for piece in found for place in range(piece.first, piece.after)]
    assert owned == list(range(len(sizes)))
    assert all(len(piece) for piece in found)


@given(
    st.lists(st.integers(min_value=1, max_value=20), min_size=200, max_size=400),
    st.integers(min_value=900, max_value=2000),
)
def test_a_piece_with_what_stands_beside_it_stays_about_within_the_room(sizes, room):
    every = turns(sizes)
    for piece in cut(sizes, room):
        beside = piece.shown(every, whole=False, tokens=lambda one: len(one.text))
        assert sum(len(one.text) for one in beside) <= room * 1.1 + 16 * 20


def test_beside_long_turns_fewer_are_shown():
    every = turns([900] * 60)
    found = cut([900] * 60, 18_000)
    sizes = [len(one.text) for one in every]
    for piece in found:
        shown = piece.shown(every, whole=False, tokens=lambda one: len(one.text))
        assert sum(len(one.text) for one in shown) <= 18_000 * 1.15
    assert len(found) > 1
    assert sum(sizes) == 54_000


@given(st.integers(min_value=0, max_value=299), st.integers(min_value=1, max_value=40))
def test_a_turn_with_another_text_moves_no_cut(place, size):
    sizes = [20] * 300
    before = cut(sizes, 1500)
    sizes[place] = size
    assert len(before) > 3
    after = cut(sizes, 1500)
    assert len(after) != len(before) or after == before


def test_turns_longer_than_most_get_shorter_pieces():
    found = cut([10] * 150 + [200] * 50, 2000)
    assert all(len(piece) <= 10 for piece in found if piece.first >= 150)


def test_what_is_too_long_is_halved_until_next_to_nothing_is_left():
    first, second = Piece(0, 100).halves()
    assert (first, second) == (Piece(0, 50), Piece(50, 100))
    assert Piece(0, 11).halves() is None


def test_turns_beside_a_piece_are_not_its_own():
    every = turns([1] * 100)
    piece = Piece(40, 60)
    shown = [one.id for one in piece.shown(every, whole=False, tokens=lambda one: 1)]
    assert shown == [f"s{n}" for n in range(32, 68)]
    assert piece.own(every) == frozenset(f"s{n}" for n in range(40, 60))
