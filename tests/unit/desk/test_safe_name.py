"""A file keeps a name that people know, and never one that leads anywhere."""

import pytest

from pipeline.service.upload_folder import safe_name


@pytest.mark.parametrize(
    ("given", "ours"),
    [
        ("订单 会.m4a", "订单 会.m4a"),
        ("../../etc/passwd", "passwd"),
        ("..\\..\\a.wav", "a.wav"),
        ("..", "file"),
        (".m4a", "m4a"),
        ("a\n\0b.mp3", "a__b.mp3"),
        ("a/", "file"),
        ("会" * 300 + ".m4a", "会" * 66 + ".m4a"),
    ],
)
def test_a_name_is_one_plain_name(given, ours):
    assert safe_name(given) == ours
