"""The charter's evidence, and how far the data can be trusted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from necbilan import __version__
from necbilan.blocks import Bullets, DataTable, Paragraph, Subheading
from necbilan.disclosure.holders import told_without_number
from necbilan.sections.assembly import section
from necbilan.sections.turnout import profile_labels
from necbilan.words.limits import limits
from necbilan.words.retelling import problem_place, retold

if TYPE_CHECKING:
    from necbilan.blocks import Block, Section
    from necbilan.words.spelled import Spelled

__all__ = ["charter", "data_quality", "previous_edition"]

ENGAGEMENTS = (
    "general_interest",
    "open_to_all",
    "diversity",
    "free_licences",
    "free_tools",
    "eco_responsible",
)
"""the six engagements of the NEC charter, in its order"""


def charter(shown: Spelled) -> Section | None:
    """Each engagement: attested by a measure, declared, or not documented; no grade.

    None when nothing is declared and nothing attested but the report's own licence.
    """
    declared = shown.facts.event.charter
    proofs = {engagement: _attested(shown, engagement) for engagement in ENGAGEMENTS}
    said_or_shown = any(proof for name, proof in proofs.items() if name != "free_licences")
    if not said_or_shown and not any(text.strip() for text in declared.values()):
        return None
    rows = []
    for engagement, attested in proofs.items():
        said = shown.language.typeset(declared.get(engagement, ""))
        status = "attested" if attested else "declared" if said else "undocumented"
        beyond = shown.say("charter.beyond") if attested and not said else ""
        evidence = " ".join(part for part in (attested, said, beyond) if part) or "–"
        name = shown.say(f"charter.{engagement}")
        rows.append((name, shown.say(f"charter.status.{status}"), evidence))
    columns = [shown.say(f"column.{name}") for name in ("engagement", "status", "evidence")]
    table = DataTable(
        caption=shown.say("table.charter"),
        table=pd.DataFrame(rows, columns=columns),
        source=shown.say("charter.source"),
    )
    return section(shown, "charter", table)


def _attested(shown: Spelled, engagement: str) -> str:
    """What the measures prove of an engagement, '' when nothing: none speaks for it whole."""
    if engagement == "open_to_all":
        for row in shown.rows("audience"):
            if row.level == "general_public" and row.value:
                return shown.say("charter.evidence.open", count=row.value, n=row.text, base=row.n)
    if engagement == "diversity":
        for row in shown.rows("speaker_gender", ""):
            if row.level == "woman" and row.value:
                said = shown.say("charter.evidence.parity", count=row.value, x=row.text, n=row.n)
                alone = shown.sentences.get("men_only")
                return f"{said} {alone.title}" if alone else said
    if engagement == "free_licences":
        return shown.say("charter.evidence.licence")
    return ""


def previous_edition(shown: Spelled) -> Section | None:
    """What changed since the edition before, and what cannot be compared with it."""
    previous, rows = shown.facts.previous, shown.rows("change")
    if previous is None or not rows:
        return None
    names = ("measure", "previous", "now", "change", "interval")
    columns = [shown.say(f"column.{name}") for name in names]
    before = {row.level: row.text for row in shown.rows("previous")}
    table = DataTable(
        caption=shown.say("table.previous"),
        table=pd.DataFrame(
            [
                (
                    row.label,
                    before.get(row.level, "–"),
                    _now(shown, row.level),
                    row.text,
                    row.interval_text or "–",
                )
                for row in rows
            ],
            columns=columns,
        ),
        numeric=tuple(columns[1:4]),
        source=shown.say("previous.source"),
    )
    name = shown.language.typeset(previous.name)
    intro = Paragraph(shown.say("previous.intro", name=name))
    return section(
        shown, "previous_edition", intro, _satisfaction_change(shown), table, _uncompared(shown)
    )


def _now(shown: Spelled, metric: str) -> str:
    row = shown.one(metric, shown.main_group(metric))
    return row.text if row is not None else "–"


def _uncompared(shown: Spelled) -> Paragraph | None:
    """The measures that one of the two editions does not have."""
    lacking = shown.table[
        shown.table["metric"].eq("change") & shown.table["status"].eq("not_collected")
    ]
    if lacking.empty:
        return None
    names = shown.language.join([f"{label[:1].lower()}{label[1:]}" for label in lacking["label"]])
    return Paragraph(shown.say("previous.lacking", count=len(lacking), names=names))


def _satisfaction_change(shown: Spelled) -> Paragraph | None:
    row = shown.one("change", level="satisfied_share")
    if row is not None:
        way = "up" if row.low > 0 else "down" if row.high < 0 else "same"
        points = row.text if way == "same" else row.text.lstrip("+\u2212-")
        return Paragraph(shown.say(f"previous.{way}", points=points, interval=row.interval_text))
    changed = shown.table[
        (shown.table["metric"] == "change") & (shown.table["status"] == "not_comparable")
    ]
    return Paragraph(shown.say("previous.not_comparable")) if len(changed) else None


def unsaid(shown: Spelled) -> tuple[Block, ...]:
    """What the data of this event do not allow to say, under its heading; or nothing."""
    said = limits(shown)
    return (Subheading(shown.say("quality.limits")), Bullets(said)) if said else ()


def data_quality(shown: Spelled) -> Section | None:
    """What the data do not say, what was merged, the method of each number, the sources."""
    blocks: list[Block | None] = [
        *unsaid(shown),
        Subheading(shown.say("quality.read")),
        _files(shown),
        _dropped(shown),
        _problems(shown),
        _merges(shown),
        _matches(shown),
        profile_labels(shown),
        *_definitions(shown),
        Subheading(shown.say("quality.methods")),
        Bullets(tuple(_methods(shown))),
    ]
    return section(shown, "data_quality", *blocks)


def _files(shown: Spelled) -> Block:
    sources = shown.facts.sources
    if not sources:
        return Paragraph(shown.say("quality.no_file"))
    names = ("file", "sheet", "file_kind", "lines", "kept", "fingerprint")
    columns = [shown.say(f"column.{name}") for name in names]
    table = pd.DataFrame(
        [
            (
                source.file,
                source.sheet or "–",
                shown.say(f"file.{source.kind}"),
                "–" if source.lines is None else shown.language.number(source.lines),
                "–" if source.kept is None else shown.language.number(source.kept),
                source.sha256[:12],
            )
            for source in sources
        ],
        columns=columns,
    )
    return DataTable(
        caption=shown.say("table.files"), table=table, numeric=(columns[3], columns[4])
    )


def _dropped(shown: Spelled) -> Block | None:
    lines = [
        (
            " · ".join(part for part in (source.file, source.sheet) if part),
            retold(reason, shown.language),
            shown.language.number(count),
        )
        for source in shown.facts.sources
        for reason, count in source.dropped
        if count
    ]
    if not lines:
        return None
    columns = [shown.say(f"column.{name}") for name in ("file", "reason", "lines")]
    return DataTable(
        caption=shown.say("table.dropped"),
        table=pd.DataFrame(lines, columns=columns),
        numeric=(columns[2],),
    )


def _problems(shown: Spelled) -> Block | None:
    """Problems of the data by kind, with how often each occurs."""
    counted: dict[str, int] = {}
    for problem in shown.facts.problems:
        counted[problem.code] = counted.get(problem.code, 0) + 1
    if not counted:
        return None
    first = {problem.code: problem for problem in reversed(shown.facts.problems)}
    columns = [shown.say(f"column.{name}") for name in ("where", "found", "times")]
    rows = [
        (
            problem_place(first[code], shown.language) or "–",
            retold(first[code].found, shown.language),
            shown.language.number(times),
        )
        for code, times in counted.items()
    ]
    return DataTable(
        caption=shown.say("table.problems"),
        table=pd.DataFrame(rows, columns=columns),
        numeric=(columns[2],),
    )


def _merges(shown: Spelled) -> Block | None:
    """Spellings counted as one; those of an organisation that no number names, if they may."""
    found = [merge for merge in shown.facts.merges if len(merge.labels) > 1]
    named = {row.level for row in shown.rows("organisation")}
    listed = told_without_number(shown.table)
    merges = [merge for merge in found if listed or merge.organisation in named]
    left = len(found) - len(merges)
    apart = shown.say("merges.unnamed", count=left, n=left) if left else ""
    if not merges:
        return Paragraph(apart) if apart else None
    columns = [shown.say(f"column.{name}") for name in ("organisation", "labels")]
    rows = [(merge.organisation, " · ".join(merge.labels)) for merge in merges]
    return DataTable(
        caption=shown.say("table.merges", count=len(merges), n=len(merges)),
        table=pd.DataFrame(rows, columns=columns),
        source=apart,
    )


def _matches(shown: Spelled) -> Block | None:
    matches = [
        (said, activity, retold(reason, shown.language))
        for said, activity, reason in shown.facts.activity_matches
        if said != activity
    ]
    if not matches:
        return None
    columns = [shown.say(f"column.{name}") for name in ("answer", "activity", "reason")]
    return DataTable(
        caption=shown.say("table.matches"), table=pd.DataFrame(matches, columns=columns)
    )


DEFINED = (
    "registered",
    "present",
    "attendance_rate",
    "organisations",
    "local_share",
    "response_rate",
    "satisfied_share",
    "differential",
    "cost_per_participant",
    "grant_share",
)
"""metrics whose counting is told in words, one sentence each"""


def _definitions(shown: Spelled) -> list[Block]:
    """What each of the main numbers of this report counts."""
    told = [shown.say(f"define.{metric}") for metric in DEFINED if shown.rows(metric)]
    if not told:
        return []
    return [Subheading(shown.say("quality.definitions")), Bullets(tuple(told))]


def _methods(shown: Spelled) -> list[str]:
    """One line a method that this report used."""
    used = set(shown.table.loc[shown.table["status"] == "ok", "method"])
    lines = [shown.say(f"presence.{shown.facts.presence}")]
    if shown.facts.survey_mode and shown.one("responses") is not None:
        lines.append(shown.say("method.survey_mode", mode=shown.facts.survey_mode))
    lines += [
        shown.say(f"method.{method}")
        for method in ("count", "hypergeometric", "wilson", "bonett_price", "square_and_add")
        if method in used
    ]
    if shown.rows("scale_mean"):
        lines.append(shown.say("method.student"))
    made = shown.say("method.version", version=__version__)
    return [*lines, shown.say("method.floor"), made]
