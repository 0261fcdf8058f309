"""Files about a system's own words: the reader, and what its findings are in words."""

from pipeline.ports.files import VocabularyReader


def reader() -> VocabularyReader:
    """The reader of data dictionaries, capabilities and scope."""
    from pipeline.readers.vocabulary import reader as shapes

    return shapes.VocabularyReader()
