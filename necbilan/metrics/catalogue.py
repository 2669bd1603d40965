"""Dossier -> MEASURES: every number once, with its n, its interval and its method.

METRICS lists them in the order of the report.  A metric is a function of the dossier
and a row here; its name is one line a language in words/.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import pandas as pd

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
from necbilan.tables import MEASURES

if TYPE_CHECKING:
    from collections.abc import Callable

    from necbilan.model import Dossier

__all__ = ["METRICS", "Metric", "measure"]

Needs = Literal["registrations", "responses", "programme", "budget", "event"]


@dataclass(frozen=True)
class Metric:
    """One metric: its id, the function that computes it, what it reads."""

    id: str
    compute: Callable[[Dossier], pd.DataFrame]
    needs: Needs


METRICS: tuple[Metric, ...] = (
    Metric("received", attendance.received, "registrations"),
    Metric("received_entries", attendance.received_entries, "registrations"),
    Metric("registered", attendance.registered, "registrations"),
    Metric("cancelled", attendance.cancelled, "registrations"),
    Metric("pending", attendance.pending, "registrations"),
    Metric("waiting_list", attendance.waiting_list, "registrations"),
    Metric("present", attendance.present, "registrations"),
    Metric("registered_present", attendance.registered_present, "registrations"),
    Metric("walk_in", attendance.walk_in, "registrations"),
    Metric("unconfirmed_present", attendance.unconfirmed_present, "registrations"),
    Metric("no_show", attendance.no_show, "registrations"),
    Metric("attendance_rate", attendance.attendance_rate, "registrations"),
    Metric("present_per_registered", attendance.present_per_registered, "registrations"),
    Metric("registered_by_role", attendance.registered_by_role, "registrations"),
    Metric("present_by_role", attendance.present_by_role, "registrations"),
    Metric("half_day", half_days.half_day, "registrations"),
    Metric("half_day_mean", half_days.half_day_mean, "registrations"),
    Metric("target", attendance.target, "event"),
    Metric("capacity", attendance.capacity, "event"),
    Metric("registration_timeline", attendance.registration_timeline, "registrations"),
    Metric("audience", audience.audience, "registrations"),
    Metric("profile", audience.profile, "registrations"),
    Metric("profile_label", audience.profile_label, "registrations"),
    Metric("first_time", audience.first_time, "registrations"),
    Metric("organisations", organisations.organisations, "registrations"),
    Metric("people_per_organisation", organisations.people_per_organisation, "registrations"),
    Metric("organisation", organisations.organisation, "registrations"),
    Metric("organisation_type", organisations.organisation_type, "registrations"),
    Metric("without_organisation", organisations.without_organisation, "registrations"),
    Metric("origin_commune", origin.origin_commune, "registrations"),
    Metric("origin_epci", origin.origin_epci, "registrations"),
    Metric("origin_department", origin.origin_department, "registrations"),
    Metric("origin_region", origin.origin_region, "registrations"),
    Metric("origin_country", origin.origin_country, "registrations"),
    Metric("distance_band", origin.distance_band, "registrations"),
    Metric("located_share", origin.located_share, "registrations"),
    Metric("local_share", origin.local_share, "registrations"),
    Metric("activities", activities.activities, "programme"),
    Metric("activity_capacity", activities.activity_capacity, "programme"),
    Metric("activity_chosen", activities.activity_chosen, "registrations"),
    Metric("activity_waiting", activities.activity_waiting, "registrations"),
    Metric("activity_attended", activities.activity_attended, "programme"),
    Metric("activity_fill", activities.activity_fill, "programme"),
    Metric("speakers", speakers.speakers, "programme"),
    Metric("speakers_on_stage", speakers.speakers_on_stage, "programme"),
    Metric("speaker_gender", speakers.speaker_gender, "programme"),
    Metric("speaker_gender_on_stage", speakers.speaker_gender_on_stage, "programme"),
    Metric("responses", satisfaction.responses, "responses"),
    Metric("response_rate", satisfaction.response_rate, "responses"),
    Metric("respondent_profile", respondents.respondent_profile, "responses"),
    Metric("respondent_origin", respondents.respondent_origin, "responses"),
    Metric("respondent_first_time", respondents.respondent_first_time, "responses"),
    Metric("representativeness", representativeness.representativeness, "responses"),
    Metric("representativeness_origin", representativeness.representativeness_origin, "responses"),
    Metric("overall_impression", satisfaction.overall_impression, "responses"),
    Metric("no_opinion", satisfaction.no_opinion, "responses"),
    Metric("satisfied_share", satisfaction.satisfied_share, "responses"),
    Metric("satisfied_bound", satisfaction.satisfied_bound, "responses"),
    Metric("rating", satisfaction.rating, "responses"),
    Metric("rating_satisfied", satisfaction.rating_satisfied, "responses"),
    Metric("format_rating", formats.format_rating, "responses"),
    Metric("theme_rating", formats.theme_rating, "responses"),
    Metric("scale_mean", requested.scale_mean, "responses"),
    Metric("recommendation_score", requested.recommendation_score, "responses"),
    Metric("liked_most", liking.liked_most, "responses"),
    Metric("liked_least", liking.liked_least, "responses"),
    Metric("differential", liking.differential, "responses"),
    Metric("differential_pair", liking.differential_pair, "responses"),
    Metric("format_differential", formats.format_differential, "responses"),
    Metric("theme_differential", formats.theme_differential, "responses"),
    Metric("word", words_said.word, "responses"),
    Metric("words_distinct", words_said.words_distinct, "responses"),
    Metric("remarks", remarks.remarks, "responses"),
    Metric("remark_theme", remarks.remark_theme, "responses"),
    Metric("budget_planned", budget.budget_planned, "budget"),
    Metric("budget_actual", budget.budget_actual, "budget"),
    Metric("in_kind", budget.in_kind, "budget"),
    Metric("grants", budget.grants, "budget"),
    Metric("budget_line", budget.budget_line, "budget"),
    Metric("budget_line_planned", budget.budget_line_planned, "budget"),
    Metric("budget_gap", budget.budget_gap, "budget"),
    Metric("budget_total", budget.budget_total, "budget"),
    Metric("cost_per_participant", budget.cost_per_participant, "budget"),
    Metric("cost_per_place", budget.cost_per_place, "budget"),
    Metric("grant_share", budget.grant_share, "budget"),
    Metric("mobilised", budget.mobilised, "event"),
    Metric("meetings", budget.meetings, "event"),
    Metric("change", previous_edition.change, "event"),
)


def measure(dossier: Dossier) -> pd.DataFrame:
    """The dossier's MEASURES, raw: for the analyst on her own machine.

    Nothing here is fit to publish before ``protect``.  The dossier is not changed.
    """
    tables = []
    for metric in METRICS:
        rows = metric.compute(dossier)
        rows.insert(0, "event", dossier.event.slug)
        rows.insert(1, "metric", metric.id)
        tables.append(rows)
    kinds = {column.name: column.dtype for column in MEASURES.columns}
    filled = [table for table in tables if len(table)]
    return pd.concat(filled, ignore_index=True)[MEASURES.names()].astype(kinds)
