import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from core.document import Direction, LineShape, normalize_text
from core.errors import UnreadableFile
from core.exchange.alto import NAMESPACE, alto_xml, read_alto
from core.exchange.imported import ImportedLine
from tests.core.exchange.test_page_xml import PAGE, entry, plain_texts, shapes

NAMESPACES = ["", *(f' xmlns="http://www.loc.gov/standards/alto/ns-v{n}#"' for n in (2, 3, 4))]
BOX = 'HPOS="10" VPOS="20" WIDTH="300" HEIGHT="40"'


def write(
    tmp_path, lines: str, *, unit="pixel", namespace=NAMESPACES[3], tags="", block="", size=(1000, 2000)
):
    width, height = size
    page = f'WIDTH="{width}" HEIGHT="{height}"' if width else ""
    file = tmp_path / "a.xml"
    file.write_text(
        f'<?xml version="1.0" encoding="UTF-8"?><alto{namespace}><Description><MeasurementUnit>{unit}'
        "</MeasurementUnit><sourceImageInformation><fileName> C:\\scans\\p1.tif </fileName>"
        f"</sourceImageInformation></Description>{tags}<Layout><Page ID='p' {page}><PrintSpace>"
        f'<TextBlock ID="b" {block}>{lines}</TextBlock></PrintSpace></Page></Layout></alto>',
        encoding="utf-8",
    )
    return file


def line(content='<String CONTENT="De"/><SP/><String CONTENT="la"/>', attributes=BOX) -> str:
    return f'<TextLine ID="l1" {attributes}>{content}</TextLine>'


RECTANGLE = ((10, 20), (310, 20), (310, 60), (10, 60))


@pytest.mark.parametrize("namespace", NAMESPACES)
def test_every_version_is_read_with_or_without_namespace(tmp_path, namespace):
    page = read_alto(write(tmp_path, line(), namespace=namespace))
    assert (page.image_name, page.width, page.height) == ("C:\\scans\\p1.tif", 1000, 2000)
    assert page.lines == (ImportedLine(LineShape(RECTANGLE), "De la"),)


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ('<String CONTENT="De"/><SP/><String CONTENT="la"/>', "De la"),
        ('<String CONTENT="De"/><String CONTENT="la"/>', "De la"),
        ('<String CONTENT="tranſla"/><HYP CONTENT="-"/>', "tranſla-"),
        ('<String CONTENT="De la Isle"/>', "De la Isle"),
        ('<String CONTENT="Hel"/><String CONTENT="lo"/><SP/><String CONTENT="World"/>', "Hello World"),
        ('<String CONTENT="a"/><SP/><String CONTENT="be"/><HYP CONTENT="-"/>', "a be-"),
        ('<String CONTENT="欽"/><String CONTENT="定"/><String CONTENT="四庫"/>', "欽定四庫"),
        ('<String CONTENT="欽"/><SP/><String CONTENT="定"/>', "欽 定"),
        ('<String CONTENT="PP"/><String CONTENT="藥"/><String CONTENT="5"/>', "PP 藥 5"),
        ('<String CONTENT=""/>', ""),
        ("", ""),
    ],
)
def test_words_spaces_and_hyphens_make_the_text(tmp_path, content, text):
    assert read_alto(write(tmp_path, line(content))).lines[0].text == text


@pytest.mark.parametrize("points", ["0 0 50 0 50 9 0 9", "0,0 50,0 50,9 0,9", "0 0, 50 0, 50 9, 0 9"])
def test_the_polygon_goes_before_the_box(tmp_path, points):
    shape = f'<Shape><Polygon POINTS="{points}"/></Shape>'
    page = read_alto(write(tmp_path, line(shape + '<String CONTENT="x"/>')))
    assert page.lines[0].shape.polygon == ((0, 0), (50, 0), (50, 9), (0, 9))


def test_a_line_without_geometry_has_the_box_of_its_words_or_is_named(tmp_path):
    words = '<String CONTENT="a" HPOS="5" VPOS="5" WIDTH="10" HEIGHT="8"/>'
    words += '<String CONTENT="b" HPOS="20" VPOS="4" WIDTH="10" HEIGHT="8"/>'
    page = read_alto(write(tmp_path, line(words, "") + line(attributes="")))
    assert page.lines[0].shape.box == (5, 4, 30, 13)
    assert page.skipped == ("line l1 has neither outline nor baseline and was not read",)
    assert len(page.lines) == 1


