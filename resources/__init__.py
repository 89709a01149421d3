"""Files that ship with the program: fonts, icons, style, demo scans, converted base weights."""

from pathlib import Path

RESOURCES = Path(__file__).resolve().parent
"""Folder of the shipped files; also right inside a frozen program, where they are laid as data."""
