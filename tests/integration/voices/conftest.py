"""The small models, built once."""

import pytest

from tests.integration.voices.sound import Models, embedding, segmentation


@pytest.fixture(scope="session")
def models(tmp_path_factory: pytest.TempPathFactory) -> Models:
    """A pair that tells voices apart by their pitch."""
    folder = tmp_path_factory.mktemp("voices")
    return Models(segmentation(folder / "segmentation.onnx"), embedding(folder / "print.onnx"))
