"""A mail server that keeps every letter as a file. It can misbehave, by the address written to.

`refuse…@` is refused for good (550), `later…@` is refused for now (451) the first two times, `slow…@` takes two seconds.
`python -m simulators.mail --data FOLDER --port 1025`
"""
