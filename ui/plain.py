"""Foreign text where Streamlit would read it as Markdown."""

import re

_MARKS = re.compile(r"([\\`*_{}\[\]()#+\-.!|>~$:<&])")


def plain(text: object) -> str:
    """The text with every mark of Markdown disarmed: it shows as it is.

    Labels of widgets, captions, messages and toasts all read Markdown, and Markdown can load
    pictures from other hosts. Wherever possible use `st.text`, which reads nothing.
    """
    return _MARKS.sub(r"\\\1", " ".join(str(text).split()))
