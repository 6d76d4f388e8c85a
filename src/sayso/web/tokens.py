"""The token that writing needs, and the cookie that stands for it in a browser."""

import hmac
import secrets

from starlette.datastructures import Headers
from starlette.requests import cookie_parser
from starlette.types import Scope


class Key:
    """What a writer must bring: the token, or the cookie of somebody who gave it to this server.

    A program sends ``Authorization: Bearer TOKEN`` (RFC 6750). A browser sends a cookie, and other
    programs of the same host get that as well (cookies know no ports, RFC 6265, 8.5). It therefore
    holds no token but an HMAC of it (RFC 2104) by a key that is made anew when the server starts
    and told nowhere: it opens this server until that stops. All are compared in constant time.

    Args:
        token: the token, if writing needs one.
        port: of the server; servers of one host have each a cookie of its own.
    """

    def __init__(self, token: str | None, port: int) -> None:
        self._token = token
        self.cookie = f"sayso-pass-{port}"
        self._secret = secrets.token_bytes(32)

    @property
    def needed(self) -> bool:
        """Whether writing needs a token."""
        return self._token is not None

    def opens(self, token: str) -> bool:
        """Whether a word is the token."""
        return self._token is not None and _same(self._token, token)

    def value(self) -> str:
        """What the cookie holds."""
        return hmac.digest(self._secret, (self._token or "").encode(), "sha256").hex()

    def brought(self, scope: Scope) -> bool:
        """Whether a request brings the token or the cookie."""
        fields = Headers(scope=scope)
        scheme, _, given = fields.get("authorization", "").partition(" ")
        if scheme.lower() == "bearer":
            return self.opens(given.strip())
        held = cookie_parser(fields.get("cookie", "")).get(self.cookie, "")
        return self.needed and _same(self.value(), held)


def _same(one: str, other: str) -> bool:
    return hmac.compare_digest(one.encode(), other.encode("utf-8", "replace"))
