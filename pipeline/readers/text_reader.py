"""The Reader adapter: which shape a file has is told from its content, not its name."""

from pipeline.errors import NotReadableError
from pipeline.language.normalise import visible
from pipeline.models.reading import Reading
from pipeline.readers.cues import looks_timed, read_cues
from pipeline.readers.encoding import decode
from pipeline.readers.plain import looks_plain, read_plain
from pipeline.readers.turns import looks_json, read_json


class TextReader:
    """Reads transcript.json, {turns}, VTT, SRT and the plain text we write."""

    def read(self, data: bytes, *, name: str) -> Reading:
        """Recognise the shape and read all of it.

        Raises:
            NotReadableError: empty, no known encoding or shape, or no turn in it.
        """
        text = visible(decode(data, name=name))
        reading = self._read(text, name)
        if not reading.segments:
            raise NotReadableError("no_turns", file=name)
        return reading

    @staticmethod
    def _read(text: str, name: str) -> Reading:
        if looks_json(text):
            return read_json(text, name=name)
        if looks_timed(text):
            return read_cues(text)
        if looks_plain(text):
            return read_plain(text)
        raise NotReadableError("unknown_shape", file=name)
