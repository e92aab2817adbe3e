"""What is wrong with another server's certificate, in one sentence."""

from __future__ import annotations

import ssl
from collections.abc import Iterator

# OpenSSL's numbers (X509_V_ERR_…).
NOT_YET, EXPIRED = 9, 10
SELF_SIGNED = frozenset({18, 19})
UNKNOWN_ISSUER = frozenset({2, 20, 21})
OTHER_HOST = 62


def certificate_fault(error: BaseException, whose: str) -> str:
    """Return a sentence where `error` comes from a certificate (of `whose` server); empty elsewhere."""
    refused = next((e for e in _causes(error) if isinstance(e, ssl.SSLCertVerificationError)), None)
    if refused is None:
        return ""
    code = refused.verify_code
    if code == EXPIRED:
        return f"The certificate of {whose} has expired: whoever runs that server has to renew it."
    if code == NOT_YET:
        return f"The certificate of {whose} is not valid yet: see whether this machine’s clock is right."
    if code == OTHER_HOST:
        return f"The certificate of {whose} is for another host: see whether the address is right."
    if code in SELF_SIGNED | UNKNOWN_ISSUER:
        return (
            f"Nobody that this machine trusts has signed the certificate of {whose}: add its issuer to the "
            "machine’s certificates (SSL_CERT_FILE names a file of them)."
        )
    return f"The certificate of {whose} was refused ({refused.verify_message})."


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    """The error, what it says it comes from, and what was under way when it was raised."""
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        reason = getattr(error, "reason", None)
        if isinstance(reason, BaseException):
            yield reason
        error = error.__cause__ or error.__context__
