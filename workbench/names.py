"""What the window calls the values of the domain."""

from core.document import Split, TranscriptionState
from core.evaluation.comparison import Outcome
from core.wording import say


def split_name(split: Split | None) -> str:
    """What a page serves for."""
    names = {
        None: say("undecided"),
        Split.TRAIN: say("training"),
        Split.VAL: say("validation"),
        Split.TEST: say("test"),
    }
    return names[split]


def state_name(state: TranscriptionState) -> str:
    """How far a human is with a line."""
    names = {
        TranscriptionState.OPEN: say("open"),
        TranscriptionState.CORRECTED: say("corrected"),
        TranscriptionState.REVIEWED: say("reviewed"),
        TranscriptionState.UNREADABLE: say("unreadable"),
    }
    return names[state]


def outcome_name(outcome: Outcome) -> str:
    """What the second of two models made of a line."""
    names = {
        Outcome.BETTER: say("better"),
        Outcome.WORSE: say("worse"),
        Outcome.SAME: say("same"),
    }
    return names[outcome]
