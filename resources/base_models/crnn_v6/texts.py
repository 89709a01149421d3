"""What stands in the rendered lines: prose in five languages, Chinese verse and prose, random characters."""

import json
import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from html import unescape
from pathlib import Path
from typing import Any

import numpy as np

from core.recognition.charset import Charset
from resources.base_models.crnn_v6.packages import unpacked

STOPWORDS, FRENCH_WORDS = "npm:stopwords-iso@1.1.0", "npm:an-array-of-french-words@2.0.0"
POETRY = "npm:chinese-poetry@2.0.1"
FRENCH_MANUAL = "deb:developers-reference-fr"
FORTUNES = {
    "de": ("deb:fortunes-de", ("de/zitate", "de/sprichworte", "de/gedichte")),
    "en": ("deb:fortunes", ("wisdom", "love", "songs-poems", "people", "education")),
    "es": ("deb:fortunes-es", ("es/refranes.fortunes", "es/arte.fortunes", "es/sabiduria.fortunes")),
    "it": ("deb:fortunes-it", ("italia",)),
}
CHINESE = (
    "quantangshi/poet.tang.[0-9]000.json",
    "quantangshi/poet.song.[0-9]000.json",
    "songci/ci.song.[0-9]000.json",
    "sishuwujing/*.json",
    "mengxue/guwenguanzhi.json",
    "lunyu/*.json",
)
"""Traditional characters but for songci, which is in simplified ones."""

LANGUAGES = {
    "print": {"de": 3, "fr": 3, "en": 2, "es": 1, "it": 1},
    "hand": {"fr": 5, "de": 2, "en": 2, "es": 1, "it": 1},
    "early": {"fr": 4, "en": 2, "es": 2, "it": 2},
    "fraktur": {"de": 1},
}
"""Shares of languages by kind of line."""

MAX_WORDS, MAX_CHINESE = 11, 22
_CHINESE_MARKS = re.compile(r"[^\u3400-\u9fff]")


class Texts:
    """Lines of text at random, by kind; only with characters of ``charset``."""

    def __init__(self, packages: Path, charset: Charset) -> None:
        self._charset = charset
        self._words = {language: _fortune_words(packages, language) for language in FORTUNES}
        self._words["fr"] = _french_words(packages)
        self._chinese = _chinese(packages)
        self._rare = tuple(char for char in charset.characters if "\u3400" <= char <= "\u9fff")
        self._signs = tuple(char for char in charset.characters if "!" <= char <= "ſ")

    def line(self, kind: str, rng: np.random.Generator) -> str:
        """A line of a kind: one of ``LANGUAGES``, ``chinese``, ``chinese-hand``, (``chinese-``)``random``."""
        if kind == "random":
            return self._random(self._signs, rng, spaces=0.12, longest=40)
        if kind == "chinese-random":
            return self._random(self._rare, rng, spaces=0.0, longest=MAX_CHINESE)
        if kind.startswith("chinese"):
            return self._known(self._chinese_line(rng))
        text = self._prose(kind, rng)
        return self._known(SPELLING.get(kind, _as_it_is)(text, rng))

    def _known(self, text: str) -> str:
        composed = unicodedata.normalize("NFC", text)
        return " ".join("".join(char for char in composed if char in self._charset).split())

    def _prose(self, kind: str, rng: np.random.Generator) -> str:
        """Some words in a row, now and then with a number or a date, or in capitals."""
        shares = LANGUAGES[kind]
        language = str(rng.choice(list(shares), p=np.array(list(shares.values())) / sum(shares.values())))
        words = self._words[language]
        start, count = int(rng.integers(0, len(words))), int(rng.integers(1, MAX_WORDS + 1))
        chosen = list(words[start : start + count])
        if rng.random() < 0.2:
            chosen.insert(int(rng.integers(0, len(chosen) + 1)), _number(rng))
        if rng.random() < 0.2 and len(chosen[-1]) > 4:  # the line ends within a word
            chosen[-1] = chosen[-1][: int(rng.integers(2, len(chosen[-1]) - 1))] + "-"
        text = " ".join(chosen)
        return text.upper() if rng.random() < 0.04 and kind != "hand" else text

    def _chinese_line(self, rng: np.random.Generator) -> str:
        text = self._chinese[int(rng.integers(0, len(self._chinese)))]
        if rng.random() < 0.6:  # old books have no marks between sentences
            text = _CHINESE_MARKS.sub("", text)
        length = int(rng.integers(2, MAX_CHINESE + 1))
        start = int(rng.integers(0, max(len(text) - length, 0) + 1))
        return text[start : start + length]

    def _random(self, signs: Sequence[str], rng: np.random.Generator, spaces: float, longest: int) -> str:
        chosen = rng.choice(len(signs), int(rng.integers(2, longest)))
        return "".join(" " if rng.random() < spaces else signs[place] for place in chosen).strip()


