"""A network scanner speaking eSCL over HTTP. It can misbehave: busy, empty, jammed, slow, off in the middle of a sheet."""
