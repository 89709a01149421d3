import xml.etree.ElementTree as Tree
from collections import Counter
from string import Formatter

import pytest
from PySide6.QtCore import QTranslator

from resources.translations.gather import CONTEXT, TS, not_written_out, templates
from workbench.frame.mnemonics import NO_LETTERS

MAY_BE_SAID = {
    "core/recognition/foreign/importing.py: what",
    "core/workflow/model_card.py: _STEPS[step]",
    "core/workflow/readiness.py: self.grade",
    "core/workflow/report/tables.py: each.kind",
    "workbench/comparison/class_table.py: each.kind",
    "workbench/models/place.py: version.note",
    "workbench/training/endings.py: LEFT_RUNNING",
    "workbench/training/readiness_panel.py: kind",
}
"""What is said but not written out there: it is marked where it is written."""

NOTHING_TO_TRANSLATE = {
    "CER",
    "en",
    "WER",
    "CER {cer:.1f} %",
    "CER {model} (%)",
    "{before:.2f} % → {after:.2f} %",
    "CER {before:.1f} % → {after:.1f} %",
    "{command} ({place})",
    "{job} {percent:.0f} %, {left}",
    "{number} of {pages} · {page}",
    "{read} of {lines}",
    "{reason} {note}",
}


def messages() -> dict[str, Tree.Element]:
    found = Tree.parse(TS).getroot().iter("message")
    return {str(each.findtext("source")): each for each in found}


def translations() -> dict[str, str]:
    return {source: each.findtext("translation") or "" for source, each in messages().items()}


def fields(template: str) -> Counter[str]:
    return Counter(name for _, name, _, _ in Formatter().parse(template) if name is not None)


def test_the_translations_are_those_of_the_sentences_in_the_code() -> None:
    assert set(messages()) == set(templates()), "run `make translations`"


def test_nothing_is_said_that_cannot_be_gathered() -> None:
    assert set(not_written_out()) == MAY_BE_SAID


def test_every_sentence_has_a_finished_translation() -> None:
    unfinished = [source for source, each in messages().items() if each.find("translation").get("type")]  # type: ignore[union-attr]
    assert not unfinished
    assert not [source for source, text in translations().items() if not text.strip()]


def test_a_translation_has_the_names_of_its_sentence() -> None:
    wrong = [source for source, text in translations().items() if set(fields(source)) != set(fields(text))]
    assert not wrong


def test_a_translation_keeps_spaces_at_the_ends_and_dots() -> None:
    for source, text in translations().items():
        assert (source[:1] == " ", source[-1:] == " ") == (text[:1] == " ", text[-1:] == " "), source
        assert source.endswith("…") == text.endswith("…"), source


def test_translations_are_chinese() -> None:
    latin = {source for source, text in translations().items() if not NO_LETTERS.search(text)}
    assert latin == NOTHING_TO_TRANSLATE


@pytest.mark.usefixtures("qapp")
def test_the_compiled_translation_is_that_of_the_source() -> None:
    translator = QTranslator()
    assert translator.load(str(TS.with_suffix(".qm")))
    stale = [s for s, text in translations().items() if translator.translate(CONTEXT, s) != text]
    assert not stale, "run `make translations`"
