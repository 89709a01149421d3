import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from core.document import Direction, Line, LineEntry, LineShape, Page, Transcription, TranscriptionState
from core.errors import UnreadableFile
from core.exchange.imported import ImportedLine
from core.exchange.page_xml import NAMESPACE, page_xml, read_page_xml

VERSIONS = ["2013-07-15", "2016-07-15", "2017-07-15", "2019-07-15"]


def write(tmp_path, body: str, version: str = "2019-07-15", attributes: str = ""):
    file = tmp_path / "p.xml"
    file.write_text(
        f'<?xml version="1.0"?><PcGts xmlns="http://schema.primaresearch.org/PAGE/gts/pagecontent/{version}">'
        f'<Metadata/><Page imageFilename="p.png" imageWidth="100" imageHeight="200" {attributes}>'
        f"{body}</Page></PcGts>",
        encoding="utf-8",
    )
    return file


def line(text="", attributes='id="l"', points="0,0 10,0 10,5 0,5", extra="") -> str:
    equiv = f"<TextEquiv><Unicode>{text}</Unicode></TextEquiv>" if text else ""
    return f'<TextLine {attributes}><Coords points="{points}"/>{extra}{equiv}</TextLine>'


def region(lines: str, attributes: str = 'id="r"') -> str:
    return f'<TextRegion {attributes}><Coords points="0,0 9,0 9,9"/>{lines}</TextRegion>'


def texts(file) -> list[str]:
    return [found.text for found in read_page_xml(file).lines]


@pytest.mark.parametrize("version", VERSIONS)
def test_every_version_is_read(tmp_path, version):
    page = read_page_xml(write(tmp_path, region(line("Utopie")), version))
    assert (page.image_name, page.width, page.height) == ("p.png", 100, 200)
    assert page.lines == (ImportedLine(LineShape(((0, 0), (10, 0), (10, 5), (0, 5))), "Utopie"),)


def test_a_file_with_a_prefixed_namespace_is_read(tmp_path):
    file = write(tmp_path, region(line("x")))
    prefixed = file.read_text().replace("xmlns=", "xmlns:pc=").replace("</", "</pc:")
    for name in ("PcGts", "Metadata", "Page ", "TextRegion", "Coords", "TextLine", "TextEquiv", "Unicode"):
        prefixed = prefixed.replace(f"<{name}", f"<pc:{name}")
    file.write_text(prefixed)
    assert texts(file) == ["x"]


def test_coordinates_are_scaled_to_the_picture_at_hand(tmp_path):
    baseline = '<Baseline points="0,4 10,4"/>'
    page = read_page_xml(write(tmp_path, region(line("x", extra=baseline))), (200, 100))
    assert (page.width, page.height) == (200, 100)
    assert page.lines[0].shape.polygon == ((0, 0), (20, 0), (20, 2.5), (0, 2.5))
    assert page.lines[0].shape.baseline == ((0, 2), (20, 2))


def test_the_reading_of_the_lowest_index_counts(tmp_path):
    readings = "".join(
        f'<TextEquiv index="{index}"><Unicode>{text}</Unicode></TextEquiv>'
        for index, text in ((10, "ten"), (2, "two"), (3, "three"))
    )
    assert texts(write(tmp_path, region(line(extra=readings)))) == ["two"]


def test_words_are_joined_where_the_line_has_no_text_of_its_own(tmp_path):
    words = "".join(
        f'<Word id="w{n}"><Coords points="0,0 1,0 1,1"/><TextEquiv><Unicode>{word}</Unicode></TextEquiv>'
        "</Word>"
        for n, word in enumerate(["De", "la", "description"])
    )
    assert texts(write(tmp_path, region(line(extra=words)))) == ["De la description"]


def test_text_is_composed_and_on_one_line(tmp_path):
    assert texts(write(tmp_path, region(line(" e\u0301te\u0301\n chaud ")))) == ["été  chaud"]


def test_regions_follow_the_reading_order_and_unnamed_ones_come_last(tmp_path):
    order = (
        '<ReadingOrder><OrderedGroup id="g"><RegionRefIndexed index="2" regionRef="c"/>'
        '<OrderedGroupIndexed id="h" index="0"><RegionRefIndexed index="1" regionRef="b"/>'
        '<RegionRefIndexed index="0" regionRef="d"/></OrderedGroupIndexed></OrderedGroup></ReadingOrder>'
    )
    regions = "".join(region(line(name, f'id="l{name}"'), f'id="{name}"') for name in "abcd")
    assert texts(write(tmp_path, order + regions)) == ["d", "b", "c", "a"]


