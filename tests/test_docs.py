"""The pages in docs/ say what there is: all of it, and nothing else."""

from __future__ import annotations

import re
import runpy
from pathlib import Path

import click

import sayso
from sayso.cli import main

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"


def test_the_page_on_the_command_line_is_up_to_date():
    written = runpy.run_path(str(DOCS / "generate.py"))["page"]()
    assert (DOCS / "cli.md").read_text(encoding="utf-8") == written, "run: python docs/generate.py"


def test_every_command_option_and_export_is_on_the_page():
    page = (DOCS / "cli.md").read_text(encoding="utf-8")
    for name, command in main.commands.items():
        section = page.split(f"\n## sayso {name}\n")[1].split("\n## ")[0]
        assert command.help, name
        for param in command.params:
            if isinstance(param, click.Option):
                assert param.help, (name, param.name)
                for option in (*param.opts, *param.secondary_opts):
                    assert f"`{option}`" in section, (name, option)
                if isinstance(param.type, click.Choice):
                    assert all(f"`{choice}`" in section for choice in param.type.choices)
            else:
                assert param.make_metavar(click.Context(command)) in section
    formats = {choice for c in main.commands.values() for p in c.params if p.opts == ["--format"] for choice in p.type.choices}
    exports = page.split("\n## Exports\n")[1]
    assert all(f"--format {form}" in exports for form in formats - {"table", "text"})


def test_every_command_is_in_the_readme():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert all(f"sayso {name} " in readme for name in main.commands)


def test_the_page_on_python_lists_exactly_what_is_public():
    page = (DOCS / "python.md").read_text(encoding="utf-8")
    assert sorted(re.findall(r"^### `(\w+)", page, re.MULTILINE)) == sorted(sayso.__all__)


def test_the_page_on_python_shows_what_works(in_folder, examples):
    page = (DOCS / "python.md").read_text(encoding="utf-8")
    code = "\n".join(re.findall(r"```python\n(.*?)```", page, re.DOTALL))
    (in_folder / "reports").symlink_to(examples)
    script = in_folder / "example.py"
    script.write_text(code.replace("jobs=4", "jobs=1"), encoding="utf-8")
    runpy.run_path(str(script))
