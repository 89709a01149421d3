"""Suspects: labels in which a model that never learned them reads something else."""

from collections.abc import Sequence

from core.jobs import CancelToken
from core.storage.changes import Change
from core.wording import say, say_count
from core.workflow.suspects import Suspect, correct, keep, suspects
from workbench.review.pair_model import Pair
from workbench.review.pair_tab import PairTab


class SuspectsTab(PairTab):
    """The most suspicious first: many characters that the model read surely and otherwise."""

    name = "suspects"

    @property
    def title(self) -> str:
        """What the tab is called."""
        return say("Suspects")

    @property
    def titles(self) -> tuple[str, str, str]:
        """The label, what a model reads, how much that says."""
        return say("Text"), say("Model reads"), say("Weight")

    @property
    def acts(self) -> tuple[str, str]:
        """The two decisions."""
        return say("Keep the text"), say("Take the model's")

    @property
    def job_name(self) -> str:
        """What finding the pairs is called."""
        return say("Looking for suspects")

    @property
    def nothing(self) -> tuple[str, str]:
        """What would bring suspects to light."""
        return (
            say("No suspects"),
            say(
                "Either all corrected lines agree with the models, or no model has read lines that it did "
                "not learn. Evaluate a model on its test pages under Compare, or draft corrected pages with "
                "a base model."
            ),
        )

    def load(self, cancel: CancelToken) -> Sequence[Pair]:
        """From evaluations and drafts."""
        return [_pair(suspect) for suspect in suspects(self.workspace.project, cancel=cancel)]

    def keep(self, pair: Pair) -> Change:
        """The label is right."""
        assert isinstance(pair.source, Suspect)
        return keep(self.workspace.project, pair.source.label)

    def take(self, pair: Pair, text: str) -> Change:
        """The label was wrong."""
        assert isinstance(pair.source, Suspect)
        return correct(self.workspace.project, pair.source.label, text)

    def summary(self, count: int) -> str:
        """How many labels."""
        return (
            say_count(count, "{count} suspicious text", "{count} suspicious texts, the worst first")
            if count
            else ""
        )


def _pair(suspect: Suspect) -> Pair:
    label = suspect.label
    note = f"{suspect.score:.1f}  {suspect.reading.model}"
    return Pair(
        label.line_id, label.page_number, label.order, label.text, suspect.reading.text, note, suspect
    )
