"""The table of colour roles, light and dark. Widgets name a role, never a colour."""

from dataclasses import dataclass, fields


@dataclass(frozen=True, slots=True)
class Roles:
    """One colour scheme; every value is ``#RRGGBB``.

    ``doubt``, ``done``, ``error`` and ``fault`` (a broken field rule) colour marks and outlines (3:1
    against paper); their ``_text`` twins colour words and reach 4.5:1 on paper, chrome, raised and their own
    ``_soft`` ground.
    """

    paper: str
    chrome: str
    raised: str
    canvas: str
    rule: str
    ink: str
    ink_soft: str
    accent: str
    accent_text: str
    accent_soft: str
    on_accent: str
    doubt: str
    doubt_text: str
    doubt_soft: str
    done: str
    done_text: str
    done_soft: str
    error: str
    error_text: str
    error_soft: str
    fault: str
    fault_text: str
    fault_soft: str
    waiting: str
    hover: str
    scan_ground: str

    def as_table(self) -> dict[str, str]:
        """Role names with their colours."""
        return {each.name: str(getattr(self, each.name)) for each in fields(self)}


LIGHT = Roles(
    paper="#FBFAF7",
    chrome="#F1EFE9",
    raised="#FFFFFF",
    canvas="#DEDBD3",
    rule="#DAD6CC",
    ink="#22262B",
    ink_soft="#5A6068",
    accent="#2F6DB5",
    accent_text="#27609F",
    accent_soft="#E1EBF6",
    on_accent="#FFFFFF",
    doubt="#B7791F",
    doubt_text="#875508",
    doubt_soft="#F8EBCF",
    done="#2F7D4F",
    done_text="#286C44",
    done_soft="#DFEFE4",
    error="#B3372F",
    error_text="#A5302A",
    error_soft="#F7E2DF",
    fault="#7A4A9E",
    fault_text="#6E4190",
    fault_soft="#EDE4F4",
    waiting="#85898F",
    hover="#E7E4DC",
    scan_ground="#FFFFFF",
)

DARK = Roles(
    paper="#1D1F22",
    chrome="#17191B",
    raised="#26292D",
    canvas="#121315",
    rule="#383C42",
    ink="#E8E6E1",
    ink_soft="#A7ABB1",
    accent="#5B9BE6",
    accent_text="#86B6EE",
    accent_soft="#233447",
    on_accent="#10161D",
    doubt="#D79B3C",
    doubt_text="#E2AE5A",
    doubt_soft="#3B3020",
    done="#4FAE79",
    done_text="#74C697",
    done_soft="#1F3629",
    error="#E0685F",
    error_text="#F0938B",
    error_soft="#432623",
    fault="#B58AD9",
    fault_text="#C7A5E6",
    fault_soft="#382B43",
    waiting="#85898F",
    hover="#2C3035",
    scan_ground="#FFFFFF",
)

TEXT_ON_GROUND: tuple[tuple[str, str], ...] = (
    *((text, ground) for text in ("ink", "ink_soft") for ground in ("paper", "chrome", "raised", "hover")),
    *(
        (f"{state}_text", ground)
        for state in ("accent", "doubt", "done", "error", "fault")
        for ground in ("paper", "chrome", "raised")
    ),
    *((f"{state}_text", f"{state}_soft") for state in ("accent", "doubt", "done", "error", "fault")),
    *(("ink", f"{state}_soft") for state in ("accent", "doubt", "done", "error", "fault")),
    ("on_accent", "accent"),
)
"""Which text roles stand on which grounds: each pair must reach 4.5:1 (WCAG 2.2, 1.4.3)."""

MARK_ON_GROUND: tuple[tuple[str, str], ...] = (
    *(
        (mark, ground)
        for mark in ("accent", "doubt", "done", "error", "fault", "waiting")
        for ground in ("paper", "raised")
    ),
    *((box, ground) for box in ("ink_soft", "accent") for ground in ("chrome", "accent_soft")),
    ("on_accent", "waiting"),
)
"""Marks and outlines: each pair must reach 3:1 (WCAG 2.2, 1.4.11)."""


def contrast(first: str, second: str) -> float:
    """Contrast ratio of two ``#RRGGBB`` colours, 1 to 21 (WCAG 2.2, relative luminance)."""
    lighter, darker = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    channels = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
