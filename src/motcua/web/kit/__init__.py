"""The design system of every face: page frame, components (`{% load kit %}`), form renderer, error pages, actors.

Promises: accessible without JavaScript, nothing inline (strict CSP), printable, one way to write each thing.
Not here: rules, queries of the domain, words of one procedure. Door: the template tags in `templatetags/kit.py`, the
value types in `components`, `forms`, `actors.actor_of`, `middleware.framable`.
"""
