"""Measures what a record weighs against the text in it, table by table and index by index: python benchmarks/size.py PATH... | --record FILE

PATH... are read into a record that is thrown away; --record measures one that is there, as it is. Text is what the record holds of it, in UTF-8, each
text once. "apart" is the file without what only makes asking quick (indexes, the full-text and the quotes' index among them) and without embeddings;
"beyond_empty" is that without what it weighs in a record of no reports: each table takes a page, which is much for a few short texts.
"""

from __future__ import annotations

import argparse
import json
import sqlite3
import sys
import tempfile
from collections import defaultdict
from contextlib import closing
from pathlib import Path
from typing import Any

import sayso

#: Tables that only make asking quick: what they hold follows from other tables by splitting texts into words.
INDEXES = ("report_words", "statement_words", "name_words", "stretch_marks", "text_marks")
#: Columns that hold embeddings.
EMBEDDINGS = (("node_vectors", "vector"), ("stretch_vectors", "vector"))


def measured(path: Path) -> dict[str, Any]:
    """Bytes of the record at *path*: pages by table and index, embeddings counted within the pages of their table."""
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as db:
        (text,) = db.execute("SELECT coalesce(sum(length(CAST(text AS BLOB))), 0) FROM texts").fetchone()
        kinds = {name: (kind, table) for name, kind, table in db.execute("SELECT name, type, tbl_name FROM sqlite_master")}
        tables, indexes = defaultdict(int), defaultdict(int)
        for name, size in db.execute("SELECT name, sum(pgsize) FROM dbstat GROUP BY name"):
            kind, table = kinds.get(name, ("table", name))
            owner = next((one for one in INDEXES if table == one or table.startswith(one + "_")), None)
            if owner is not None or kind == "index":
                indexes[owner or name] += size
            else:
                tables[name] += size
        embeddings = sum(db.execute(f"SELECT coalesce(sum(length({column})), 0) FROM {table}").fetchone()[0] for table, column in EMBEDDINGS)
        rows = {name: db.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in sorted(tables) if not name.startswith("sqlite_")}
    return {"text": text, "total": path.stat().st_size, "embeddings": embeddings, "tables": dict(tables), "indexes": dict(indexes), "rows": rows}


def report(path: Path) -> dict[str, Any]:
    """What measured() gives, and against the text."""
    m = measured(path)
    with tempfile.TemporaryDirectory() as folder:
        empty = Path(folder) / "empty.db"
        sayso.Record(empty).close()
        fixed = sum(measured(empty)["tables"].values())
    text, total, tables, indexes, rows = m["text"], m["total"], m["tables"], m["indexes"], m["rows"]
    apart = sum(tables.values()) - m["embeddings"]

    def told(sizes: dict[str, int]) -> dict[str, dict[str, float]]:
        return {
            name: {"bytes": size, "to_text": round(size / text, 3), **({"rows": rows[name]} if name in rows else {})}
            for name, size in sorted(sizes.items(), key=lambda x: (-x[1], x[0]))
        }

    return {
        "text": text, "total": total, "total_to_text": round(total / text, 2), "apart": apart, "apart_to_text": round(apart / text, 2),
        "beyond_empty_to_text": round((apart - fixed) / text, 2), "embeddings": m["embeddings"],
        "unused": total - sum(tables.values()) - sum(indexes.values()), "tables": told(tables), "indexes": told(indexes),
    }


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("paths", nargs="*", type=Path)
    asked.add_argument("--record", type=Path)
    given = asked.parse_args()
    if bool(given.paths) == bool(given.record):
        asked.error("give either PATH... or --record FILE")
    with tempfile.TemporaryDirectory() as folder:
        path = given.record or Path(folder) / "measured.db"
        if not given.record:
            with sayso.Record(path) as record:
                for problem in record.read(given.paths).problems:
                    print(problem, file=sys.stderr)
        print(json.dumps(report(path), indent=1))


if __name__ == "__main__":
    main()
