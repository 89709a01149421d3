import unicodedata

import pytest

from core.characters.han import ideographs
from core.characters.joining import Joined, join
from core.characters.naming import name_of, shown_alone, titled
from core.characters.pinyin import Syllable, syllable
from core.characters.search import MOST, find_characters


def first(query: str) -> str:
    return find_characters(query, {})[0]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("U+E8B3", "\ue8b3"),
        ("e8b3", "\ue8b3"),
        ("0x17f", "ſ"),
        ("u+20000", "𠀀"),
        ("ſ", "ſ"),
        ("long s", "ſ"),
        ("Combining Tilde", "\u0303"),
        ("tironian", "⁊"),
        ("q ligated rotunda", "\ue8b3"),
    ],
)
def test_a_character_is_found_by_itself_its_code_point_or_its_name(query: str, found: str) -> None:
    assert first(query) == found


def test_all_words_of_a_name_have_to_occur_and_whole_ones_come_first() -> None:
    found = find_characters("tilde combining", {})
    assert all({"combining", "tilde"} <= set(name_of(char).split()) for char in found[:4])
    assert find_characters("combining tildezz", {}) == []


@pytest.mark.parametrize("query", ["zì", "zi4", "zi"])
def test_a_reading_is_found_with_mark_with_number_and_without_tone(query: str) -> None:
    assert "字" in find_characters(query, {})


def test_a_tone_leaves_out_the_other_ones() -> None:
    assert "子" not in find_characters("zi4", {})
    assert {"字", "子"} <= set(find_characters("zi", {}))


def test_every_reading_of_a_character_finds_it() -> None:
    assert "行" in find_characters("xing2", {})
    assert "行" in find_characters("háng", {})


def test_v_and_umlaut_u_are_the_same_letter() -> None:
    assert syllable("lv4") == syllable("lǜ") == Syllable("lü", 4)
    assert "律" in find_characters("lv4", {})


@pytest.mark.parametrize("nonsense", ["zi44", "12", "", "zì4", "字"])
def test_what_is_no_syllable_is_none(nonsense: str) -> None:
    assert syllable(nonsense) is None


@pytest.mark.parametrize("query", ["85", "水", "氵", "⽔"])
def test_a_radical_is_found_by_number_and_in_each_of_its_forms(query: str) -> None:
    assert {"汉", "河", "海"} <= set(find_characters(query, {}))


def test_radical_and_strokes_together_narrow_the_search() -> None:
    found = find_characters("85.2", {})
    assert "汉" in found
    assert {ideographs()[char].strokes for char in found} == {2}


def test_a_number_that_is_no_radical_finds_none() -> None:
    assert not any(char in ideographs() for char in find_characters("215", {}))


def test_characters_of_the_project_come_before_others() -> None:
    assert find_characters("zi", {"籽": 0, "恣": 1})[:2] == ["籽", "恣"]
    assert find_characters("letter p", {"ꝑ": 0}).index("ꝑ") < find_characters("letter p", {}).index("ꝑ")


def test_meanings_are_searched_too() -> None:
    assert "水" in find_characters("water liquid", {})


def test_a_search_gives_no_more_than_can_be_looked_through() -> None:
    assert len(find_characters("l", {})) <= MOST
    assert find_characters("  ", {}) == []


def test_names_come_from_unicode_from_mufi_and_from_unihan() -> None:
    assert name_of("ſ") == "latin small letter long s"
    assert name_of("\ue8b3") == "latin small letter q ligated with r rotunda"
    assert name_of("汉").startswith("hàn · radical 85 水 + 2 strokes · Chinese")
    assert name_of("\ue000") == ""


def test_combining_characters_are_shown_on_a_dotted_circle() -> None:
    assert shown_alone("\u0303") == "◌\u0303"
    assert shown_alone("\uf1cc") == "◌\uf1cc"  # MUFI: combining curly bar above
    assert shown_alone("a") == "a"
    assert titled("\u00a0") == "U+00A0"


@pytest.mark.parametrize(
    ("before", "written", "joined"),
    [
        ("abe", "\u0303", Joined(1, "ẽ")),
        ("m", "\u0303", Joined(0, "\u0303")),
        ("a\u0323", "\u0302", Joined(2, "ậ")),
        ("", "\u0303", Joined(0, "\u0303")),
        ("ab", "ſ", Joined(0, "ſ")),
        ("ab", "é", Joined(0, "é")),
        ("ab", "e\u0301", Joined(0, "é")),
    ],
)
def test_a_mark_becomes_one_character_with_its_letter(before: str, written: str, joined: Joined) -> None:
    assert join(before, written) == joined
    kept = before[: len(before) - joined.replaced]
    assert unicodedata.is_normalized("NFC", kept + joined.text)
