"""What people are called in a list of speakers: names, forms of address, companies, devices."""

import re
import tomllib
import unicodedata
from functools import cache
from importlib.resources import files
from typing import Literal, NamedTuple

from pipeline.language.normalise import folded, visible
from pipeline.language.script import CJK, has_cjk
from pipeline.language.sounds import readings

LONGEST = 120
"""Characters of a label that can be a name with what stands beside it; longer ones are none."""
_NOBODY = re.compile(
    r"(?:说话人|發言人|发言人|讲话人|講話人|说话者|参会人|参会者|与会人|未知(?:说话人|发言人|用户)?|匿名(?:用户)?|用户|嘉宾|访客|"
    r"主持人|speaker|spk|talker|participant|attendee|user|guest|caller|unknown(?:\s*speaker)?|"
    r"anonymous|host|voice|person|channel|track)[\s_#.:-]*(?:\d+|[a-z]|[一二三四五六七八九十]+|甲|乙|丙|丁)?"
)
"""What recorders call somebody they cannot tell: it means another person in every call."""
_CLIENT = re.compile(r"(?:客户|客户方|甲方|client|customer)(?:\s*\d+)?")
_US = re.compile(r"(?:我|我方|我们|本人|乙方|me|us)")
_BEFORE = "老小阿"
_LISTS = tomllib.loads(files("pipeline.language").joinpath("called.toml").read_text("utf-8"))
SURNAMES = frozenset("".join(_LISTS["surnames"].split()))
_DOUBLE, RANKS, POLITE, _LOOSE, _NO_NAMES, NOISE, HONORIFICS = (
    frozenset(_LISTS[name].split())
    for name in (
        *("double_surnames", "ranks", "polite", "loose"),
        *("no_names", "noise", "honorifics"),
    )
)
_FORMS = sorted(RANKS | POLITE, key=len, reverse=True)
_JOB = re.compile(f"(?:{'|'.join(_LISTS['beside'].split())})$")
_JUNIOR = re.compile(r"会计|出纳|文员|助理|专员|实习|员$|assistant|clerk|intern\b")
_SEVERAL = re.compile(r"[、&+;；]|\band\b|\bfor\b|\bon behalf\b|代[\s)\]】]*$|代替|转述|转达")
_MAIL = re.compile(r"([A-Za-z0-9._%+-]{1,64})@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,4}")
_CUT = re.compile(
    rf"[()\[\]【】<>《》「」|/\\:@]|\s[-–—~·]+\s|[-–—_](?=[{CJK}])|(?<=[{CJK}])[-–—_]|,(?=\s*[{CJK}])|(?<=[{CJK}]),"
)
_RUNS = re.compile(rf"[{CJK}][{CJK}\s]*|[^{CJK}]+")
_LETTERS = re.compile(r"[^\W\d_]+")
_LEGAL = re.compile(
    r"(?:股份|有限|责任|集团|公司)+$|\b(?:group|ltd|limited|inc|llc|gmbh|plc|corp|corporation|company|co)\b\.?"
)
_FULL = range(2, 5)
"""Characters of a Chinese name, of a surname of two characters one more."""


class Address(NamedTuple):
    """A surname and how it is addressed: 王 and 总 of 王总."""

    surname: str
    form: str


class Label(NamedTuple):
    """What a label consists of."""

    pieces: tuple[str, ...]
    """Each may be a name, or what stands beside one."""
    several: bool = False
    """Whether it names several people, or one who speaks for another."""


def whole(text: str) -> str:
    """A label as it is read: one form of every character, no blanks outside, single ones inside."""
    return " ".join(unicodedata.normalize("NFKC", visible(text)).split())


def nobody(text: str) -> bool:
    """Whether it is what a recorder calls somebody it cannot tell."""
    return _NOBODY.fullmatch(whole(text).casefold()) is not None


def side_word(text: str) -> Literal["us", "client"] | None:
    """The side that a label itself says: 客户, "us"."""
    plain = whole(text).casefold()
    if _CLIENT.fullmatch(plain):
        return "client"
    return "us" if _US.fullmatch(plain) else None


def read(text: str) -> Label:
    """Take a label apart."""
    plain = whole(text)
    if not plain or len(plain) > LONGEST or nobody(plain):
        return Label(())
    mails = [" ".join(_LETTERS.findall(one)) for one in _MAIL.findall(plain)]
    rest = _MAIL.sub(" ", plain)
    pieces = [run for part in _CUT.split(rest) for run in _runs(part)]
    return Label(
        tuple(dict.fromkeys([*pieces, *mails])), _SEVERAL.search(rest.casefold()) is not None
    )


