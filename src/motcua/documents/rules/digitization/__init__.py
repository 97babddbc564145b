"""What digitization decides, without touching a picture or a file.

Geometry of a page, what a page's result is, when to turn, straighten or skip, how to place text, how to split a pile,
how to read a paper of a known kind. Everything is given as an argument; nothing here opens anything.
"""
