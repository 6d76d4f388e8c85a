"""``sayso follow``: feeds, sitemaps and lists, politely, into a ledger."""
