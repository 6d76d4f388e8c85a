"""The names of the reasons for which a record of an archive, or a page, gives no article."""

from typing import Literal, get_args

#: Pages that are told to be no articles (``pages.boilerplate``).
Boilerplate = Literal["front_page", "listing", "not_found", "robot_check", "cookie_wall"]
#: What is in every archive and gives no article: nothing is wrong with it.
Ordinary = Literal[
    "not_a_response",  # a request, metadata, a DNS answer, a page that did not change (revisit)
    "not_html",
    "status",  # an HTTP status other than 200 and 203
    "empty",
    "no_text",  # a page in which no extractor finds an article
    "other_language",
    Boilerplate,
]
#: Records that cannot be had out of the archive.
Damaged = Literal[
    "bad_encoding",  # a content or transfer coding that cannot be undone
    "broken_http",
    "broken_header",
    "wrong_length",  # Content-Length says other than the file
    "broken_gzip",
    "broken_zstd",
    "bomb",  # it unpacks to very much more than it is
    "garbage",  # bytes that are no record
    "truncated",  # the file ends in it
]
#: Pages beyond what one may take (``pages.guarded``), or that no reader can read.
Refused = Literal[
    "too_large",  # the bytes of the page
    "too_many_tags",
    "too_long",  # the text of the article
    "binary",
    "timeout",
    "memory",
    "crashed",
    "unreadable",
]
Reason = Ordinary | Damaged | Refused

ORDINARY: frozenset[str] = frozenset(get_args(Ordinary))
