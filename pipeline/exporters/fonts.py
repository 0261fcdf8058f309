"""Which fonts a document names. None is embedded: the reader's machine has them.

Chinese: Microsoft YaHei (微软雅黑) is on every Windows since Vista, and both Word and WPS know it
by this name. It stays sharp in the small sizes of tables, where 宋体 breaks up; figures and Latin
letters come from the same face, so that a column of amounts and order numbers stands in one line.
English: Calibri, with Chinese names that occur in it in Microsoft YaHei.
"""

from typing import NamedTuple

from pipeline.models.base import Language


class Fonts(NamedTuple):
    """Font names by script, and the tag of the language for proofing."""

    latin: str
    east_asian: str
    tag: str


WORD: dict[Language, Fonts] = {
    "zh": Fonts("Microsoft YaHei", "Microsoft YaHei", "zh-CN"),
    "en": Fonts("Calibri", "Microsoft YaHei", "en-GB"),
}
"""For Word and for Excel."""
