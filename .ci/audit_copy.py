"""Audit the installed packages against a copy of the PyPA advisory database, without network.

    python .ci/audit_copy.py FOLDER     FOLDER: a checkout of github.com/pypa/advisory-database

Exit code 1 when an installed version is affected; each finding is named with its identifiers
and the version that mends it. An old copy knows nothing newer: its latest change is printed.
"""

from __future__ import annotations

import sys
from importlib.metadata import distributions
from pathlib import Path
from typing import Any

import yaml
from packaging.utils import canonicalize_name
from packaging.version import InvalidVersion, Version


def affected(advisory: dict[str, Any], name: str, version: str) -> bool:
    """Whether the advisory names that version, or a range of PyPI versions holds it."""
    if advisory.get("withdrawn"):
        return False
    for entry in advisory.get("affected", ()):
        if canonicalize_name(entry["package"]["name"]) != name:
            continue
        ranges = [r for r in entry.get("ranges", ()) if r["type"] == "ECOSYSTEM"]
        if version in map(str, entry.get("versions", ())) or any(
            inside(one["events"], version) for one in ranges
        ):
            return True
    return False


def inside(events: list[dict[str, str]], version: str) -> bool:
    """Events in order: introduced, then fixed (excluded) or last_affected (included)."""
    here, within = Version(version), False
    for event in events:
        kind, bound = next(iter(event.items()))
        edge = Version(str(bound)) if str(bound) != "0" else Version("0.dev0")
        if kind == "introduced":
            within = within or here >= edge
        elif kind == "fixed":
            within = within and here < edge
        elif kind == "last_affected":
            within = within and here <= edge
    return within


def main(folder: Path) -> int:
    known = {path.name: path for path in (folder / "vulns").iterdir()}
    packages = {canonicalize_name(d.metadata["Name"]): d.version for d in distributions()}
    found, read, latest = [], 0, ""
    for name, version in sorted(packages.items()):
        for path in sorted(known[name].glob("*.yaml")) if name in known else ():
            advisory = yaml.safe_load(path.read_text(encoding="utf-8"))
            read += 1
            latest = max(latest, str(advisory.get("modified", "")))
            try:
                if affected(advisory, name, version):
                    names = ", ".join([advisory["id"], *advisory.get("aliases", ())])
                    found.append(f"{name} {version}: {names}")
            except InvalidVersion as error:
                found.append(f"{name} {version}: {advisory['id']} cannot be compared ({error})")
    print(f"{len(packages)} packages, {read} advisories of theirs, the latest of {latest[:10]}")
    print("\n".join(found) or "none is affected")
    return 1 if found else 0


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    sys.exit(main(Path(sys.argv[1])))
