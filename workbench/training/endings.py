"""How a training ended, in words."""

from html import escape

from core.storage.project import LEFT_RUNNING
from core.versions import RunState, TrainingRun
from core.wording import say
from core.workflow.verdict import Verdict


def verdict_html(model: str, found: Verdict | None) -> str:
    """A version beside its base; ``None``: they were not compared."""
    text = found.text if found else say("It was not compared with its base on the same lines.")
    advice = say("Look at the worse ones before you use it.") if found and found.worse else ""
    reason = f"<br>{escape(found.reason, quote=False)}" if found else ""
    words = escape(f"{text} {advice}".rstrip(), quote=False)
    return f"<b>{escape(model)}</b>: {words}{reason}"


def past_words(run: TrainingRun, *, resumable: bool) -> str:
    """When the last training was, and how it ended; ``resumable``: whether it can be gone on with."""
    when = run.started_at.astimezone().strftime("%Y-%m-%d %H:%M")
    if run.state is RunState.SUCCEEDED:
        made = say("made {model}", model=run.model) if run.model else say("its model was deleted since")
        return say("Last training, {when}: {how}", when=when, how=made)
    if run.state is RunState.CANCELLED:  # what is stored is in the language of that day
        how: str = say("Stopped; it can be resumed.") if resumable else _state_name(run.state)
    elif run.message == LEFT_RUNNING:
        how = say(LEFT_RUNNING) if resumable else _state_name(run.state)
    else:
        how = run.message or _state_name(run.state)
    return say("Last training, {when}: {how}", when=when, how=how)


def _state_name(state: RunState) -> str:
    names = {
        RunState.RUNNING: say("running"),
        RunState.SUCCEEDED: say("succeeded"),
        RunState.CANCELLED: say("cancelled"),
        RunState.FAILED: say("failed"),
        RunState.INTERRUPTED: say("interrupted"),
    }
    return names[state]
