"""Files: which ones hold reports, found in folders and by patterns, and how they are opened."""

from __future__ import annotations

import errno
import fnmatch
import functools
import operator
import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import BinaryIO, Final, Literal

from sayso.intake.problems import Problem, UnreadableError

Kind = Literal["text", "page", "json", "rows", "stdin"]

STDIN: Final = "-"
_KINDS: Final[dict[str, Kind]] = {
    "": "text", ".txt": "text", ".text": "text", ".md": "text",
    ".html": "page", ".htm": "page", ".xhtml": "page",
    ".json": "json", ".jsonl": "rows", ".ndjson": "rows",
}  # fmt: skip
_WITH_SIDECAR: Final = tuple(suffix for suffix, kind in _KINDS.items() if kind in ("text", "page"))
# Formats in which people keep reports, but which are not read: named, never passed over in silence.
_UNREAD: Final = {
    **dict.fromkeys((".pdf", ".ps", ".djvu"), "save it as text first, for instance with pdftotext"),
    **dict.fromkeys((".doc", ".docx", ".odt", ".rtf", ".pages", ".epub"), "save it as plain text (UTF-8) first"),
    **dict.fromkeys((".csv", ".tsv", ".xls", ".xlsx", ".ods", ".parquet"), 'make it JSON Lines, one object with "text" a line'),
    **dict.fromkeys((".gz", ".bz2", ".xz", ".zst", ".zip", ".7z", ".rar", ".tar", ".tgz"), "unpack it first"),
    **dict.fromkeys((".mht", ".mhtml", ".eml", ".msg", ".warc", ".xml"), "save each report as HTML or plain text first"),
}
# What stands in a folder of reports to explain it is not one of them; read when named itself.
_NOT_REPORTS: Final = frozenset({"readme", "license", "licence", "notice", "copying", "changelog", "contributing", "makefile"})
_MAGIC_CHARACTERS: Final = frozenset("*?[")
READS: Final = "sayso reads .txt, .md, .html, .json and .jsonl files"
NOT_A_FILE: Final = 'to read what a pipe gives, pass "-" and pipe it to standard input'


@dataclass(frozen=True, slots=True)
class Found:
    """A file that may hold reports, listed and not yet opened."""

    path: str  #: as given, or joined to the folder as given; forward slashes
    kind: Kind  #: by its name; what is inside may still say otherwise
    size: int  #: bytes; 0 for standard input
    mtime_ns: int
    sidecar: str | None = None
    signature: str = ""  #: changes when the file or its sidecar does; "" where that cannot be known (standard input)

    @property
    def origin(self) -> str:
        """The path as Report.origin holds it: bytes of a file name that are not UTF-8 are written \\xNN."""
        return writable(self.path)


def writable(path: str) -> str:
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def find(paths: Iterable[str | Path]) -> Iterator[Found | Problem]:
    """The files under *paths*, none of them opened, each once.

    A path is a file, a folder (taken with all below it, in the order of names), a pattern with ``*``, ``?``, ``[…]``
    or ``**``, or "-" for standard input. In a folder, hidden files, READMEs, and files whose suffix says that they are
    no text are passed over; documents that could hold a report but are not read, such as PDFs, are named.
    """
    if isinstance(paths, (str, Path)):
        paths = (paths,)
    search = _Search()
    for path in paths:
        yield from search.given(str(path))
    yield from search.orphans()


