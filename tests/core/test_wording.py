import json
import pickle
from pathlib import Path

import pytest

from core.wording import Sentence, packed, say, say_count, set_translation, unpacked

GERMAN = {"{name} has no lines.": "{name} hat keine Zeilen.", "{count} line": "{count} Zeile"}


@pytest.fixture
def german():
    set_translation(lambda template: GERMAN.get(template, template))
    yield
    set_translation(None)


def test_a_sentence_is_english_until_a_translation_is_handed_in():
    assert say("{name} has no lines.", name="Page 4") == "Page 4 has no lines."


@pytest.mark.usefixtures("german")
def test_a_sentence_comes_in_the_language_handed_in_and_keeps_its_template():
    sentence = say("{name} has no lines.", name="Page 4")
    assert sentence == "Page 4 hat keine Zeilen."
    assert (sentence.template, sentence.values) == ("{name} has no lines.", {"name": "Page 4"})


@pytest.mark.usefixtures("german")
def test_one_and_many_have_sentences_of_their_own():
    assert say_count(1, "{count} line", "{count} lines") == "1 Zeile"
    assert say_count(3, "{count} line", "{count} lines") == "3 lines"


def test_a_pickled_sentence_speaks_the_language_where_it_arrives():
    packed = pickle.dumps(say("{name} has no lines.", name="Page 4"))
    set_translation(lambda template: GERMAN.get(template, template))
    try:
        assert pickle.loads(packed) == "Page 4 hat keine Zeilen."
    finally:
        set_translation(None)


def test_sentences_go_through_json_however_deep_they_stand():
    inner = say("{count} line", count=3)
    sentence = say("{name}: {inner} at {share:.0%}", name=Path("a"), inner=inner, share=0.5)
    text = json.dumps(packed({"event": "failed", "lines": [{"reason": sentence, "line": 7}]}))
    set_translation(lambda template: GERMAN.get(template, template))
    try:
        event = json.loads(text, object_hook=unpacked)
        assert event == {"event": "failed", "lines": [{"reason": "a: 3 Zeile at 50%", "line": 7}]}
        assert isinstance(event["lines"][0]["reason"], Sentence)
    finally:
        set_translation(None)


def test_an_error_without_a_template_keeps_its_text():
    assert unpacked(packed(Sentence.of(ValueError("{odd} text")))) == "{odd} text"
