"""Fonts and texts come from npm and Debian packages, fetched by the ordinary clients and only unpacked."""

import shutil
import subprocess
import tarfile
from collections.abc import Callable
from pathlib import Path


def unpacked(folder: Path, package: str) -> Path:
    """The unpacked package: ``npm:NAME@VERSION`` or ``deb:NAME``; fetched if it is not there yet.

    Raises:
        subprocess.CalledProcessError: If the client cannot fetch it.
    """
    system, _, name = package.partition(":")
    target = folder / package.replace("/", "+").replace(":", "-")
    if not target.exists():
        scratch = target.with_name(f".{target.name}")
        shutil.rmtree(scratch, ignore_errors=True)
        scratch.mkdir(parents=True)
        FETCH[system](name, scratch)
        scratch.rename(target)
    return target


def _npm(name: str, scratch: Path) -> None:
    subprocess.run(["npm", "pack", "--silent", name], cwd=scratch, check=True, stdout=subprocess.DEVNULL)
    (archive,) = scratch.glob("*.tgz")
    with tarfile.open(archive) as opened:
        opened.extractall(scratch, filter="data")
    archive.unlink()


def _deb(name: str, scratch: Path) -> None:
    subprocess.run(["apt-get", "download", "-qq", name], cwd=scratch, check=True)
    (archive,) = scratch.glob("*.deb")
    subprocess.run(["dpkg", "-x", archive.name, "."], cwd=scratch, check=True)
    archive.unlink()


FETCH: dict[str, Callable[[str, Path], None]] = {"npm": _npm, "deb": _deb}
