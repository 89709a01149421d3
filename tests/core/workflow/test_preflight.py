import pytest

from core.characters.near_duplicates import Nearness
from core.document import Split, TranscriptionState
from core.errors import KnownError
from core.storage.journal import undo
from core.storage.lines import get_entry, list_entries, truth_lines
from core.storage.pages import list_pages, set_split
from core.storage.transcriptions import save
from core.training.config import preset
from core.workflow.preflight import Normalisation, normalise, preflight, rewrites_of
from core.workflow.readiness import readiness

CORRECTED, REVIEWED = TranscriptionState.CORRECTED, TranscriptionState.REVIEWED


def write(project, page, texts, state=CORRECTED):
    """Put texts into the first lines of a page; gives their ids."""
    ids = []
    for entry, text in zip(list_entries(project, page.id), texts, strict=False):
        revision = entry.transcription.revision if entry.transcription else 0
        save(project, entry.line.id, text, state=state, base_revision=revision)
        ids.append(entry.line.id)
    return ids


def pair_of(report, wrong):
    return next(pair for pair in report.pairs if pair.rule.wrong == wrong)


def test_characters_that_the_base_lacks_are_counted_with_examples(utopie):
    train, _, test = list_pages(utopie)
    before = len(preflight(utopie).left_out)
    first, second = write(utopie, train, ["ꝑ ꝑ plain", "ꝑ"])
    [third] = write(utopie, test, ["ꝑ"])
    found = preflight(utopie)
    unknown = next(each for each in found.unknown if each.char == "ꝑ")
    assert (unknown.count, unknown.learned) == (4, 3)
    assert [line.line_id for line in unknown.examples] == [first, second, third]
    assert (found.base, found.lines) == ("ppocr-v6-small", len(truth_lines(utopie)))
    assert len(found.left_out) == before + 2


def test_unknown_characters_are_those_that_readiness_calls_new(utopie):
    ready = readiness(utopie, preset("default"))
    learned = {each.char for each in preflight(utopie).unknown if each.learned}
    assert learned >= {char for char in ready.new if not char.isspace()}


def test_widths_and_habits_are_paired_towards_what_the_project_writes(utopie):
    train, *_ = list_pages(utopie)
    ids = write(utopie, train, ["l’an ’ ’ ’", "d'or", "１0 10 1"])
    found = preflight(utopie)
    assert pair_of(found, "１").why is Nearness.WIDTH
    apostrophe = next(pair for pair in found.pairs if {pair.rule.wrong, pair.rule.right} == {"'", "’"})
    assert apostrophe.count <= apostrophe.usual_count
    assert ids[2] in [line.line_id for line in pair_of(found, "１").lines]


def test_a_width_that_the_base_knows_is_offered_though_nobody_writes_it(utopie):
    train, *_ = list_pages(utopie)
    write(utopie, train, ["a ｢b｣"])
    found = preflight(utopie)
    assert "｢" in {each.char for each in found.unknown}
    assert pair_of(found, "｢").rule.right == "「"


def test_a_normalisation_rewrites_corrected_lines_and_undo_takes_all_back(utopie):
    train, val, _ = list_pages(utopie)
    corrected = write(utopie, train, ["l☞an", "d☞or"])
    [reviewed] = write(utopie, val, ["☞"], REVIEWED)
    begun = list_entries(utopie, val.id)[1]
    save(
        utopie,
        begun.line.id,
        "☞ open",
        state=TranscriptionState.OPEN,
        base_revision=begun.transcription.revision if begun.transcription else 0,
    )
    rule = Normalisation("☞", "’")
    assert [each.after for each in rewrites_of(utopie, rule)] == ["l’an", "d’or", "’"]
    report = normalise(utopie, rule)
    assert report.lines == (*corrected, reviewed)
    assert get_entry(utopie, reviewed).state is REVIEWED
    assert get_entry(utopie, begun.line.id).text == "☞ open"
    undo(utopie)
    assert [get_entry(utopie, line).text for line in report.lines] == ["l☞an", "d☞or", "☞"]


def test_looking_changes_nothing(utopie):
    before = [line.text for line in truth_lines(utopie)]
    preflight(utopie)
    assert [line.text for line in truth_lines(utopie)] == before


def test_a_letter_of_another_alphabet_is_mended_within_words_only(utopie):
    train, *_ = list_pages(utopie)
    mixed, quoted = write(utopie, train, ["p\u0430ge de page", "le mot \u0430\u0431\u0430"])
    pair = pair_of(preflight(utopie), "\u0430")
    assert (pair.why, pair.rule.right, pair.count) == (Nearness.LOOK_ALIKE, "a", 1)
    normalise(utopie, pair.rule)
    assert get_entry(utopie, mixed).text == "page de page"
    assert get_entry(utopie, quoted).text == "le mot \u0430\u0431\u0430"


def test_decomposed_text_is_stored_composed_so_no_pair_of_normal_forms_can_arise(utopie):
    train, *_ = list_pages(utopie)
    [line] = write(utopie, train, ["e\u0301te \u212b"])
    assert get_entry(utopie, line).text == "\u00e9te \u00c5"
    assert not [pair for pair in preflight(utopie).pairs if pair.why is Nearness.NORMAL_FORM]


def test_a_text_that_becomes_longer_keeps_its_other_places(utopie):
    rule = Normalisation("…", "...")
    assert rule.apply("a…b…c") == "a...b...c"
    assert Normalisation("aa", "b").apply("aaaa") == "bb"


@pytest.mark.parametrize("rule", [Normalisation("", "x"), Normalisation("x", "x")])
def test_a_normalisation_of_nothing_is_refused(utopie, rule):
    with pytest.raises(KnownError, match="in the place of"):
        normalise(utopie, rule)


def test_a_project_without_text_has_nothing_to_look_at(project):
    found = preflight(project)
    assert (found.lines, found.pairs, found.left_out) == (0, (), ())


def test_pages_of_any_split_are_normalised_alike(utopie):
    for page, split in zip(list_pages(utopie), Split, strict=True):
        set_split(utopie, [page.id], split)
        write(utopie, page, ["☞"])
    assert len(normalise(utopie, Normalisation("☞", "’")).lines) == 3
