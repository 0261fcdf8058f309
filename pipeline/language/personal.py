"""Numbers that point to one person or company: found by their form, proved by their check digits."""

import re
from collections.abc import Callable, Iterator
from typing import Literal, NamedTuple

Sort = Literal["PHONE", "ID", "CARD", "MAIL", "PLATE", "COMPANY"]


class Personal(NamedTuple):
    """One such number, where it stands in a text."""

    sort: Sort
    start: int
    end: int
    text: str


_ALONE = r"(?<![0-9A-Za-z]){}(?![0-9A-Za-z])"
_GAP = r"[ -]?"
_PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_ID_CHECKS = "10X98765432"
_COMPANY_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def personal(text: str) -> tuple[Personal, ...]:
    """All such numbers of a text, in order; where two overlap, the longer one."""
    found = sorted(_all(text), key=lambda one: (one.start, -one.end))
    kept: list[Personal] = []
    for one in found:
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return tuple(kept)


def _all(text: str) -> Iterator[Personal]:
    for sort, form, holds in _FORMS:
        for match in form.finditer(text):
            if holds(re.sub(r"[ -]", "", match.group())):
                yield Personal(sort, match.start(), match.end(), match.group())


def is_identity_card(number: str) -> bool:
    """Whether the last sign of an 18-digit Chinese identity number fits (GB 11643)."""
    total = sum(int(digit) * weight for digit, weight in zip(number, _ID_WEIGHTS, strict=False))
    return number[-1].upper() == _ID_CHECKS[total % 11]


def is_card(number: str) -> bool:
    """Whether a card number passes Luhn's check (ISO/IEC 7812)."""
    digits = [int(one) for one in reversed(number)]
    doubled = (2 * one - 9 if one > 4 else 2 * one for one in digits[1::2])
    return (sum(digits[::2]) + sum(doubled)) % 10 == 0 and len(set(digits)) > 1


def is_account(number: str) -> bool:
    """Whether the check digits of an international account number fit (ISO 13616)."""
    turned = number[4:] + number[:4]
    return int("".join(str(int(sign, 36)) for sign in turned)) % 97 == 1


def is_company(number: str) -> bool:
    """Whether the last sign of a unified social credit code fits (GB 32100)."""
    signs = number.upper()
    if any(one not in _COMPANY_SIGNS for one in signs):
        return False
    total = sum(_COMPANY_SIGNS.index(one) * pow(3, at, 31) for at, one in enumerate(signs[:17]))
    return signs[17] == _COMPANY_SIGNS[(31 - total % 31) % 31]


def _always(number: str) -> bool:
    del number
    return True


_FORMS: tuple[tuple[Sort, re.Pattern[str], Callable[[str], bool]], ...] = (
    (
        "ID",
        re.compile(_ALONE.format(r"[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])[0-3]\d\d{3}[\dXx]")),
        is_identity_card,
    ),
    (
        "COMPANY",
        re.compile(_ALONE.format(r"[0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{10}")),
        is_company,
    ),
    (
        "CARD",
        re.compile(_ALONE.format(rf"[2-9]\d{{3}}(?:{_GAP}\d{{4}}){{3}}(?:{_GAP}\d{{1,3}})?")),
        is_card,
    ),
    (
        "MAIL",
        re.compile(r"[A-Za-z0-9._%+-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.){1,4}[A-Za-z]{2,24}"),
        _always,
    ),
    (
        "PHONE",
        re.compile(
            r"(?=[+01])(?:"  # looked for first: five times as quick in a long text
            r"(?<![0-9A-Za-z.])(?:(?:\+|00)86[ -]?)?1[3-9]\d(?:[ -]?\d{4}){2}(?![0-9A-Za-z])"
            r"|(?<![0-9A-Za-z.])0\d{2,3}[ -]\d{7,8}(?![0-9A-Za-z])"
            r"|(?<![0-9A-Za-z])\+[1-9]\d{0,2}(?:[ -]?\d{2,4}){3,4}(?![0-9A-Za-z])"
            r")"
        ),
        _always,
    ),
    (
        "PHONE",  # as written in North America: (415) 555-0132, 415-555-0132, 415.555.0132
        re.compile(
            r"(?<![0-9A-Za-z-])(?:\([2-9]\d{2}\) ?\d{3}[-. ]|[2-9]\d{2}([-.])\d{3}\1)\d{4}(?![0-9A-Za-z-])"
        ),
        _always,
    ),
    (
        "PHONE",  # as written in Europe: 020 7946 0958, 0044 20 7946 0958
        re.compile(
            r"(?<![0-9A-Za-z.])(?:00[1-9]\d{0,2}(?:[ -]\d{2,4}){2,4}|0\d{2,4}(?:[ -]\d{3,4}){2})(?![0-9A-Za-z])"
        ),
        _always,
    ),
    (
        "ID",  # United States social security number
        re.compile(
            r"(?<![0-9A-Za-z-])(?!000|666|9)\d{3}-(?!00)\d{2}-(?!0000)\d{4}(?![0-9A-Za-z-])"
        ),
        _always,
    ),
    (
        "CARD",  # international bank account number
        re.compile(_ALONE.format(r"[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?")),
        is_account,
    ),
    (
        "PLATE",
        re.compile(rf"[{_PROVINCES}][A-HJ-NP-Z][·• ]?(?:[A-HJ-NP-Z0-9]{{5,6}})(?![0-9A-Za-z])"),
        _always,
    ),
)
