"""Characters that recognisers take for one another in numbers, codes and doses."""

DIGIT_LOOKS = {
    **dict.fromkeys("OoQD〇○", "0"),
    **dict.fromkeys("lIi|", "1"),
    **dict.fromkeys("Zz", "2"),
    **dict.fromkeys("Ss", "5"),
    "b": "6",
    "B": "8",
    **dict.fromkeys("gq", "9"),
}
"""Characters that stand where only a digit can, and which digit they are."""

TIMES_LOOKS = dict.fromkeys("xX*хХ✕✖╳", "×")
DASH_LOOKS = dict.fromkeys("–—−‐‑ー", "-")

DIGIT_PAIRS = {
    "0": "68",
    "1": "7",
    "2": "7",
    "3": "8",
    "4": "9",
    "5": "6",
    "6": "058",
    "7": "12",
    "8": "0369",
    "9": "48",
}
"""Digits that are taken for other digits."""

LOOSE_DIGIT = r"0-9０-９OoQD〇○lIi|ZzSsbBgq"
"""Inside a character class: digits and what looks like one."""

_GROUPS = ("0OoQD〇", "1lIi|", "2Zz", "5Ss", "6b", "8B", "9gq", "×xX*", "-–—−", ":：", "'’")

_LOOKALIKES: dict[str, str] = {char: group.replace(char, "") for group in _GROUPS for char in group}


def half_width(text: str) -> str:
    """Full-width forms as their ASCII counterparts; as many characters as before."""
    return "".join(
        chr(ord(char) - 0xFEE0) if "！" <= char <= "～" else " " if char == "\u3000" else char
        for char in text
    )


def as_digits(text: str) -> str:
    """Half-width, and all that looks like a digit as that digit; as many characters as before."""
    return "".join(DIGIT_LOOKS.get(char, char) for char in half_width(text))


def lookalikes(char: str) -> str:
    """Other characters that look like this one."""
    return _LOOKALIKES.get(char, "")


def mostly_digits(text: str) -> bool:
    """Whether at least half of the letters and digits of a text really are digits."""
    real = sum(char.isdecimal() for char in text)
    return 2 * real >= sum(char.isalnum() or char == "|" for char in text)
