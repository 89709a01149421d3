import json
import unicodedata

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from core.document import Split
from core.errors import UnreadableFile
from core.exchange.line_dataset import is_line_list, line_group, read_line_dataset, read_line_pairs


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "images").mkdir()
    for number in range(1, 6):
        Image.new("L", (90, 20), 255).save(tmp_path / "images" / f"img_{number:03d}.png")
    return tmp_path


def write(folder, name, content, encoding="utf-8"):
    (folder / name).write_bytes(content.encode(encoding))
    return folder / name


def row(filename, text) -> str:
    return json.dumps({"filename": filename, "text": text}, ensure_ascii=False)


def read(file):
    dataset = read_line_dataset(file)
    return [(line.file.name, line.text) for line in dataset.lines], [
        (skip.line, skip.reason) for skip in dataset.skipped
    ]


@pytest.mark.parametrize("name", ["labels.txt", "labels.jsonl"])
def test_the_articles_list_is_read(folder, name):
    file = write(
        folder,
        name,
        row("img_001.png", "北京市朝阳区建国路88号") + "\n" + row("img_002.png", "阿莫西林胶囊 0.25g×24粒"),
    )
    assert is_line_list(file)
    assert read(file) == (
        [("img_001.png", "北京市朝阳区建国路88号"), ("img_002.png", "阿莫西林胶囊 0.25g×24粒")],
        [],
    )


@pytest.mark.parametrize(
    ("name", "split"),
    [
        ("train.txt", Split.TRAIN),
        ("val.txt", Split.VAL),
        ("test.txt", Split.TEST),
        ("rec_gt_train.txt", Split.TRAIN),
        ("rec_gt.txt", None),
    ],
)
def test_tab_separated_lists_give_text_and_split(folder, name, split):
    file = write(folder, name, "images/img_001.png\ta b\nimg_002.png\tc\td\n")
    assert is_line_list(file)
    dataset = read_line_dataset(file)
    assert [line.text for line in dataset.lines] == ["a b", "c\td"]
    assert {line.split for line in dataset.lines} == {split}


def test_group_and_split_of_an_own_export_are_believed_and_others_are_not(folder):
    stated = {"filename": "img_001.png", "text": "a", "group": "a book", "split": "test"}
    strange = {"filename": "img_002.png", "text": "b", "group": 7, "split": ["all"]}
    file = write(folder, "labels.txt", "\n".join(map(json.dumps, (stated, strange))))
    first, second = read_line_dataset(file).lines
    assert (first.group, first.split) == ("a book", Split.TEST)
    assert (second.group, second.split) == (line_group("img_002"), None)


def test_byte_order_mark_windows_line_ends_and_blank_lines_do_no_harm(folder):
    content = (
        "\ufeff" + row("img_001.png", "a") + "\r\n\r\n   \r\n" + row("images\\img_002.png", "b") + "\r\n"
    )
    assert read(write(folder, "labels.txt", content)) == ([("img_001.png", "a"), ("img_002.png", "b")], [])


def test_wrong_entries_are_named_by_their_line_and_the_rest_goes_on(folder):
    rows = [
        row("img_001.png", "good"),
        '{"filename": "img_002.png", "text": ',
        row("gone.png", "x"),
        row("img_001.png", "again"),
        '{"filename": "img_002.png"}',
        row("img_002.png", "  "),
        row("../../etc/passwd.png", "x"),
        row("/etc/passwd.png", "x"),
        "no tab here",
        row("labels.txt", "no picture"),
        '{"filename": "img_003.png", "text": "\\ud83d"}',
        row("a" * 400 + ".png", "long"),
        row("img\u0000.png", "zero"),
        '{"filename": 7, "text": "x"}',
        row("img_004.png", "good too"),
    ]
    lines, skipped = read(write(folder, "labels.txt", "\n".join(rows)))
    assert lines == [("img_001.png", "good"), ("img_004.png", "good too")]
    assert [number for number, _ in skipped] == list(range(2, 15))
    reasons = dict(skipped)
    assert "JSON" in reasons[2] and "missing" in reasons[3] and "twice" in reasons[4]
    assert "outside" in reasons[7] and "outside" in reasons[8] and "tab" in reasons[9]


def test_a_link_out_of_the_folder_is_refused(folder, tmp_path_factory):
    secret = tmp_path_factory.mktemp("elsewhere") / "secret.png"
    Image.new("L", (5, 5)).save(secret)
    (folder / "images" / "link.png").symlink_to(secret)
    lines, skipped = read(write(folder, "labels.txt", row("link.png", "x")))
    assert lines == [] and "outside" in skipped[0][1]


