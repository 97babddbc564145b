"""The citizens' face: find a procedure, read it in plain words, apply with a draft that never vanishes, track, receive.

Works at 320 px and without JavaScript. No rules and no writes here: pages call the doors below.
"""
