"""The everyday words that come with the system."""

from importlib.resources import files


def everyday_entries() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Everyday phrases with the official words they stand for, as they come with the system.

    One line an entry: the phrase, a tab, official phrases parted by `|`; lines that begin with # are headings.
    """
    text = (files("motcua.catalogue") / "packs" / "everyday_words.tsv").read_text(encoding="utf-8")
    lines = [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
    return tuple((phrase, tuple(part.strip() for part in official.split("|"))) for phrase, official in lines)
