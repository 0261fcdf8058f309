"""Tells the browser which language the desk speaks: readers aloud, fonts and spelling go by it."""

from pipeline.models.base import Language
from ui.components.parts import part

TAGS = {"zh": "zh-CN", "en": "en"}
"""Streamlit itself says English on every page."""


def tongue(language: Language) -> None:
    """Say it of the whole page."""
    part("tongue")(key="tongue", data={"language": TAGS[language]}, width=1)