def _runs(part: str) -> list[str]:
    """Chinese and other letters apart; a Chinese name may have a blank in it."""
    found: list[str] = []
    for run in _RUNS.findall(part):
        words = run.split()
        joined = "".join(words)
        if has_cjk(run):
            found += [joined] if len(joined) <= _FULL[-1] else words
        elif _LETTERS.search(run):
            found.append(" ".join(words))
    return found


def tokens(text: str) -> tuple[str, ...]:
    """The words of a name in Latin letters, folded."""
    bare = re.sub("['’]", "", re.sub(r"['’]s\b", "", text))
    return tuple(folded(one) for one in _LETTERS.findall(bare))


def surname(name: str) -> str:
    """The surname of a Chinese name."""
    return name[:2] if name[:2] in _DOUBLE and len(name) > 2 else name[:1]


def looks_like_a_name(piece: str) -> bool:
    """Whether it may well be the whole name of a person, Chinese or not."""
    if has_cjk(piece):
        known = piece[:2] in _DOUBLE or piece[:1] in SURNAMES
        fits = len(piece) in (range(3, 5) if piece[:2] in _DOUBLE else range(2, 4))
        other = piece in _NO_NAMES or address(piece) is not None or _JOB.search(piece)
        return known and fits and not other
    words = tokens(piece)
    return len(words) in (2, 3) and NOISE.isdisjoint(words)


def address(piece: str) -> Address | None:
    """The form of address that a piece is: 王总, 老王, 欧阳老师."""
    if piece in RANKS or piece in POLITE or not has_cjk(piece):
        return None
    if piece[:1] in _BEFORE and piece[1:] in SURNAMES | _DOUBLE:
        return Address(piece[1:], piece[:1])
    form = next((one for one in _FORMS if piece.endswith(one)), "")
    head = piece[: len(piece) - len(form)]
    if form and (head in _DOUBLE or (len(head) == 1 and has_cjk(head))):
        return Address(head, form)
    return None


def without_form(piece: str) -> str:
    """A name without the form of address behind it: 建国哥, 王建国经理."""
    form = next((one for one in _FORMS if piece.endswith(one) and len(piece) > len(one) + 1), "")
    return piece.removesuffix(form)


def place(piece: str) -> bool:
    """Whether what is written at one with a name is the place of that person: 项目经理王建国.

    王建国的助理 and 王建国助理 are somebody else.
    """
    return beside(piece) and "的" not in piece and not piece.endswith(("助理", "秘书"))


def beside(piece: str) -> bool:
    """Whether a piece is what stands beside names: a place in the house, a house, a device."""
    if has_cjk(piece):
        return piece in RANKS or piece in POLITE or _JOB.search(piece) is not None
    return set(tokens(piece)) <= NOISE


def fits(form: str, title: str) -> bool | None:
    """Whether a form of address fits a title; None where the form or the title says nothing."""
    plain = title.casefold().strip()
    if form not in RANKS or not plain:
        return None
    if re.search(_LISTS["fitting"].get(form, re.escape(form)), plain):
        return True
    return False if form != "总" or _JUNIOR.search(plain) else None


def cannot_be(form: str, title: str) -> bool:
    """Whether nobody with that title is called so: 王会计 is no 总经理, an accountant no 总."""
    return fits(form, title) is False and (form == "总" or form not in _LOOSE)


def company(text: str) -> str:
    """A company's name as it is compared: folded, without its legal form."""
    return folded(_LEGAL.sub("", whole(text).casefold()))


@cache
def spoken(name: str) -> frozenset[str]:
    """How Chinese characters may be written in Latin letters, without blanks."""
    found = {""}
    for char in name:
        found = {start + one for start in found for one in _written(char)}
        if len(found) > 64:  # many readings of many characters: no name
            return frozenset()
    return frozenset(found - {""})


def _written(char: str) -> set[str]:
    """The readings of a character; ü is written v, u or yu."""
    heard = readings(char)
    return {one.replace("v", other) for one in heard for other in ("v", "u", "yu")}


@cache
def spoken_surnames() -> frozenset[str]:
    """The usual Chinese surnames in Latin letters."""
    return frozenset(one for char in SURNAMES for one in readings(char))
