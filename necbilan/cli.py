"""The command line: check, report, batch, compare, purge. It holds no logic.

The library raises; here an error becomes one French sentence on standard error and an
exit code of its kind (see ``necbilan.errors``).  A traceback only with ``--debug``.
"""

from __future__ import annotations

import argparse
import codecs
import contextlib
import logging
import os
import re
import sys
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from necbilan import __version__
from necbilan.errors import NecbilanError, UsageError, trace_of
from necbilan.safe_cells import visible

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

__all__ = ["main"]

EXIT_SOME_FAILED = 1
EXIT_BUG = 70
EXIT_INTERRUPTED = 130
OUT = "où écrire (par défaut\u00a0: reports)"
PLAIN = {
    **dict(zip("’‘›‹«»“”–—·•×°", '\'\'><""""----xo', strict=True)),
    "→": "->",
    "œ": "oe",
    "Œ": "Oe",
    "€": "EUR",
}
"""for terminals and files whose alphabet lacks a sign (cp850, cp1252, ASCII)"""


class _Parser(argparse.ArgumentParser):
    """argparse, with our exit code and French words."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings, add_help=False)
        self._positionals.title = "arguments"
        self.add_argument("-h", "--help", action="help", help="montrer cette aide")

    def error(self, message: str) -> None:  # type: ignore[override]  # returns never: raises
        raise UsageError(f"{_french(message)} Voyez\u00a0: {self.prog} --help")


def _french(message: str) -> str:
    """What argparse says (3.11 to 3.14 differ in quotes), in French."""
    message = message.removeprefix("argument ")
    unknown = message.removeprefix("unrecognized arguments: ")
    if unknown != message and not re.search(r"(^| )-", unknown):
        return f"en trop\u00a0: {unknown}. Un chemin avec des espaces s’écrit entre guillemets."
    choice = re.search(r"invalid choice: '?(.*?)'? \(choose from (.*)\)", message)
    if choice:
        known = choice[2].replace("'", "")
        return f"«\u00a0{choice[1]}\u00a0» n’est pas une commande (au choix\u00a0: {known})."
    for english, french in (
        ("the following arguments are required:", "il manque\u00a0:"),
        ("unrecognized arguments:", "option inconnue\u00a0:"),
        (": expected one argument", "\u00a0: une valeur est attendue"),
    ):
        message = message.replace(english, french)
    return f"{message}."


def _plainly(error: UnicodeError) -> tuple[str, int]:
    """The nearest signs of ASCII, for a stream that can't write what it is given."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    signs = error.object[error.start : error.end]
    letters = unicodedata.normalize("NFKD", "".join(PLAIN.get(sign, sign) for sign in signs))
    plain = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return plain.encode("ascii", "replace").decode(), error.end


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="necbilan",
        description="Des tableurs d’un événement à un bilan de confiance, en une commande.",
    )
    parser.add_argument(
        "--version", action="version", version=f"necbilan {__version__}", help="dire la version"
    )
    verbs = parser.add_subparsers(dest="verb", metavar="commande", parser_class=_Parser)
    for name, said, options in (
        ("check", "ce qui est lu et ce qui est à corriger, case par case", _check_options),
        ("report", "le bilan\u00a0: pages, PDF, mesures", _report_options),
        ("batch", "les bilans de nombreux événements, d’un coup", _batch_options),
        ("compare", "plusieurs événements côte à côte", _compare_options),
        ("purge", "supprimer les sorties d’un événement", _purge_options),
    ):
        verb = verbs.add_parser(name, help=said)
        options(verb)
        verb.add_argument("--quiet", action="store_true", help="ne rien dire si tout va bien")
        verb.add_argument("--debug", action="store_true", help="montrer la trace d’une erreur")
    return parser


def _check_options(verb: _Parser) -> None:
    verb.add_argument("folder", metavar="DOSSIER", help="le dossier de l’événement")
    verb.add_argument("--lang", default="fr", help="langue du compte rendu\u00a0: fr ou en")
    verb.add_argument("--json", action="store_true", help="le même compte rendu pour un programme")
    verb.set_defaults(run=_check)


