"""Scans as they come: PNG, JPEG, WebP, BMP, JPEG 2000, TIFF with one or many frames, PDF."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import ExifTags, Image, ImageOps, TiffImagePlugin

from core.errors import UnreadableFile
from core.files import legible, shortened
from core.imaging.bgr import to_bgr
from core.imaging.encoding import encode_frame, encode_page
from core.imaging.opening import access_reason, opened_picture, refuse_bomb
from core.wording import say

IMAGE_SUFFIXES = frozenset({".png", ".jpg", ".jpeg", ".webp", ".bmp", ".tif", ".tiff", ".jp2"})
SCAN_SUFFIXES = IMAGE_SUFFIXES | {".pdf"}

ROTATIONS = (0, 90, 180, 270)

_FORMAT_SUFFIXES = {"JPEG": ".jpg", "MPO": ".jpg", "TIFF": ".tif", "JPEG2000": ".jp2"}
_UPRIGHT = 1  # EXIF orientations
_TURNED = (2, 3, 4, 5, 6, 7, 8)
_SIDEWAYS = (5, 6, 7, 8)  # those that swap width and height
_NEW_SUBFILE_TYPE = 254  # TIFF tag; its lowest bit marks a thumbnail or pyramid level
_REDUCED_COPY = 1


@dataclass(frozen=True, slots=True)
class ScanFrame:
    """One page inside a scan file; no file stays open while it exists.

    ``number`` is 1-based among the ``count`` pages of the file, ``index`` the place (0-based) in it,
    thumbnails counted; ``width`` and ``height`` are px as displayed. ``sha256`` is the hash of the
    file's bytes, for pages of a multi-page file the hash of that hash and the index.
    """

    file: Path
    number: int
    count: int
    width: int
    height: int
    sha256: str
    index: int = 0
    is_pdf: bool = False

    @property
    def is_whole_file(self) -> bool:
        """Whether the file is a single picture that can be kept byte for byte."""
        return self.count == 1 and not self.is_pdf

    @property
    def name(self) -> str:
        """Page name: the file's stem, with the page number if the file has several.

        The end of a very long stem is left out, so that a suffix and a number find room behind it.
        """
        place = "" if self.count == 1 else f"_p{self.number:0{len(str(self.count))}d}"
        return shortened(legible(self.file.stem), room=len(place) + len("-00000.jpeg")) + place

    def pixels(self) -> NDArray[np.uint8]:
        """Decode or draw the frame as BGR ``(H, W, 3)``, upright.

        Raises:
            UnreadableFile: If the file is damaged.
        """
        if self.is_pdf:
            return _drawn(self)
        with opened_picture(self.file) as picture:
            picture.seek(self.index)
            ImageOps.exif_transpose(picture, in_place=True)
            return to_bgr(picture)

    def stored(self) -> tuple[bytes, str]:
        """What a project keeps of the frame: the bytes of a picture file, and its suffix.

        A single picture is kept as it is. A frame of a TIFF becomes a PNG, unless it was JPEG
        inside; a PDF page becomes a PNG, or a JPEG of quality 95 where it is a photograph.

        Raises:
            UnreadableFile: If the file is damaged.
        """
        if self.is_pdf:
            return encode_page(_drawn(self))
        with opened_picture(self.file) as picture:
            if self.is_whole_file:
                return self.file.read_bytes(), _suffix(self.file, picture)
            picture.seek(self.index)
            return encode_frame(picture)


def _drawn(frame: ScanFrame) -> NDArray[np.uint8]:
    from core.imaging.pdf import render_page

    return render_page(frame.file, frame.index)


def read_scan(path: Path, rotation: int = 0, *, at_least: int | None = None) -> NDArray[np.uint8]:
    """Read a picture file (of a multi-page TIFF the first frame) as displayed.

    Args:
        path: A picture file; PDF pages are read through :func:`open_frames`.
        rotation: Degrees clockwise, one of 0, 90, 180, 270, applied after the EXIF orientation.
        at_least: For a thumbnail: a JPEG may be decoded at a half, quarter or eighth of its size, as long as
            its shorter side has so many px; that takes a fifth of the time.

    Returns:
        BGR ``(H, W, 3)``, 8 bits, whatever the depth, palette or colour space of the file.

    Raises:
        UnreadableFile: If the file is missing, empty, damaged, too large or no picture.
        ValueError: If ``rotation`` is not one of the four.
    """
    if rotation not in ROTATIONS:
        raise ValueError(f"rotation must be one of {ROTATIONS}, not {rotation}")
    with opened_picture(path) as picture:
        if at_least is not None:
            picture.draft(None, (at_least, at_least))
        # Pillow turns TIFF itself while loading and removes the tag: nothing is turned twice.
        ImageOps.exif_transpose(picture, in_place=True)
        image = to_bgr(picture)
    # numpy turns counter-clockwise for positive k.
    return np.ascontiguousarray(np.rot90(image, k=-(rotation // 90)))


def read_page(path: Path, rotation: int, size: tuple[int, int] | None) -> NDArray[np.uint8]:
    """``read_scan``, of a page whose lines were drawn on a picture of that size.

    Args:
        path: As of ``read_scan``.
        rotation: Degrees clockwise.
        size: Width and height in px, turned; ``None`` takes any.

    Raises:
        UnreadableFile: As ``read_scan``, and if the picture is of another size: it is another one.
    """
    image = read_scan(path, rotation)
    height, width = image.shape[:2]
    if size is not None and (width, height) != tuple(size):
        reason = say(
            "it has {width} × {height} px now, but its lines were drawn on {then_width} × {then_height}; put "
            "the picture back that was imported",
            width=width,
            height=height,
            then_width=size[0],
            then_height=size[1],
        )
        raise UnreadableFile(path, reason)
    return image


def lies_as_displayed(path: Path) -> bool:
    """Whether a picture file asks for no turning or mirroring; many programs would not do it.

    Raises:
        UnreadableFile: If the file is missing, empty, damaged or no picture.
    """
    with opened_picture(path) as picture:
        return picture.getexif().get(ExifTags.Base.Orientation, _UPRIGHT) not in _TURNED


def open_frames(path: Path) -> tuple[ScanFrame, ...]:
    """The frames of a scan file in their order, at least one; sizes come from the headers.

    Raises:
        UnreadableFile: If the file is missing, empty, damaged, too large, protected or of no known
            kind.
    """
    digest, is_pdf = _identify(path)
    if is_pdf:
        from core.imaging.pdf import page_sizes  # PDFium: 4 MiB that only PDFs need

        frames = list(enumerate(page_sizes(path)))
    else:
        with opened_picture(path) as picture:
            frames = _frame_sizes(path, picture)
    count = len(frames)
    return tuple(
        ScanFrame(
            file=path,
            number=number,
            count=count,
            width=width,
            height=height,
            sha256=digest if count == 1 and not is_pdf else _frame_hash(digest, index),
            index=index,
            is_pdf=is_pdf,
        )
        for number, (index, (width, height)) in enumerate(frames, start=1)
    )


def _frame_sizes(path: Path, picture: Image.Image) -> list[tuple[int, tuple[int, int]]]:
    """Index and displayed size (px) of each page.

    Only TIFF has pages; further pictures in JPEG (MPO), PNG and WebP are previews or animation.
    """
    if not isinstance(picture, TiffImagePlugin.TiffImageFile):
        return [(0, _displayed_size(picture))]
    frames = []
    for index in range(picture.n_frames):
        picture.seek(index)
        refuse_bomb(path, picture.size)
        if index == 0 or not int(picture.tag_v2.get(_NEW_SUBFILE_TYPE, 0)) & _REDUCED_COPY:
            frames.append((index, picture.size))  # Pillow swaps sideways TIFF sizes by itself
    return frames


def _displayed_size(picture: Image.Image) -> tuple[int, int]:
    width, height = picture.size
    sideways = picture.getexif().get(ExifTags.Base.Orientation) in _SIDEWAYS
    return (height, width) if sideways else (width, height)


def _suffix(path: Path, picture: Image.Image) -> str:
    """The file's own suffix if programs will know it by that, else the usual one of its format."""
    if path.suffix.lower() in IMAGE_SUFFIXES:
        return path.suffix.lower()
    kind = picture.format or "PNG"
    return _FORMAT_SUFFIXES.get(kind, f".{kind.lower()}")


def _identify(path: Path) -> tuple[str, bool]:
    """Hash of the file's bytes, and whether it is a PDF (whose header may follow 1 KB of rubbish)."""
    try:
        with path.open("rb") as stream:
            is_pdf = b"%PDF-" in stream.read(1024)
            stream.seek(0)
            return hashlib.file_digest(stream, "sha256").hexdigest(), is_pdf
    except OSError as error:
        raise UnreadableFile(path, access_reason(error)) from error


def _frame_hash(digest: str, index: int) -> str:
    return hashlib.sha256(f"{digest}#{index}".encode()).hexdigest()
