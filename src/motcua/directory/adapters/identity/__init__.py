"""National log-in: who somebody is, said by a provider of electronic identity (OpenID Connect)."""
