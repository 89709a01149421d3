"""A language model beside the recogniser: shallow fusion (Hannun et al. 2014)."""

from collections.abc import Callable
from dataclasses import dataclass, field
from math import exp

from core.decoding.ngram import NgramModel

BONUS = 2.0
"""Added per character, in units of the weight.

About what a character costs a good model, so that neither longer nor shorter readings are preferred.
"""

REMEMBERED = 100_000
"""Factors that are remembered, some 15 MB."""


@dataclass(frozen=True)
class Fusion:
    """A language model with its weight.

    A reading scores log P(frames) + weight * (log P(text) + BONUS * length). Keep one as long as model and
    weight stay: it remembers what it has looked up. Not to be shared between threads.
    """

    model: NgramModel
    weight: float
    _factors: dict[str, float] = field(default_factory=dict, repr=False, compare=False)

    def factor_after(self, prefix: str) -> Callable[[str, str], float]:
        """What a character multiplies to a hypothesis (text after ``prefix``)."""
        reach = self.model.order
        factors = self._factors
        if len(factors) > REMEMBERED:
            factors.clear()

        def factor(text: str, char: str) -> float:
            context = text if len(text) >= reach else prefix + text
            key = self.model.reached(context) + char
            known = factors.get(key)
            if known is None:
                cost = self.model.log_probability(context, char) + BONUS
                known = factors[key] = exp(self.weight * cost)
            return known

        return factor

    def score(self, prefix: str, text: str) -> float:
        """What the language model adds to the logarithm of the probability of ``text`` after ``prefix``."""
        if not text:
            return 0.0
        context = prefix[-self.model.order :]
        logs = self.model.log_probabilities(context + text)[len(context) :]
        return self.weight * (float(logs.sum()) + BONUS * len(text))
