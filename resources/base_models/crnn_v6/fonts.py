"""The faces that lines are rendered with: what office OCR never saw, and ordinary print beside it.

What licence each is under stands in ``crnn-v6.NOTICE``; most are under the SIL Open Font License.
"""

import json
from collections import defaultdict
from pathlib import Path

from core.imaging.rendering import Face, FontFile
from resources.base_models.crnn_v6.packages import unpacked

OURS = Path(__file__).parents[2] / "fonts"

FONTSOURCE = {
    "hand": (
        "allura birthstone caveat cedarville-cursive dancing-script dawning-of-a-new-day great-vibes "
        "herr-von-muellerhoff homemade-apple italianno kalam la-belle-aurore licorice marck-script "
        "monsieur-la-doulaise mrs-saint-delafield parisienne pinyon-script reenie-beanie sacramento "
        "shadows-into-light tangerine"
    ),
    "fraktur": "unifrakturmaguntia unifrakturcook",
    "early": "im-fell-english",
    "print": "eb-garamond cormorant-garamond old-standard-tt im-fell-english",
    "chinese": "noto-serif-tc",
    "chinese-hand": "ma-shan-zheng zhi-mang-xing liu-jian-mao-cao long-cang",
}
"""Packages of the npm scope @fontsource, by kind of line."""

VERSIONS = {"ma-shan-zheng": "5.3.1"}
VERSION = "5.3.0"

DEBIAN = {
    "hand": (
        ("fonts-breip", "breipfont.ttf"),
        ("fonts-femkeklaver", "femkeklaver.ttf"),
        ("fonts-dkg-handwriting", "dkg.ttf"),
    ),
    "fraktur": (
        ("fonts-blankenburg", "Blankenburg_UNZ1A.ttf"),
        ("fonts-gotico-antiqua", "Jessen-Mittel14.otf"),
        ("fonts-gotico-antiqua", "Jessen-Cicero12.otf"),
    ),
    "early": tuple(
        ("fonts-gotico-antiqua", f"{name}.otf")
        for name in ("Spira-ProtoRoman110R", "Rot-ProtoRoman102R", "SouffletVert-Hybrid106R")
    ),
    "chinese": (("fonts-lxgw-wenkai", "LXGWWenKai-Regular.ttf"),),
}
"""Font files of Debian packages, by kind of line."""

SHIPPED = {
    "early": ("JunicodeTwoBeta-Regular.otf", "JunicodeTwoBeta-Regular.otf"),
    "print": ("SourceSans3-Regular.ttf", "SourceSans3-It.ttf", "JunicodeTwoBeta-Regular.otf"),
    "chinese": ("SourceHanSansSC-Regular.otf",),
}
"""Font files that come with the program. A file that stands twice is taken twice as often."""


def faces(packages: Path) -> dict[str, list[Face]]:
    """All faces by kind of line; what is missing below ``packages`` is fetched."""
    found: dict[str, list[Face]] = defaultdict(list)
    for kind, names in FONTSOURCE.items():
        found[kind] += [_fontsource(packages, name) for name in names.split()]
    for kind, files in DEBIAN.items():
        for package, name in files:
            (file,) = unpacked(packages, f"deb:{package}").rglob(name)
            found[kind].append(Face(file.stem, [FontFile(file)]))
    for kind, ours in SHIPPED.items():
        found[kind] += [Face(name, [FontFile(OURS / name)]) for name in ours]
    return dict(found)


def _fontsource(packages: Path, name: str) -> Face:
    """A face out of the files of an @fontsource package: one for each of its subsets, regular weight."""
    version = VERSIONS.get(name, VERSION)
    folder = unpacked(packages, f"npm:@fontsource/{name}@{version}") / "package"
    ranges = json.loads((folder / "unicode.json").read_text("utf-8"))
    weights = json.loads((folder / "metadata.json").read_text("utf-8"))["weights"]
    weight = 400 if 400 in weights else weights[0]
    files = []
    for subset, text in ranges.items():
        file = folder / "files" / f"{name}-{subset.strip('[]')}-{weight}-normal.woff2"
        if file.exists():
            files.append(FontFile(file, _ranges(text)))
    files.sort(key=lambda each: "-latin-" not in each.file.name)
    return Face(name, files)


def _ranges(text: str) -> tuple[tuple[int, int], ...]:
    """``U+3401,U+34fe-3502`` as pairs of first and last code point."""
    pairs = (part.removeprefix("U+").split("-") for part in text.replace(" ", "").split(","))
    return tuple((int(pair[0], 16), int(pair[-1], 16)) for pair in pairs)
