"""Pure rules of the directory: codes, numbers, roles, delegation, succession, log-in. No framework, no I/O."""
