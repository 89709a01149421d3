"""The style sheet: a template in ``resources/style`` filled with the colours of the roles."""

from string import Template

from resources import RESOURCES
from workbench.theme.roles import Roles


def style_sheet(roles: Roles, points: float) -> str:
    """The application's style sheet for these roles and this text size (pt).

    Raises:
        KeyError: If the template names a role that does not exist.
    """
    folder = RESOURCES / "style"
    template = Template((folder / "window.qss").read_text(encoding="utf-8"))
    steps = {"text": 0, "small": -1, "large": 3, "title": 9}
    sizes = {name: f"{points + step:g}pt" for name, step in steps.items()}
    return template.substitute(roles.as_table(), style=folder.as_posix(), **sizes)
