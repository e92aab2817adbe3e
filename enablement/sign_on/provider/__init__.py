"""Signing in with the provider of one's organisation (OpenID Connect: Okta, Entra, Keycloak)."""
