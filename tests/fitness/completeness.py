"""What a declared word needs besides its row: asked of the tree this program runs in, so that a broken copy can be asked too.

`python -m tests.fitness.completeness` prints one gap a line.
"""

import ast
import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.settings.test")
os.environ.setdefault("DATABASE_URL", "postgres://nobody@127.0.0.1:1/none")


def gaps() -> list[str]:
    """Every gap, as a sentence that names the word."""
    return [*_of_moves(), *_of_forms(), *_of_notices(), *_of_states(), *_of_texts()]


def _of_moves() -> Iterator[str]:
    from motcua.directory.rules.roles import ALL_PERMISSIONS, DELEGATE_PERMISSIONS
    from motcua.dossiers.words import ENDED, MOVES, NO_FORM, Ending, MoveKey, MovePlace, Side
    from motcua.web.api import schemas
    from motcua.web.api.acts import ACTS
    from motcua.web.office.acts import decide, work

    offices = work.ACTS | decide.ACTS
    desk = _text("web/counter/templates/counter/_acts.html")
    for key in MoveKey:
        move = MOVES.get(key)
        if move is None:
            yield f"{key}: no row in the table of moves"
            continue
        if (move.form is None) != (key in NO_FORM):
            yield f"{key}: a form, or a reason why there is none"
        if (key in ACTS) == (key in schemas.NO_ACT) or (key in ACTS) != (key in schemas.ACTS):
            yield f"{key}: an act of the API, or a reason why there is none"
        if (key in offices) != (MovePlace.OFFICE in move.places):
            yield f"{key}: a page for officers where its places say so"
        if move.sources and (f'"{key}" in moves' in desk) != (MovePlace.DESK in move.places):
            yield f"{key}: a form at the desk where its places say so"
        if (move.target in ENDED) != (move.ends_as is not None):
            yield f"{key}: a statistical ending where it ends a dossier, and only there"
        if (move.permission is None) != (move.side is Side.APPLICANT):
            yield f"{key}: a permission, unless it is the applicant's own act"
        if move.permission is not None and move.permission not in ALL_PERMISSIONS:
            yield f"{key}: a permission that some role holds"
        if move.is_leaders and move.permission not in DELEGATE_PERMISSIONS:
            yield f"{key}: a leader's act that a delegation of signing opens"
    from motcua.oversight.rules.standing import ENDS

    yield from (f"{ending}: an outcome in the statistics" for ending in Ending if ending not in ENDS)


def _of_forms() -> Iterator[str]:
    from motcua.dossiers.words import FORMS, MOVES, MadeWhen, StatutoryForm

    issued = {move.form for move in MOVES.values()}
    for form in StatutoryForm:
        facts = FORMS.get(form)
        if facts is None or not facts.title:
            yield f"form {form}: a title"
            continue
        if not (_source() / "dossiers" / "templates" / form.template).is_file():
            yield f"form {form}: a template"
        if (form in issued) != (facts.made is MadeWhen.MOVED):
            yield f"form {form}: a move that issues it, or a request it is made on"


def _of_notices() -> Iterator[str]:
    from motcua.channels.rules.notices import TEXTS
    from motcua.dossiers.words import MOVES, NoticeKind

    due = {move.notice for move in MOVES.values()}
    for kind in NoticeKind:
        if kind not in due:
            yield f"notice {kind}: a move that makes it due"
        if set(TEXTS.get(kind, {})) != {"vi", "en"}:
            yield f"notice {kind}: words in both languages"
    yield from (f"notice {kind}: a kind that exists" for kind in TEXTS if kind not in set(NoticeKind))


def _of_states() -> Iterator[str]:
    from motcua.dossiers.words import (
        MOVES,
        NATIONAL,
        NATIONAL_FACTS,
        STATE_NAMES,
        Ending,
        Mood,
        National,
        State,
    )

    for state in State:
        if state not in STATE_NAMES or state not in NATIONAL:
            yield f"state {state}: a name and a national status"
    yield from (f"status {status}: its facts" for status in National if status not in NATIONAL_FACTS)
    for move in MOVES.values():
        if move.target in NATIONAL and move.ends_as is not None:
            has_result = NATIONAL_FACTS[NATIONAL[move.target]].mood is Mood.HAS_RESULT
            if has_result != (move.ends_as is Ending.RESOLVED):
                yield f"{move.key}: resolved in the statistics exactly where the national status says there is a result"


def _of_texts() -> Iterator[str]:
    """Vietnamese words in tables: each is translated by some English catalogue."""
    known = _translated()
    for path in sorted([*_source().glob("*/words.py"), *_source().glob("*/words/*.py")]):
        if path.relative_to(_source()).parts[0] == "web":
            continue  # faces mark their texts themselves
        for text in _texts(ast.parse(path.read_text(encoding="utf-8"))):
            if text not in known:
                yield f"{path.relative_to(_source())}: “{text}” translated"


def _texts(tree: ast.Module) -> Iterator[str]:
    said = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if not isinstance(node, ast.Constant) or id(node) in said or not isinstance(node.value, str):
            continue
        if re.search(r"[^\x00-\x7f]", node.value):
            yield re.sub(r"\s+", " ", node.value).strip()


def _translated() -> frozenset[str]:
    found = set()
    for path in _source().rglob("locale/en/LC_MESSAGES/*.po"):
        for block in re.findall(r'^msgid ((?:".*"\s*\n?)+)', path.read_text(encoding="utf-8"), re.MULTILINE):
            text = "".join(re.findall(r'"(.*)"', block)).replace('\\"', '"').replace("\\n", "\n")
            found.add(re.sub(r"\s+", " ", text).strip())
    return frozenset(found)


def _text(name: str) -> str:
    return (_source() / name).read_text(encoding="utf-8")


def _source() -> Path:
    import motcua

    return Path(motcua.__path__[0])


if __name__ == "__main__":
    import django

    django.setup()
    sys.stdout.write("\n".join(gaps()) + "\n")
