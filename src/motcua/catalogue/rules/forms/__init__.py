"""E-forms: JSON Schema 2020-12 says what is valid, a small UI schema says how it is asked.

The UI schema is `{"sections": [section]}`. A section has `key`, `title`, `title_en`, optional `hint`, `hint_en`,
`condition`, `repeat` and `fields`. A field has `path` (dotted into the data), `label`, `label_en`, `widget`, and
optionally `hint`, `hint_en`, `options` (`value`, `label`, `label_en`), `prefill` (a source such as
`applicant.full_name`), `locked` (not to be changed once prefilled), `condition`, `not_after`, `not_before`
(an ISO date, `today`, or the path of another date). In a section with `repeat` (`path` of the list, `min`, `max`,
`item`, `item_en`) field paths are relative to one item.

A condition is `{"field", "equals"}`, `{"field", "in"}`, `{"field", "filled": true|false}`, `{"all": [...]}`,
`{"any": [...]}` or `{"not": ...}`; a `field` beginning with a dot is relative to the item of a repeated section.
A select with `list` chooses from an official list (`soundness.LISTS`) instead of `options`; `default` is what it shows
before anything was chosen. With `prefill_if` (a condition) a source fills the field only while that holds: "I am the mother".
With `unless_known` a field is not shown where that source has a value: whose number is known need not say what paper it is of.

People write forms in a shorter way, every question once: see `composing`.

Beside its sections a form may have `relations` (what must be true between answers, see `relations`) and `applicants` (who
may apply by it, see `applicants`).

What is hidden by a condition is neither required nor stored.
"""
