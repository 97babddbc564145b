"""One cashier in a process of its own, taking money as fast as it goes until somebody kills it; receipts are signed between.

`python -m tests.integration.payments.one_cashier ACCOUNT AGENCY PAYER`
"""

import sys
from uuid import UUID

import django


def main(account_id: UUID, agency_id: UUID, payer_id: UUID) -> None:
    django.setup()
    from motcua.directory import queries as directory
    from motcua.kernel.authority import SYSTEM
    from motcua.kernel.ids import new_id
    from motcua.payments import queries, services

    cashier = directory.actor_of(account_id)
    for turn in range(100_000):
        dossier_id = new_id()
        line = services.FeeLine("P", "Phí chứng thực", "fee", 1000 + turn)
        services.raise_charges(
            actor=SYSTEM, dossier_id=dossier_id, agency_id=agency_id, payer_id=payer_id, lines=[line]
        )
        (charge,) = queries.charges_of(dossier_id)
        services.take_payment(actor=cashier, charge_ids=[charge.id])
        if turn % 5 == 4:
            services.sign_receipts(actor=SYSTEM, agency_id=agency_id)


if __name__ == "__main__":
    main(*(UUID(argument) for argument in sys.argv[1:4]))
