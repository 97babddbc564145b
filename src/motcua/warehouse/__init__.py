"""The electronic warehouse of a person or organisation: what the administration holds, so that nobody is asked again.

The papers themselves are in the custody of documents; here stands what they are good for (Decree 45/2020 arts. 10, 14, 16).
"""
