"""The ways messages take to people: one folder and one row of the table each (docs/how-to/add-a-way.md)."""
