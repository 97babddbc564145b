"""The table of fees covers every procedure of the demo pack, several dossiers each."""

import json
from collections.abc import Iterator
from pathlib import Path

from tests.unit.catalogue.fee_table import FEES

PACK = Path(__file__).parents[3] / "src/motcua/provisioning/packs/demo/procedures"


def _codes() -> Iterator[str]:
    for file in sorted(PACK.glob("*.json")):
        yield from (entry["code"] for entry in json.loads(file.read_text()))


def test_every_procedure_of_the_pack_has_three_dossiers_and_the_words_that_decide() -> None:
    assert set(_codes()) == set(FEES)
    for code, source in FEES.items():
        assert len(source.asked) >= 3, code
        assert source.text.startswith(("N", "P")), code
