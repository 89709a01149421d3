import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.decoding.constrained import redecode
from core.decoding.fusion import Fusion
from core.decoding.ngram import NgramModel
from core.decoding.reading import placed
from core.document import BASE_MODELS
from core.recognition.ctc import trim
from tests.core.decoding.spikes import spikes, written

TYPED = "ſX"  # characters that the base models never write, and one that may stand anywhere


def places(characters):
    return [(c.char, c.start, c.end) for c in characters]


def sure(lines):
    chosen = [line for line in lines if line.kept.recognition().confidence > 0.95]
    assert len(chosen) >= 6
    return chosen


def edits(text):
    """Every fourth place of a text with what an annotator may do there: (prefix, rest, deleted)."""
    for place in range(0, len(text), 4):
        yield text[:place] + "ſ", text[place + 1 :], ""  # replaced
        yield text[:place] + "ſ", text[place:], ""  # inserted
        yield text[:place] + "ſt", text[place + 1 :], ""  # a ligature split
        yield text[:place], text[place + 1 :], text[place]  # deleted


@pytest.mark.parametrize("model", BASE_MODELS)
def test_nothing_fixed_reads_the_greedy_text(seen_by, model):
    for line in seen_by[model]:
        reading = redecode(line.kept, "")
        if not reading.changed:
            assert places(reading.tail) == places(line.kept.recognition().characters), line.name
    for line in sure(seen_by[BASE_MODELS[0]]):
        assert redecode(line.kept, "").text == line.kept.recognition().text


@pytest.mark.parametrize("model", BASE_MODELS)
def test_a_fixed_whole_line_leaves_nothing_to_read(seen_by, model):
    for line in seen_by[model]:
        text = line.kept.recognition().text
        assert redecode(line.kept, text).tail == (), line.name
        assert redecode(line.kept, text, rest="").text == text


def test_a_fixed_true_line_leaves_nothing_to_read(lines):
    for line in lines:
        assert redecode(line.kept, line.truth).text == line.truth, line.name


def test_moving_the_cursor_changes_nothing(lines):
    for line in lines:
        text = line.kept.recognition().text
        for place in range(len(text)):
            assert redecode(line.kept, text[:place], rest=text[place:]).text == text


def test_a_sure_tail_stays_whatever_is_done_before_it(lines):
    for line in sure(lines):
        for prefix, rest, deleted in edits(line.kept.recognition().text):
            reading = redecode(line.kept, prefix, rest=rest, deleted=deleted)
            assert (reading.text, reading.changed) == (prefix + rest, False), line.name


def test_without_a_rest_the_last_typed_character_replaces_what_was_read(lines):
    same = total = 0
    for line in lines:
        text = line.kept.recognition().text
        for place in range(0, len(text) - 1, 3):
            prefix = text[:place] + "ſ"
            same += redecode(line.kept, prefix).text == prefix + text[place + 1 :]
            total += 1
    assert same > 0.97 * total


def test_words_joined_stay_joined(lines):
    for line in lines:
        text = line.kept.recognition().text
        for place in (index for index, char in enumerate(text) if char == " "):
            reading = redecode(line.kept, text[:place], rest=text[place + 1 :], deleted=" ")
            assert reading.text == text[:place] + text[place + 1 :]


@pytest.mark.parametrize("place", [0, 1])
def test_either_of_two_equal_letters_can_be_deleted(place):
    posteriors = written("zweifellos")
    reading = redecode(posteriors, "zweife" + "l" * place, rest="l" * (1 - place) + "os", deleted="l")
    assert reading.text == "zweifelos"


def test_what_hides_in_a_gap_is_read_after_a_typed_letter_but_not_after_a_deletion():
    language = Fusion(NgramModel.learn(["wichtig", "wichke"] * 50), 0.3)
    frames = {"w": 0.999}, {}, {"i": 0.999}, {}, {"c": 0.999}, {"h": 0.4}, {}, {"k": 0.999}, {}, {"e": 0.999}
    posteriors = spikes(*frames)
    assert posteriors.recognition().text == "wicke"
    assert redecode(posteriors, "wic", rest="ke", fusion=language).text == "wichke"
    assert redecode(posteriors, "wic", rest="ke", deleted="h", fusion=language).text == "wicke"


