"""The bundled tables of characters, as ``resources/characters/SOURCE.md`` describes them."""

import lzma

from resources import RESOURCES


def read_table(name: str) -> list[list[str]]:
    """Rows and columns of a bundled table."""
    with lzma.open(RESOURCES / "characters" / f"{name}.tsv.xz", "rt", encoding="utf-8") as lines:
        return [line.rstrip("\n").split("\t") for line in lines]