def test_lists_of_pages_with_boxes_are_no_lines(folder):
    boxes = json.dumps([{"transcription": "x", "points": [[0, 0], [1, 0], [1, 1], [0, 1]]}])
    lines, skipped = read(write(folder, "Label.txt", f"images/img_001.png\t{boxes}\n"))
    assert lines == [] and "rec_gt.txt" in skipped[0][1]


def test_names_in_decomposed_characters_find_their_picture(folder):
    name = unicodedata.normalize("NFC", "été.png")
    Image.new("L", (9, 9)).save(folder / "images" / name)
    lines, skipped = read(write(folder, "labels.txt", row(unicodedata.normalize("NFD", name), "x")))
    assert lines == [(name, "x")] and not skipped


def test_text_is_composed_and_keeps_odd_line_separators_inside(folder):
    content = row("img_001.png", "e\u0301") + "\n" + row("img_002.png", "a\u2028b")
    lines, _ = read(write(folder, "labels.txt", content))
    assert lines == [("img_001.png", "é"), ("img_002.png", "a b")]


def test_a_list_in_another_encoding_is_refused(folder):
    with pytest.raises(UnreadableFile, match="UTF-8"):
        read_line_dataset(write(folder, "labels.txt", row("img_001.png", "阿莫西林"), "gb18030"))


@pytest.mark.parametrize("name", ["notes.txt", "labels.csv", "labels.txt.bak"])
def test_other_names_are_no_lists(folder, name):
    assert not is_line_list(write(folder, name, row("img_001.png", "a")))


def test_prose_of_the_right_name_is_no_list(folder):
    assert not is_line_list(write(folder, "test.txt", "These are my notes\nabout the test."))
    assert not is_line_list(write(folder, "labels.txt", ""))
    assert not is_line_list(folder / "train.txt")


@pytest.mark.parametrize(
    ("stem", "group"),
    [
        ("utopie_p13__l004", "utopie_p13"),
        ("1803_abc__x__7", "1803_abc"),
        ("siku_b6_025_c3a", "siku_b6_025"),
        ("page7_l012", "page7"),
        ("page7-line4", "page7"),
        ("page7_line_4", "page7"),
        ("scan_col2", "scan"),
        ("img_001", "img_001"),
        ("c3", "c3"),
        ("formula1", "formula1"),
    ],
)
def test_lines_of_one_page_have_one_group(stem, group):
    assert line_group(stem) == group


def test_each_picture_may_have_a_text_file_of_its_own(tmp_path):
    for name in ("b__1.png", "b__1.bin.png", "b__2.bin.png", "b__2.nrm.png", "b__3.tif", "b__4.JPG"):
        Image.new("L", (90, 20), 255).save(tmp_path / name)
    texts = [write(tmp_path, f"b__{number}.gt.txt", f"\ufeffe\u0301 {number}\r\n") for number in range(1, 5)]
    dataset, stems = read_line_pairs(tmp_path, texts)
    assert [(line.file.name, line.text, line.group) for line in dataset.lines] == [
        ("b__1.png", "é 1", "b"),
        ("b__2.nrm.png", "é 2", "b"),
        ("b__3.tif", "é 3", "b"),
        ("b__4.JPG", "é 4", "b"),
    ]
    assert (dataset.skipped, stems) == ((), {"b__1", "b__2", "b__3", "b__4"})


def test_text_files_that_hold_no_line_are_named_and_the_rest_goes_on(folder):
    images = folder / "images"
    texts = [
        write(images, "img_001.gt.txt", "good\n"),
        write(images, "img_002.gt.txt", " \n"),
        write(images, "img_003.gt.txt", "阿莫西林", "gb18030"),
        write(images, "img_004.gt.txt", "two\nlines\n"),
        write(images, "img_005.gt.txt", "x" * 100_001),
        write(images, "gone.gt.txt", "text"),
    ]
    dataset, stems = read_line_pairs(images, texts)
    assert [line.text for line in dataset.lines] == ["good"]
    assert [skip.file.name for skip in dataset.skipped] == [text.name for text in texts[1:]]
    words = ("empty", "UTF-8", "2 lines", "too long", "missing")
    assert all(word in skip.reason for word, skip in zip(words, dataset.skipped, strict=True))
    assert {"img_004", "img_005"}.isdisjoint(stems)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.text(max_size=60), max_size=6))
def test_any_list_is_read_or_refused(folder, rows):
    content = "\n".join(rows).encode("utf-8", "surrogatepass")
    (folder / "labels.txt").write_bytes(content)
    try:
        dataset = read_line_dataset(folder / "labels.txt")
    except UnreadableFile:
        return
    entries = [line for line in content.decode("utf-8-sig").replace("\r", "\n").split("\n") if line.strip()]
    assert len(dataset.lines) + len(dataset.skipped) <= len(entries) + 1
