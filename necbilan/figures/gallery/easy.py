"""The easy case: NEC Metz 2023, its published figures and an invented survey."""

from __future__ import annotations

from typing import TYPE_CHECKING

from necbilan.figures.gallery.records import (
    ANSWERS,
    FOUR,
    LIKED,
    OVERALL,
    PRESENT,
    RATED,
    WORD,
    Liked,
    counted,
    differential_of,
    genders_of,
    impression_of,
    rating_of,
    spelled,
    words_of,
)

if TYPE_CHECKING:
    from necbilan.words.spelled import Spelled

__all__ = ["easy"]

METZ_LIKED: tuple[Liked, ...] = (
    ("Stands découverte", 21, 1, 0.1973, 0.4693),
    ("Ateliers professionnels", 19, 1, 0.1669, 0.4331),
    ("Regard croisé Danemark, Luxembourg, France", 11, 4, -0.0147, 0.2481),
    ("Table ronde Moselle", 3, 12, -0.2792, -0.0208),
    ("Clôture", 1, 13, -0.3205, -0.0795),
    ("Plénière d’ouverture", 3, 17, -0.3747, -0.0919),
)
METZ_WORDS = {
    "Changement": 2,
    "Accessibilité": 1,
    "Ampleur du problème": 1,
    "Défi": 1,
    "Émancipation": 1,
    "Engagé": 1,
    "Enjeu essentiel": 1,
    "Évolution sociétale": 1,
    "Inclusion": 1,
    "Opportunité": 1,
    "Paradigme": 1,
    "Priorité": 1,
    "Rassuré": 1,
    "Solidarité": 1,
}


def easy(language: str = "fr") -> Spelled:
    """NEC Metz 2023, and what its survey did not ask, invented."""
    steps = {"52": 3, "45": 18, "38": 46, "31": 67, "24": 88, "17": 106, "7": 131, "0": 131}
    departments = {"57": 143, "54": 11, "abroad": 7, "other": 11, "not_given": 9}
    kinds = {"association": 28, "local_authority": 15, "state": 8, "education_research": 6}
    kinds |= {"company": 6, "health_social": 4, "third_place": 4}
    lines = {"Intervenants": 5200, "Restauration": 3900, "Location de la salle": 2600}
    lines |= {"Communication": 1500, "Captation vidéo": 800}
    records = [
        *counted("received", {"": 202}, n=202, base=208),
        *counted("registered", {"": 188}, n=188, base=188),
        *counted("cancelled", {"": 14}, n=14, base=202),
        *counted("registered_present", {"": 175}, n=175, base=188),
        *counted("no_show", {"": 13}, n=13, base=188),
        *counted("present", {"": PRESENT}, n=PRESENT, base=PRESENT),
        *counted("walk_in", {"": 6}, n=6, base=PRESENT),
        *counted("attendance_rate", {"": 175 / 188}, unit="share", n=188, base=188),
        *counted("target", {"low": 150, "high": 250}),
        *counted("capacity", {"": 300}),
        *counted("registration_timeline", steps, n=131, base=188),
        *counted("audience", {"professional": 118, "general_public": 63}, n=PRESENT, base=PRESENT),
        *counted(
            "respondent_profile",
            {"professional": 39, "general_public": 19},
            unit="answers",
            n=ANSWERS,
            base=ANSWERS,
        ),
        *counted("organisations", {"": 71}, unit="organisations", n=172, base=PRESENT),
        *counted("organisation_type", kinds, unit="organisations", n=71, base=71),
        *counted("origin_department", departments, n=172, base=PRESENT),
        *counted(
            "distance_band",
            {"0-10": 98, "10-25": 31, "25-50": 23, "50-100": 12, "100-250": 3, "250+": 5},
            n=172,
            base=PRESENT,
        ),
        *counted("responses", {"": ANSWERS}, unit="answers", n=ANSWERS, base=PRESENT),
        *impression_of((17, 33, 6, 2, 0)),
        *counted("no_opinion", {"": 2}, unit="answers", group="impression", n=2, base=PRESENT),
        *rating_of("accueil", (31, 22, 4, 1), FOUR),
        *rating_of("contenu", (24, 25, 7, 2), FOUR),
        *rating_of("lieu", (12, 20, 17, 7), FOUR),
        *rating_of("duree", (9, 24, 20, 4), FOUR),
        *differential_of(METZ_LIKED, lambda one, two: one // 3 == two // 3),
        *words_of(METZ_WORDS, 15),
        *counted(
            "remark_theme",
            {"logistique": 9, "restauration": 7, "programme": 4, "communication": 2, "unsorted": 3},
            unit="remarks",
            group="improvement",
            n=25,
            base=25,
        ),
        *genders_of("", 7, 8, 0),
        *genders_of("Plénière d’ouverture", 2, 2, 0),
        *genders_of("Table ronde Moselle", 0, 3, 0),
        *genders_of("Regard croisé Danemark, Luxembourg, France", 3, 1, 1),
        *counted("budget_actual", {"": 14000}, unit="euros"),
        *counted("budget_line", lines, unit="euros", group="expense"),
        *counted(
            "budget_line",
            {"Subvention de l’ANCT": 5000, "Ville de Metz": 9000},
            unit="euros",
            group="income",
        ),
        *counted("activity_attended", {"Plénière d’ouverture": 160, "Atelier RGPD": 18}),
        *counted("activity_capacity", {"Plénière d’ouverture": 300, "Atelier RGPD": 20}),
        *rating_of("activites › Plénière d’ouverture", (20, 18, 9, 3), FOUR),
        *rating_of("activites › Atelier RGPD", (9, 5, 1, 0), FOUR),
        *rating_of("activites › Table ronde Moselle", (8, 14, 15, 6), FOUR),
    ]
    return spelled(records, questions=(OVERALL, *RATED, *LIKED, WORD), language=language)
