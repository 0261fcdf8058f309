"""What the demo model learns to write: the lines of the calls, and sentences made of their words.

The model need not generalise, but a model that knows nothing but the two scripts is fragile:
the made sentences break up the order of words it would otherwise learn by heart.
"""

import random
from typing import NamedTuple

from pipeline.demo.build.script import Language, load_script

MADE_SENTENCES = 200
"""How many sentences are made for each language."""


class Frame(NamedTuple):
    """One sentence is one choice of each column, joined."""

    subjects: tuple[str, ...]
    modals: tuple[str, ...]
    deeds: tuple[str, ...]
    endings: tuple[str, ...]
    joiner: str


FRAMES: dict[Language, Frame] = {
    "zh": Frame(
        subjects=("财务", "主管", "客户", "老板", "客服", "厂商", "采购", "王经理", "陈工", "我们"),
        modals=(
            "希望", "可以", "一定要", "不用", "能不能",
            "最好能", "暂时先不", "每天要", "下周三之前要", "月底要",
        ),
        deeds=(
            "导出订单", "审批订单", "同步库存", "提醒采购", "下载表格",
            "查订单状态", "发短信通知", "发系统消息", "给您答复", "看订单号和金额",
            "安排培训", "确认上线时间", "问一下厂商", "提供API文档", "用新系统",
            "导成Excel", "对一下需求", "把纪要发给您", "脱敏手机号", "改成自动通过",
        ),
        endings=("。", "，对吗？", "，就这么定。", "，没问题。", "吧。", "，这是一个风险。"),
        joiner="",
    ),
    "en": Frame(
        subjects=(
            "Reception", "The accountant", "My boss", "The client", "The dentist",
            "A manager", "Our accountant", "We", "Susan", "Alex",
        ),
        modals=("should", "can", "must", "will", "cannot", "would like to", "has to", "needs to"),
        deeds=(
            "export the appointments", "approve the refund", "sync the invoices",
            "send a reminder", "download the file", "add the dentist name",
            "send a text message", "confirm the fee", "give you an answer",
            "see the phone numbers", "arrange the training", "confirm the go live",
            "ask the accountant", "send the API document", "use the new system",
            "export an Excel file", "estimate the work", "send the minutes",
            "mask the phone number", "change the approval",
        ),
        endings=(
            ".", ", right?", " by next Wednesday.", " every night.", " by Friday.",
            " at year end.", " automatically.", " by hand.", " for now.", " the day before.",
        ),
        joiner=" ",
    ),
}  # fmt: skip


def script_lines(language: Language) -> tuple[str, ...]:
    """The lines of the bundled call, in order."""
    return tuple(turn.text for turn in load_script(language).turns)


def made_sentences(language: Language, *, seed: int = 0) -> tuple[str, ...]:
    """Sentences of the same kind that nobody says in the call."""
    chance, frame = random.Random(seed), FRAMES[language]
    known = set(script_lines(language))
    made: set[str] = set()
    while len(made) < MADE_SENTENCES:
        parts = [chance.choice(part) for part in (frame.subjects, frame.modals, frame.deeds)]
        sentence = frame.joiner.join(parts) + chance.choice(frame.endings)
        if sentence not in known:
            made.add(sentence)
    return tuple(sorted(made))