def test_a_line_with_nothing_but_a_baseline_gets_a_band_as_high_as_the_other_lines(tmp_path):
    bare = line('<String CONTENT="a"/>', 'BASELINE="10 100 310 100"')
    page = read_alto(write(tmp_path, bare + line()), (500, 1000))
    assert [found.text for found in page.lines] == ["a", "De la"] and page.skipped == ()
    assert page.lines[0].shape.box == (5, 35, 155, 55)


def test_further_pages_of_a_file_are_named(tmp_path):
    file = write(tmp_path, line())
    file.write_text(file.read_text().replace("</Layout>", "<Page/></Layout>"))
    page = read_alto(file)
    assert len(page.lines) == 1 and "2 pages" in page.skipped[0]


@pytest.mark.parametrize(
    ("value", "baseline"),
    [
        ("55", ((10, 55), (310, 55))),
        ("10 50 160 52 310 55", ((10, 50), (160, 52), (310, 55))),
        ("10,50 310,55", ((10, 50), (310, 55))),
        ("", None),
        ("10 50", None),
    ],
)
def test_a_baseline_is_a_height_or_points(tmp_path, value, baseline):
    page = read_alto(write(tmp_path, line(attributes=f'{BOX} BASELINE="{value}"')))
    assert page.lines[0].shape.baseline == baseline


@pytest.mark.parametrize(("unit", "factor"), [("mm10", 300 / 254), ("inch1200", 0.25), ("pixel", 1.0)])
def test_other_units_become_pixels_at_300_dpi(tmp_path, unit, factor):
    page = read_alto(write(tmp_path, line(), unit=unit))
    assert (page.width, page.height) == (round(1000 * factor), round(2000 * factor))
    assert page.lines[0].shape.box == pytest.approx([value * factor for value in (10, 20, 310, 60)])


@pytest.mark.parametrize("unit", ["mm10", "inch1200", "pixel"])
def test_the_size_of_the_picture_settles_the_scale_whatever_the_unit(tmp_path, unit):
    page = read_alto(write(tmp_path, line(), unit=unit), (500, 1000))
    assert (page.width, page.height) == (500, 1000)
    assert page.lines[0].shape.box == (5, 10, 155, 30)


def test_a_page_without_size_is_taken_as_it_is(tmp_path):
    page = read_alto(write(tmp_path, line(), size=(0, 0)), (500, 1000))
    assert page.lines[0].shape.polygon == RECTANGLE and page.width == 500


@pytest.mark.parametrize(
    ("value", "direction"),
    [("ttb", Direction.TTB), ("rtl", Direction.RTL), ("ltr", Direction.LTR), ("btt", Direction.LTR)],
)
def test_directions_of_lines_and_blocks(tmp_path, value, direction):
    attribute = f'BASEDIRECTION="{value}"'
    for file in (
        write(tmp_path, line(attributes=f"{BOX} {attribute}"), block='BASEDIRECTION="ltr"'),
        write(tmp_path, line(), block=attribute),
    ):
        assert read_alto(file).lines[0].shape.direction is direction


def test_lines_come_in_the_order_that_the_file_states_for_them_or_their_blocks(tmp_path):
    order = (
        '<ReadingOrder><OrderedGroup ID="o"><ElementRef ID="e1" REF="l2"/><OrderedGroup ID="p" REF="b">'
        '<ElementRef ID="e2" REF="l2 l1"/></OrderedGroup></OrderedGroup></ReadingOrder>'
    )
    lines = "".join(line(f'<String CONTENT="{n}"/>').replace("l1", f"l{n}") for n in (1, 2, 3))
    found = read_alto(write(tmp_path, lines, tags=order)).lines
    assert [each.text for each in found] == ["2", "3", "1"]  # of the third only the block is named