def test_lines_follow_their_index_and_nested_regions_are_read(tmp_path):
    lines = line("second", 'id="a" index="1"') + line("first", 'id="b" index="0"')
    nested = region(lines + region(line("inner"), 'id="inner"'))
    assert texts(write(tmp_path, nested)) == ["first", "second", "inner"]


def numbered(index: int) -> str:
    return f'custom="readingOrder {{index:{index};}} structure {{type:x;}}"'


def test_lines_and_regions_follow_the_index_of_transkribus(tmp_path):
    first = region(line("d", f'id="d" {numbered(1)}') + line("c", f'id="c" {numbered(0)}'), numbered(1))
    second = region(line("b", f'id="b" {numbered(10)}') + line("a", f'id="a" {numbered(9)}'), numbered(0))
    assert texts(write(tmp_path, first + second + region(line("e")))) == ["a", "b", "c", "d", "e"]


def test_a_reading_order_goes_before_the_index_of_transkribus(tmp_path):
    order = (
        '<ReadingOrder><OrderedGroup id="g"><RegionRefIndexed index="0" regionRef="r2"/>'
        '<RegionRefIndexed index="1" regionRef="r1"/></OrderedGroup></ReadingOrder>'
    )
    body = region(line("x"), f'id="r1" {numbered(0)}') + region(line("y"), f'id="r2" {numbered(1)}')
    assert texts(write(tmp_path, order + body)) == ["y", "x"]


def test_han_words_are_joined_without_spaces(tmp_path):
    words = "".join(f"<Word><TextEquiv><Unicode>{word}</Unicode></TextEquiv></Word>" for word in "欽定四")
    assert texts(write(tmp_path, region(line(extra=words)))) == ["欽定四"]


@pytest.mark.parametrize(
    ("value", "direction"),
    [
        ("top-to-bottom", Direction.TTB),
        ("right-to-left", Direction.RTL),
        ("left-to-right", Direction.LTR),
        ("bottom-to-top", Direction.LTR),
    ],
)
@pytest.mark.parametrize("level", ["line", "region", "page"])
def test_the_nearest_reading_direction_counts(tmp_path, level, value, direction):
    attribute = f'readingDirection="{value}"'
    own = {name: attribute if name == level else "" for name in ("line", "region", "page")}
    body = region(line("x", f'id="l" {own["line"]}'), f'id="r" {own["region"]}')
    (found,) = read_page_xml(write(tmp_path, body, attributes=own["page"])).lines
    assert found.shape.direction is direction


def test_baselines_of_right_to_left_script_run_from_left_to_right(tmp_path):
    baseline = '<Baseline points="10,4 0,4"/>'
    body = region(line("x", 'id="l" readingDirection="right-to-left"', extra=baseline))
    assert read_page_xml(write(tmp_path, body)).lines[0].shape.baseline == ((0, 4), (10, 4))


def test_tags_come_from_the_line_or_its_region(tmp_path):
    body = (
        region(line("a", 'id="a" custom="readingOrder {index:0;} structure {type:heading;}"'))
        + region(line("b", 'id="b"'), 'id="r2" type="marginalia"')
        + region(line("c", 'id="c"'), 'id="r3" type="paragraph"')
    )
    assert [found.tag for found in read_page_xml(write(tmp_path, body)).lines] == [
        "heading",
        "marginalia",
        "",
    ]


def test_points_of_the_versions_before_2013_are_read(tmp_path):
    corners = "".join(f'<Point x="{x}" y="{y}"/>' for x, y in ((1, 2), (90, 2), (90, 30)))
    text = "<TextEquiv><Unicode>x</Unicode></TextEquiv>"
    file = write(tmp_path, region(f'<TextLine id="a"><Coords>{corners}</Coords>{text}</TextLine>'))
    assert read_page_xml(file).lines[0].shape.polygon == ((1, 2), (90, 2), (90, 30))


