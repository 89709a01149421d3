"""What lies behind files and folders that were dropped: scans with their layout files, line data sets."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import takewhile
from pathlib import Path

from core.errors import KnownError, UnreadableFile
from core.exchange.imported import Skipped
from core.exchange.layout_xml import LayoutFile, identify_layout_xml
from core.exchange.line_dataset import (
    LineDataset,
    is_line_list,
    is_pair_text,
    pair_stem,
    read_line_dataset,
    read_line_pairs,
)
from core.files import is_file
from core.imaging.scan import IMAGE_SUFFIXES, SCAN_SUFFIXES
from core.wording import say, say_count

_XML_FOLDERS = ("", "page", "alto", "PAGE", "ALTO")


@dataclass(frozen=True, slots=True)
class FoundScan:
    """A scan file, with its layout file if there is one."""

    file: Path
    layout_xml: Path | None = None


@dataclass(slots=True)
class ImportPlan:
    """All that can be imported, in natural order, and what cannot."""

    scans: list[FoundScan] = field(default_factory=list)
    datasets: list[LineDataset] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)


def discover(paths: Iterable[Path], own: Path | None = None) -> ImportPlan:
    """Look into files and folders (recursively, hidden ones left out).

    Files of unknown kinds are passed over inside folders and reported where they were named themselves.

    Args:
        paths: Files and folders.
        own: The project's folder, which may lie among the scans; what is in it came in already.
    """
    plan = ImportPlan()
    named, files = _listed(paths, own and own.resolve(), plan)
    _add_datasets(files, plan)
    outside = _outside_datasets(files, plan)
    _add_scans(_outside_pairs(outside, named, plan), named, plan)
    return plan


def _add_datasets(files: list[Path], plan: ImportPlan) -> None:
    """Line data sets; a picture in several lists belongs to the first that says what it serves for."""
    datasets = []
    for file in filter(is_line_list, files):
        try:
            datasets.append(read_line_dataset(file))
        except KnownError as error:
            plan.skipped.append(Skipped(file, error.clause))
    taken: set[Path] = set()
    for dataset in sorted(datasets, key=lambda dataset: all(line.split is None for line in dataset.lines)):
        lines = tuple(line for line in dataset.lines if line.file not in taken)
        taken |= {line.file for line in lines}
        plan.datasets.append(replace(dataset, lines=lines))


def _outside_datasets(files: list[Path], plan: ImportPlan) -> list[Path]:
    """Files that belong to no data set; its folder's other pictures are cut lines too, and no pages.

    Pictures with a text of their own are left for :func:`_outside_pairs`, unless a list names them.
    """
    listed = {line.file for dataset in plan.datasets for line in dataset.lines}
    listed_places = {_place(file) for file in listed}
    paired = {_place(file.resolve()) for file in files if is_pair_text(file)} - listed_places
    lists = {dataset.list_file for dataset in plan.datasets}
    folders = {file.parent.resolve() for file in lists}
    outside = []
    unnamed = 0
    for file in files:
        resolved = file.resolve()
        if file in lists or resolved in listed or (is_pair_text(file) and _place(resolved) in listed_places):
            continue
        if not folders.isdisjoint(resolved.parents) and _place(resolved) not in paired:
            unnamed += file.suffix.lower() in SCAN_SUFFIXES
        else:
            outside.append(file)
    if unnamed:
        reason = say_count(
            unnamed,
            "one picture beside it is in no list and was left out",
            "{count} pictures beside it are in no list and were left out",
        )
        plan.skipped.append(Skipped(next(iter(lists)), reason))
    return outside


def _place(file: Path) -> tuple[Path, str]:
    """The same for a picture of a line and its text file."""
    return file.parent, pair_stem(file)


def _outside_pairs(files: list[Path], named: set[Path], plan: ImportPlan) -> list[Path]:
    """Files that are neither line pictures nor their texts; pairs of these become data sets.

    Other pictures in the folder of pairs are cut lines too, unless they have a layout file or were named.
    """
    texts = _pair_texts(files, named)
    layouts = {file for file in files if file.suffix.lower() == ".xml"}
    rest = files
    for folder in dict.fromkeys(text.parent for text in texts):
        dataset, stems = read_line_pairs(folder, [text for text in texts if text.parent == folder])
        plan.datasets.append(dataset)
        beside = [file for file in rest if file.parent == folder and file.suffix.lower() in IMAGE_SUFFIXES]
        paired = {file for file in beside if pair_stem(file) in stems}
        alone = {
            file
            for file in beside
            if stems and file not in paired | named and _layout_beside(file, layouts) is None
        }
        rest = [file for file in rest if file not in paired | alone]
        if alone:
            reason = say_count(
                len(alone),
                "one picture there has no .gt.txt beside it and was left out",
                "{count} pictures there have no .gt.txt beside them and were left out",
            )
            plan.skipped.append(Skipped(folder, reason))
    return [file for file in rest if not is_pair_text(file)]


def _pair_texts(files: list[Path], named: set[Path]) -> list[Path]:
    """Texts of single pictures; a picture named alone has its text found, too."""
    texts = {file: None for file in files if is_pair_text(file)}
    for file in files:
        if file in named and file.suffix.lower() in IMAGE_SUFFIXES:
            text = file.with_name(f"{pair_stem(file)}.gt.txt")
            texts |= {text: None} if text.is_file() else {}
    return list(texts)


def natural_key(path: Path) -> list[tuple[bool, int, str]]:
    """Sorts p9 before p10, and numbers before letters."""
    # isdecimal, because isdigit also holds for ² of which int() makes no number
    return [
        (False, int(part), "") if part.isdecimal() else (True, 0, part.lower())
        for part in re.split(r"(\d+)", str(path))
        if part
    ]


def _listed(paths: Iterable[Path], own: Path | None, plan: ImportPlan) -> tuple[set[Path], list[Path]]:
    """The paths that were named themselves, and all files behind them."""
    named: set[Path] = set()
    files: dict[Path, None] = {}
    for path in paths:
        if own is not None and path.resolve().is_relative_to(own):
            plan.skipped.append(Skipped(path, say("it is part of this project already")))
        elif path.is_dir():
            files |= dict.fromkeys(sorted(_below(path, own, plan), key=natural_key))
        elif path.exists():
            named.add(path)
            files[path] = None
        else:
            plan.skipped.append(Skipped(path, say("there is no such file or folder")))
    return named, list(files)


def _below(folder: Path, own: Path | None, plan: ImportPlan) -> Iterator[Path]:
    try:
        paths = list(folder.iterdir())
    except OSError as error:
        reason = say("the folder cannot be opened ({error})", error=error.strerror)
        plan.skipped.append(Skipped(folder, reason))
        return
    for path in paths:
        if path.name.startswith("."):
            continue
        if path.is_dir() and not path.is_symlink():
            if path.resolve() != own:
                yield from _below(path, own, plan)
        elif path.is_file():
            yield path


def _add_scans(files: list[Path], named: set[Path], plan: ImportPlan) -> None:
    scans = [file for file in files if file.suffix.lower() in SCAN_SUFFIXES]
    layouts = {file for file in files if file.suffix.lower() == ".xml"}
    taken: set[Path] = set()
    for scan in scans:
        xml = _layout_beside(scan, layouts)
        if xml is not None:
            taken.add(xml)
        plan.scans.append(FoundScan(scan, xml))
    _match_by_image_name(layouts - taken, named, plan)
    known = set(scans) | layouts
    plan.skipped += [
        Skipped(file, say("this kind of file cannot be imported"))
        for file in files
        if file in named and file not in known
    ]


def _layout_beside(scan: Path, layouts: set[Path]) -> Path | None:
    """The layout file with the scan's stem, beside it or in a folder of layout files."""
    for folder in _XML_FOLDERS:
        candidate = scan.parent / folder / f"{scan.stem}.xml"
        if candidate in layouts or (not layouts and candidate.is_file()):
            return candidate
    return None


