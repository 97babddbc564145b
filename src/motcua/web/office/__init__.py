"""Where officers work: the inbox by urgency, a dossier and what may be done with it, the leader's signing tray, delegations.

Promises: what is offered is what the law and the reader's roles allow now; two officers at once lose nothing; every list keeps
its filters in the address and costs the same at any length. Is not: a place for rules. Door: `urls`.
"""
