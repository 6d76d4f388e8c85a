"""Asking hosts politely: robots.txt, a pause between requests, standing back when told to.

robots.txt as RFC 9309 has it: had once a day a host; a 4xx means that there is none; where it
cannot be had (5xx, no answer) nothing is asked of the host, unless an older copy is there.
Crawl-delay and Request-rate, which it does not know, are honoured too. Retry-After as in RFC 9110,
10.2.3.
"""

import math
from collections.abc import Container, Mapping
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

from protego import Protego

from sayso import __version__
from sayso.errors import FetchError, PrivateError
from sayso.follow.clock import Clock
from sayso.follow.settings import host_of
from sayso.follow.state import State
from sayso.pages.fetch import TIMEOUT, UNREACHABLE, Fetched, ask
from sayso.pages.webpage import MAX_PAGE

#: The name that robots.txt calls this program by.
TOKEN = "sayso"
#: Seconds that a run waits for one host; what would take longer is left for the next run.
PATIENCE = 120.0
#: Seconds that a host is left alone after it failed once; doubled each further time, up to an hour.
PAUSE, MAX_PAUSE = 30.0, 3600.0
#: Seconds up to which a Retry-After is believed.
MAX_RETRY_AFTER = 7 * 86_400.0
#: Seconds that a robots.txt holds, and that one that could not be had is not asked for again.
ROBOTS_HOLDS, ROBOTS_RETRY = 86_400.0, 600.0
#: Bytes of a robots.txt that are read (at least 500 KiB, says the RFC), and those that it may have.
ROBOTS_READ, MAX_ROBOTS = 512 * 1024, 5 * 2**20


class Later(FetchError):
    """A host that is to be left alone for longer than a run waits."""


class Disallowed(FetchError):
    """A page that robots.txt closes."""


class Busy(FetchError):
    """A host that cannot answer now (429, 5xx, no answer): to be asked again after a pause."""


