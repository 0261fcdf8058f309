"""A small file of every shape: what docs/reference/formats.md shows, and a few beside it."""

import json
import re
from pathlib import Path

FORMATS = Path(__file__).parents[3] / "docs" / "reference" / "formats.md"
_SHOWN = re.compile(r"^### `(\w+)`[^\n]*\n(?:(?!^#).*\n)*?```\w*\n(.*?)^```", re.M | re.S)

OWN = {
    "vtt": "WEBVTT\n\nNOTE by hand\n\n1\n00:00:01.000 --> 00:00:03.500\n<v 周敏>先看库存报表</v>\n\n"
    "00:00:04.000 --> 00:00:06.000\n再看导出\n",
    "srt": "1\n00:00:01,000 --> 00:00:03,500\nRuth: First the stock report.\n\n"
    "2\n00:00:04,000 --> 00:00:06,000\nthen the export\n\n"
    "3\n00:00:07,000 --> 00:00:08,000\nRuth: That is all.\n",
    "sbv": "0:00:01.000,0:00:03.500\n先看库存报表\n\n0:00:04.000,0:00:06.000\n再看导出[br]下周\n",
    "txt": "[00:00:01] 周敏: 先看库存报表\n[00:00:04] Ruth: then the export\n",
    "turns": json.dumps(
        {"turns": [{"speaker": "周敏", "start": 1, "end": 2.5, "text": "先看报表"}]}
    ),
    "dragoman": json.dumps(
        {
            "engine": {"name": "import", "model": "vtt"},
            "segments": [{"id": "s0001", "index": 0, "speaker": "Ruth", "text": "First this."}],
        }
    ),
    "whisper": json.dumps(
        {
            "text": " First the report. 好的",
            "language": "en",
            "segments": [
                {
                    "id": 0,
                    "start": 1.0,
                    "end": 2.5,
                    "text": " First the report.",
                    "avg_logprob": -0.2,
                    "no_speech_prob": 0.01,
                    "words": [{"word": " First", "start": 1.0, "end": 1.2, "probability": 0.9}],
                },
                {"start": 3, "end": 4, "text": " 好的", "speaker": "SPEAKER_01"},
            ],
        }
    ),
    "whisper_cpp": json.dumps(
        {
            "result": {"language": "zh"},
            "transcription": [
                {
                    "timestamps": {"from": "00:00:01,000", "to": "00:00:02,500"},
                    "offsets": {"from": 1000, "to": 2500},
                    "text": " 先看报表",
                }
            ],
        }
    ),
    "whisper_tsv": "start\tend\ttext\n1000\t2500\tFirst the report.\n3000\t4000\t好的\n",
    "meetspec": json.dumps(
        {
            "schema": "meetspec/transcript/v1",
            "segments": [
                {"start": 1.0, "end": 2.5, "speaker": "Ruth", "text": "First the report."}
            ],
        }
    ),
    "tencent_api": json.dumps(
        {
            "minutes": {
                "paragraphs": [
                    {
                        "pid": "0",
                        "start_time": 1000,
                        "end_time": 2500,
                        "speaker_info": {"userid": "u1", "username": "周敏"},
                        "sentences": [
                            {
                                "sid": "0",
                                "words": [
                                    {
                                        "wid": "0",
                                        "start_time": 1000,
                                        "end_time": 1400,
                                        "text": "先",
                                    },
                                    {
                                        "wid": "1",
                                        "start_time": 1400,
                                        "end_time": 2500,
                                        "text": "看",
                                    },
                                ],
                            }
                        ],
                    }
                ]
            }
        }
    ),
    "xfyun": json.dumps(
        {
            "lattice": [
                {
                    "json_1best": json.dumps(
                        {
                            "st": {
                                "bg": "1000",
                                "ed": "2500",
                                "rl": "1",
                                "rt": [{"ws": [{"cw": [{"w": "先看"}]}, {"cw": [{"w": "报表"}]}]}],
                            }
                        }
                    )
                }
            ]
        }
    ),
}


def documented() -> dict[str, str]:
    """The block under each heading that is the name of a shape; nothing where the page has none."""
    return dict(_SHOWN.findall(FORMATS.read_text(encoding="utf-8")))


def examples() -> dict[str, str]:
    """A file of each shape that has one, by the shape's name."""
    return OWN | documented()