def test_the_rest_improves_where_it_was_an_artefact_of_the_wrong_letter():
    # The model wavers between "rn" and "m": once "m" stands in place of "r", the "n" makes no sense.
    language = Fusion(NgramModel.learn(["ein modernes haus", "die moderne zeit", "modern"] * 30), 0.5)
    posteriors = spikes(
        {"r": 0.55, "m": 0.4}, {"n": 0.5}, {}, {"o": 0.99}, {}, {"d": 0.99}, {}, {"e": 0.99}, {}, {"r": 0.99},
        {}, {"n": 0.99},
    )  # fmt: skip
    assert posteriors.recognition().text in ("rnodern", "rodern")
    reading = redecode(posteriors, "m", rest="nodern", fusion=language)
    assert (reading.text, reading.changed) == ("modern", True)


def test_text_behind_is_kept_and_only_what_lies_between_is_read():
    posteriors = written("uber und unter")
    reading = redecode(posteriors, "über", suffix="unter")
    assert reading.text == "über und unter"
    assert [part[0].char for part in (reading.prefix, reading.tail, reading.suffix)] == ["ü", " ", "u"]
    assert redecode(posteriors, "über u", rest="nd ", suffix="unter").text == "über und unter"
    assert redecode(posteriors, "über", rest="", suffix=" und Unter").text == "über und Unter"


def test_places_follow_the_frames_and_fixed_characters_are_certain(lines):
    line = lines[0]
    drafted = line.kept.recognition()
    reading = redecode(line.kept, drafted.text[:8], rest=drafted.text[8:])
    assert places(reading.tail) == places(drafted.characters[8:])
    assert places(reading.prefix) == places(drafted.characters[:8])
    assert {c.confidence for c in reading.prefix} == {1.0}


def test_what_the_model_never_saw_has_no_confidence_and_names_what_it_saw():
    reading = placed(written("haus"), ("h", "Øus", ""))
    unseen = reading.tail[0]
    assert (unseen.char, unseen.confidence) == ("Ø", 0.0)
    assert unseen.alternatives[0][0] == "a"


def test_beginnings_name_the_rivals_after_the_cursor():
    posteriors = spikes({"a": 0.99}, {}, {"c": 0.6, "e": 0.39}, {}, {"h": 0.99}, {})
    assert [text for text, _ in redecode(posteriors, "a").beginnings] == ["ch", "eh"]


def test_a_mark_does_not_change_a_fixed_letter():
    posteriors = spikes({"q": 0.9}, {"\u0303": 0.9}, {"u": 0.9}, {"e": 0.9}, {"\u0303": 0.9})
    assert redecode(posteriors, "q").text == "q\u0303ue\u0303".replace("e\u0303", "ẽ")
    assert redecode(posteriors, "q\u0303ue").text == "q\u0303ue"
    assert redecode(posteriors, "q\u0303u").text == "q\u0303uẽ"
    assert redecode(posteriors, "q\u0303uẽ").text == "q\u0303uẽ"


def test_a_letter_after_its_own_run_is_not_read_twice():
    posteriors = spikes({"a": 0.9}, {"o": 0.9}, {"o": 0.9}, {"o": 0.9}, {"b": 0.9})
    assert redecode(posteriors, "ao").text == "aob"
    assert redecode(posteriors, "ao", rest="b").text == "aob"


@pytest.mark.parametrize("rest", [None, "", "rest"])
def test_a_line_without_frames_keeps_what_stands_there(rest):
    posteriors = spikes()
    assert redecode(posteriors, "typed ", rest=rest, suffix="!").text == f"typed {rest or ''}!"
    assert redecode(posteriors, "").text == ""


def test_more_text_than_frames_is_kept():
    reading = redecode(spikes({"a": 0.9}, {}), "much more", rest=" text")
    assert reading.text == "much more text"
    assert reading.prefix[0].start == 0
    assert reading.tail[-1].end == 1


@given(data=st.data())
def test_a_reading_begins_and_ends_with_what_is_fixed(lines, data):
    line = data.draw(st.sampled_from(lines))
    text = line.kept.recognition().text
    alphabet = st.sampled_from([*text, *TYPED, "\u0303", "e", " ", "鹿"])
    place = data.draw(st.integers(0, len(text)))
    prefix = text[:place] + data.draw(st.text(alphabet, max_size=4))
    rest = data.draw(st.sampled_from([None, "", text[place:]]))
    suffix = data.draw(st.sampled_from(["", "ſo"]))
    reading = redecode(line.kept, prefix, rest=rest, suffix=suffix)
    assert reading.text.startswith(unicodedata.normalize("NFC", prefix))
    assert reading.text.endswith(suffix)
    assert all(0 <= c.start <= c.end <= 1 for c in (*reading.prefix, *reading.tail, *reading.suffix))
    assert trim(reading.tail) == reading.tail or prefix or suffix