def test_tags_say_what_a_line_is_unless_they_say_nothing(tmp_path):
    tags = (
        '<Tags><OtherTag ID="t1" LABEL="Numbering"/><OtherTag ID="t2" LABEL="Main"/>'
        '<StructureTag ID="t3" LABEL="MarginTextZone"/></Tags>'
    )
    lines = "".join(line(attributes=f'{BOX} TAGREFS="{tag}"') for tag in ("t1", "t2", "gone"))
    page = read_alto(write(tmp_path, lines, tags=tags, block='TAGREFS="t3"'))
    assert [found.tag for found in page.lines] == ["Numbering", "MarginTextZone", "MarginTextZone"]


@pytest.mark.parametrize("content", [b"<alto/>", b"<PcGts/>", b"no", b"<alto><Layout/></alto>"])
def test_other_files_are_refused(tmp_path, content):
    (tmp_path / "a.xml").write_bytes(content)
    with pytest.raises(UnreadableFile):
        read_alto(tmp_path / "a.xml")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(shapes, plain_texts, st.sampled_from(["", "heading", "A & B"])), max_size=5))
def test_what_is_written_is_read_again_unchanged(tmp_path, lines):
    entries = [entry(n, shape, normalize_text(text), tag) for n, (shape, text, tag) in enumerate(lines)]
    file = tmp_path / "out.xml"
    file.write_bytes(alto_xml(PAGE, entries, "p.png"))
    page = read_alto(file)
    assert (page.image_name, page.width, page.height, page.skipped) == ("p.png", 900, 700, ())
    assert page.lines == tuple(ImportedLine(e.line.shape, e.text, e.line.tag) for e in entries)


def test_fractions_of_pixels_are_kept(tmp_path):
    shape = LineShape(((1.25, 2.5), (90.125, 2.0), (90.0, 30.0)))
    (tmp_path / "a.xml").write_bytes(alto_xml(PAGE, [entry(0, shape, "x")], "p.png"))
    assert read_alto(tmp_path / "a.xml").lines[0].shape == shape


def test_what_lies_off_the_page_is_moved_to_its_edge_and_no_line_is_lost(tmp_path):
    across = LineShape(((-9, 5), (950, 5), (950, 800), (-9, 800)), Direction.LTR, ((-9, 30), (950, 30)))
    outside = LineShape(((1000, 5), (1200, 5), (1200, 30), (1000, 30)))
    (tmp_path / "a.xml").write_bytes(alto_xml(PAGE, [entry(0, across, "x"), entry(1, outside, "y")], "p.png"))
    root = etree.parse(tmp_path / "a.xml")
    for element in root.iter(f"{{{NAMESPACE}}}TextLine", f"{{{NAMESPACE}}}String"):
        left, top, width, height = (float(element.get(name)) for name in ("HPOS", "VPOS", "WIDTH", "HEIGHT"))
        assert 0 <= left <= left + width <= 900 and 0 <= top <= top + height <= 700
    first, second = read_alto(tmp_path / "a.xml").lines
    assert first.shape.polygon == ((0, 5), (900, 5), (900, 700), (0, 700))
    assert first.shape.baseline == ((0, 30), (900, 30))
    assert second.text == "y"


def test_elements_stand_in_the_order_of_the_schema():
    shape = LineShape(RECTANGLE)
    root = etree.fromstring(alto_xml(PAGE, [entry(0, shape, "x", "heading")], "p.png"))
    assert [etree.QName(child).localname for child in root] == ["Description", "Tags", "Layout"]
    text_line = root.find(f".//{{{NAMESPACE}}}TextLine")
    assert [etree.QName(child).localname for child in text_line] == ["Shape", "String"]


def test_real_pages_are_read_and_scaled(data):
    full = read_alto(data / "pages" / "will_AN_0218.xml")
    half = read_alto(data / "pages" / "will_AN_0218.xml", (888, 1107))
    assert len(full.lines) == len(half.lines) == 20 and half.width == 888
    for one, other in zip(full.lines, half.lines, strict=True):
        assert one.text == other.text
        assert other.shape.box == pytest.approx([value / 2 for value in one.shape.box], abs=1)
    assert all(found.shape.baseline for found in full.lines)
    book = read_alto(data / "pages" / "utopie_p28.xml")
    assert [found.tag for found in book.lines].count("Margin") == 2
