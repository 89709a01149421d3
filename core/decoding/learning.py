"""Learning what helps to read a project's drafts, and measuring whether it does."""

from collections.abc import Sequence

from rapidfuzz.distance import Levenshtein

from core.decoding.fusion import Fusion
from core.decoding.help import HelpFacts, ReadingHelp
from core.decoding.mistakes import Mistakes
from core.decoding.ngram import NgramModel
from core.decoding.posteriors import Posteriors
from core.decoding.weight import fit_weight
from core.jobs import CancelToken

Line = tuple[Posteriors, str]
"""What a model saw, and what stands there."""

FEWEST = 8
"""With fewer lines to learn from nothing is concluded."""

CHECKED = 80
"""Lines to check on; fitting the language model's weight takes some 60 ms for each."""

EVERY = 4
"""Without validation pages each fourth line is held back to check on."""


def learn_help(
    learn: Sequence[Line],
    check: Sequence[Line],
    texts: Sequence[str],
    cancel: CancelToken | None = None,
) -> ReadingHelp | None:
    """Learn from corrected lines; keep only what lowers the errors on lines that were not learned from.

    Args:
        learn: Lines to learn mistakes from.
        check: Lines of the validation pages; if there are none, some of ``learn`` are held back.
        texts: Confirmed texts for the language model, those of ``check`` not among them.
        cancel: Looked at between lines.

    Returns:
        ``None`` if there are too few lines.

    Raises:
        Cancelled: On request.
    """
    held_back = not check
    if held_back:
        check, learn = learn[::EVERY], [line for n, line in enumerate(learn) if n % EVERY]
    if len(learn) < FEWEST or not check:
        return None
    check = check[:CHECKED]
    if held_back:
        known = {text for _, text in check}
        texts = [text for text in texts if text not in known]
    plain = _errors(check, Mistakes({}))
    mistakes = Mistakes.learn((line.recognition().text, text) for line, text in learn)
    corrected = _errors(check, mistakes)
    if corrected >= plain:
        mistakes, corrected = Mistakes({}), plain
    seen = [(mistakes.corrected(line), text) for line, text in check]
    language = NgramModel.learn(texts)
    weight = fit_weight(seen, language, cancel)
    facts = HelpFacts(
        lines=len(learn),
        checked=len(check),
        characters=sum(len(text) for _, text in check),
        errors_plain=plain,
        errors_mistakes=corrected,
        errors_helped=corrected,
    )
    help_ = ReadingHelp(mistakes, Fusion(language, weight) if weight else None, facts)
    return _measured(help_, check)


def _errors(lines: Sequence[Line], mistakes: Mistakes) -> int:
    return sum(
        Levenshtein.distance(mistakes.corrected(line).recognition().text, text) for line, text in lines
    )


def _measured(help_: ReadingHelp, check: Sequence[Line]) -> ReadingHelp:
    errors = sum(Levenshtein.distance(help_.read(line).text, text) for line, text in check)
    values = {name: getattr(help_.facts, name) for name in HelpFacts.__dataclass_fields__}
    return ReadingHelp(help_.mistakes, help_.fusion, HelpFacts(**{**values, "errors_helped": errors}))
