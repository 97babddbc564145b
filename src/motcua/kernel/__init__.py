"""What every package stands on: clock, calendar, money, text, errors, authority, events, storage. No word of the province.

Pure files (importable from `rules`): calendar, deadline, errors, ids, money, text. The rest may touch Django.
"""
