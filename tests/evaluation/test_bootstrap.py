from __future__ import annotations

import numpy as np
import pytest

from ssner.evaluation.bootstrap import interval, pooled_f1, resampled_f1, resamples


def test_every_resample_draws_as_many_documents_as_there_are() -> None:
    weights = resamples(7, 50)
    assert weights.shape == (50, 7)
    assert set(weights.sum(axis=1)) == {7.0}
    assert weights.mean() == 1.0


def test_resamples_are_the_same_for_the_same_seed() -> None:
    assert np.array_equal(resamples(5, 20, 3), resamples(5, 20, 3))
    assert not np.array_equal(resamples(5, 20, 3), resamples(5, 20, 4))


def test_pooled_f1_is_the_harmonic_mean_of_both_ratios() -> None:
    assert pooled_f1(np.array([[3.0, 4.0, 3.0, 6.0]])) == pytest.approx(2 * 0.75 * 0.5 / 1.25)
    assert pooled_f1(np.array([[1.0, 2.0, 3.0, 4.0]])) == pytest.approx(2 * 0.5 * 0.75 / 1.25)


def test_groups_are_averaged_and_empty_ones_are_zero() -> None:
    assert pooled_f1(np.array([[1.0, 1.0, 1.0, 1.0], [0.0, 0.0, 0.0, 0.0]])) == 0.5


def test_a_resample_pools_the_documents_that_it_draws() -> None:
    counts = np.array([[[2.0, 4.0, 2.0, 2.0]], [[0.0, 1.0, 0.0, 3.0]]])
    weights = np.array([[2.0, 0.0], [1.0, 1.0]])
    assert resampled_f1(counts, weights) == pytest.approx([2 * 0.5 * 1 / 1.5, 2 * 0.4 * 0.4 / 0.8])


def test_the_interval_holds_95_percent() -> None:
    assert interval(np.arange(1001) / 1000) == pytest.approx((0.025, 0.975))
