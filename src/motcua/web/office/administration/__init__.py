"""The administrator's room: agencies, their reorganisation, working calendars, people and their roles."""
