"""Scans and layout files as tests make them, and how they are taken in."""

import numpy as np
from PIL import Image

from core.jobs import CancelToken
from core.workflow.importing import import_paths


def take(project, *paths, **options):
    return import_paths(project, list(paths), cancel=CancelToken(), **options)


def picture(width=120, height=80, seed=0):
    pixels = np.random.default_rng(seed).integers(0, 255, (height, width, 3), dtype=np.uint8)
    return Image.fromarray(pixels)


def page_file(file, name, body, width=120, height=80):
    file.write_text(
        '<PcGts xmlns="http://schema.primaresearch.org/PAGE/gts/pagecontent/2019-07-15">'
        f'<Page imageFilename="{name}" imageWidth="{width}" imageHeight="{height}">'
        f'<TextRegion id="r">{body}</TextRegion></Page></PcGts>',
        encoding="utf-8",
    )
    return file


def page_line(text, points="10,10 90,10 90,30 10,30", name="l1"):
    coords = f'<Coords points="{points}"/>'
    return f'<TextLine id="{name}">{coords}<TextEquiv><Unicode>{text}</Unicode></TextEquiv></TextLine>'
