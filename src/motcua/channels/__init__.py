"""Messages to people: notices in their space and by e-mail.

Promises: one notice for an act and a person however often it is delivered; what was said is kept word for word.
Is not: an act of the dossier. A letter that does not arrive changes nothing.
Door: ``queries``, ``services``, ``errors``. It listens to ``dossiers``.
"""
