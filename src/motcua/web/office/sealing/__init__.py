"""The seal clerk's page: signed copies that wait for the agency's seal."""
