"""The desk: receive in one screen with the keyboard alone, take over what came online, take money, give results.

Promises: nothing typed is lost, a double click makes one dossier, whatever cannot be received leaves with form 02 or 03.
Is not: a place for rules; every act is a service of `dossiers` or `payments`. Door: `urls`.
"""
