"""Messages to customers: effect only against a holdout, prevented and induced apart."""

import numpy as np
import pytest

from analytics.errors import AnalyticsError
from analytics.statistics.effects import Reached, template_effect


def test_prevented_and_induced_make_the_net():
    found = template_effect(Reached(32_000, 2944, 2144, 800), Reached(8000, 880, 776, 104))
    assert found.contacted.value == pytest.approx(92)
    assert found.net.value == pytest.approx(-18)
    assert found.topic.value == pytest.approx(-30)
    assert found.other.value == pytest.approx(12)
    assert found.topic.high < 0 < found.other.low
    assert found.net.value == pytest.approx(found.topic.value + found.other.value)


def test_without_a_holdout_nothing_is_an_effect():
    for holdout in (None, Reached(0, 0, 0, 0)):
        found = template_effect(Reached(1000, 90, 60, 30), holdout)
        assert found.contacted.value == pytest.approx(90)
        assert (found.net.state, found.net.value) == ("cannot", None)
        assert "not because of it" in found.net.why


def test_the_planted_effect_is_covered():
    generator = np.random.default_rng(13)
    covered = []
    for _ in range(200):
        sent, held = (
            generator.multinomial(32_000, [0.067, 0.025, 0.908]),
            generator.multinomial(8000, [0.097, 0.013, 0.89]),
        )
        found = template_effect(
            Reached(32_000, sent[0] + sent[1], sent[0], sent[1]), Reached(8000, held[0] + held[1], held[0], held[1])
        )
        covered.append([found.net.covers(-18), found.topic.covers(-30), found.other.covers(12)])
    assert np.mean(covered, axis=0).min() >= 0.91


def test_small_arms_are_refused():
    found = template_effect(Reached(1000, 90, 60, 30), Reached(20, 2, 1, 1))
    assert found.net.state == "cannot"


@pytest.mark.parametrize("arm", [Reached(5, 6, 6, 0), Reached(50, 6, 3, 4), Reached(5, -1, -1, 0)])
def test_arms_that_do_not_add_up_are_refused(arm):
    with pytest.raises(AnalyticsError):
        template_effect(arm, None)
