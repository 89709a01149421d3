import pytest

from core.document import Split, TranscriptionState
from core.errors import NotEnoughLines
from core.storage.changes import Change
from core.storage.lines import list_entries, truth_lines
from core.storage.pages import get_page, list_pages, set_split
from core.storage.splits import VAL_SHARE, fix_splits
from core.storage.transcriptions import save


@pytest.fixture
def corrected_page(project, add_page):
    def make(name, group="", lines=3):
        page = add_page(name, group=group, lines=lines)
        for entry in list_entries(project, page.id):
            save(project, entry.line.id, "wahr", state=TranscriptionState.CORRECTED, base_revision=0)
        return page

    return make


def test_split_is_by_page_and_leaves_pages_to_train_on(project, corrected_page):
    for number in range(8):
        corrected_page(f"p{number}.png")
    fix_splits(project)
    splits = [page.split for page in list_pages(project)]
    assert splits.count(Split.VAL) == 1
    assert splits.count(Split.TEST) == 2
    assert splits.count(Split.TRAIN) == 5


def test_of_two_pages_one_trains_and_one_validates(project, corrected_page):
    for number in range(2):
        corrected_page(f"p{number}.png")
    fix_splits(project)
    assert {page.split for page in list_pages(project)} == {Split.TRAIN, Split.VAL}


def test_shares_are_of_corrected_lines_and_hang_on_the_seed(project, corrected_page):
    """Six pages with one corrected line, two with six."""
    lines = {corrected_page(f"p{n}.png", lines=6 if n > 5 else 1).id: 6 if n > 5 else 1 for n in range(8)}
    chosen = set()
    for seed in range(8):
        set_split(project, lines, None)
        fix_splits(project, seed=seed)
        val = {page.id for page in list_pages(project) if page.split is Split.VAL}
        assert sum(lines[page] for page in val) >= VAL_SHARE * sum(lines.values())
        chosen.add(frozenset(val))
    assert len(chosen) > 1


def test_no_more_pages_validate_than_their_share_asks_for(project, corrected_page):
    """Of 25 lines it asks for three: a page of three, with that of a single line at most."""
    lines = {corrected_page(f"p{n}.png", lines=3 if n else 1).id: 3 if n else 1 for n in range(9)}
    fix_splits(project)
    val = [lines[page.id] for page in list_pages(project) if page.split is Split.VAL]
    assert sum(val) in (3, 4)


def test_pages_for_validation_alone_are_not_enough(project, corrected_page):
    set_split(project, [corrected_page(f"p{number}.png").id for number in range(2)], Split.VAL)
    with pytest.raises(NotEnoughLines, match="another page to learn from"):
        fix_splits(project)


def test_validation_and_test_are_fixed_once(project, corrected_page):
    for number in range(5):
        corrected_page(f"p{number}.png")
    fix_splits(project)
    before = {page.id: page.split for page in list_pages(project)}
    later = [corrected_page(f"later{number}.png") for number in range(5)]
    fix_splits(project, seed=3)
    assert {page.id: page.split for page in list_pages(project) if page.id in before} == before
    assert {get_page(project, page.id).split for page in later} == {Split.TRAIN}


def test_pages_of_one_book_stay_together_also_later(project, corrected_page):
    for book in ("a", "b", "c", "d"):
        for number in range(3):
            corrected_page(f"{book}{number}.png", group=book)
    fix_splits(project)
    books = {book: {p.split for p in list_pages(project) if p.group == book} for book in "abcd"}
    assert all(len(splits) == 1 for splits in books.values())
    new = corrected_page("a-later.png", group="a")
    fix_splits(project)
    assert {get_page(project, new.id).split} == books["a"]


def test_validation_comes_from_training_pages_when_all_were_set_by_hand(project, corrected_page):
    pages = [corrected_page(f"p{number}.png").id for number in range(4)]
    set_split(project, pages[:3], Split.TRAIN)
    set_split(project, pages[3:], Split.TEST)
    fix_splits(project)
    assert [page.split for page in list_pages(project)].count(Split.VAL) == 1
    assert get_page(project, pages[3]).split is Split.TEST
    assert fix_splits(project) == Change(), "nothing is decided again"


def test_of_two_training_pages_one_goes_on_training_however_few_lines_the_other_has(project, corrected_page):
    pages = [corrected_page("a.png", lines=1).id, corrected_page("b.png", lines=12).id]
    set_split(project, pages, Split.TRAIN)
    fix_splits(project)
    assert [get_page(project, page).split for page in pages] == [Split.VAL, Split.TRAIN]


def test_a_new_page_beside_pages_set_to_training_validates(project, corrected_page):
    for number in range(5):
        set_split(project, [corrected_page(f"p{number}.png").id], Split.TRAIN)
    new = corrected_page("new.png")
    fix_splits(project)
    assert get_page(project, new.id).split is Split.VAL
    assert [page.split for page in list_pages(project)].count(Split.TRAIN) == 5


def test_a_page_beside_test_pages_alone_is_not_enough(project, corrected_page):
    set_split(project, [corrected_page("p0.png").id], Split.TEST)
    corrected_page("p1.png")
    with pytest.raises(NotEnoughLines, match="two pages"):
        fix_splits(project)


def test_one_book_that_people_parted_can_be_trained_and_stays_parted(project, corrected_page):
    by_hand = {
        corrected_page(f"{split}.png", group="book").id: split
        for split in (Split.TRAIN, Split.VAL, Split.TEST)
    }
    for page_id, split in by_hand.items():
        set_split(project, [page_id], split)
    fix_splits(project)
    for name in ("d", "e"):
        corrected_page(f"{name}.png", group=name)
    later = corrected_page("later.png", group="book")
    fix_splits(project)
    assert {page_id: get_page(project, page_id).split for page_id in by_hand} == by_hand
    assert get_page(project, later.id).split is Split.TRAIN


def test_training_pages_of_a_parted_book_validate_if_nothing_else_can(project, corrected_page):
    pages = [corrected_page(f"p{number}.png", group="book").id for number in range(4)]
    set_split(project, pages[:3], Split.TRAIN)
    set_split(project, pages[3:], Split.TEST)
    fix_splits(project)
    assert sorted(get_page(project, page).split for page in pages[:3]) == ["train", "train", "val"]
    assert get_page(project, pages[3]).split is Split.TEST


def test_a_training_book_that_must_validate_does_so_as_a_whole(project, corrected_page, add_page):
    books = {
        book: [corrected_page(f"{book}1.png", group=book).id, add_page(f"{book}2.png", group=book).id]
        for book in ("a", "b")
    }
    set_split(project, [*books["a"], *books["b"]], Split.TRAIN)
    fix_splits(project)
    found = [{get_page(project, page).split for page in pages} for pages in books.values()]
    assert sorted(found, key=str) == [{Split.TRAIN}, {Split.VAL}]


def test_one_page_is_not_enough(project, corrected_page):
    corrected_page("only.png")
    with pytest.raises(NotEnoughLines, match="two pages"):
        fix_splits(project)
    assert get_page(project, 1).split is None


def test_truth_is_only_what_a_human_vouches_for(project, add_page):
    entries = list_entries(project, add_page().id)
    states = [TranscriptionState.OPEN, TranscriptionState.REVIEWED, TranscriptionState.UNREADABLE]
    for entry, state in zip(entries, states, strict=True):
        save(project, entry.line.id, "text", state=state, base_revision=0)
    assert [line.image.line_id for line in truth_lines(project)] == [entries[1].line.id]