def test_a_line_of_which_only_the_words_have_outlines_lies_around_them(tmp_path):
    words = "".join(
        f'<Word><Coords points="{left},10 {left + 20},12 {left},30"/>'
        f"<TextEquiv><Unicode>{text}</Unicode></TextEquiv></Word>"
        for left, text in ((10, "le"), (40, "mot"))
    )
    (found,) = read_page_xml(write(tmp_path, region(f'<TextLine id="a">{words}</TextLine>'))).lines
    assert (found.text, found.shape.box) == ("le mot", (10, 10, 60, 30))


@pytest.mark.parametrize("points", ["", "1,1 2,2", "nonsense", "1,1 2,2 3", "1,1 2,2 1e300,5"])
def test_a_line_without_outline_is_named_and_the_rest_is_read(tmp_path, points):
    page = read_page_xml(write(tmp_path, region(line("a", 'id="bad"', points) + line("b", 'id="ok"'))))
    assert page.skipped == ("line bad has neither outline nor baseline and was not read",)
    assert [found.text for found in page.lines] == ["b"]


def test_a_line_with_nothing_but_a_baseline_gets_a_band_as_high_as_the_other_lines(tmp_path):
    bare = '<TextLine id="l1"><Baseline points="10,50 90,50"/><TextEquiv><Unicode>a</Unicode></TextEquiv>'
    page = read_page_xml(
        write(tmp_path, region(bare + "</TextLine>" + line("b", points="0,60 9,60 9,80 0,80")))
    )
    assert [found.text for found in page.lines] == ["a", "b"] and page.skipped == ()
    assert page.lines[0].shape.box == (10, 35, 90, 55)
    assert page.lines[0].shape.baseline == ((10, 50), (90, 50))


def test_bands_are_as_high_as_baselines_are_apart_where_no_line_has_an_outline(tmp_path):
    lines = "".join(
        f'<TextLine id="l{y}"><Baseline points="10,{y} 90,{y}"/></TextLine>' for y in (40, 80, 120)
    )
    page = read_page_xml(write(tmp_path, region(lines)), (200, 400))
    assert [found.shape.box for found in page.lines] == [(20, y, 180, y + 80) for y in (20, 100, 180)]


def test_a_baseline_alone_on_its_page_is_one_of_thirty_rows(tmp_path):
    file = write(tmp_path, region('<TextLine id="l"><Baseline points="10,50 90,50"/></TextLine>'))
    left, top, right, bottom = read_page_xml(file).lines[0].shape.box
    assert (left, right, bottom - top) == (10, 90, pytest.approx(200 / 30))


def test_lines_in_cells_of_tables_are_read_where_the_table_is_named(tmp_path):
    order = (
        '<ReadingOrder><OrderedGroup id="g"><RegionRefIndexed index="0" regionRef="t"/>'
        '<RegionRefIndexed index="1" regionRef="r"/></OrderedGroup></ReadingOrder>'
    )
    cell = f'<TableCell id="c" row="0" col="0">{line("cell")}</TableCell>{line("loose")}'
    body = order + region(line("after")) + f'<TableRegion id="t">{cell}</TableRegion>'
    assert texts(write(tmp_path, body)) == ["loose", "cell", "after"]


def test_an_empty_reading_does_not_hide_the_words(tmp_path):
    word = '<Word id="w"><TextEquiv><Unicode>word</Unicode></TextEquiv></Word>'
    glyphs = "".join(f"<Glyph><TextEquiv><Unicode>{sign}</Unicode></TextEquiv></Glyph>" for sign in "by")
    empty = "<TextEquiv><Unicode></Unicode></TextEquiv>"
    body = region(line(extra=f"{word}<Word>{glyphs}</Word>{empty}"))
    assert texts(write(tmp_path, body)) == ["word by"]


def test_text_of_a_region_that_no_line_gives_is_named(tmp_path):
    equiv = "<TextEquiv><Unicode>whole</Unicode></TextEquiv>"
    body = region(equiv, 'id="bare"') + region(line() + equiv, 'id="silent"') + region(line("x") + equiv)
    page = read_page_xml(write(tmp_path, body))
    assert [found.text for found in page.lines] == ["", "x"]
    assert page.skipped == tuple(
        f"the text of region {name} is not given by lines and was not read" for name in ("bare", "silent")
    )


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "no valid XML"),
        (b"<PcGts><Page", "no valid XML"),
        (b"<PcGts/>", "no PAGE file with a page"),
        (b"<alto/>", "no PAGE file with a page"),
        (
            b'<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/hostname">]><PcGts><Page>&e;</Page></PcGts>',
            "entities",
        ),
        (b"<PcGts>" * 400 + b"</PcGts>" * 400, "no valid XML"),
    ],
)
def test_other_files_are_refused_with_a_reason(tmp_path, content, reason):
    (tmp_path / "a.xml").write_bytes(content)
    with pytest.raises(UnreadableFile, match=reason):
        read_page_xml(tmp_path / "a.xml")


