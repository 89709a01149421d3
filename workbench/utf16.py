"""Places in a text: Qt counts UTF-16 units, Python code points."""


def utf16_units(text: str, code_point: int) -> int:
    """Code points as UTF-16 units; they differ beyond the basic plane (rare ideographs)."""
    return len(_utf16(text[:code_point])) // 2


def code_points(text: str, units: int) -> int:
    """How many code points the first ``units`` UTF-16 units of a text are; half a pair counts as one."""
    return len(_utf16(text)[: 2 * units].decode("utf-16-le", "replace"))


def _utf16(text: str) -> bytes:
    return text.encode("utf-16-le", "surrogatepass")
