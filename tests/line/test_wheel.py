"""The wheel holds all that a report needs: installed elsewhere, it makes the same one."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path
from zipfile import ZipFile

import pytest

ROOT = Path(__file__).parents[2]

pytestmark = pytest.mark.slow  # a build and a new environment: 15 s


def run(*command: str | Path, cwd: Path, **environment: str) -> str:
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env={**os.environ, "PIP_DISABLE_PIP_VERSION_CHECK": "1", **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built from what git knows, so that nothing of the checkout slips in."""
    folder = tmp_path_factory.mktemp("wheel")
    names = run("git", "ls-files", "-z", cwd=ROOT).split("\0")
    source = folder / "source"
    for name in filter(None, names):
        if (ROOT / name).is_file():
            (source / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, source / name)
    build = (sys.executable, "-m", "pip", "wheel", "--no-deps", "--quiet", "-w", folder, source)
    run(*build, cwd=folder)
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new environment that holds the wheel; its dependencies are those of this one."""
    place = tmp_path_factory.mktemp("elsewhere") / "env"
    venv.create(place, with_pip=False)
    scripts = place / ("Scripts" if os.name == "nt" else "bin")
    python = scripts / Path(sys.executable).name
    if not python.exists():
        python = scripts / "python"
    run(
        *(sys.executable, "-m", "pip", "--python", python, "install"),
        *("--no-deps", "--no-index", "--quiet", wheel),
        cwd=place,
    )
    told = run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=place)
    packages = Path(told.strip())
    assert (packages / "necbilan").is_dir()
    (packages / "dependencies.pth").write_text(_packages_without_the_checkout(place), "utf-8")
    return scripts


def _packages_without_the_checkout(place: Path) -> str:
    """A folder that links every installed package but necbilan, which is the checkout."""
    linked = place / "dependencies"
    linked.mkdir()
    for kind in ("purelib", "platlib"):
        for package in Path(sysconfig.get_path(kind)).iterdir():
            if "necbilan" not in package.name.lower() and not (linked / package.name).exists():
                (linked / package.name).symlink_to(package, package.is_dir())
    return f"{linked}\n"


def test_the_wheel_carries_what_is_no_python(wheel: Path) -> None:
    with ZipFile(wheel) as archive:
        names = archive.namelist()
    for part in (
        "necbilan/notebooks/bilan.ipynb",
        "necbilan/notebooks/comparaison.ipynb",
        "necbilan/publishing/templates/report.typ",
        "necbilan/vocabulary/roles.toml",
        "necbilan/words/fr.toml",
        "necbilan/words/parts/sections.toml",
        "necbilan/py.typed",
    ):
        assert part in names
    assert [name for name in names if name.startswith("necbilan/style/fonts/")]
    assert [name for name in names if name.startswith("necbilan/reference/")]
    assert any(name.endswith("/licenses/LICENSE") for name in names)
    roots = {name.split("/")[0].split("-")[0] for name in names}
    assert roots == {"necbilan"}
    assert not [name for name in names if "__pycache__" in name or name.endswith(".pyc")]


@pytest.mark.skipif(os.name == "nt", reason="links need a right there")
def test_an_installed_wheel_makes_the_same_report_outside_the_checkout(
    installed: Path, tmp_path: Path, metz: Path
) -> None:
    shutil.copytree(ROOT / "data_samples" / "metz-2023", tmp_path / "metz-2023")
    where = run(
        installed / "python", "-c", "import necbilan; print(necbilan.__file__)", cwd=tmp_path
    )
    assert not Path(where.strip()).is_relative_to(ROOT)
    run(
        *(installed / "necbilan", "report", "metz-2023", "--out", "bilans"),
        cwd=tmp_path,
        SOURCE_DATE_EPOCH="1700000000",
        JUPYTER_PATH=str(Path(sys.prefix) / "share" / "jupyter"),  # nbconvert's own templates
    )
    made = tmp_path / "bilans" / "metz-2023"
    for name in ("bilan.html", "bilan.pdf", "measures.csv", "datapackage.json", "bilan.ipynb"):
        assert (made / name).read_bytes() == (metz / name).read_bytes(), name
