"""What belongs to no labelled call is measured too: how calls are heard, and what attacks reach."""

import pytest

from evals.attacks.cases import cases
from evals.tasks.injection import attacked
from evals.tasks.speech import heard

pytestmark = pytest.mark.slow


@pytest.mark.asr
@pytest.mark.timeout(300)
def test_the_bundled_recordings_are_heard_nearly_without_a_fault():
    cells = heard()
    assert cells["speech.cer_zh"].of > 500
    assert cells["speech.wer_en"].of > 300
    assert all(one.rate is not None and one.rate < 0.05 for one in cells.values())


def test_attacks_on_a_model_that_obeys_are_counted():
    cells = attacked(live=False, chosen=cases("en")[:1])
    assert {name: tuple(one) for name, one in cells.items()} == {"injection.through": (0, 1)}
