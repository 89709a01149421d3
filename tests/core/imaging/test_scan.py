import hashlib
import io
import struct
import warnings
import zlib

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image, TiffImagePlugin

from core.errors import UnreadableFile
from core.imaging.scan import open_frames, read_scan

RED, BLUE, WHITE = (0, 0, 255), (255, 0, 0), (255, 255, 255)

INVERSE = {
    1: None,
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}


def flag(width=40, height=20) -> Image.Image:
    """Left half red, right half blue, upper left corner white."""
    picture = Image.new("RGB", (width, height), "blue")
    picture.paste("red", (0, 0, width // 2, height))
    picture.paste("white", (0, 0, 8, 8))
    return picture


def is_flag(image: np.ndarray) -> bool:
    height, width = image.shape[:2]
    spots = [image[4, 4], image[height - 4, 4], image[height // 2, width - 4]]
    return all(
        np.abs(spot.astype(int) - colour).max() < 60
        for spot, colour in zip(spots, (WHITE, RED, BLUE), strict=True)
    )


@pytest.mark.parametrize("suffix", [".png", ".jpg", ".webp", ".bmp", ".tif", ".jp2"])
def test_every_picture_format_is_read_as_bgr(tmp_path, suffix):
    file = tmp_path / f"Straße 經部{suffix}"
    flag().save(file)
    image = read_scan(file)
    assert image.dtype == np.uint8 and image.shape == (20, 40, 3) and is_flag(image)


@pytest.mark.parametrize("orientation", INVERSE)
@pytest.mark.parametrize("suffix", [".jpg", ".tif", ".png"])
def test_orientation_is_honoured_in_pixels_and_sizes(tmp_path, suffix, orientation):
    stored = flag() if INVERSE[orientation] is None else flag().transpose(INVERSE[orientation])
    exif = Image.Exif()
    exif[0x0112] = orientation
    file = tmp_path / f"photo{suffix}"
    stored.save(file, exif=exif, quality=95) if suffix == ".jpg" else stored.save(file, exif=exif)
    (frame,) = open_frames(file)
    assert is_flag(read_scan(file)) and is_flag(frame.pixels())
    assert (frame.width, frame.height) == (40, 20)


@pytest.mark.parametrize("depth", [np.uint8, np.uint16])
@pytest.mark.parametrize(("orientation", "turns"), [(6, -1), (8, 1)])
def test_plain_greys_that_lie_on_their_side_are_not_scrambled(tmp_path, depth, orientation, turns):
    stored = np.arange(40 * 30, dtype=depth).reshape(40, 30) // 5
    stored = (stored * (np.iinfo(depth).max // 255)).astype(depth)
    Image.fromarray(stored).save(tmp_path / "a.tif", tiffinfo={0x0112: orientation})
    Image.fromarray(stored).save(tmp_path / "upright.tif")
    assert np.array_equal(read_scan(tmp_path / "a.tif"), np.rot90(read_scan(tmp_path / "upright.tif"), turns))
    (frame,) = open_frames(tmp_path / "a.tif")
    assert (frame.width, frame.height) == (40, 30)


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_rotation_turns_clockwise(tmp_path, rotation):
    flag().save(tmp_path / "a.png")
    image = read_scan(tmp_path / "a.png", rotation)
    white = {0: (4, 4), 90: (4, -4), 180: (-4, -4), 270: (-4, 4)}[rotation]
    assert tuple(image[white]) == WHITE


def test_other_rotations_are_a_bug(tmp_path):
    flag().save(tmp_path / "a.png")
    with pytest.raises(ValueError, match="rotation"):
        read_scan(tmp_path / "a.png", 45)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "CMYK", "I;16", "F", "I"])
def test_every_mode_becomes_eight_bit_colour(tmp_path, mode):
    grey = np.tile(np.linspace(0, 255, 64, dtype=np.uint8), (8, 1))
    if mode == "I;16":
        picture = Image.fromarray(grey.astype(np.uint16) * 257)
    elif mode in ("F", "I"):
        picture = Image.fromarray(grey.astype(np.float32 if mode == "F" else np.int32))
    else:
        picture = Image.fromarray(grey).convert(mode)
    file = tmp_path / ("a.tif" if mode in ("F", "I", "CMYK") else "a.png")
    picture.save(file)
    image = read_scan(file)
    assert image.shape == (8, 64, 3) and image.dtype == np.uint8
    assert image[0, 0].max() < 5 and image[0, -1].min() > 250
    if mode != "1":
        assert np.abs(image[0, :, 1].astype(int) - grey[0]).max() <= 4


def test_transparency_becomes_white_paper(tmp_path):
    Image.new("RGBA", (4, 4), (255, 0, 0, 0)).save(tmp_path / "a.png")
    palette = Image.new("P", (4, 4), 0)
    palette.putpalette([10, 20, 30])
    palette.save(tmp_path / "p.png", transparency=0)
    assert (read_scan(tmp_path / "a.png") == 255).all()
    assert (read_scan(tmp_path / "p.png") == 255).all()


def test_a_single_picture_is_kept_byte_for_byte(tmp_path, data):
    source = data / "pages" / "siku_b6_025.png"
    (frame,) = open_frames(source)
    stored, suffix = frame.stored()
    assert stored == source.read_bytes() and suffix == ".png"
    assert frame.sha256 == hashlib.sha256(stored).hexdigest()
    assert (frame.width, frame.height, frame.name) == (1808, 2599, "siku_b6_025")


def test_a_jpeg_named_png_is_read_by_its_content_and_keeps_its_name(tmp_path):
    file = tmp_path / "scan.PNG"
    flag().save(file, "JPEG", quality=95)
    (frame,) = open_frames(file)
    assert is_flag(frame.pixels()) and frame.stored()[1] == ".png"


def test_a_picture_without_suffix_gets_the_one_of_its_format(tmp_path):
    file = tmp_path / "scan"
    flag().save(file, "JPEG")
    assert open_frames(file)[0].stored()[1] == ".jpg"


def test_frames_of_a_tiff_become_pages_of_their_own(tmp_path):
    file = tmp_path / "band.tif"
    colours = ["red", "lime", "blue"]
    pages = [Image.new("RGB", (30 + n, 20), colour) for n, colour in enumerate(colours)]
    pages[0].save(file, save_all=True, append_images=pages[1:])
    frames = open_frames(file)
    assert [frame.name for frame in frames] == ["band_p1", "band_p2", "band_p3"]
    assert [frame.width for frame in frames] == [30, 31, 32]
    assert len({frame.sha256 for frame in frames}) == 3
    assert [tuple(frame.pixels()[5, 5]) for frame in frames] == [RED, (0, 255, 0), BLUE]
    for frame in frames:
        stored, suffix = frame.stored()
        assert suffix == ".png"
        (tmp_path / f"{frame.name}.png").write_bytes(stored)
        assert (read_scan(tmp_path / f"{frame.name}.png") == frame.pixels()).all()


def test_a_lossless_frame_keeps_its_depth(tmp_path):
    file = tmp_path / "a.tif"
    Image.new("1", (64, 64), 1).save(file, save_all=True, append_images=[Image.new("I;16", (9, 9), 40000)])
    kept = [Image.open(io.BytesIO(frame.stored()[0])).mode for frame in open_frames(file)]
    assert kept == ["1", "I;16"]


def test_jpeg_frames_stay_jpeg(tmp_path):
    file = tmp_path / "a.tif"
    flag().save(file, save_all=True, append_images=[flag()], compression="jpeg")
    assert [frame.stored()[1] for frame in open_frames(file)] == [".jpg", ".jpg"]


def test_thumbnails_inside_a_tiff_are_no_pages(tmp_path):
    file = tmp_path / "a.tif"
    info = TiffImagePlugin.ImageFileDirectory_v2()
    info[254] = 1
    thumbnail = flag(10, 6)
    thumbnail.encoderinfo = {"tiffinfo": info}
    flag().save(file, save_all=True, append_images=[thumbnail])
    with Image.open(file) as picture:
        assert picture.n_frames == 2
    (frame,) = open_frames(file)
    assert frame.is_whole_file and frame.width == 40


def test_pages_of_a_pdf_are_drawn_with_the_scans_own_resolution(tmp_path):
    file = tmp_path / "buch.pdf"
    pages = [flag(800, 1100), flag(1100, 800)]
    pages[0].save(file, save_all=True, append_images=pages[1:], resolution=200)
    frames = open_frames(file)
    assert [(frame.width, frame.height) for frame in frames] == [(800, 1100), (1100, 800)]
    assert [frame.name for frame in frames] == ["buch_p1", "buch_p2"]
    for frame in frames:
        pixels = frame.pixels()
        assert pixels.shape == (frame.height, frame.width, 3) and is_flag(pixels)
        stored, suffix = frame.stored()
        assert suffix == ".png"
        assert is_flag(np.asarray(Image.open(io.BytesIO(stored)).convert("RGB"))[:, :, ::-1])


def test_a_photograph_in_a_pdf_is_stored_as_jpeg(tmp_path):
    noise = np.random.default_rng(1).integers(0, 256, (400, 300, 3), dtype=np.uint8)
    Image.fromarray(noise).save(tmp_path / "a.pdf", resolution=150)
    assert open_frames(tmp_path / "a.pdf")[0].stored()[1] == ".jpg"


def test_a_pdf_page_of_square_metres_is_bounded(tmp_path):
    file = tmp_path / "plan.pdf"
    file.write_bytes(pdf(b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 14000 7000] >>"))
    (frame,) = open_frames(file)
    assert (frame.width, frame.height) == (6000, 3000) and not frame.is_whole_file
    assert frame.pixels().shape == (3000, 6000, 3)


def test_a_drawn_page_has_300_dpi(tmp_path):
    (tmp_path / "a.pdf").write_bytes(pdf(b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 144 72] >>"))
    (frame,) = open_frames(tmp_path / "a.pdf")
    assert (frame.width, frame.height) == (600, 300)
    assert (frame.pixels() == 255).all()


def pdf(page: bytes, trailer: bytes = b"", pages: bytes = b"[3 0 R]") -> bytes:
    """A PDF of up to one page, written by hand."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids " + pages + b" /Count " + str(pages.count(b"R")).encode() + b" >>",
        page,
    ]
    out = b"%PDF-1.4\n"
    offsets = []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 4\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % o for o in offsets)
    return out + b"trailer\n<< /Size 4 /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF" % (trailer, start)


def encrypted_pdf() -> bytes:
    key = b"<" + b"ab" * 32 + b">"
    locked = b"/Encrypt << /Filter /Standard /V 1 /R 2 /O %s /U %s /P -4 >> /ID [<00> <00>]" % (key, key)
    return pdf(b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 72 72] >>", locked)


def png_header(width: int, height: int) -> bytes:
    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b""))
        + chunk(b"IEND", b"")
    )


def jpeg() -> bytes:
    buffer = io.BytesIO()
    flag(200, 200).save(buffer, "JPEG")
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("empty.png", b"", "empty"),
        ("text.png", b"Dear Sir, this is no picture", "it is not a PNG"),
        ("cut.jpg", jpeg()[:900], "damaged or incomplete"),
        ("bomb.png", png_header(40_000, 40_000), "250 megapixels"),
        ("large.png", png_header(17_000, 17_000), "250 megapixels"),
        ("locked.pdf", encrypted_pdf(), "protected by a password"),
        ("broken.pdf", b"%PDF-1.7\nnothing else", "PDF is damaged"),
        ("none.pdf", pdf(b"null", pages=b"[]"), "without pages"),
        ("gif.png", b"GIF89a\x01\x00\x01\x00\x00\x00\x00;", "it is not a PNG"),
    ],
)
def test_what_cannot_be_read_is_named_with_its_reason(tmp_path, name, content, reason):
    file = tmp_path / name
    file.write_bytes(content)
    with pytest.raises(UnreadableFile, match=reason) as caught:
        for frame in open_frames(file):
            frame.pixels()
    assert str(caught.value).startswith(f"{name}: ") and caught.value.file == file


def test_a_bomb_is_refused_where_warnings_are_ignored(tmp_path):
    (tmp_path / "large.png").write_bytes(png_header(17_000, 17_000))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with pytest.raises(UnreadableFile, match="17000 × 17000 px; more than 250 megapixels"):
            read_scan(tmp_path / "large.png")


def test_a_missing_file_and_a_folder_are_named(tmp_path):
    with pytest.raises(UnreadableFile, match="does not exist"):
        open_frames(tmp_path / "gone.png")
    with pytest.raises(UnreadableFile, match="does not exist"):
        read_scan(tmp_path / "gone.png")
    with pytest.raises(UnreadableFile, match="cannot be opened"):
        open_frames(tmp_path)


def encoded(kind: str) -> bytes:
    buffer = io.BytesIO()
    flag().save(buffer, kind)
    return buffer.getvalue()


SAMPLES = {kind: encoded(kind) for kind in ("PNG", "JPEG", "TIFF", "BMP", "WEBP")}


@pytest.mark.filterwarnings("ignore")  # Pillow warns of odd metadata, which is not our matter
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    kind=st.sampled_from(sorted(SAMPLES)),
    place=st.floats(0, 1),
    damage=st.binary(min_size=1, max_size=6),
    cut=st.floats(0.05, 1),
)
def test_damaged_bytes_give_a_picture_or_a_known_error(tmp_path, kind, place, damage, cut):
    content = bytearray(SAMPLES[kind])
    start = int(place * (len(content) - 1))
    content[start : start + len(damage)] = damage
    file = tmp_path / "damaged"
    file.write_bytes(bytes(content[: max(int(cut * len(content)), 1)]))
    try:
        assert read_scan(file).ndim == 3
    except UnreadableFile as error:
        assert error.reason


def test_a_reduced_jpeg_keeps_enough_px_and_other_formats_are_read_whole(tmp_path):
    picture = Image.new("RGB", (1600, 2400), (200, 180, 160))
    picture.save(tmp_path / "a.jpg")
    picture.save(tmp_path / "a.png")
    reduced = read_scan(tmp_path / "a.jpg", 90, at_least=150)
    assert reduced.shape == (200, 300, 3)
    assert read_scan(tmp_path / "a.png", at_least=150).shape == (2400, 1600, 3)
