"""Why a sign-in with the provider was refused: a code for the audit, a sentence for the person."""

from __future__ import annotations

from enum import StrEnum


class Reason(StrEnum):
    """Codes of refusals. docs/sign-on.md lists them."""

    AWAY = "provider-away"
    NONSENSE = "provider-nonsense"
    STATE = "wrong-state"
    CANCELLED = "cancelled"
    CODE = "code-refused"
    ISSUER = "wrong-issuer"
    TOKEN = "not-a-token"
    TOO_LARGE = "too-large"
    ALGORITHM = "wrong-algorithm"
    KEY = "unknown-key"
    SIGNATURE = "wrong-signature"
    AUDIENCE = "wrong-audience"
    PARTY = "wrong-party"
    EXPIRED = "expired"
    TOO_EARLY = "not-yet-valid"
    NONCE = "wrong-nonce"
    SUBJECT = "no-subject"
    OTHER_SUBJECT = "other-subject"
    GROUPS = "groups-unreadable"
    UNKNOWN_PERSON = "unknown-person"
    DEACTIVATED = "deactivated"
    TAKEN = "taken"


_TRY = "Begin again."
_TELL = "Tell an admin."
SENTENCES = {
    Reason.AWAY: "Your provider does not answer. Try again in a minute.",
    Reason.NONSENSE: f"Your provider answered something that cannot be read. {_TELL}",
    Reason.STATE: f"This sign-in was begun in another browser, used before, or is too old. {_TRY}",
    Reason.CANCELLED: f"Signing in was not finished at your provider. {_TRY}",
    Reason.CODE: f"Your provider refused to finish this sign-in. {_TRY}",
    Reason.ISSUER: f"The answer came from another provider than the one set here. {_TELL}",
    Reason.TOKEN: f"Your provider sent no identity that can be read. {_TELL}",
    Reason.TOO_LARGE: f"Your provider sent far more than an identity. {_TELL}",
    Reason.ALGORITHM: f"The identity is signed in a way that is not accepted here. {_TELL}",
    Reason.KEY: f"The identity is signed with a key that your provider does not publish. {_TELL}",
    Reason.SIGNATURE: f"The identity’s signature is wrong. {_TELL}",
    Reason.AUDIENCE: f"The identity was issued for another application. {_TELL}",
    Reason.PARTY: f"The identity was issued to another application. {_TELL}",
    Reason.EXPIRED: f"The identity has expired. {_TRY}",
    Reason.TOO_EARLY: "The identity is not valid yet: the clocks differ. Tell an admin.",
    Reason.NONCE: f"The identity does not belong to this sign-in. {_TRY}",
    Reason.SUBJECT: f"The identity does not say whose it is. {_TELL}",
    Reason.OTHER_SUBJECT: f"Your provider spoke of two different people. {_TELL}",
    Reason.GROUPS: f"Your provider’s list of your groups cannot be read. {_TELL}",
    Reason.UNKNOWN_PERSON: "Nobody here has this account yet. Ask an admin for an invitation.",
    Reason.DEACTIVATED: "Your account here is deactivated. Ask an admin.",
    Reason.TAKEN: "This account of your provider belongs to somebody else here. Ask an admin.",
}


class Refused(Exception):
    """A sign-in that ends here. `detail` is for the log and holds nothing secret."""

    def __init__(self, reason: Reason, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}" if detail else str(reason))
        self.reason, self.detail = reason, detail

    @property
    def sentence(self) -> str:
        return SENTENCES[self.reason]
