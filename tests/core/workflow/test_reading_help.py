import pytest
from rapidfuzz.distance import Levenshtein

from core.decoding.help import FACTS, LANGUAGE, ReadingHelp
from core.decoding.learning import learn_help
from core.decoding.posteriors import Posteriors
from core.document import Split
from core.jobs import CancelToken
from core.storage.drafts import draft_posteriors, drafted_truth, save_drafts
from core.storage.lines import list_entries
from core.workflow import reading_help
from core.workflow.reading_help import help_folder, learn_reading_help, load_help

BASE, OTHER = "ppocr-v6-small", "crnn-v6"


@pytest.fixture(scope="module")
def lesson(book, tmp_path_factory):
    """A project whose corrections were learned from once, and the help."""
    from tests.book import copy_of

    with copy_of(book, tmp_path_factory.mktemp("help") / "utopie") as project:
        yield project, learn_reading_help(project, BASE, cancel=CancelToken())


def lines_of(project, split):
    return [
        (Posteriors.unpack(each.posteriors), each.text)
        for each in drafted_truth(project, BASE, [split], newest=1000)
    ]


def test_drafting_keeps_the_ctc_output_and_it_reads_as_the_draft(utopie):
    entries = [entry for entry in list_entries(utopie, 1) if entry.draft]
    kept = draft_posteriors(utopie, [entry.draft.id for entry in entries])
    assert len(kept) == len(entries)
    for entry in entries:
        assert Posteriors.unpack(kept[entry.draft.id]).recognition().text == entry.draft.text


def test_a_draft_without_output_is_no_lesson(utopie):
    entry = list_entries(utopie, 1)[0]
    save_drafts(utopie, BASE, {entry.line.id: entry.draft.recognition})
    known = drafted_truth(utopie, BASE, [*Split, None], newest=1000)
    assert known
    assert entry.line.id not in {line.line_id for line in known}


def test_lessons_are_the_lines_that_were_corrected_last(utopie):
    every = drafted_truth(utopie, BASE, [*Split, None], newest=1000)
    assert drafted_truth(utopie, BASE, [*Split, None], newest=5) == every[-5:]
    assert drafted_truth(utopie, BASE, [None], newest=5) == []


def test_a_few_corrected_lines_make_fewer_errors_on_pages_that_were_not_learned_from(lesson):
    project, help_ = lesson
    plain = helped = 0
    for posteriors, text in lines_of(project, Split.TEST):
        plain += Levenshtein.distance(posteriors.recognition().text, text)
        helped += Levenshtein.distance(help_.read(posteriors).text, text)
    assert helped < 0.7 * plain


def test_what_was_measured_is_kept_with_it(lesson):
    project, help_ = lesson
    facts = help_.facts
    assert facts.errors_helped < facts.errors_plain
    assert facts.lines == len(lines_of(project, Split.TRAIN))
    assert facts.checked <= len(lines_of(project, Split.VAL))


def test_a_help_comes_back_from_its_files_the_same(lesson):
    project, help_ = lesson
    again = load_help(project, BASE)
    for posteriors, _ in lines_of(project, Split.TEST)[:5]:
        assert again.read(posteriors) == help_.read(posteriors)


@pytest.mark.parametrize("damage", ["{", '{"weight": "x"}', ""])
def test_a_damaged_help_is_none(lesson, tmp_path, damage):
    project, _ = lesson
    for name in (FACTS, LANGUAGE):
        source = help_folder(project, BASE) / name
        if source.exists():
            (tmp_path / name).write_bytes(source.read_bytes())
    (tmp_path / FACTS).write_text(damage)
    assert ReadingHelp.load(tmp_path) is None


def test_a_version_that_has_drafted_nothing_yet_reads_some_corrected_lines_to_learn_from(utopie, monkeypatch):
    monkeypatch.setattr(reading_help, "LOOKED_AT", 12)
    monkeypatch.setattr(reading_help, "CHECKED", 10)
    texts = {entry.line.id: entry.text for page in (1, 2, 3) for entry in list_entries(utopie, page)}
    told = []
    help_ = learn_reading_help(utopie, OTHER, cancel=CancelToken(), changed=told.append)
    assert (help_.facts.lines, help_.facts.checked) == (12, 10)
    read = drafted_truth(utopie, OTHER, [*Split, None], newest=1000)
    assert {line.line_id for line in read} == {line for change in told for line in change.lines}
    assert len(read) == 22
    assert drafted_truth(utopie, OTHER, [Split.TEST], newest=1000) == []
    assert {entry.line.id: entry.text for page in (1, 2, 3) for entry in list_entries(utopie, page)} == texts


def test_lines_that_a_model_has_drafted_are_not_read_again(utopie, monkeypatch):
    monkeypatch.setattr(reading_help, "LOOKED_AT", 12)
    monkeypatch.setattr(reading_help, "CHECKED", 10)
    told = []
    assert learn_reading_help(utopie, BASE, cancel=CancelToken(), changed=told.append)
    assert told == []


def test_too_few_lines_teach_nothing(lesson):
    project, _ = lesson
    few = lines_of(project, Split.TRAIN)[:5]
    assert learn_help(few, [], [text for _, text in few]) is None


def test_without_validation_pages_some_lines_are_held_back_to_check_on(lesson):
    project, _ = lesson
    lines = lines_of(project, Split.TRAIN)
    learned = learn_help(lines, [], [text for _, text in lines])
    assert learned.facts.lines + learned.facts.checked == len(lines)


def test_a_project_without_corrections_has_no_help(project):
    assert learn_reading_help(project, BASE, cancel=CancelToken()) is None
