"""The names of the reasons for which a record of an archive, or a page, gives no article."""

from typing import Literal, get_args

#: What is in every archive and is no article: nothing is wrong with it.
Ordinary = Literal[
    "not_a_response",  # a request, metadata, a DNS answer, a page that did not change (revisit)
    "not_html",
    "status",  # an HTTP status other than 200 and 203
    "empty",
]
#: What is lost.
Lost = Literal[
    "too_large",
    "bad_encoding",  # its content or transfer coding cannot be undone
    "broken_http",
    "broken_header",
    "wrong_length",  # Content-Length says other than the file
    "broken_gzip",
    "broken_zstd",
    "bomb",  # it unpacks to very much more than it is
    "garbage",  # bytes that are no record
    "truncated",  # the file ends in it
]
Reason = Ordinary | Lost

ORDINARY: frozenset[str] = frozenset(get_args(Ordinary))