def _as_it_is(text: str, _rng: np.random.Generator) -> str:
    return text


def long_s(text: str) -> str:
    """Long s as printers set it: everywhere but at the end of a word."""
    return re.sub(r"s(?=\w)", "ſ", text)


def _fraktur(text: str, rng: np.random.Generator) -> str:
    return long_s(text) if rng.random() < 0.95 else text


def early_spelling(text: str, rng: np.random.Generator) -> str:
    """Letter v at the beginning and u within words, long s, & for et, a tilde for some n or m."""
    if rng.random() < 0.7:
        text = re.sub(r"\bu", "v", re.sub(r"(?<=\w)v", "u", text))
    text = re.sub(r"\b(et|and|und|e|y)\b", lambda found: "&" if rng.random() < 0.6 else found[0], text)
    text = re.sub(
        r"([aoui])[nm](?=[^aeiouy\s\W])",
        lambda found: unicodedata.normalize("NFC", found[1] + "\u0303") if rng.random() < 0.15 else found[0],
        text,
    )
    return long_s(text) if rng.random() < 0.7 else text


SPELLING: dict[str, Callable[[str, np.random.Generator], str]] = {
    "fraktur": _fraktur,
    "early": early_spelling,
}


def _number(rng: np.random.Generator) -> str:
    number = int(10 ** rng.uniform(0, 4.3))
    year = 1500 + number % 500
    forms = (f"{number}", f"{number}.", f"({number})", f"{year}", f"№ {number}", f"§. {number}.")
    return forms[int(rng.integers(0, len(forms)))]


def _fortune_words(packages: Path, language: str) -> tuple[str, ...]:
    package, names = FORTUNES[language]
    folder = unpacked(packages, package) / "usr/share/games/fortunes"
    text = " ".join((folder / name).read_text("utf-8", errors="ignore") for name in names)
    return tuple(word for word in text.split() if word not in ("%", "--"))


def _french_words(packages: Path) -> tuple[str, ...]:
    """Sentences of a manual, then words of a dictionary between the words that every text is full of."""
    manual = unpacked(packages, FRENCH_MANUAL) / "usr/share/developers-reference/fr"
    pages = (file.read_text("utf-8") for file in sorted(manual.glob("*.html")))
    prose = " ".join(paragraph for page in pages for paragraph in _paragraphs(page)).split()
    words = _json(unpacked(packages, FRENCH_WORDS) / "package/index.json")
    stopwords = _json(unpacked(packages, STOPWORDS) / "package/stopwords-iso.json")["fr"]
    rng = np.random.default_rng(0)
    mixed = (
        str(stopwords[rng.integers(0, len(stopwords))] if rng.random() < 0.5 else _cased(words, rng))
        for _ in range(3 * len(prose))
    )
    return (*prose, *mixed)


def _json(file: Path) -> Any:
    return json.loads(file.read_text("utf-8"))


def _cased(words: Sequence[str], rng: np.random.Generator) -> str:
    word = words[int(rng.integers(0, len(words)))] + ("," if rng.random() < 0.1 else "")
    return word.capitalize() if rng.random() < 0.25 else word


def _paragraphs(page: str) -> Iterator[str]:
    for found in re.finditer(r"<p>(.*?)</p>", page, re.DOTALL):
        yield unescape(re.sub(r"<[^>]*>", "", found[1]))


def _chinese(packages: Path) -> tuple[str, ...]:
    folder = unpacked(packages, POETRY) / "package/dist"
    texts: list[str] = []
    for pattern in CHINESE:
        for file in sorted(folder.glob(pattern)):
            texts += ["".join(found) for found in _texts_in(_json(file))]
    return tuple(texts)


def _all_text(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(each, str) for each in value)


def _texts_in(value: Any) -> Iterator[list[str]]:
    """The lists of paragraphs, wherever they are in a file."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key == "paragraphs" and _all_text(inner):
                yield inner
            else:
                yield from _texts_in(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts_in(inner)
