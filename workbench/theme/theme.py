"""The scheme in force: colour roles, text size, palette and style sheet of the application."""

from enum import StrEnum

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QAction, QColor, QGuiApplication, QIcon, QPalette
from PySide6.QtWidgets import QAbstractButton, QApplication

from workbench.theme.fonts import interface_font, load_fonts
from workbench.theme.icons import icon
from workbench.theme.roles import DARK, LIGHT, Roles
from workbench.theme.stylesheet import style_sheet

DEFAULT_POINTS = 10.5
POINTS_RANGE = (8.0, 18.0)


class Scheme(StrEnum):
    """Which colours the user wants."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class Theme(QObject):
    """Applies a scheme and a text size to the application and tells who paints by hand.

    ``changed`` carries the roles now in force.
    """

    changed = Signal(object)

    def __init__(self, scheme: Scheme = Scheme.SYSTEM, points: float = DEFAULT_POINTS) -> None:
        super().__init__()
        self._scheme = scheme
        self._points = points
        self.roles: Roles = LIGHT
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._follow_system)

    @property
    def scheme(self) -> Scheme:
        """What the user chose."""
        return self._scheme

    @property
    def points(self) -> float:
        """Size of the interface's text in pt."""
        return self._points

    @property
    def is_dark(self) -> bool:
        """Whether the dark roles are in force."""
        return self.roles is DARK

    def apply(self) -> None:
        """Give the application the fonts, palette and style sheet of this theme."""
        load_fonts()
        self.roles = self._wanted_roles()
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.setFont(interface_font(self._points))
            application.setPalette(palette(self.roles))
            sheet = style_sheet(self.roles, self._points)
            if application.styleSheet() != sheet:  # Qt would work out the same once more for every widget
                application.setStyleSheet(sheet)
        self.changed.emit(self.roles)

    def choose(self, scheme: Scheme) -> None:
        """Change to a scheme of the user's choice."""
        self._scheme = scheme
        self.apply()

    def resize_text(self, points: float) -> None:
        """Change the text size, within sensible bounds."""
        self._points = min(max(points, POINTS_RANGE[0]), POINTS_RANGE[1])
        self.apply()

    def colour(self, role: str, opacity: float = 1.0) -> QColor:
        """The colour of a role, with an opacity of 0-1."""
        made = QColor(getattr(self.roles, role))
        made.setAlphaF(opacity)
        return made

    def icon(self, name: str, role: str = "ink_soft") -> QIcon:
        """A bundled icon in the colour of a role; checked buttons show it in the accent colour."""
        return icon(name, getattr(self.roles, role), self.roles.rule, self.roles.accent)

    def tint(self, target: QAction | QAbstractButton, name: str, role: str = "ink_soft") -> None:
        """Give something a bundled icon that always has the colours of the scheme in force."""
        _Tint(self, target, name, role)

    def _wanted_roles(self) -> Roles:
        if self._scheme is Scheme.SYSTEM:
            dark = QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark
        else:
            dark = self._scheme is Scheme.DARK
        return DARK if dark else LIGHT

    @Slot(Qt.ColorScheme)
    def _follow_system(self, _scheme: Qt.ColorScheme) -> None:
        if self._scheme is Scheme.SYSTEM:
            self.apply()


class _Tint(QObject):
    """Belongs to what has the icon."""

    def __init__(self, theme: Theme, target: QAction | QAbstractButton, name: str, role: str) -> None:
        super().__init__(target)
        self._theme, self._target, self._name, self._role = theme, target, name, role
        theme.changed.connect(self._show)
        self._show()

    @Slot()
    def _show(self) -> None:
        self._target.setIcon(self._theme.icon(self._name, self._role))


def palette(roles: Roles) -> QPalette:
    """The roles as Qt's palette, for everything that the style sheet does not reach."""
    made = QPalette()
    table = {
        QPalette.ColorRole.Window: roles.chrome,
        QPalette.ColorRole.WindowText: roles.ink,
        QPalette.ColorRole.Base: roles.raised,
        QPalette.ColorRole.AlternateBase: roles.paper,
        QPalette.ColorRole.Text: roles.ink,
        QPalette.ColorRole.Button: roles.raised,
        QPalette.ColorRole.ButtonText: roles.ink,
        QPalette.ColorRole.Highlight: roles.accent,
        QPalette.ColorRole.HighlightedText: roles.on_accent,
        QPalette.ColorRole.PlaceholderText: roles.ink_soft,
        QPalette.ColorRole.ToolTipBase: roles.raised,
        QPalette.ColorRole.ToolTipText: roles.ink,
        QPalette.ColorRole.Link: roles.accent_text,
        QPalette.ColorRole.Mid: roles.rule,
    }
    for role, colour in table.items():
        made.setColor(role, QColor(colour))
    for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, role, QColor(roles.waiting))
    return made
