"""From a file, an address or copied text to an ``Article``; knows nothing of linguistics."""
