"""How the window looks: colour roles, fonts, icons and the style sheet made from them."""

from workbench.theme.roles import DARK, LIGHT, Roles
from workbench.theme.theme import Scheme, Theme

__all__ = ["DARK", "LIGHT", "Roles", "Scheme", "Theme"]
