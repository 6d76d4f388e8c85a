"""PDF, Word and RTF files → their paragraphs (``Document``)."""
