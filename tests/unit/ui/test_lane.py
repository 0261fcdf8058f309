"""What the card of an item says of the words it rests on."""

import pytest

from pipeline.models.evidence import Evidence
from pipeline.models.minutes import Ask
from ui.components.lane import entry


@pytest.mark.parametrize(
    ("side", "fact"),
    [("client", "raw_quote"), ("us", "raw_quote_open"), ("unknown", "raw_quote_open")],
)
def test_words_are_the_clients_only_where_the_client_said_them(side, fact):
    quote = "Can we have a one click export?"
    said = [("client", "It takes an hour a day."), (side, quote)]
    ask = Ask(
        uid="a",
        id="A1",
        text="One click export",
        raw_quote=quote,
        origin_engine="rules",
        evidence=tuple(
            Evidence(
                meeting="m",
                transcript_version=1,
                segments=("s1",),
                side=whose,
                quote=words,
                match="exact",
            )
            for whose, words in said
        ),
    )
    drawn = entry(ask, {}, {}, version=1).draw()
    assert drawn.row["facts"] == {fact: quote}