class Hosts:
    """Hosts that are asked one request at a time, with pauses.

    Args:
        state: where pauses and robots.txt are kept.
        clock: the time.
        delay: seconds from the end of an answer to the next request to the same host, at least.
        contact: an address that is shown to servers.
        private: ``host:port`` that may lie in private networks.
        timeout: seconds for one address.
    """

    def __init__(
        self,
        state: State,
        clock: Clock,
        *,
        delay: float,
        contact: str | None = None,
        private: Container[str] = frozenset(),
        timeout: float = TIMEOUT,
    ) -> None:
        self._state, self._clock, self._delay = state, clock, delay
        self._private, self._timeout = private, timeout
        with_contact = f"; +{contact}" if contact else ""
        self._agent = f"Mozilla/5.0 (compatible; {TOKEN}/{__version__}{with_contact})"
        self._robots: dict[str, tuple[Protego | None, float]] = {}
        self._failures: dict[str, int] = {}
        self._free: dict[str, float] = {}
        self._asked = ""

    def begin_round(self) -> None:
        """Forget which hosts failed: their pauses are in the state."""
        self._failures.clear()
        self._free.clear()

    def free(self, host: str) -> float:
        """When a host may be asked next, as far as this run knows."""
        if host not in self._free:
            held = self._state.host(host)
            self._free[host] = float(held["free"]) if held is not None else 0.0
        return self._free[host]

    def ask(
        self, url: str, headers: Mapping[str, str] | None = None, limit: int = MAX_PAGE
    ) -> Fetched:
        """The answer of a host, when it may be asked.

        Raises:
            Busy: it cannot answer now.
            Disallowed: robots.txt closes the address, or one that it leads to.
            Later: it is to be left alone for longer than ``PATIENCE``.
            FetchError: the address may not be fetched, or could not be.
        """
        return self._ask(url, headers or {}, limit, check_robots=True)

    def _ask(
        self, url: str, headers: Mapping[str, str], limit: int, *, check_robots: bool
    ) -> Fetched:
        self._asked = ""

        def before(address: str) -> None:
            host = host_of(address)
            if self._asked:
                self._rest(self._asked)
                self._asked = ""
            if check_robots:
                self._check_robots(url, address)
            self._take_turn(url, host)
            self._asked = host

        try:
            answer = ask(
                url,
                allow_private=self._private,
                timeout=self._timeout,
                limit=limit,
                headers={**headers, "User-Agent": self._agent},
                before=before,
            )
        except FetchError as error:
            if error.code != UNREACHABLE or not self._asked:
                raise
            self._stand_back(self._asked, 0.0)
            raise Busy(url, error.reason) from error
        finally:
            if self._asked:
                self._rest(self._asked)
        host = self._asked
        if answer.status == 429 or answer.status >= 500:
            wait = retry_after(answer.headers.get("Retry-After"), self._clock.now())
            self._stand_back(host, wait)
            raise Busy(url, f"the server answered {answer.status} {answer.words}")
        self._failures.pop(host, None)
        return answer

    def _take_turn(self, url: str, host: str) -> None:
        """Wait until a host may be asked, and claim the turn."""
        while wait := self._state.claim(host, self._clock.now(), self._pause_of(host)):
            self._free[host] = self._clock.now() + wait
            if wait > PATIENCE:
                raise Later(url, f"{host} is to be left alone for {wait:.0f} more seconds")
            self._clock.wait(wait)

    def _pause_of(self, host: str) -> float:
        robots = self._robots.get(host, (None, 0.0))[0]
        if robots is None:
            return self._delay
        asked = [robots.crawl_delay(TOKEN) or 0.0]
        if (rate := robots.request_rate(TOKEN)) and rate.requests:
            asked.append(rate.seconds / rate.requests)
        return max(self._delay, *(wait for wait in asked if math.isfinite(wait)), 0.0)

    def _rest(self, host: str) -> None:
        """The pause counts from the end of the answer."""
        self._hold_off(host, self._pause_of(host))

    def _stand_back(self, host: str, asked: float) -> None:
        times = self._failures[host] = self._failures.get(host, 0) + 1
        wait = max(asked, min(MAX_PAUSE, PAUSE * 2 ** (times - 1)))
        self._hold_off(host, wait)

    def _hold_off(self, host: str, seconds: float) -> None:
        until = self._clock.now() + seconds
        self._free[host] = max(self._free.get(host, 0.0), until)
        self._state.hold_off(host, until)

    def _check_robots(self, url: str, address: str) -> None:
        host = host_of(address)
        robots, until = self._robots.get(host, (None, 0.0))
        if until <= self._clock.now():
            robots, until = self._robots[host] = self._robots_of(url, address, host)
        if robots is not None and not robots.can_fetch(address, TOKEN):
            raise Disallowed(url, "robots.txt closes it to programs")

    def _robots_of(self, url: str, address: str, host: str) -> tuple[Protego | None, float]:
        """A host's robots.txt and until when it holds.

        Raises:
            Busy: it cannot be had, and there is no older copy.
        """
        held = self._state.host(host)
        known = held is not None and held["robots_until"] is not None
        if held is not None and known and held["robots_until"] > self._clock.now():
            return _parsed(held["robots"]), held["robots_until"]
        parts = urlsplit(address)
        answer: Fetched | None
        try:
            answer = self._ask(
                f"{parts.scheme}://{parts.netloc}/robots.txt", {}, MAX_ROBOTS, check_robots=False
            )
        except FetchError as error:
            if isinstance(error, Later | PrivateError):
                raise type(error)(url, error.reason) from error
            if isinstance(error, Busy) and held is not None and known:
                return _parsed(held["robots"]), self._clock.now() + ROBOTS_RETRY
            if isinstance(error, Busy):
                raise Busy(url, f"robots.txt of {host}: {error.reason}") from error
            answer = None  # it leads nowhere, or is no such file: as good as none
        finally:
            self._asked = ""
        text = None
        if answer and answer.status == 200:
            text = answer.data[:ROBOTS_READ].decode("utf-8", "replace").replace("\0", "")
        until = self._clock.now() + ROBOTS_HOLDS
        self._state.keep_robots(host, text, until)
        return _parsed(text), until


def _parsed(text: str | None) -> Protego | None:
    return None if text is None else Protego.parse(text)


def retry_after(value: str | None, now: float) -> float:
    """Seconds that a Retry-After (a number, or a date) asks for; 0 where it says nothing."""
    value = (value or "").strip()[:100]
    wait = 0.0
    if value.isascii() and value.isdigit():
        wait = float(value[:10])
    elif value:
        try:
            wait = parsedate_to_datetime(value).timestamp() - now
        except (ValueError, TypeError, IndexError, OverflowError):
            wait = 0.0
    return min(max(0.0, wait), MAX_RETRY_AFTER)