def test_exploding_entities_are_refused(tmp_path):
    entities = '<!ENTITY a "aaaaaaaaaa">' + "".join(
        f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in zip("abcdefg", "bcdefgh", strict=True)
    )
    (tmp_path / "a.xml").write_text(f"<!DOCTYPE x [{entities}]><PcGts><Page>&h;</Page></PcGts>")
    with pytest.raises(UnreadableFile):
        read_page_xml(tmp_path / "a.xml")


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(UnreadableFile, match="cannot be opened"):
        read_page_xml(tmp_path / "gone.xml")


PAGE = Page(1, 1, "p.png", "scans/p.png", 900, 700, 0, "", None, "", "")


def entry(number: int, shape: LineShape, text: str, tag: str = "") -> LineEntry:
    moment = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    human = Transcription(number, text, TranscriptionState.CORRECTED, 1, "anna", moment)
    return LineEntry(Line(number, 1, number, shape, tag=tag), None, human)


pixel = st.tuples(st.integers(0, 900).map(float), st.integers(0, 700).map(float))
shapes = st.builds(
    LineShape,
    st.lists(pixel, min_size=3, max_size=8).map(tuple),
    st.sampled_from([Direction.LTR, Direction.TTB]),
    st.none() | st.lists(pixel, min_size=2, max_size=5).map(tuple),
)
plain_texts = st.text(
    st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"], exclude_characters="\ufffe\uffff"), max_size=30
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(shapes, plain_texts, st.sampled_from(["", "x", r"a; {b}: \u003b"])), max_size=5))
def test_what_is_written_is_read_again_unchanged(tmp_path, lines):
    from core.document import normalize_text

    entries = [entry(n, shape, normalize_text(text), tag) for n, (shape, text, tag) in enumerate(lines)]
    file = tmp_path / "out.xml"
    file.write_bytes(page_xml(PAGE, entries, "p.png"))
    page = read_page_xml(file)
    assert (page.image_name, page.width, page.height, page.skipped) == ("p.png", 900, 700, ())
    assert page.lines == tuple(ImportedLine(e.line.shape, e.text, e.line.tag) for e in entries)


def test_what_transkribus_escapes_in_a_tag_is_read_and_half_a_character_left(tmp_path):
    custom = r"readingOrder {index:0;} structure {type:marginal\u0020note\ud83d;}"
    body = region(line("a", f'id="a" custom="{custom}"'))
    (found,) = read_page_xml(write(tmp_path, body)).lines
    assert found.tag == r"marginal note\ud83d"


def test_points_are_whole_and_inside_the_page_as_the_schema_wants(tmp_path):
    shape = LineShape(((-3.0, 5.4), (1000.0, 5.6), (30.0, 900.0)))
    root = etree.fromstring(page_xml(PAGE, [entry(0, shape, "x")], "p.png"))
    coords = root.find(f".//{{{NAMESPACE}}}TextLine/{{{NAMESPACE}}}Coords")
    assert coords.get("points") == "0,5 900,6 30,700"


def test_control_characters_do_not_stop_an_export():
    shape = LineShape(((0.0, 0.0), (9.0, 0.0), (9.0, 9.0)))
    assert b"<Unicode>ab</Unicode>" in page_xml(PAGE, [entry(0, shape, "a\x00\x0bb")], "p.png")


def test_a_page_without_lines_is_a_valid_file(tmp_path):
    (tmp_path / "a.xml").write_bytes(page_xml(PAGE, [], "p.png"))
    assert read_page_xml(tmp_path / "a.xml").lines == ()


def test_a_real_page_has_its_columns(data):
    page = read_page_xml(data / "pages" / "siku_b6_025.xml")
    assert len(page.lines) == 11 and {found.shape.direction for found in page.lines} == {Direction.TTB}
    assert page.lines[0].text == "新本鄭氏周易三卷"
