"""A damaged file of settings keeps nobody from working."""

from pathlib import Path

import pytest

from workbench.settings import Settings


def settings(tmp_path: Path, text: str) -> Settings:
    (tmp_path / "window.ini").write_text(text)
    return Settings(tmp_path / "window.ini")


@pytest.mark.parametrize("value", ["nan", "inf", "-5", "1e9", "large"])
def test_numbers_of_no_use_are_the_usual_ones(tmp_path: Path, value: str) -> None:
    damaged = settings(
        tmp_path, f"[theme]\npoints={value}\n[transcribe]\nzoom={value}\n[library]\nthumbnail={value}\n"
    )
    assert (damaged.text_points, damaged.zoom, damaged.thumbnail_width) == (10.5, 1.0, 168)


@pytest.mark.parametrize(
    ("value", "line"), [("7", 7), ("abc", None), ("9" * 30, None), ("-1", None), ("nan", None)]
)
def test_a_last_line_that_is_no_line_is_none(tmp_path: Path, value: str, line: int | None) -> None:
    assert settings(tmp_path, f"[line]\n%7Cbook={value}\n").last_line(Path("/book")) == line


def test_a_recent_project_of_an_impossible_name_is_left_out(tmp_path: Path) -> None:
    assert settings(tmp_path, f"[recent]\nprojects={'a' * 5000}\n").recent_projects == []


def test_what_is_no_file_of_settings_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "window.ini").write_bytes(bytes(range(256)) * 9)
    assert Settings(tmp_path / "window.ini").text_points == 10.5
