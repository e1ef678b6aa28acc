"""statistical against statistics."""

import math
import random
import statistics

import statistical
from statistical import univariate

chance = random.Random(7)


def near(a: float, b: float) -> bool:
    return math.isclose(a, b, rel_tol=1e-9, abs_tol=1e-9)


for _ in range(500):
    data = [chance.uniform(-100, 100) for _ in range(chance.randrange(2, 30))]
    positive = [abs(value) + 0.01 for value in data]
    assert near(statistical.mean(data), statistics.mean(data))
    assert near(statistical.median(data), statistics.median(data))
    assert near(statistical.variance(data), statistics.variance(data))
    assert near(statistical.population_variance(data), statistics.pvariance(data))
    assert near(statistical.standard_deviation(data), statistics.stdev(data))
    assert near(statistical.population_standard_deviation(data, None), statistics.pstdev(data))
    assert near(univariate.harmonic_mean(positive), statistics.harmonic_mean(positive))
    assert near(univariate.geometric_mean(positive), statistics.geometric_mean(positive))
    mean, deviation = statistics.mean(data), statistics.stdev(data)
    assert near(statistical.variance(data, mean), statistics.variance(data))
    scores = statistical.standard_scores(data)
    assert all(near(score, (value - mean) / deviation) for score, value in zip(scores, data))

for _ in range(500):
    whole = [chance.randrange(6) for _ in range(chance.randrange(1, 12))]
    # Of several that are as frequent, Rust names any.
    assert statistical.mode(whole) in statistics.multimode(whole)
