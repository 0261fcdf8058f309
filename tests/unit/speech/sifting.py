"""Recognised text as the model may give it, and what becomes of it."""

from typing import Any

import numpy as np

from pipeline.engines.speech.doubt import sift
from pipeline.engines.speech.pieces import Piece
from pipeline.engines.speech.recogniser import Recognised
from pipeline.engines.speech.sound import RATE
from pipeline.engines.speech.spans import Span
from pipeline.engines.speech.tokens import Stretch

GIVEN = "云订货，订单号，金额，审批状态，客户名称，发货仓库，税率，对账单，退货原因，应收余额，信用额度。"
TERMS = tuple(GIVEN.strip("。").split("，"))


def recognised(
    *texts: str,
    logprob: float = -0.3,
    no_speech: float = 0.05,
    silence: float = 0.5,
    seconds: float = 4.0,
    voice: float = 0.9,
) -> Recognised:
    """Stretches one after the other, with silence before the first and after the last."""
    length = round(seconds * len(texts) * RATE)
    span = Span(RATE, RATE + length, voice)
    piece = Piece(0, (span,), silence, silence, np.zeros(length, np.float32))
    parts = tuple(
        Stretch(at * seconds, (at + 1) * seconds, text, (1,)) for at, text in enumerate(texts)
    )
    return Recognised(piece, parts, "zh", logprob, no_speech)


def reasons(one: Recognised, **call: Any) -> list[str]:
    return [drop.reason for drop in sift([one], **call).dropped]