class _Search:
    def __init__(self) -> None:
        self._taken: set[str] = set()  # paths as given, so that none is read twice
        self._folders: set[tuple[int, int]] = set()  # by device and inode, so that links cannot lead in circles
        self._sidecars: dict[str, str] = {}  # sidecars given by name, and the text of each

    def given(self, raw: str) -> Iterator[Found | Problem]:
        if raw == STDIN:
            if STDIN not in self._taken:
                self._taken.add(STDIN)
                yield Found(STDIN, "stdin", 0, 0)
            return
        path = PurePath(raw).as_posix()
        if "\0" in path:
            yield Problem(writable(path), "not a path: it holds a NUL character", "check the path")
        elif _MAGIC_CHARACTERS & set(path) and not os.path.lexists(path):
            yield from self._matches(path)
        else:
            yield from self._entry(path)

    def orphans(self) -> Iterator[Problem]:
        """Sidecars that were given without their texts."""
        for sidecar, text in self._sidecars.items():
            if not self._is_taken(text):
                yield Problem(writable(sidecar), f"the sidecar of {writable(text)}, not a report", f"pass {writable(text)}")

    def _matches(self, pattern: str) -> Iterator[Found | Problem]:
        parts = PurePath(pattern).parts
        anything = False
        for path in _expanded(parts):
            if "**" in parts and Path(path).is_dir():
                continue
            anything = True
            yield from self._entry(path)
        if not anything:
            yield Problem(writable(pattern), "nothing matches this pattern", "check it, and the folder that it starts from")

    def _entry(self, path: str) -> Iterator[Found | Problem]:
        if self._is_taken(path):
            return
        self._taken.add(path)
        try:
            info = Path(path).stat()
        except OSError as error:
            yield Problem(writable(path), *_unreachable(path, error))
            return
        if not stat.S_ISDIR(info.st_mode):
            yield from self._file(path, info, named=True)
        elif self._enter(info):
            anything = False
            for found in self._walk(path, info):
                anything = True
                yield found
            if not anything:
                yield Problem(writable(path), "a folder with no reports in it", READS)

    def _walk(self, root: str, info: os.stat_result) -> Iterator[Found | Problem]:
        # A stack of its own, not recursion: folders can be nested deeper than Python recurses.
        pending: list[tuple[str, tuple[int, int], Iterator[str]]] = []
        above: set[tuple[int, int]] = set()
        entering: tuple[str, os.stat_result] | None = (root, info)
        while entering or pending:
            if entering:
                folder, info = entering
                entering = None
                try:
                    pending.append((folder, _identity(info), iter(_names(folder))))
                    above.add(_identity(info))
                except OSError as error:
                    yield Problem(writable(folder), *_unreachable(folder, error))
                continue
            folder, identity, names = pending[-1]
            name = next(names, None)
            if name is None:
                pending.pop()
                above.remove(identity)
                continue
            path = _joined(folder, name)
            if path in self._taken:
                continue
            try:
                info = Path(path).stat()
            except OSError as error:
                yield Problem(writable(path), *_unreachable(path, error))
                continue
            if not stat.S_ISDIR(info.st_mode):
                yield from self._file(path, info, named=False)
            elif _identity(info) in above:
                yield Problem(writable(path), "a link back to a folder that holds it", "remove the link")
            elif self._enter(info):
                entering = (path, info)

    def _file(self, path: str, info: os.stat_result, *, named: bool) -> Iterator[Found | Problem]:
        suffix = PurePath(path).suffix.lower()
        kind = _KINDS.get(suffix)
        if suffix in _UNREAD:
            yield Problem(writable(path), f"a {suffix} file, which sayso does not read", _UNREAD[suffix])
            return
        if not named and (kind is None or _explains(PurePath(path).name)):
            return
        if not stat.S_ISREG(info.st_mode):
            yield Problem(writable(path), f"not a file but {_special(info.st_mode)}", NOT_A_FILE)
            return
        if kind == "json":
            text = _text_of(path)
            if text is not None:
                if named:
                    self._sidecars[path] = text
                return
        yield _found(path, kind or "text", info)

    def _enter(self, info: os.stat_result) -> bool:
        """Whether this folder was not walked before."""
        before = _identity(info) in self._folders
        self._folders.add(_identity(info))
        return not before

    def _is_taken(self, path: str) -> bool:
        """Whether *path* was given, or stands in a folder that was and is not passed over there."""
        if path in self._taken:
            return True
        last = PurePath(path)
        if _explains(last.name) or last.suffix.lower() not in (*_KINDS, *_UNREAD):
            return False
        below = last.name
        for parent in last.parents:
            if below.startswith("."):  # hidden, or ".." above the current folder
                return False
            if parent.as_posix() in self._taken:
                return True
            below = parent.name
        return False


def _found(path: str, kind: Kind, info: os.stat_result) -> Found:
    signature = f"{info.st_size}:{info.st_mtime_ns}"
    sidecar = PurePath(path).with_suffix(".json").as_posix() if kind in ("text", "page") else None
    if sidecar is not None:
        try:
            beside = Path(sidecar).stat()
            signature += f"+{beside.st_size}:{beside.st_mtime_ns}"
        except OSError:
            # A broken link is a sidecar that cannot be read, which is said when the report is opened.
            sidecar = sidecar if os.path.lexists(sidecar) else None
    return Found(path, kind, info.st_size, info.st_mtime_ns, sidecar, signature)


