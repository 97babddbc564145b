"""Everyday words of the search: those that come with the system, and those a catalogue manager adds or ends."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import DateTimeField, F, Func, Value

from motcua.catalogue.adapters.everyday import everyday_entries
from motcua.catalogue.errors import EverydayWordTaken, EverydayWordUnclear, EverydayWordUnknown
from motcua.catalogue.models import EverydayWord
from motcua.catalogue.rules.finding.typed import words_of
from motcua.catalogue.services.revision import searched_text_changed
from motcua.catalogue.services.versions import PERMISSION
from motcua.kernel import clock
from motcua.kernel.authority import Actor, authorise
from motcua.kernel.text import composed

# Longer phrases are sentences: the search reads those word by word.
_MOST_WORDS, _MOST_MEANINGS = 12, 6


@transaction.atomic
def load_everyday_words(*, actor: Actor) -> int:
    """Brings the entries that come with the system up to date; gives the number written.

    Entries written or ended by people stay as they are: a phrase the table has ever known from a person is left alone.
    Refuses: PermissionRefused.
    """
    authorise(actor, PERMISSION)
    now = clock.now()
    wanted = {_folded(phrase): (phrase, list(official)) for phrase, official in everyday_entries()}
    by_people = set(
        EverydayWord.objects.exclude(in_pack=True, ended_by=None).values_list("folded", flat=True)
    )
    held = {row.folded: row for row in EverydayWord.objects.filter(in_pack=True, valid__contains=now)}
    changed = [
        row for folded, row in held.items() if folded not in wanted or row.official != wanted[folded][1]
    ]
    _end(changed, now, None)
    kept = held.keys() - {row.folded for row in changed}
    fresh = [
        EverydayWord(
            phrase=phrase, folded=folded, official=official, valid=DateTimeTZRange(now, None), in_pack=True
        )
        for folded, (phrase, official) in wanted.items()
        if folded not in kept and folded not in by_people
    ]
    EverydayWord.objects.bulk_create(fresh, 500)
    if fresh or changed:
        searched_text_changed()
    return len(fresh)


@transaction.atomic
def add_everyday_word(*, actor: Actor, phrase: str, official: list[str]) -> UUID:
    """From now on who types `phrase` also asks for each of `official`.

    Refuses: PermissionRefused, EverydayWordUnclear (nothing to compare, or a sentence), EverydayWordTaken.
    """
    authorise(actor, PERMISSION)
    meanings = [composed(text) for text in official if words_of(text)]
    folded = _folded(phrase)
    if not folded or len(folded.split()) > _MOST_WORDS or not 1 <= len(meanings) <= _MOST_MEANINGS:
        raise EverydayWordUnclear
    now = clock.now()
    if EverydayWord.objects.filter(folded=folded, valid__contains=now).exists():
        raise EverydayWordTaken(phrase=composed(phrase))
    word = EverydayWord.objects.create(
        phrase=composed(phrase),
        folded=folded,
        official=meanings,
        valid=DateTimeTZRange(now, None),
        written_by=actor.account_id,
    )
    searched_text_changed()
    return word.pk


@transaction.atomic
def end_everyday_word(*, actor: Actor, word_id: UUID) -> None:
    """From now on the search forgets this entry; the table remembers that it stood. Ending it again changes nothing.

    Refuses: PermissionRefused, EverydayWordUnknown.
    """
    authorise(actor, PERMISSION)
    row = EverydayWord.objects.select_for_update().filter(pk=word_id).first()
    if row is None:
        raise EverydayWordUnknown
    if row.valid.upper is None:
        _end([row], clock.now(), actor.account_id)
        searched_text_changed()


def _end(rows: list[EverydayWord], now: datetime, by: UUID | None) -> None:
    EverydayWord.objects.filter(pk__in=[row.pk for row in rows]).update(
        valid=Func(
            Func(F("valid"), function="lower", output_field=DateTimeField()), Value(now), function="tstzrange"
        ),
        ended_by=by,
    )


def _folded(phrase: str) -> str:
    return " ".join(words_of(phrase))