def _report_options(verb: _Parser) -> None:
    verb.add_argument("folder", metavar="DOSSIER", help="le dossier de l’événement")
    verb.add_argument("--out", default="reports", help=OUT)
    verb.add_argument("--lang", default="fr", help="langue du bilan\u00a0: fr ou en")
    verb.add_argument(
        "--formats",
        default="",
        help="parmi html, pdf, synthese, measures, les-bases (tous ceux-là par défaut), figures, "
        "tables, slides, finance\u00a0; séparés par des virgules, sans espace",
    )
    verb.add_argument(
        "--internal", action="store_true", help="l’édition de l’équipe\u00a0: ce qui reste à relire"
    )
    verb.set_defaults(run=_report)


def _batch_options(verb: _Parser) -> None:
    verb.add_argument(
        "folders", metavar="DOSSIER", nargs="+", help="dossiers d’événement, ou qui en réunissent"
    )
    verb.add_argument("--out", default="reports", help=OUT)
    verb.add_argument("--lang", default="fr", help="langue des bilans\u00a0: fr ou en")
    verb.add_argument("--formats", default="", help="comme pour report")
    verb.add_argument("--workers", help="processus à la fois (par défaut\u00a0: un par cœur)")
    verb.add_argument("--timeout", help="secondes laissées à chaque événement (600 par défaut)")
    verb.add_argument(
        "--resume", action="store_true", help="ne refaire que ce qui manque ou a changé"
    )
    verb.set_defaults(run=_batch)


def _compare_options(verb: _Parser) -> None:
    verb.add_argument(
        "paths", metavar="CHEMIN", nargs="+", help="dossiers d’événement ou fichiers measures.csv"
    )
    verb.add_argument("--out", default="reports", help=OUT)
    verb.add_argument("--lang", default="fr", help="langue\u00a0: fr ou en")
    verb.add_argument(
        "--mine", metavar="DOSSIER", default="", help="votre événement parmi eux, mis en valeur"
    )
    verb.set_defaults(run=_compare)


def _purge_options(verb: _Parser) -> None:
    verb.add_argument("paths", metavar="CHEMIN", nargs="+", help="dossiers de bilans")
    verb.add_argument("--before", metavar="DATE", help="seulement avant ce jour\u00a0: 2025-12-31")
    verb.add_argument("--dry-run", action="store_true", help="dire sans supprimer")
    verb.set_defaults(run=_purge)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; its exit code (sysexits, see ``necbilan.errors``)."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    codecs.register_error("necbilan.plainly", _plainly)
    for stream in (sys.stdout, sys.stderr):
        _reconfigure(stream, errors="necbilan.plainly")
    logging.getLogger("papermill").setLevel(logging.ERROR)
    debug = "--debug" in given
    try:
        options = _parser().parse_args(given)
        if options.verb is None:
            raise UsageError(
                "il manque une commande\u00a0: check, report, batch, compare ou purge. "
                "Voyez\u00a0: necbilan --help"
            )
        code: int = options.run(options)
        sys.stdout.flush()
        return code
    except BrokenPipeError:  # whoever read us, head or less, has had enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except NecbilanError as error:
        _say(f"necbilan\u00a0: {error}", error if debug else None)
        return error.exit_code
    except KeyboardInterrupt as error:
        _say(
            "necbilan\u00a0: interrompu\u202f; les sorties précédentes sont intactes.",
            error if debug else None,
        )
        return EXIT_INTERRUPTED
    except Exception as error:  # noqa: BLE001  # the last door: a bug becomes a sentence
        _say(
            f"necbilan\u00a0: erreur interne ({type(error).__name__}). Relancez avec --debug et "
            "signalez-la\u202f; les sorties précédentes sont intactes.",
            error if debug else None,
        )
        return EXIT_BUG


def _reconfigure(stream: TextIO, **settings: str) -> None:
    """Change how a stream writes; one that someone replaced stays as it is."""
    with contextlib.suppress(AttributeError, ValueError):
        stream.reconfigure(**settings)  # type: ignore[attr-defined]  # a TextIOWrapper


def _print(text: str, file: TextIO | None = None) -> None:
    """Print a text; nothing that a file or a folder is called gives orders to the terminal."""
    print(visible(text).replace("\r", ""), file=file)


def _say(sentence: str, error: BaseException | None) -> None:
    if error is not None:
        _print(trace_of(error), sys.stderr)
    _print(sentence, sys.stderr)


def _progress(options: argparse.Namespace) -> Callable[[str], None] | None:
    """Steps on a terminal, nothing in a pipe."""
    if options.quiet or not sys.stderr.isatty():
        return None
    return lambda step: _print(f"  {step}", sys.stderr)


