"""What a project's corrections teach about reading its drafts: regular mistakes, and its language."""

import json
from dataclasses import dataclass
from pathlib import Path

from core.decoding.constrained import redecode
from core.decoding.fusion import Fusion
from core.decoding.mistakes import Mistakes
from core.decoding.ngram import NgramModel
from core.decoding.posteriors import Posteriors
from core.document import Recognition

FACTS, LANGUAGE = "help.json", "language.npz"


@dataclass(frozen=True, slots=True)
class HelpFacts:
    """What was measured when the help was learned.

    Errors are wrong characters on ``checked`` lines that it had not learned from, as the model reads them and
    with each help.
    """

    lines: int
    checked: int
    characters: int
    errors_plain: int
    errors_mistakes: int
    errors_helped: int


@dataclass(frozen=True)
class ReadingHelp:
    """Helps to read the drafts of one model version; each part is there only if it lowered the errors."""

    mistakes: Mistakes
    fusion: Fusion | None
    facts: HelpFacts

    @property
    def useful(self) -> bool:
        """Whether it changes anything."""
        return bool(self.mistakes.shares) or self.fusion is not None

    def seen(self, posteriors: Posteriors) -> Posteriors:
        """What the model would have seen if it knew its mistakes."""
        return self.mistakes.corrected(posteriors)

    def read(self, posteriors: Posteriors) -> Recognition:
        """A whole line, read with all that helps."""
        if self.fusion is None:
            return self.seen(posteriors).recognition()
        plain = posteriors.recognition()
        read = redecode(self.seen(posteriors), "", fusion=self.fusion)
        return Recognition(read.tail, plain.gaps)

    def save(self, folder: Path) -> None:
        """Write it; the facts come last, so that a half-written help is none."""
        folder.mkdir(parents=True, exist_ok=True)
        (folder / FACTS).unlink(missing_ok=True)
        if self.fusion:
            self.fusion.model.save(folder / LANGUAGE)
        values = {
            "mistakes": self.mistakes.to_json(),
            "weight": self.fusion.weight if self.fusion else 0.0,
            "facts": {name: getattr(self.facts, name) for name in HelpFacts.__dataclass_fields__},
        }
        (folder / FACTS).write_text(json.dumps(values, ensure_ascii=False), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> "ReadingHelp | None":
        """The inverse of ``save``; ``None`` if there is none, or it is damaged: it is learned anew then."""
        try:
            values = json.loads((folder / FACTS).read_text(encoding="utf-8"))
            weight = float(values["weight"])
            language = NgramModel.load(folder / LANGUAGE) if weight else None
            return cls(
                Mistakes.from_json(values["mistakes"]),
                Fusion(language, weight) if language else None,
                HelpFacts(**values["facts"]),
            )
        except (OSError, ValueError, KeyError, TypeError):
            return None
