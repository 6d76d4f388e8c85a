"""Parsing HTML, whatever it is: nothing in it is run, followed or declared."""

from typing import Any


def tree_of(html: str) -> Any:
    """The tree of a page; ``None`` where there is no HTML in it.

    Raises:
        MemoryError: the parser has not enough.
    """
    from lxml import etree
    from lxml import html as lxml_html

    parser = lxml_html.HTMLParser(
        collect_ids=False, remove_comments=True, remove_pis=True, encoding="utf-8", huge_tree=True
    )
    try:
        return lxml_html.document_fromstring(html.encode("utf-8", "replace"), parser=parser)
    except etree.XMLSyntaxError as error:
        if error.code == etree.ErrorTypes.ERR_NO_MEMORY:
            raise MemoryError from error
        return None
    except (etree.ParserError, ValueError, AssertionError):
        return None
