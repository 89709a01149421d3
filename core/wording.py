"""Sentences for people, in the language of the face that shows them.

Everything a user may read is made by ``say`` or ``say_count``, so that a face can hand in a translation.
Sentences are written in English; without a translation they stay so.
"""

from collections.abc import Callable
from typing import Any, Self

Translate = Callable[[str], str]


class Sentence(str):
    """A text that still knows what it was made from, so that another process can put it in its language."""

    __slots__ = ("template", "values")

    template: str
    values: dict[str, object]

    def __new__(cls, template: str, values: dict[str, object]) -> Self:
        """The sentence in the present language; ``template`` is the English one with ``{names}``."""
        text = super().__new__(cls, _translate(template).format(**values))
        text.template, text.values = template, values
        return text

    @classmethod
    def of(cls, error: Exception) -> Self:
        """What an error says, made anew from its template if it has one."""
        said = error.args[0] if error.args else ""
        return said if isinstance(said, cls) else cls("{text}", {"text": str(error)})

    def __getnewargs__(self) -> tuple[str, dict[str, object]]:  # type: ignore[override]
        """A copy, also in another process, is made anew: there it speaks that process's language."""
        return self.template, self.values


def packed(value: Any) -> Any:
    """JSON values in which each sentence, however deep, stands by template and values."""
    if isinstance(value, Sentence):
        return {"template": value.template, "values": {n: _plain(v) for n, v in value.values.items()}}
    if isinstance(value, dict):
        return {name: packed(each) for name, each in value.items()}
    return type(value)(map(packed, value)) if isinstance(value, list | tuple) else value


def unpacked(fields: dict[str, Any]) -> Any:
    """The inverse for one JSON object, as ``object_hook``: a sentence is made in the present language."""
    if fields.keys() == {"template", "values"}:
        return Sentence(fields["template"], fields["values"])
    return fields


def _plain(value: object) -> object:
    """A value of a sentence; what is neither number nor text becomes text."""
    return packed(value) if isinstance(value, str | int | float) else str(value)


def _as_written(template: str) -> str:
    return template


_translate: Translate = _as_written


def set_translation(translate: Translate | None) -> None:
    """Hand every later sentence's English template through ``translate``; ``None`` leaves it English."""
    global _translate
    _translate = translate or _as_written


def say(template: str, /, **values: object) -> Sentence:
    """``template`` in the present language, its ``{names}`` replaced by ``values``.

    ``template`` must be a literal: the translations' source is gathered from the calls in the code.
    """
    return Sentence(template, values)


def say_count(count: int, one: str, many: str, /, **values: object) -> Sentence:
    """``one`` for a count of 1, ``many`` for every other; both may hold ``{count}``."""
    return Sentence(one if count == 1 else many, {"count": count, **values})


def again(text: str, /) -> str:
    """The same in the language of now; a text that was not said stays as it is."""
    if not isinstance(text, Sentence):
        return text
    values = {name: again(value) if isinstance(value, str) else value for name, value in text.values.items()}
    return Sentence(text.template, values)


def mark(template: str) -> str:
    """``template`` as it is, noted for translation; ``say(…)`` it when it is shown."""
    return template