def _check(options: argparse.Namespace) -> int:
    from necbilan.publishing.account_text import account_text
    from necbilan.sources.account import check
    from necbilan.words.language import language

    language(options.lang)  # an unknown language is refused before any work
    account = check(options.folder)
    if options.json:
        _reconfigure(sys.stdout, encoding="utf-8")
        print(account.json())
    elif not (options.quiet and account.clean):
        _print(account_text(account, options.lang))
    return account.exit_code


def _report(options: argparse.Namespace) -> int:
    from necbilan.publishing.report import FORMATS, publish

    folder = publish(
        options.folder,
        out=options.out,
        formats=_formats(options) or FORMATS,
        language=options.lang.lower(),
        progress=_progress(options),
        internal=options.internal,
        warn=lambda sentence: _say(f"necbilan\u00a0: {sentence}", None),
    )
    if not options.quiet:
        _print(_made(folder))
    return 0


def _formats(options: argparse.Namespace) -> tuple[str, ...]:
    return tuple(name.strip() for name in options.formats.lower().split(",") if name.strip())


def _batch(options: argparse.Namespace) -> int:
    from necbilan.publishing.batch import LIMIT, Outcome, publish_batch, tasks_of
    from necbilan.publishing.batch_text import account_text, line_of
    from necbilan.publishing.report import FORMATS

    language = options.lang.lower()
    tasks = tasks_of(
        options.folders,
        options.out,
        _formats(options) or FORMATS,
        language,
        resume=options.resume,
    )

    def tell(outcome: Outcome) -> None:
        if not (options.quiet and outcome.well):
            _print(line_of(outcome, language))
            sys.stdout.flush()

    outcomes = publish_batch(
        tasks,
        workers=int(_positive("--workers", options.workers, 0)) or None,
        limit=_positive("--timeout", options.timeout, LIMIT),
        progress=tell,
    )
    if any(outcome.state == "interrupted" for outcome in outcomes):
        _print(account_text(outcomes, options.out, language), sys.stderr)
        return EXIT_INTERRUPTED
    if not (options.quiet and all(outcome.well for outcome in outcomes)):
        _print(account_text(outcomes, options.out, language))
    return 0 if all(outcome.well for outcome in outcomes) else EXIT_SOME_FAILED


def _positive(name: str, given: str | None, default: float) -> float:
    """A number above 0.  Raises UsageError."""
    if given is None:
        return default
    if not given.isdecimal() or int(given) < 1:
        raise UsageError(f"{name}\u00a0: un nombre entier à partir de 1 est attendu.")
    return float(given)


def _compare(options: argparse.Namespace) -> int:
    from necbilan.publishing.report import publish_comparison

    unread: list[str] = []
    folder = publish_comparison(
        [Path(path) for path in options.paths],
        out=options.out,
        language=options.lang.lower(),
        progress=_progress(options),
        mine=options.mine,
        unread=unread.append,
    )
    if not options.quiet:
        _print(_made(folder))
    for sentence in unread:
        _say(f"necbilan\u00a0: {sentence}", None)
    return EXIT_SOME_FAILED if unread else 0


def _made(folder: Path) -> str:
    """What was made, and the page that awaits the team next to it."""
    names = sorted(path.name for path in folder.iterdir() if not path.name.startswith("."))
    said = f"{folder}\u00a0: {', '.join(names)}"
    review = folder.with_name(f"{folder.name}.a-relire.html")
    return f"{said}\nà relire avant de publier\u00a0: {review}" if review.is_file() else said


def _purge(options: argparse.Namespace) -> int:
    from datetime import date

    from necbilan.publishing.purge import purge, reminders

    try:
        before = None if options.before is None else date.fromisoformat(options.before)
    except ValueError:
        raise UsageError(
            f"--before\u00a0: «\u00a0{options.before}\u00a0» n’est pas une date\u202f; "
            "écrivez 2025-12-31."
        ) from None
    removed = purge([Path(path) for path in options.paths], before=before, dry_run=options.dry_run)
    verb = "serait supprimé" if options.dry_run else "supprimé"
    for path in removed:
        _print(f"{verb}\u00a0: {path}")
    for reminder in reminders(options.paths, date.today()):
        _print(reminder)
    return 0


if __name__ == "__main__":
    sys.exit(main())
