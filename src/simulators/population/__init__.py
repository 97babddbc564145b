"""A population register: gives personal numbers to new-born children over the documented protocol, and misbehaves on demand.

A name asks for it, so that a walk through the pages can: “Từ Chối …” is refused, “Chậm …” is answered after three seconds,
“Sập …” is not answered at all, “Sai Số …” gets a number that cannot be the child's.
"""