def _text_of(path: str) -> str | None:
    """The text or page that the JSON file *path* is the sidecar of."""
    base = PurePath(path).with_suffix("").as_posix()
    for suffix in _WITH_SIDECAR:
        for spelling in (suffix, suffix.upper()):
            if Path(base + spelling).is_file():
                return base + spelling
    return None


def _names(folder: str) -> list[str]:
    """What in *folder* may be, or hold, reports; sorted."""
    names = sorted(path.name for path in Path(folder).iterdir())
    pages = {PurePath(name).stem for name in names if _KINDS.get(PurePath(name).suffix.lower()) == "page"}
    # "NAME_files" beside "NAME.html" is where browsers put the images and frames of a saved page.
    return [name for name in names if not name.startswith(".") and not (name.endswith("_files") and name[:-6] in pages)]


def _explains(name: str) -> bool:
    return PurePath(name).stem.lower() in _NOT_REPORTS


def _expanded(parts: tuple[str, ...], folder: str = "") -> Iterator[str]:
    """The paths that match the *parts* of a pattern, sorted; ``**`` stands for any folders, links not followed."""
    if not parts:
        if folder:
            yield folder
        return
    part, rest = parts[0], parts[1:]
    if part == "**":
        yield from _expanded(rest or ("*",), folder)
        for name in _visible(folder):
            path = _joined(folder, name)
            if Path(path).is_dir() and not Path(path).is_symlink():
                yield from _expanded(parts, path)
    elif _MAGIC_CHARACTERS & set(part):
        for name in _visible(folder) if not part.startswith(".") else _listed(folder):
            path = _joined(folder, name)
            if fnmatch.fnmatch(name, part) and (not rest or Path(path).is_dir()):
                yield from _expanded(rest, path)
    else:
        path = _joined(folder, part)
        if os.path.lexists(path):
            yield from _expanded(rest, path)


def _visible(folder: str) -> list[str]:
    return [name for name in _listed(folder) if not name.startswith(".")]


def _listed(folder: str) -> list[str]:
    try:
        return sorted(path.name for path in Path(folder).iterdir())
    except OSError:
        return []


def _joined(folder: str, name: str) -> str:
    return name if folder in ("", ".") else f"{folder.rstrip('/')}/{name}"


def _identity(info: os.stat_result) -> tuple[int, int]:
    return info.st_dev, info.st_ino


def _special(mode: int) -> str:
    if stat.S_ISFIFO(mode):
        return "a named pipe"
    if stat.S_ISSOCK(mode):
        return "a socket"
    return "a device"


def _unreachable(path: str, error: OSError) -> tuple[str, str]:
    if isinstance(error, FileNotFoundError) and Path(path).is_symlink():
        return "a link to a file that is not there", "repair or remove the link"
    return explained(error)


def explained(error: OSError) -> tuple[str, str]:
    """Reason and advice for an error of the file system."""
    if isinstance(error, FileNotFoundError):
        return "not found", "check the path"
    if isinstance(error, PermissionError):
        return "no permission to read it", "change its permissions, or run as a user who may read it"
    if error.errno == errno.ELOOP:
        return "a link that leads back to itself", "repair or remove the link"
    if error.errno == errno.ENAMETOOLONG:
        return "a path longer than the system allows", "check the path"
    return f"cannot be read ({error.strerror or error})", "check the disk or the connection to it"


def open_regular(path: str) -> BinaryIO:
    """*path*, opened for reading; never waits for a pipe, never touches a device. Raises UnreadableError or OSError."""
    # Not blocking, and looked at once more when open: it may have been exchanged since it was listed.
    flags = (getattr(os, name, 0) for name in ("O_NONBLOCK", "O_CLOEXEC", "O_BINARY"))  # not every system has them all
    descriptor = os.open(path, functools.reduce(operator.or_, flags, os.O_RDONLY))
    try:
        mode = os.fstat(descriptor).st_mode
        if not stat.S_ISREG(mode):
            raise UnreadableError(f"not a file but {'a folder' if stat.S_ISDIR(mode) else _special(mode)}", NOT_A_FILE)
    except BaseException:
        os.close(descriptor)
        raise
    return os.fdopen(descriptor, "rb")
