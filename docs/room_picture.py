"""Takes docs/room.png: a report of the examples in the reading room, as a browser shows it (tests/browser.sh installs one where it can)."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

import sayso

ROOT = Path(__file__).resolve().parent.parent
NAME = "veldara-dismisses"


def main() -> None:
    browser = shutil.which("chromium") or shutil.which("google-chrome")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "examples.db"
        with sayso.Record(path) as record:
            record.read([ROOT / "examples"])
            report = next(i for i, _, origin in record.reports() if NAME in origin)
        command = [str(Path(sys.executable).with_name("sayso")), "serve", str(path), "--port", "0"]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as room, sync_playwright() as running:
            address = re.search(r"http://\S+(?=/ )", room.stdout.readline())[0]
            opened = running.chromium.launch(executable_path=browser, args=["--no-sandbox"])
            page = opened.new_page(viewport={"width": 1160, "height": 780})
            page.goto(f"{address}/reports/{report}")
            page.screenshot(path=ROOT / "docs" / "room.png")
            opened.close()
            room.terminate()


if __name__ == "__main__":
    main()
