"""Greys of more than eight bits, as scanners write them."""

import struct

import numpy as np
import pytest
from PIL import Image, TiffImagePlugin

from core.imaging.scan import open_frames, read_scan

RAMP = np.tile(np.linspace(0, 4095, 64).astype(np.uint16), (8, 1))  # as a twelve-bit scanner writes it


@pytest.mark.parametrize(
    ("values", "tags", "white"),
    [
        (RAMP, {}, 4095),
        (RAMP // 2, {}, 65535),  # a dark picture of sixteen bits
        (RAMP // 2, {281: 4095}, 4095),
        (RAMP // 2, {341: 4095}, 4095),
        (RAMP // 2, {281: 3000}, 65535),  # what occurs says nothing of what could
        (RAMP // 4, {281: 1023}, 1023),
        (RAMP * 2, {281: 4095}, 65535),  # untrue
        (RAMP * 16, {}, 65535),
    ],
)
@pytest.mark.parametrize("frames", [1, 2])
def test_greys_of_fewer_than_sixteen_bits_keep_their_brightness(tmp_path, values, tags, white, frames):
    info = TiffImagePlugin.ImageFileDirectory_v2()
    for tag, value in tags.items():
        info.tagtype[tag] = 3
        info[tag] = value
    pages = [Image.fromarray(values)] * frames
    pages[0].save(tmp_path / "a.tif", tiffinfo=info, save_all=True, append_images=pages[1:])
    frame = open_frames(tmp_path / "a.tif")[0]
    stored, suffix = frame.stored()
    (tmp_path / f"stored{suffix}").write_bytes(stored)
    wanted = values.astype(np.float64) * 255 / white
    for image in (read_scan(tmp_path / "a.tif"), frame.pixels(), read_scan(tmp_path / f"stored{suffix}")):
        assert np.abs(image[:, :, 1] - wanted).max() <= 1


def test_bits_per_sample_tell_how_bright_a_picture_of_twelve_bits_is(tmp_path):
    (tmp_path / "a.tif").write_bytes(twelve_bit_tiff([0, 1024, 2048, 1000]))
    grey = read_scan(tmp_path / "a.tif")[:, :, 0]
    assert grey.tolist() == [[0, 64, 128, 62]]


def test_a_picture_that_says_it_has_sixteen_bits_stays_as_dark_as_it_is(tmp_path):
    info = TiffImagePlugin.ImageFileDirectory_v2()
    info[281] = 65535
    Image.fromarray(RAMP).save(tmp_path / "a.tif", tiffinfo=info)
    assert read_scan(tmp_path / "a.tif").max() == 15


def test_deep_greys_in_which_zero_is_white_are_turned(tmp_path):
    info = TiffImagePlugin.ImageFileDirectory_v2()
    info[262] = 0
    Image.fromarray(np.array([[0, 65535]], np.uint16)).save(tmp_path / "a.tif", tiffinfo=info)
    assert read_scan(tmp_path / "a.tif")[0, :, 0].tolist() == [255, 0]


def twelve_bit_tiff(values: list[int]) -> bytes:
    """One row of samples of twelve bits, packed."""
    bits = "".join(f"{value:012b}" for value in values)
    row = int(bits, 2).to_bytes(len(bits) // 8, "big")
    entries = [
        (256, len(values)), (257, 1), (258, 12), (259, 1), (262, 1), (273, 8), (277, 1), (278, 1),
        (279, len(row)),
    ]  # fmt: skip
    row = row.ljust(8, b"\0")
    start = 8 + len(row)
    directory = b"".join(struct.pack("<HHIHH", tag, 3, 1, value, 0) for tag, value in entries)
    return (
        struct.pack("<2sHI", b"II", 42, start) + row + struct.pack("<H", len(entries)) + directory + bytes(4)
    )
