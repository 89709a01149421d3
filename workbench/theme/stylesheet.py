"""The style sheet: a template in ``resources/style`` filled with the colours of the roles."""

from string import Template

from resources import RESOURCES
from workbench.theme.roles import DARK, Roles


def style_sheet(roles: Roles, points: float) -> str:
    """The application's style sheet for these roles and this text size (pt).

    Raises:
        KeyError: If the template names a role that does not exist.
    """
    folder = RESOURCES / "style"
    template = Template((folder / "window.qss").read_text(encoding="utf-8"))
    steps = {"text": 0, "small": -1, "large": 3, "title": 9}
    sizes = {name: f"{points + step:g}pt" for name, step in steps.items()}
    scheme = "dark" if roles is DARK else "light"
    return template.substitute(
        roles.as_table(), **sizes, **_indicator_sizes(points), style=folder.as_posix(), scheme=scheme
    )


def _indicator_sizes(points: float) -> dict[str, str]:
    """Boxes and rings grow with the text: their inner edge, the corner of a ring, its dot, its width."""
    box = 2 * round(0.7 * points)
    ring = round(box / 3)
    sizes = {"box": box, "round": box // 2 + 1, "dot": box + 2 - 2 * ring, "ring": ring}
    return {name: f"{size}px" for name, size in sizes.items()}
