"""Remove each guard in a copy of the checkout and see its test fail.

python .ci/remove_guards.py [name…]     a guard whose removal no test notices: exit 1
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
PLAINLY = ("-q", "-x", "-n", "0", "-p", "no:cacheprovider")
"""in one process: pytest-xdist stops at a failure with the exit code of an interruption"""


@dataclass(frozen=True)
class Guard:
    """``there`` in ``file`` becomes ``gone``; then a test of the files ``tests`` must fail."""

    name: str
    file: str
    there: str
    gone: str
    tests: str


DISCLOSURE, OUTPUTS, LEAKS = (
    "tests/test_disclosure.py tests/test_disclosure_attacked.py",
    "tests/publishing/test_outputs.py",
    "tests/publishing/test_leaks.py",
)
ESCAPES = "tests/publishing/test_escapes.py"
LOST, SCREEN = "tests/safety/test_nothing_lost.py", "tests/safety/test_screen.py"

GUARDS = (
    Guard(
        "small groups are regrouped",
        "necbilan/disclosure/regroup.py",
        "pool = {level for level in order if counts[level] < k}",
        "pool = set()",
        DISCLOSURE,
    ),
    Guard(
        "a lone suppressed level has a complement",
        "necbilan/disclosure/regroup.py",
        "if len(pool) > 1 and people_in(counts, pool) >= k:\n            break\n        pool.add",
        "break\n        pool.add",
        DISCLOSURE,
    ),
    Guard(
        "a type counts five organisations more than are named",
        "necbilan/disclosure/holders.py",
        "shown_alone(counts, k + len(named))",
        "shown_alone(counts, k)",
        DISCLOSURE,
    ),
    Guard(
        "a hidden audience keeps room beside printed profiles",
        "necbilan/disclosure/profiles.py",
        "if sorted_people - people_in(counts, other) >= k:",
        "if sum(counts.values()) - people_in(counts, other) >= k:",
        DISCLOSURE,
    ),
    Guard(
        "an audience keeps room among who gave no profile and did not answer",
        "necbilan/disclosure/profiles.py",
        "if alone < k and 0 < room < k:",
        "if False:",
        DISCLOSURE,
    ),
    Guard(
        "lists of half-days count no hidden half-day",
        "necbilan/sources/provenance.py",
        'short or (kind == "attendance" and _hides_a_half_day(people))',
        "short",
        "tests/safety/test_what_is_hidden_changes_nothing.py",
    ),
    Guard(
        "geographic tables are protected together",
        "necbilan/disclosure/places.py",
        "cut |= set(+part)",
        "cut |= set()",
        DISCLOSURE,
    ),
    Guard(
        "who did not answer is protected too",
        "necbilan/disclosure/profiles.py",
        "(n, sure.get(name, 0), silent[name])",
        "(n, sure.get(name, 0))",
        DISCLOSURE,
    ),
    Guard(
        "answers of fewer than k are hidden",
        "necbilan/disclosure/regroup.py",
        'row if row["n"] is not None and row["n"] >= k else suppressed(row)',
        "row",
        DISCLOSURE,
    ),
    Guard(
        "what waits for a yes loses its text",
        "necbilan/disclosure/regroup.py",
        '"level": ""} for row in waiting[:1]',
        '"level": row["level"]} for row in waiting',
        DISCLOSURE,
    ),
    Guard(
        "what is written is protected",
        "necbilan/exchange/writing.py",
        "rows = protect(measures).astype",
        "rows = measures.astype",
        "tests/test_exchange.py",
    ),
    Guard(
        "no cell of a CSV is a formula",
        "necbilan/safe_cells.py",
        "return neutral(cell)",
        "return cell",
        "tests/publishing/test_safe_cells.py",
    ),
    Guard(
        "no cell of a workbook is a formula",
        "necbilan/publishing/safe_cells.py",
        'cell.data_type = "s"',
        "pass",
        "tests/publishing/test_safe_cells.py",
    ),
    Guard(
        "outputs are searched for identifiers",
        "necbilan/publishing/outputs.py",
        "leaks = search(_files(draft.folder), *identifiers)",
        "leaks = search([], *identifiers)",
        OUTPUTS,
    ),
    Guard(
        "base64 is opened by the search",
        "necbilan/publishing/leaks.py",
        "for run, inner in _opened({match.group() for match in _BASE64.finditer(text)}):",
        "for run, inner in ():",
        LEAKS,
    ),
    Guard(
        "entities are undone by the search",
        "necbilan/publishing/escapes.py",
        "text = html.unescape(text)",
        "pass",
        LEAKS,
    ),
    Guard(
        "each format's escapes are undone by the search",
        "necbilan/publishing/leaks.py",
        "(*otherwise(read), *spelt_apart(without_tags or read))",
        "spelt_apart(without_tags or read)",
        ESCAPES,
    ),
    Guard(
        "letters written by their number are searched",
        "necbilan/publishing/leaks.py",
        "for inner in _numbered(text):",
        "for inner in ():",
        ESCAPES,
    ),
    Guard(
        "look-alikes of other alphabets are read",
        "necbilan/sources/privacy/identifiers.py",
        'words += [b"|", *folded_words(latinised(text))]',
        "pass",
        ESCAPES,
    ),
    Guard(
        "accents are undone by the search",
        "necbilan/sources/privacy/identifiers.py",
        'unicodedata.normalize("NFKD", text.casefold())',
        "text.casefold()",
        LEAKS,
    ),
    Guard(
        "identifiers are never pickled",
        "necbilan/sources/privacy/identifiers.py",
        "def __reduce__",
        "def _reduce",
        LEAKS,
    ),
    Guard(
        "one run at a time",
        "necbilan/publishing/locking.py",
        "if not _take(file):",
        "if False:",
        OUTPUTS,
    ),
    Guard(
        "links are not followed",
        "necbilan/publishing/outputs.py",
        "if path.is_symlink()]",
        "if False]",
        OUTPUTS,
    ),
    Guard(
        "a slug stays in the folder",
        "necbilan/publishing/outputs.py",
        "if safe_slug(slug) is None:",
        "if False:",
        OUTPUTS,
    ),
    Guard(
        "a file name stays in the folder",
        "necbilan/publishing/outputs.py",
        'part in {"", ".", ".."}',
        "False",
        OUTPUTS,
    ),
    Guard(
        "the old output comes back when it cannot be replaced",
        "necbilan/publishing/outputs.py",
        "if aside.exists() and not target.exists():\n            aside.rename(target)\n    shutil",
        "pass\n    shutil",
        OUTPUTS,
    ),
    Guard(
        "a folder set aside by a killed run is put back",
        "necbilan/publishing/outputs.py",
        "        _mend(target)\n",
        "",
        OUTPUTS,
    ),
    Guard(
        "a file of someone else is kept",
        "necbilan/publishing/outputs.py",
        "    _keep_foreign(draft.folder, target)\n",
        "",
        OUTPUTS,
    ),
    Guard(
        "purge stays in the folder",
        "necbilan/publishing/purge.py",
        "file.is_file() and file.resolve().is_relative_to(root)",
        "file.is_file()",
        "tests/publishing/test_purge.py",
    ),
    Guard(
        "the page has a Content-Security-Policy",
        "necbilan/publishing/templates/necbilan/index.html.j2",
        "Content-Security-Policy",
        "x-nothing",
        "tests/safety/test_payloads.py",
    ),
    Guard(
        "a label of a slide's chart runs nowhere",
        "necbilan/publishing/native_bars.py",
        "neutral(next(labels))",
        "next(labels)",
        "tests/safety/test_payloads.py",
    ),
    Guard(
        "imports go down only",
        "necbilan/metrics/rows.py",
        "import pandas as pd",
        "import pandas as pd\nimport necbilan.sources",
        "tests/test_architecture.py",
    ),
    Guard(
        "a decision that names somebody waits",
        "necbilan/sources/decisions.py",
        "if identifiers and identifiers.kinds_in(text)]",
        "if False]",
        "tests/sources/test_decisions.py",
    ),
    Guard(
        "a name after a title is scrubbed without its capital",
        "necbilan/sources/privacy/scrub.py",
        "text = without_accounts(_TITLED_LOW.sub(_unless_common, text))",
        "pass",
        "tests/sources/test_scrub.py",
    ),
    Guard(
        "people of no list leave the remarks",
        "necbilan/sources/privacy/scrub.py",
        "marked = outsiders(tokens, text, listed_names(tokens, text, names), names.ordinary)",
        "marked = listed_names(tokens, text, names)",
        "tests/sources/test_scrub_measured.py",
    ),
    Guard(
        "names of a column that no heading names are scrubbed",
        "necbilan/sources/privacy/personal.py",
        'return [*named, *(("", name) for name in unsaid), *sorted(gathered.elsewhere.names)]',
        "return [*named, *sorted(gathered.elsewhere.names)]",
        "tests/safety/test_names_nobody_declared.py",
    ),
    Guard(
        "names of what is not counted are scrubbed and sought",
        "necbilan/sources/gathering.py",
        "        people_elsewhere(named),",
        "        people_elsewhere([]),",
        "tests/safety/test_names_in_odd_layouts.py",
    ),
    Guard(
        "diet and health leave surveys at reading",
        "necbilan/sources/survey/reading.py",
        "in details or _is_technical(column, tool)\n",
        'in details or (_is_technical(column, tool) and column.field != "sensitive")\n',
        "tests/safety/test_dropped_columns.py",
    ),
    Guard(
        "purge waits for no run that writes",
        "necbilan/publishing/purge.py",
        "held.enter_context(locked(output))",
        "pass",
        "tests/publishing/test_purge.py",
    ),
    Guard(
        "half-days tell on fewer than five nowhere",
        "necbilan/disclosure/__init__.py",
        "return moments_shown(table, k)",
        "return table",
        "tests/test_disclosure_margins.py",
    ),
    Guard(
        "purge follows no link",
        "necbilan/publishing/purge.py",
        "candidates = [candidate for candidate in candidates if not candidate.is_symlink()]",
        "pass",
        "tests/publishing/test_purge.py",
    ),
    Guard(
        "unseen characters leave event.toml",
        "necbilan/sources/event/file.py",
        "return visible(value)",
        "return value",
        "tests/sources/test_event_file.py",
    ),
    Guard(
        "a file of someone else never passes for ours",
        "necbilan/publishing/outputs.py",
        "draft.write(MANIFEST, ours)",
        "draft.write(MANIFEST, manifest_of(draft.folder, made_from))",
        LOST,
    ),
    Guard(
        "a link in the place of the lock is not opened",
        "necbilan/publishing/locking.py",
        'getattr(os, "O_NOFOLLOW", 0)',
        "0",
        LOST,
    ),
    Guard(
        "workers end with their parent",
        "necbilan/publishing/batch.py",
        "initializer=_end_with_the_parent",
        "initializer=_ready",
        LOST,
    ),
    Guard(
        "purge finds what a killed run left",
        "necbilan/publishing/purge.py",
        "    if hidden:\n",
        "    if False:\n",
        LOST,
    ),
    Guard(
        "a file, a sheet, a question name nobody",
        "necbilan/sources/privacy/unnaming.py",
        "if not identifiers.kinds_in(text):",
        "if True:",
        "tests/safety/test_names_in_odd_places.py",
    ),
    Guard(
        "the folder of an event names nobody",
        "necbilan/sources/folder.py",
        "if identifiers.kinds_in(gathered.folder) else []",
        "if False else []",
        "tests/safety/test_names_in_odd_places.py",
    ),
    Guard(
        "the terminal is given no order",
        "necbilan/cli.py",
        'print(visible(text).replace("\\r", ""), file=file)',
        "print(text, file=file)",
        SCREEN,
    ),
    Guard(
        "a trace quotes no cell",
        "necbilan/errors.py",
        "ours = isinstance(link, NecbilanError)",
        "ours = True",
        SCREEN,
    ),
    Guard(
        "a drawn logo keeps its drawing alone",
        "necbilan/sources/event/pictures.py",
        "return _drawing_alone(root)",
        "return content",
        "tests/safety/test_picture_metadata.py",
    ),
    Guard(
        "UTF-16 without its mark is searched",
        "necbilan/publishing/leaks.py",
        'if b"\\0" in content:',
        "if False:",
        LEAKS,
    ),
    Guard(
        "what a picture says is searched",
        "necbilan/publishing/picture_texts.py",
        "if marker in _SAID:",
        "if False:",
        LEAKS,
    ),
    Guard(
        "a leak does not name its place when the place names somebody",
        "necbilan/publishing/leaks.py",
        "return instead if any(",
        "return said if any(",
        LEAKS,
    ),
    Guard(
        "a description of another shape is refused",
        "necbilan/exchange/reading.py",
        "if shape is not None and (",
        "if False and (",
        "tests/safety/test_hostile_measures.py",
    ),
)


def unnoticed(guard: Guard, copy: Path) -> str:
    """What is wrong with the proof of a guard, '' when its removal is noticed."""
    path = copy / guard.file
    before = path.read_text(encoding="utf-8")
    if before.count(guard.there) != 1:
        return "the guard is not found once in its file"
    path.write_text(before.replace(guard.there, guard.gone), encoding="utf-8")
    try:
        run = subprocess.run(
            [sys.executable, "-m", "pytest", *PLAINLY, *guard.tests.split()],
            cwd=copy,
            env={"PYTHONPATH": str(copy), "PATH": "", "PYTHONDONTWRITEBYTECODE": "1"},
            capture_output=True,
            text=True,
            check=False,
        )
    finally:
        path.write_text(before, encoding="utf-8")
    return "" if run.returncode == 1 else f"its tests still say {run.returncode}"


def main(names: list[str]) -> int:
    failed = 0
    with tempfile.TemporaryDirectory() as place:
        copy = Path(place) / "copy"
        left_out = shutil.ignore_patterns(".git", ".venv*", "venv", "reports", ".*_cache")
        shutil.copytree(ROOT, copy, ignore=left_out)
        for guard in GUARDS:
            if not names or guard.name in names:
                wrong = unnoticed(guard, copy)
                failed += bool(wrong)
                print(f"{'MISSED' if wrong else 'seen  '}  {guard.name}  {wrong}", flush=True)
    print(f"{len(GUARDS)} guards, {failed} whose removal goes unnoticed")
    return int(failed > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