def _match_by_image_name(rest: set[Path], named: set[Path], plan: ImportPlan) -> None:
    """Layout files of other names say which picture they mean; a scan named alone has its file found too."""
    files = [found.file for found in plan.scans]
    by_name, by_stem = _places(file.name for file in files), _places(file.stem for file in files)
    for xml in sorted(rest, key=natural_key):
        try:
            layout = identify_layout_xml(xml)
        except UnreadableFile as error:
            plan.skipped.append(Skipped(xml, error.clause))
            continue
        if layout is None:
            if xml in named:
                plan.skipped.append(Skipped(xml, say("it is neither PAGE nor ALTO")))
            continue
        alike = {place for each in layout.pictures for place in by_name.get(each.name, ())}
        # The same picture may have been saved as another kind since.
        alike = alike or {place for each in layout.pictures for place in by_stem.get(each.stem, ())}
        meant = _meant(layout, {place: files[place] for place in sorted(alike)})
        name = layout.image_name
        near = _picture_near(layout) if xml in named else None
        if near is not None and near.resolve() not in {files[place].resolve() for place in alike}:
            plan.scans.append(FoundScan(near, xml))
        elif len(meant) == 1 and plan.scans[meant[0]].layout_xml is None:
            plan.scans[meant[0]] = FoundScan(files[meant[0]], xml)
        elif len(meant) == 1:
            plan.skipped.append(Skipped(xml, say("its picture {name} has another layout file", name=name)))
        elif meant:
            reason = say(
                "{count} pictures are called {name}; put it beside the one that it describes",
                count=len(meant),
                name=name,
            )
            plan.skipped.append(Skipped(xml, reason))
        else:
            missing = say("its picture {name} is missing", name=name) if name else say("it names no picture")
            plan.skipped.append(Skipped(xml, missing))


def _places(names: Iterable[str]) -> dict[str, list[int]]:
    """Where each of some names stands."""
    places: dict[str, list[int]] = {}
    for place, name in enumerate(names):
        places.setdefault(name, []).append(place)
    return places


def _meant(layout: LayoutFile, alike: Mapping[int, Path]) -> list[int]:
    """Which scans of that name a layout file may describe: the one whose path it gives, else the nearest."""
    paths = {path.resolve() for path in layout.pictures}
    if exact := [place for place, file in alike.items() if file.resolve() in paths]:
        return exact[:1]
    shared = {place: _shared_folders(layout.file, file) for place, file in alike.items()}
    return [place for place, length in shared.items() if length == max(shared.values())]


def _shared_folders(one: Path, other: Path) -> int:
    pairs = zip(one.absolute().parts, other.absolute().parts, strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def _picture_near(layout: LayoutFile) -> Path | None:
    """The picture where a layout file says, beside it, or beside the folder of layout files around it."""
    folder = layout.file.parent
    folders = (folder, folder.parent) if folder.name in _XML_FOLDERS else (folder,)
    near = (place / picture.name for place in folders for picture in layout.pictures)
    candidates = (*layout.pictures, *near)
    return next((each for each in candidates if each.suffix.lower() in SCAN_SUFFIXES and is_file(each)), None)
