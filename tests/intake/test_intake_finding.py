"""Which files are taken for reports, in which order, and what is said of the others."""

import os
import socket
from pathlib import Path

import pytest

from sayso.intake import Found, Problem, find


@pytest.fixture(autouse=True)
def inside(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


def make(*names):
    for name in names:
        path = Path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("{}" if name.endswith("json") else "The ferry sails again, the mayor of Halde said.")


def paths(*given):
    return [item.path for item in find(given) if isinstance(item, Found)]


def problems(*given):
    return [(item.origin, item.reason) for item in find(given) if isinstance(item, Problem)]


def test_a_folder_is_taken_with_all_below_it_in_the_order_of_names():
    make("r/b.txt", "r/a/2.html", "r/a/10.md", "r/c", "r/d.jsonl", "r/B.TXT", "r/a/z/deep.text")
    assert paths("r") == ["r/B.TXT", "r/a/10.md", "r/a/2.html", "r/a/z/deep.text", "r/b.txt", "r/c", "r/d.jsonl"]
    assert [item.kind for item in find(["r"])] == ["text", "text", "page", "text", "text", "text", "rows"]


def test_paths_stay_as_given_and_none_is_made_absolute():
    make("r/a.txt")
    assert paths("./r") == ["r/a.txt"]
    assert paths("r/../r/a.txt") == ["r/../r/a.txt"]
    assert paths(".") == ["r/a.txt"]
    assert paths(Path("r").absolute()) == [Path("r/a.txt").absolute().as_posix()]


def test_a_single_path_need_not_be_in_a_list():
    make("a.txt")
    assert [item.path for item in find("a.txt")] == ["a.txt"]


def test_nothing_is_opened_or_read(tmp_path):
    make("r/a.txt")
    Path("r/a.txt").write_bytes(b"%PDF-1.7")
    assert paths("r") == ["r/a.txt"]


def test_a_folder_s_explanations_and_hidden_files_are_no_reports_but_can_be_named():
    make("r/a.txt", "r/README.md", "r/LICENSE", "r/.hidden.txt", "r/.git/x.txt")
    make("r/notice/b.txt", "r/x.log")
    assert paths("r") == ["r/a.txt", "r/notice/b.txt"]
    assert paths("r", "r/README.md", "r/.hidden.txt", "r/x.log") == [
        "r/a.txt", "r/notice/b.txt", "r/README.md", "r/.hidden.txt", "r/x.log",
    ]  # fmt: skip


def test_the_folder_of_a_saved_page_s_frames_is_passed_over():
    make("r/page.html", "r/page_files/advert.html", "r/other_files/a.html")
    assert paths("r") == ["r/other_files/a.html", "r/page.html"]


def test_documents_that_are_not_read_are_named_other_files_are_not():
    make("r/a.txt", "r/b.pdf", "r/c.docx", "r/d.csv", "r/e.png", "r/f.py")
    assert paths("r") == ["r/a.txt"]
    assert [origin for origin, _ in problems("r")] == ["r/b.pdf", "r/c.docx", "r/d.csv"]


def test_a_file_of_an_unknown_suffix_is_read_when_named():
    make("a.log")
    assert paths("a.log") == ["a.log"]


def test_what_is_given_twice_is_taken_once():
    make("r/a.txt", "r/b.txt")
    assert paths("r/a.txt", "r", "r/b.txt", "r/a.txt", "r", "./r") == ["r/a.txt", "r/b.txt"]
    assert paths("-", "-") == ["-"]


def test_a_path_above_is_not_taken_for_one_inside_the_current_folder(monkeypatch):
    make("r/a.txt", "b.txt")
    monkeypatch.chdir("r")
    assert paths(".", "../b.txt") == ["a.txt", "../b.txt"]


def test_patterns():
    make("r/1/a.txt", "r/1/b.html", "r/2/a.txt", "r/2/deep/a.txt", "r/.h/a.txt", "r/x[1].txt")
    assert paths("r/*/a.txt") == ["r/1/a.txt", "r/2/a.txt"]
    assert paths("r/**/a.txt") == ["r/1/a.txt", "r/2/a.txt", "r/2/deep/a.txt"]
    assert paths("r/[12]/?.txt") == ["r/1/a.txt", "r/2/a.txt"]
    assert paths("r/2/*") == ["r/2/a.txt", "r/2/deep/a.txt"]
    assert paths("r/x[1].txt") == ["r/x[1].txt"]
    assert paths("r/**") == ["r/x[1].txt", "r/1/a.txt", "r/1/b.html", "r/2/a.txt", "r/2/deep/a.txt"]
    assert problems("r/*.nothing") == [("r/*.nothing", "nothing matches this pattern")]


def test_missing_paths_and_empty_folders_are_named_and_the_rest_goes_on():
    make("r/a.txt", "empty/sub/x.png")
    assert paths("nowhere.txt", "empty", "r") == ["r/a.txt"]
    assert problems("nowhere.txt", "empty", "r") == [
        ("nowhere.txt", "not found"),
        ("empty", "a folder with no reports in it"),
    ]


def test_every_problem_says_what_to_do():
    make("r/b.pdf", "empty/x.png")
    assert all(item.advice for item in find(["nowhere", "r", "empty", "*.none", "nul\0byte"]))


def test_a_sidecar_is_no_report_and_belongs_to_its_text():
    make("r/a.txt", "r/a.json", "r/b.html", "r/b.json", "r/c", "r/c.json", "r/alone.json", "r/D.TXT", "r/D.json")
    assert [(item.path, item.sidecar) for item in find(["r"])] == [
        ("r/D.TXT", "r/D.json"),
        ("r/a.txt", "r/a.json"),
        ("r/alone.json", None),
        ("r/b.html", "r/b.json"),
        ("r/c", "r/c.json"),
    ]
    assert paths("r/a.json", "r/a.txt") == ["r/a.txt"]


def test_a_sidecar_given_without_its_text_is_named():
    make("r/a.txt", "r/a.json")
    assert problems("r/a.json") == [("r/a.json", "the sidecar of r/a.txt, not a report")]
    assert problems("r/a.json", "r/a.txt") == problems("r/a.json", "r") == []


def test_the_signature_changes_with_the_file_and_with_its_sidecar():
    make("a.txt")

    def signature():
        (found,) = find(["a.txt"])
        assert found.size == Path("a.txt").stat().st_size and found.mtime_ns == Path("a.txt").stat().st_mtime_ns
        return found.signature

    first = signature()
    assert signature() == first
    make("a.json")
    second = signature()
    os.utime("a.json", ns=(1, 1))
    third = signature()
    os.utime("a.txt", ns=(1, 1))
    assert len({first, second, third, signature()}) == 4


def test_standard_input_has_no_signature():
    assert list(find(["-"])) == [Found("-", "stdin", 0, 0, None, "")]


def test_pipes_sockets_and_devices_are_never_opened():
    os.mkfifo("pipe.txt")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("socket.txt")
        make("a.txt")
        assert problems(".") == [("pipe.txt", "not a file but a named pipe"), ("socket.txt", "not a file but a socket")]
    assert problems("/dev/null") == [("/dev/null", "not a file but a device")]


def test_links_are_followed_but_not_in_circles():
    make("r/a.txt", "r/sub/b.txt", "elsewhere/c.txt")
    Path("r/sub/up").symlink_to("..", target_is_directory=True)
    Path("r/other").symlink_to("../elsewhere", target_is_directory=True)
    Path("r/again").symlink_to("../elsewhere", target_is_directory=True)
    Path("r/self.txt").symlink_to("self.txt")
    Path("r/lost.txt").symlink_to("nowhere.txt")
    Path("r/z.txt").symlink_to("a.txt")
    assert paths("r") == ["r/a.txt", "r/again/c.txt", "r/sub/b.txt", "r/z.txt"]
    assert problems("r") == [
        ("r/lost.txt", "a link to a file that is not there"),
        ("r/self.txt", "a link that leads back to itself"),
        ("r/sub/up", "a link back to a folder that holds it"),
    ]


def test_patterns_do_not_follow_links_in_circles():
    make("r/a.txt")
    Path("r/one").symlink_to(".", target_is_directory=True)
    Path("r/two").symlink_to(".", target_is_directory=True)
    assert paths("r/**/*.txt") == ["r/a.txt"]


def test_folders_may_be_nested_deeply(tmp_path):
    deep = tmp_path
    for _ in range(500):  # a walk that recursed would need two or three calls for each
        deep = deep / "d"
        deep.mkdir()
    (deep / "a.txt").write_text("The ferry sails again.")
    assert paths(tmp_path) == [(deep / "a.txt").as_posix()]


def test_names_that_are_not_utf_8_keep_an_origin_that_can_be_written():
    raw = b"caf\xe9.txt"
    try:
        Path(os.fsdecode(raw)).write_text("The ferry sails again.")
    except OSError:
        pytest.skip("this file system allows only UTF-8 names")
    (found,) = find(["."])
    assert os.fsencode(found.path) == raw
    assert found.origin == "caf\\xe9.txt"


def test_names_with_line_ends_and_escapes_are_passed_on_as_they_are():
    name = "a\n\x1b[31mred\u202e.txt"
    make(name)
    assert paths(".") == [name]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="the superuser may read everything")
def test_folders_that_may_not_be_listed_are_named():
    make("r/closed/a.txt", "r/b.txt")
    Path("r/closed").chmod(0)
    try:
        assert paths("r") == ["r/b.txt"]
        assert problems("r") == [("r/closed", "no permission to read it")]
    finally:
        Path("r/closed").chmod(0o700)
