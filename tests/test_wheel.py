"""The package as people install it: built as a wheel, put into an empty environment, run with the network off."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("wheel")
    done = subprocess.run(
        [sys.executable, "-m", "pip", "wheel", "--quiet", "--disable-pip-version-check", "--no-deps", "-w", str(out), str(ROOT)],
        capture_output=True, text=True,
    )
    if done.returncode and "hatchling" in done.stderr:
        pytest.skip("the build backend cannot be fetched here")
    assert done.returncode == 0, done.stderr
    return next(out.glob("sayso-*.whl"))


def test_wheel_runs_show_without_a_network(wheel: Path, tmp_path: Path) -> None:
    home = tmp_path / "env"
    venv.create(home, with_pip=False, symlinks=True)
    site = next((home / "lib").glob("python*/site-packages"))
    done = subprocess.run(
        [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps", "--no-index", "--target",
         str(site), str(wheel)],
        capture_output=True, text=True,
    )
    assert done.returncode == 0, done.stderr
    # what sayso depends on comes from the environment of the tests, sayso itself from the wheel alone
    for entry in Path(sysconfig.get_paths()["purelib"]).iterdir():
        if not entry.name.startswith(("sayso", "_editable_impl_sayso", "__editable__")) and not (site / entry.name).exists():
            (site / entry.name).symlink_to(entry)
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    example = next((tmp_path / "examples").glob("*.txt"))
    command = [str(home / "bin" / "python"), "-P", "-m", "sayso.cli", "show", str(example), "--no-color"]
    if os.geteuid() == 0 and shutil.which("unshare"):
        command = ["unshare", "--net", *command]
    done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "⟦" in done.stdout


def test_package_is_typed_and_carries_its_models(wheel: Path) -> None:
    import zipfile

    names = set(zipfile.ZipFile(wheel).namelist())
    for wanted in ("py.typed", "models/attribution/encoder.onnx", "models/attribution/README.md", "export/statement.schema.json",
                   "attribution/acts.csv", "attribution/cues.csv", "attribution/furniture.txt"):
        assert f"sayso/{wanted}" in names
    assert wheel.stat().st_size < 60_000_000
