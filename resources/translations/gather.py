"""Gathers the sentences of the code into ``linewright_zh_CN.ts`` and makes the ``.qm`` of it.

``python -m resources.translations.gather`` (``make translations``) keeps what is translated, adds what is new
as unfinished, drops what is gone. Then the new ones are done in the ``.ts`` by hand or in Qt Linguist,
and the same command makes the ``.qm``; a test fails as long as one is missing.

The words to be used, so that one thing has one name everywhere:

========================  ====================    ========================  ====================
page                      页面 (第 n 页)           line                      行
scan                      扫描图                  crop                      行图
transcription             转写                    text                      文本
draft                     草稿 (verb: 起草)        correct, corrected        校对, 已校对
review, reviewed          审校, 已审校             unreadable                无法辨读
open (state)              待校                    doubt, doubtful place     存疑, 存疑处
model version             模型版本                base (model)              基础模型
fine-tune                 微调                    training                  训练
validation, test          验证, 测试               split                     划分 / 用途
CER, WER                  CER (字错误率), WER       accuracy                  准确率
promote, roll back        启用, 回退               epoch, step               轮, 步
alternative, reading      候选读法, 读法           confidence                置信度
acceptance, accept        验收                    audit                     抽检
queue                     队列                    glyphs, sweep             字形, 扫查
suspects                  可疑标注                second reader             第二校对者
rule, repair, mend        规则, 修正               comment, settle           批注, 了结
project, library          项目, 文库               shortcut                  快捷键
========================  ====================    ========================  ====================
"""

import ast
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
TS = Path(__file__).with_name("linewright_zh_CN.ts")
CONTEXT = "Linewright"
WORDING = "core.wording"
TEMPLATES = {"say": slice(0, 1), "say_count": slice(1, 3), "mark": slice(0, 1)}
"""Which arguments are templates."""


def main() -> None:
    """Bring the ``.ts`` in step with the code, and make the ``.qm``."""
    with tempfile.TemporaryDirectory() as scratch:
        source = Path(scratch) / "sentences.py"
        source.write_text(_as_source(templates()), encoding="utf-8")
        _run("lupdate", str(source), "-ts", str(TS), "-no-obsolete", "-locations", "none")
    _run("lrelease", str(TS), "-qm", str(TS.with_suffix(".qm")))


def templates() -> list[str]:
    """All templates that the code says or marks, each once, in the order of the files."""
    found = (each.value for file in _files() for each in _arguments(file) if isinstance(each, ast.Constant))
    return list(dict.fromkeys(map(str, found)))


def not_written_out() -> list[str]:
    """Where something is said that is no literal, and so cannot be gathered: “core/x.py: say(name)”."""
    return [
        f"{file.relative_to(ROOT).as_posix()}: {ast.unparse(each)}"
        for file in _files()
        for each in _arguments(file)
        if not isinstance(each, ast.Constant)
    ]


def _files() -> Iterator[Path]:
    """The command line stays English; core's sentences are shown by the window, too."""
    for part in ("core", "workbench"):
        for file in sorted((ROOT / part).rglob("*.py")):
            if not file.is_relative_to(ROOT / "workbench" / "cli") and file != ROOT / "core" / "wording.py":
                yield file


def _arguments(file: Path) -> Iterator[ast.expr]:
    """What a module says, from top to bottom."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    names = _imported(tree)
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    for call in sorted(calls, key=lambda node: (node.lineno, node.col_offset)):
        if isinstance(call.func, ast.Name) and call.func.id in names:
            yield from call.args[TEMPLATES[names[call.func.id]]]


def _imported(tree: ast.Module) -> dict[str, str]:
    """Under which names a module says its sentences."""
    return {
        alias.asname or alias.name: alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == WORDING
        for alias in node.names
        if alias.name in TEMPLATES
    }


def _as_source(found: list[str]) -> str:
    calls = (f"QCoreApplication.translate({CONTEXT!r}, {_quoted(each)})\n" for each in found)
    return "from PySide6.QtCore import QCoreApplication\n\n" + "".join(calls)


def _quoted(text: str) -> str:
    """A literal as lupdate reads it: within double quotes, whatever is inside."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def _run(tool: str, *arguments: str) -> None:
    subprocess.run([str(Path(sys.executable).with_name(f"pyside6-{tool}")), *arguments], check=True)


if __name__ == "__main__":
    main()
