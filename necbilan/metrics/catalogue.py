"""Dossier -> MEASURES: every number once, with its n, its interval and its method.

METRICS lists them in the order of the report.  A metric is a function of the dossier,
whose name is the metric's id, and a row here; what it is called is one line a language in
words/.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from necbilan.errors import misused
from necbilan.metrics import (
    activities,
    attendance,
    audience,
    budget,
    formats,
    half_days,
    liking,
    organisations,
    origin,
    previous_edition,
    remarks,
    representativeness,
    requested,
    respondents,
    satisfaction,
    speakers,
    words_said,
)
from necbilan.model import Dossier
from necbilan.tables import MEASURES

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["METRICS", "measure"]

METRICS: tuple[Callable[[Dossier], pd.DataFrame], ...] = (
    attendance.received,
    attendance.received_entries,
    attendance.registered,
    attendance.cancelled,
    attendance.pending,
    attendance.waiting_list,
    attendance.present,
    attendance.registered_present,
    attendance.walk_in,
    attendance.unconfirmed_present,
    attendance.no_show,
    attendance.attendance_rate,
    attendance.present_per_registered,
    attendance.registered_by_role,
    attendance.present_by_role,
    half_days.half_day,
    half_days.half_day_mean,
    attendance.target,
    attendance.capacity,
    attendance.registration_timeline,
    audience.audience,
    audience.profile,
    audience.profile_label,
    audience.first_time,
    organisations.organisations,
    organisations.people_per_organisation,
    organisations.organisation,
    organisations.organisation_type,
    organisations.without_organisation,
    origin.origin_commune,
    origin.origin_epci,
    origin.origin_department,
    origin.origin_region,
    origin.origin_country,
    origin.distance_band,
    origin.located_share,
    origin.local_share,
    activities.activities,
    activities.activity_theme,
    activities.activity_capacity,
    activities.activity_chosen,
    activities.activity_waiting,
    activities.activity_attended,
    activities.activity_fill,
    speakers.speakers,
    speakers.speakers_on_stage,
    speakers.speaker_gender,
    speakers.speaker_gender_on_stage,
    satisfaction.responses,
    satisfaction.response_rate,
    respondents.respondent_profile,
    respondents.respondent_origin,
    respondents.respondent_first_time,
    representativeness.representativeness,
    representativeness.representativeness_origin,
    satisfaction.overall_impression,
    satisfaction.no_opinion,
    satisfaction.satisfied_share,
    satisfaction.satisfied_bound,
    satisfaction.rating,
    satisfaction.rating_satisfied,
    formats.format_rating,
    formats.theme_rating,
    requested.scale_mean,
    requested.recommendation_score,
    liking.liked_most,
    liking.liked_least,
    liking.differential,
    liking.differential_pair,
    formats.format_differential,
    formats.theme_differential,
    words_said.word,
    words_said.words_distinct,
    remarks.remarks,
    remarks.remark_theme,
    budget.budget_planned,
    budget.budget_actual,
    budget.in_kind,
    budget.grants,
    budget.budget_line,
    budget.budget_line_planned,
    budget.budget_gap,
    budget.budget_total,
    budget.cost_per_participant,
    budget.cost_per_place,
    budget.grant_share,
    budget.mobilised,
    budget.meetings,
    previous_edition.change,
    previous_edition.previous,
)


def measure(dossier: Dossier) -> pd.DataFrame:
    """The dossier's MEASURES, raw: for the analyst on her own machine.

    One row a number, in the order of METRICS: event, metric, group, level, value, low, high,
    unit, n, base, method, evidence, status (``tables.MEASURES`` says what each holds).
    Shares run from 0 to 1, amounts are euros; a number that nobody measured keeps its row,
    with NA and status "not_collected".  Nothing here is fit to publish before ``protect``.
    The dossier is not changed.

    Raises UsageError when this is no Dossier.
    """
    if not isinstance(dossier, Dossier):
        raise misused("measure", "le Dossier que rend load()", dossier)
    tables = []
    for metric in METRICS:
        rows = metric(dossier)
        rows.insert(0, "event", dossier.event.slug)
        rows.insert(1, "metric", metric.__name__)
        tables.append(rows)
    kinds = {column.name: column.dtype for column in MEASURES.columns}
    filled = [table for table in tables if len(table)]
    return pd.concat(filled, ignore_index=True)[MEASURES.names()].astype(kinds)
