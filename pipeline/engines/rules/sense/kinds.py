"""Kinds: what a turn may carry, in the order of the model's columns."""

from typing import Literal, get_args

Kind = Literal[
    "ask",
    "ask_more",
    "ask_again",
    "withdrawn",
    "supported",
    "decision",
    "decision_more",
    "decision_agreed",
    "decision_tentative",
    "decision_deferred",
    "decision_rejected",
    "action",
    "action_weak",
    "risk",
    "question",
    "conflict",
    "concern",
    "private",
    "any",
]
"""ask: the turn that asks. ask_more: any turn that is evidence of an ask. ask_again: asks for what
was asked before. withdrawn: takes an ask back. supported: says that the product has it.
decision: the turn that settles something (agreed, tentative, deferred or rejected: how firm);
decision_more: any turn that is evidence of a decision. action: somebody takes something on;
action_weak: half-heartedly. risk, conflict, concern: any turn of evidence. question: one that
stays open. private: not for the client. any: evidence of anything at all."""

KINDS: tuple[Kind, ...] = get_args(Kind)
